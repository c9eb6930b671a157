import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { contentsDifferences, contentsList } from '../../scripts/packaging/contents-list.ts'
import { startProgram } from '../fixtures/started-program.ts'
import { mainJob } from './main-job.ts'
import { filesOf } from './written-files.ts'

/**
 * `tsx try-package.ts UNPACKED ARCHIVE [TAR.GZ]`: starts the packaged program where and as whom people do, does the
 * main job each time, and looks afterwards at every file on this machine that it left. As root: as two other users at
 * once, from a medium that cannot be written. Prints a line for each; the first that fails ends it with 1.
 */
const [unpacked = '', given = '', tarball] = process.argv.slice(2).map((word) => resolve(word))
const isRoot = process.getuid?.() === 0
/** Nobody's numbers: whatever belongs to them, this program wrote. */
const users = [61_001, 61_002] as const
const base = mkdtempSync(join(tmpdir(), 'banmian-try-'))
chmodSync(base, 0o755)
/** The project's own folder may be closed to other users. */
const archive = join(base, '档案 一')
cpSync(given, archive, { recursive: true })

interface Person {
  user?: number
  home: string
  /** Folder the program is started in. */
  work: string
}

function person(name: string, user?: number): Person {
  const [home, work] = [join(base, name, '家 目录'), join(base, name, '工作 文件夹')]
  for (const folder of [home, work]) {
    mkdirSync(folder, { recursive: true })
    if (user !== undefined) chownSync(folder, user, user)
  }
  return { user, home, work }
}

/** A screen's key is its owner's alone; the others get a copy. */
function screenKey(): NodeJS.ProcessEnv {
  const { XAUTHORITY: key } = process.env
  if (!key) return {}
  const copy = join(base, 'screen-key')
  copyFileSync(key, copy)
  chmodSync(copy, 0o644)
  return { XAUTHORITY: copy }
}
const screen = screenKey()

async function run(program: string, { user, home, work }: Person, opened = archive): Promise<void> {
  const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  const switches = user === undefined && isRoot ? ['--no-sandbox'] : []
  const environment = { HOME: home, ...screen, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', XDG_RUNTIME_DIR: '' }
  const started = await startProgram(program, [...switches, opened], { as, folder: work, environment })
  try {
    await started.ask(mainJob)
  } finally {
    await started.stop()
  }
}

function expectNothing(found: string[], what: string): void {
  if (found.length > 0) throw new Error(`${what}:\n  ${found.slice(0, 20).join('\n  ')}`)
}

/**
 * What libraries of the system keep for every program that draws, in a folder of their own: fontconfig which fonts there
 * are, Mesa its compiled shaders, dconf how the desktop looks. None knows of an archive.
 */
const systemCaches = /\/\.cache(\/(fontconfig|dconf|mesa_shader_cache[\w-]*)(\/.*)?)?$/

/** All of the user's files but those in its data folder. */
function strayed({ user, home, work }: Person, data: string): string[] {
  const own = [home, work, join(home, '.config'), data]
  return filesOf(user ?? 0).filter(
    (path) => !own.includes(path) && !path.startsWith(`${data}/`) && !systemCaches.test(path),
  )
}

async function tried(what: string, work: () => Promise<void>): Promise<void> {
  const begun = performance.now()
  await work()
  console.log(`  ${what}: the main job works (${((performance.now() - begun) / 1000).toFixed(1)} s)`)
}

/** A medium nobody can write: mounted so where that can be done, else without the right to. Answers how to undo it. */
function closed(folder: string): () => void {
  execFileSync('chmod', ['-R', 'a-w', folder])
  const mounted = spawnSync('mount', ['--bind', '-o', 'ro', folder, folder]).status === 0
  spawnSync('mount', ['-o', 'remount,bind,ro', folder])
  return () => {
    if (mounted) execFileSync('umount', [folder])
    execFileSync('chmod', ['-R', 'u+w', folder])
  }
}

function installed(): string {
  const folder = join(base, '阅览室 程序')
  mkdirSync(folder)
  if (tarball) execFileSync('tar', ['xzf', tarball, '-C', folder, '--strip-components=1'])
  else cpSync(unpacked, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}

async function asOthers(): Promise<void> {
  const folder = installed()
  const before = contentsList(folder)
  const readers = users.map((user) => person(`读者 ${user}`, user))
  const reopen = closed(folder)
  try {
    await tried('two other users at once, read-only medium, Chinese path with spaces', async () => {
      await Promise.all(readers.map((reader) => run(join(folder, 'banmian'), reader)))
    })
  } finally {
    reopen()
  }
  for (const reader of readers) {
    expectNothing(strayed(reader, join(reader.home, '.config/Banmian')), 'written outside the data folder')
  }
  expectNothing(contentsDifferences(before, contentsList(folder)), 'the program was changed')

  const carried = person('便携', users[0])
  execFileSync('chown', ['-R', `${users[0]}:${users[0]}`, folder])
  writeFileSync(join(folder, 'portable'), '')
  const others = new Set(filesOf(users[0]))
  await tried('portable, everything beside the program', () => run(join(folder, 'banmian'), carried))
  const written = filesOf(users[0]).filter((path) => !others.has(path) && !systemCaches.test(path))
  const [inside, outside] = [written.filter((path) => path.startsWith(`${folder}/profile`)), [] as string[]]
  outside.push(...written.filter((path) => !inside.includes(path)))
  expectNothing(outside, 'written outside the folder of a portable program')
  if (!inside.includes(join(folder, 'profile/library.json'))) throw new Error('nothing was kept beside the program')
}

try {
  const before = contentsList(unpacked)
  const somebody = person('somebody')
  await tried('unpacked, from another folder', () => run(join(unpacked, 'banmian'), somebody))
  expectNothing(contentsDifferences(before, contentsList(unpacked)), 'the program was changed')
  expectNothing(readdirSync(somebody.work), 'written where it was started')
  const homely = readdirSync(somebody.home, { recursive: true, encoding: 'utf8' })
  expectNothing(
    homely.filter((name) => !/^\.config(\/Banmian(\/.*)?)?$/.test(name) && !systemCaches.test(`/${name}`)),
    'written in the home, outside the data folder',
  )
  await tried('the sample that came with it', () =>
    run(join(unpacked, 'banmian'), somebody, join(unpacked, 'resources/sample-archive')),
  )
  expectNothing(contentsDifferences(before, contentsList(unpacked)), 'the sample was changed')
  if (isRoot) await asOthers()
  else console.log('  not as root: other users and a read-only medium were not tried')
} catch (error) {
  console.error(error instanceof Error ? error.stack : error)
  process.exitCode = 1
} finally {
  rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 })
}
