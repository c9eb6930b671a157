import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ArchiveError, fromFileError } from '../errors.ts'
import { parsePolicy, type KioskPolicy } from './policy.ts'

/** Where the policy of this machine stands: a place that only an administrator can write. */
export function machinePolicyFile(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Banmian', 'kiosk.json')
  if (platform === 'darwin') return '/Library/Application Support/Banmian/kiosk.json'
  return '/etc/banmian/kiosk.json'
}

export interface ChosenPolicy {
  file: string
  policy: KioskPolicy
  /** What the log is told about the file, when it is not protected as it should be. */
  doubt?: string
}

/**
 * The policy this start runs under; undefined: not a kiosk. The machine's own wins over `--kiosk=FILE`, so that nobody
 * softens it by starting the program another way; bare `--kiosk` means the machine's.
 * Throws ArchiveError `bad-policy`, `not-found`, `unreadable-file`.
 */
export function chosenPolicy(argv: readonly string[], folder: string, machine: string): ChosenPolicy | undefined {
  const word = argv.find((each) => each === '--kiosk' || each.startsWith('--kiosk='))
  const there = statSync(machine, { throwIfNoEntry: false }) !== undefined
  if (word === undefined && !there) return undefined
  const given = word?.slice('--kiosk='.length)
  const file = there || !given ? machine : resolve(folder, given)
  return { file, policy: readPolicy(file), doubt: doubtAbout(file) }
}

/** Reads and checks a policy. Throws as `chosenPolicy`. */
export function readPolicy(file: string): KioskPolicy {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw fromFileError(error, file)
  }
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o002) !== 0) {
    throw new ArchiveError('bad-policy', { file, reason: 'anybody can write it (chmod 644, owned by root)' })
  }
  return parsePolicy(text, file)
}

/** A policy that the screen's own user can write protects nothing once somebody got out by another program. */
function doubtAbout(file: string): string | undefined {
  if (process.getuid?.() === 0) return 'the kiosk runs as root: give it a user of its own'
  try {
    accessSync(file, constants.W_OK)
    return `${file} can be written by the user the kiosk runs as`
  } catch {
    return undefined
  }
}
