import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { settingsSchema } from './bridge/contract.ts'
import type { Settings } from './bridge/views.ts'

/** What an administrator decides for everybody on this machine. */
export interface SettingsPolicy {
  /** The file it was read from; undefined where there is none. */
  file?: string
  /** What a user begins with, and may change. */
  defaults: Partial<Settings>
  /** What nobody changes. */
  locked: Partial<Settings>
  /** Folders of archives that stand on every user's shelf. */
  archives: string[]
  /** What is wrong with the file; it then has no effect at all. */
  problem?: string
}

const policyShape = v.strictObject({
  version: v.literal(1),
  defaults: v.optional(settingsSchema, {}),
  locked: v.optional(settingsSchema, {}),
  archives: v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), v.maxLength(200)), []),
})

/** Where it stands: a place that only an administrator can write. */
export function settingsPolicyFile(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Banmian', 'policy.json')
  if (platform === 'darwin') return '/Library/Application Support/Banmian/policy.json'
  return '/etc/banmian/policy.json'
}

/** Reads it. A file that cannot be understood changes nothing, and says why in `problem`. */
export function readSettingsPolicy(file: string): SettingsPolicy {
  const none = { defaults: {}, locked: {}, archives: [] }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? none : { ...none, file, problem: String(code) }
  }
  try {
    const parsed = v.safeParse(policyShape, JSON.parse(text.replace(/^\uFEFF/, '')))
    if (parsed.success) return { file, ...parsed.output }
    const wrong = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim())
    return { ...none, file, problem: wrong.slice(0, 5).join('; ') }
  } catch (error) {
    return { ...none, file, problem: `no JSON: ${(error as Error).message}` }
  }
}
