import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { prepareArchive } from '../../archive/preparing.ts'
import { makeLargeArchive } from '../fixtures/large-archive.ts'
import { costOf } from './process-tree.ts'
import { startProgram, type StartedProgram } from '../fixtures/started-program.ts'

/**
 * From launch to a library one can use, with an archive of 100,000 pages on the shelf, beside an empty window of the
 * same Electron, in turns: time, the interface's own script, then what both cost while nothing happens. Cold: a fresh
 * profile, and as root nothing of it in the system's file cache. Warm: the same profile again.
 */
const root = resolve(import.meta.dirname, '../..')
const out = process.env['BANMIAN_BENCH_OUT'] ?? ''
const executable = process.env['BANMIAN_ELECTRON'] ?? ''
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const pages = Number(process.env['BENCH_PAGES'] ?? 100_000)
const coldRuns = Number(process.env['BENCH_COLD'] ?? 3)
const warmRuns = Number(process.env['BENCH_WARM'] ?? 9)
const idleSeconds = Number(process.env['BENCH_IDLE'] ?? 30)

const empty = join(out, 'empty')
mkdirSync(empty, { recursive: true })
writeFileSync(join(empty, 'package.json'), '{ "name": "empty", "version": "1.0.0", "main": "main.cjs" }')
writeFileSync(join(empty, 'index.html'), '<!doctype html><title>empty</title><p class="ready">empty</p>')
writeFileSync(
  join(empty, 'main.cjs'),
  `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadFile(require('path').join(__dirname, 'index.html')))
app.on('window-all-closed', () => app.quit())`,
)

/** What the page keeps of its own beginning. */
interface Kept {
  timeOrigin: number
  getEntriesByName: (name: string) => { startTime: number }[]
}

/** When a page had been painted, or had set a mark of its own: ms since the program was started. */
async function timeOf(program: StartedProgram, mark: string): Promise<number> {
  const at = await program.ask(async (page) => {
    const kept = await page.waitForFunction((name) => {
      const { performance: times } = globalThis as unknown as { performance: Kept }
      const [entry] = times.getEntriesByName(name)
      return entry && times.timeOrigin + entry.startTime
    }, mark)
    return (await kept.jsonValue()) ?? 0
  })
  return at - program.begun
}

/** Packed size in kB of the scripts a page runs on, and of its preload. */
async function ownScript(program: StartedProgram): Promise<number> {
  const addresses = await program.ask(async (page) => {
    const session = await page.context().newCDPSession(page)
    const { frameTree } = await session.send('Page.getResourceTree')
    return frameTree.resources.filter(({ type }) => type === 'Script').map(({ url }) => url)
  })
  const files = addresses.map((address) => join(root, 'out/renderer', new URL(address).pathname))
  const bytes = [...files, join(root, 'out/preload/preload.cjs')].map((file) => gzipSync(readFileSync(file)).length)
  return bytes.reduce((sum, one) => sum + one, 0) / 1024
}

/** The archive's name on the shelf takes a click: nothing lies over it. */
async function takesClicks(program: StartedProgram): Promise<boolean> {
  return program.ask(async (page) => {
    await page.locator('.card h2 a').first().click({ timeout: 5000 })
    await page.waitForURL(/#\/a\//)
    return true
  })
}

function forgetFiles(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    return true
  } catch {
    return false
  }
}

const median = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

const archive = process.env['BANMIAN_START_ARCHIVE'] ?? join(out, 'archive')
if (!existsSync(archive)) {
  console.log(`making an archive of ${pages} pages …`)
  await makeLargeArchive(archive, pages, 1)
  // Front pages have their pictures first; those of the others are not asked for here.
  const enough = new AbortController()
  const onProgress = ({ phase, done }: { phase: string; done: number }): void => {
    if (phase === 'pictures' && done >= 100) enough.abort()
  }
  const options = { cache: join(out, 'cache'), signal: enough.signal, onProgress }
  await prepareArchive(archive, options).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error
  })
}

/** A profile whose shelf holds the archive, made by the program itself. */
const seed = join(out, 'profile-seed')
const seeding = await startProgram(executable, [root, `--user-data-dir=${seed}`, ...switches, archive])
while (!existsSync(join(seed, 'library.json'))) await pause(100)
await pause(1000)
await seeding.stop()

interface Subject {
  what: string
  folder: string
  mark: string
  profile: string
}
const window: Subject = { what: 'empty window', folder: empty, mark: 'first-contentful-paint', profile: 'empty' }
const library: Subject = { what: 'Banmian, the shelf', folder: root, mark: 'shelf-drawn', profile: 'banmian' }
const subjects = [window, library]

function freshProfile({ profile }: Subject): void {
  const folder = join(out, `profile-${profile}`)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  mkdirSync(folder)
  if (profile === 'banmian') cpSync(join(seed, 'library.json'), join(folder, 'library.json'))
}
const launch = ({ folder, profile }: Subject): Promise<StartedProgram> =>
  startProgram(executable, [folder, `--user-data-dir=${join(out, `profile-${profile}`)}`, ...switches])

const cold = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]))
const warm = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]))
let forgotten = false
for (let run = 0; run < coldRuns; run += 1) {
  for (const subject of subjects) {
    freshProfile(subject)
    forgotten = forgetFiles()
    const program = await launch(subject)
    cold.get(subject)?.push(await timeOf(program, subject.mark))
    // Code caches are written a while after the page is there.
    await pause(2500)
    await program.stop()
  }
}
for (let run = 0; run < warmRuns; run += 1) {
  for (const subject of subjects) {
    const program = await launch(subject)
    warm.get(subject)?.push(await timeOf(program, subject.mark))
    await pause(500)
    await program.stop()
  }
}

const version = process.env['BANMIAN_ELECTRON_VERSION'] ?? ''
console.log(
  `launch to a library one can use, ${pages} pages, Electron ${version}, medians of ${coldRuns} and ${warmRuns}`,
)
console.log(`  cold: a fresh profile${forgotten ? ', nothing in the file cache' : ''}`)
const times = (subject: Subject) => ({ cold: median(cold.get(subject) ?? []), warm: median(warm.get(subject) ?? []) })
const floor = times(window)
for (const subject of subjects) {
  const own = times(subject)
  const ratios = `${(own.cold / floor.cold).toFixed(2)} × and ${(own.warm / floor.warm).toFixed(2)} × the empty window`
  const all = [...(warm.get(subject) ?? [])].sort((one, other) => one - other).map(Math.round)
  console.log(
    `  ${subject.what.padEnd(20)} cold ${Math.round(own.cold)} ms, warm ${Math.round(own.warm)} ms (${ratios})`,
  )
  console.log(`    warm runs: ${all.join(' ')}`)
}

const costs = new Map<Subject, { memory: number; processorMs: number; wakes: number }>()
for (const subject of subjects) {
  const program = await launch(subject)
  await timeOf(program, subject.mark)
  if (subject === library)
    console.log(`  script before the shelf: ${(await ownScript(program)).toFixed(0)} kB packed (300)`)
  await pause(6000)
  const before = costOf(program.pid)
  await pause(idleSeconds * 1000)
  const after = costOf(program.pid)
  costs.set(subject, {
    memory: after.memory,
    processorMs: after.processorMs - before.processorMs,
    wakes: (after.wakes - before.wakes) / idleSeconds,
  })
  const { memory, processorMs, wakes } = costs.get(subject) ?? after
  const idle = `${processorMs.toFixed(0)} ms of processor and ${wakes.toFixed(1)} wake-ups a second in ${idleSeconds} s idle`
  const share = memory / (costs.get(window)?.memory ?? memory)
  console.log(
    `  ${subject.what.padEnd(20)} ${after.processes} processes, ${memory.toFixed(0)} MB (${share.toFixed(2)} ×); ${idle}`,
  )
  if (subject === library) console.log(`  a click opens the archive: ${await takesClicks(program)}`)
  await program.stop()
}
