import { _electron } from 'playwright'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * From launch to visible page thumbnails, against an empty window of the same Electron in the same run; and the memory
 * of each process. Cold: first run with a fresh profile. Warm: the same profile again.
 */
const root = resolve(import.meta.dirname, '../..')
const out = process.env['BANMIAN_BENCH_OUT'] ?? ''
const executablePath = process.env['BANMIAN_ELECTRON'] ?? ''
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const warmRuns = 5

const empty = join(out, 'empty')
mkdirSync(empty, { recursive: true })
writeFileSync(join(empty, 'package.json'), '{ "name": "empty", "version": "1.0.0", "main": "main.cjs" }')
writeFileSync(join(empty, 'index.html'), '<!doctype html><title>empty</title><p class="ready">empty</p>')
writeFileSync(
  join(empty, 'main.cjs'),
  `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadFile(require('path').join(__dirname, 'index.html')))`,
)

/** What of a page's document is asked here. */
interface ShownDocument {
  querySelectorAll: (selector: string) => Iterable<{ complete?: boolean }>
}

interface Launch {
  ms: number
  memory: string[]
}

async function launch(folder: string, profile: string, words: string[], sign: string): Promise<Launch> {
  const started = performance.now()
  const app = await _electron.launch({
    executablePath,
    args: [folder, `--user-data-dir=${profile}`, ...switches, ...words],
  })
  const window = await app.firstWindow()
  await window.waitForFunction((selector) => {
    // This file is compiled for Node; the function runs in the page.
    const page = (globalThis as unknown as { document: ShownDocument }).document
    const shown = [...page.querySelectorAll(selector)]
    return shown.length > 0 && shown.every((one) => one.complete !== false)
  }, sign)
  const ms = performance.now() - started
  await window.waitForTimeout(1500)
  const memory = await app.evaluate(({ app: running }) =>
    running
      .getAppMetrics()
      .map((one) => `${one.name ?? one.serviceName ?? one.type} ${Math.round(one.memory.workingSetSize / 1024)} MB`),
  )
  await app.close()
  return { ms, memory }
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

const archive = join(out, 'archive')
cpSync(process.env['BANMIAN_SAMPLE_ARCHIVE'] ?? '', archive, { recursive: true })
const rows: { what: string; cold: number; warm: number; memory: string[] }[] = []
for (const [what, folder, words, sign] of [
  ['empty window', empty, [], '.ready'],
  ['Banmian, thumbnails', root, [archive], 'main img'],
] as const) {
  const profile = join(out, `profile-${what.split(' ')[0]}`)
  const cold = await launch(folder, profile, [...words], sign)
  const warm: Launch[] = []
  for (let run = 0; run < warmRuns; run += 1) warm.push(await launch(folder, profile, [...words], sign))
  rows.push({ what, cold: cold.ms, warm: median(warm.map((one) => one.ms)), memory: warm.at(-1)?.memory ?? [] })
}
const floor = rows[0]
console.log(
  `launch to visible, Electron ${process.env['BANMIAN_ELECTRON_VERSION'] ?? ''}, median of ${warmRuns} warm runs`,
)
for (const { what, cold, warm, memory } of rows) {
  const ratio = floor ? `${(warm / floor.warm).toFixed(2)} × the empty window` : ''
  console.log(`  ${what.padEnd(22)} cold ${Math.round(cold)} ms, warm ${Math.round(warm)} ms (${ratio})`)
  console.log(`    memory: ${memory.join(', ')}`)
}
