/**
 * The walls of a packaged app, read back and tried: its fuses, and that a kiosk made of it starts in no way that opens
 * it. Called by `npm run dist`; alone: `node scripts/package-walls.mjs PROGRAM`. Throws with what is wrong.
 */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asOrdinaryUser, electronSwitches, onDisplay } from './display.mjs'

/** Byte of a fuse in the program's wire: ASCII `1` for on, `0` for off. */
const state = { on: 0x31, off: 0x30 }

const wanted = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'off',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  GrantFileProtocolExtraPrivileges: 'off',
}

/** Fuses that stand otherwise than they should. */
export async function wrongFuses(program) {
  const wire = await getCurrentFuseWire(program)
  return Object.entries(wanted)
    .filter(([name, value]) => wire[FuseV1Options[name]] !== state[value])
    .map(([name, value]) => `${name} is not ${value}`)
}

/** Runs the program as an ordinary user, where root can: only then the sandbox is on, which a kiosk insists on. */
function run(program, words, environment, profile, timeout = 30_000) {
  const drop = asOrdinaryUser([program])
  const switches = drop.length > 0 ? [] : electronSwitches()
  const screen = onDisplay(program, [`--user-data-dir=${profile}`, ...switches, ...words]).flat()
  const [command, ...all] = [...drop, ...screen]
  const env = { ...process.env, HOME: profile, ...environment }
  return spawnSync(command, all, { encoding: 'utf8', timeout, env })
}

/** Starts that must not work, and one that must; `BANMIAN_KIOSK_TEST` lets tests through in a clone, not in a package. */
function wrongStarts(program) {
  const folder = mkdtempSync(join(tmpdir(), 'banmian-walls-'))
  chmodSync(folder, 0o777)
  const profile = join(folder, 'profile')
  const policy = join(folder, 'kiosk.json')
  writeFileSync(policy, JSON.stringify({ version: 1, archives: [folder] }))
  const refused = (name, words, environment) => {
    const { status, stderr } = run(program, [`--kiosk=${policy}`, ...words], environment, profile)
    return status === 78 && stderr.split('would open it: ')[1]?.includes(name)
  }
  const test = { BANMIAN_KIOSK_TEST: '1' }
  try {
    const words = ['-e', 'process.exit(7)', `--kiosk=${policy}`]
    const node = run(program, words, { ELECTRON_RUN_AS_NODE: '1', ...test }, profile)
    const open = run(program, [`--kiosk=${policy}`], {}, profile, 8000)
    const asRoot = process.getuid?.() === 0 && asOrdinaryUser([program]).length === 0
    return [
      [node.status === 78, 'ELECTRON_RUN_AS_NODE runs as Node'],
      [refused('--remote-debugging-port', ['--remote-debugging-port=0'], test), 'a kiosk starts with a debugging port'],
      [refused('--inspect', ['--inspect=0'], test), 'a kiosk starts with --inspect'],
      [asRoot || open.error?.code === 'ETIMEDOUT', `a kiosk does not start: ${open.status} ${open.stderr}`],
    ]
      .filter(([right]) => !right)
      .map(([, what]) => what)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Throws when a wall of the packaged program is missing. */
export async function checkWalls(program) {
  const wrong = await wrongFuses(program)
  if (process.platform === 'linux') wrong.push(...wrongStarts(program))
  if (wrong.length > 0) throw new Error(`The package is open: ${wrong.join('; ')}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await checkWalls(process.argv[2])
  process.stderr.write('The walls stand.\n')
}
