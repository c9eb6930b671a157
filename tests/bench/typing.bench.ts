import { _electron, type ElectronApplication, type Page } from 'playwright'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { importSources } from '../../archive/importing.ts'
import { prepareArchive } from '../../archive/preparing.ts'
import { makeCorpus } from '../fixtures/make-corpus.ts'
import { watchTyping, type TypingFigures } from './typing-watch.ts'

/**
 * 长江大桥 typed letter by letter on the search screen, first with nothing else to do (the floor), then while an import
 * into the same archive runs. Of every letter: the time from the input event to the frame that shows its answer. Besides:
 * answers shown to other words than those written (must be none), and frames that came late.
 */
const root = resolve(import.meta.dirname, '../..')
const out = process.env['BANMIAN_BENCH_OUT'] ?? ''
const word = '长江大桥'
const betweenLetters = 150
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 12)
const [held, coming] = [20_000, process.env['BENCH_FULL'] ? 200_000 : 40_000]

async function writeArticles(name: string, count: number, seed: number): Promise<string> {
  const file = join(out, name)
  const stream = createWriteStream(file)
  for (const { title, date, page, headline, byline, body } of makeCorpus(count, { seed })) {
    const line = JSON.stringify({ paper: `${title}${seed}`, date, page, headline, author: byline, body })
    if (!stream.write(`${line}\n`)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
  return file
}

async function typeWord(window: Page): Promise<void> {
  for (const letter of word) {
    await window.keyboard.insertText(letter)
    await window.waitForTimeout(betweenLetters)
  }
  await window.waitForTimeout(300)
  for (let letter = 0; letter < word.length; letter += 1) await window.keyboard.press('Backspace')
  await window.waitForTimeout(200)
}

/** Starts the import as the import desk does: the dialog is answered, everything else is the program's own. */
async function startImport(app: ElectronApplication, window: Page, source: string): Promise<() => Promise<string>> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, source)
  const job = await window.evaluate(async () => {
    const { call } = (globalThis as unknown as { banmian: { call: Record<string, Record<string, Ask>> } }).banmian
    type Ask = (input: unknown) => Promise<{ ok: boolean; code?: string; value: { token: string; id: string } }>
    type AskMany = (input: unknown) => Promise<{ value: { token: string }[] }>
    const archive = /[0-9a-f]{16}/.exec((globalThis as unknown as { location: { hash: string } }).location.hash)?.[0]
    const chosen = await (call['jobs']?.['chooseSources'] as unknown as AskMany)({ kind: 'file' })
    const target = { kind: 'archive', archive }
    const sources = chosen.value.map(({ token }) => token)
    const started = await call['jobs']?.['import']?.({ sources, target, whenThere: 'skip', inPlace: false })
    if (!started?.ok) throw new Error(`the import does not start: ${started?.code}`)
    return started.value.id
  })
  return () =>
    window.evaluate(async (id) => {
      type Job = { id: string; phase: string; done: number; total: number }
      const { call } = (
        globalThis as unknown as { banmian: { call: { jobs: { list: () => Promise<{ value: Job[] }> } } } }
      ).banmian
      const { value } = await call.jobs.list()
      return value.find((one) => one.id === id)?.phase ?? 'gone'
    }, job)
}

function figures(name: string, { typed, latencies, stale, overtaken, frames, longTasks }: TypingFigures): void {
  const sorted = [...latencies].sort((one, other) => one - other)
  const at = (part: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(0)
  const late = frames.filter((gap) => gap > 50)
  const worst = Math.max(0, ...frames).toFixed(0)
  console.log(
    `  ${name.padEnd(22)} ${sorted.length} of ${typed} letters answered, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`,
  )
  console.log(
    `  ${''.padEnd(22)} ${overtaken} overtaken by the next letter, stale answers ${stale}; ${frames.length} frames, ${late.length} over 50 ms, worst ${worst} ms; ${longTasks.length} tasks over 50 ms`,
  )
}

const archive = join(out, 'typing-archive')
const first = await writeArticles('held.jsonl', held, 5)
const second = await writeArticles('coming.jsonl', coming, 6)
await importSources([first], archive, { name: 'Typing' })
await prepareArchive(archive, { cache: join(out, 'typing-cache') })

const app = await _electron.launch({
  executablePath: process.env['BANMIAN_ELECTRON'] ?? '',
  args: [root, `--user-data-dir=${join(out, 'typing-profile')}`, '--no-sandbox', '--lang=zh-CN', archive],
  env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' } as Record<string, string>,
})
const window = await app.firstWindow()
await window.waitForURL(/#\/a\/[0-9a-f]{16}\/./)
const base = /#\/a\/[0-9a-f]{16}/.exec(window.url())?.[0] ?? ''
await window.evaluate((hash) => {
  ;(globalThis as unknown as { location: { hash: string } }).location.hash = hash
}, `${base}/search`)
await window.locator('.filters input[role=combobox]').focus()
await typeWord(window)

console.log(
  `${word} letter by letter over ${held} articles, ${betweenLetters} ms between letters; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} before`,
)
const idle = await watchTyping(window)
for (let round = 0; round < rounds; round += 1) await typeWord(window)
figures('nothing else', await idle())

const phase = await startImport(app, window, second)
const busy = await watchTyping(window)
const seen = new Map<string, number>()
for (let round = 0; round < rounds * 12; round += 1) {
  const now = await phase()
  if (['done', 'failed', 'cancelled', 'gone'].includes(now)) {
    seen.set(now, 1)
    break
  }
  seen.set(now, (seen.get(now) ?? 0) + 1)
  await typeWord(window)
}
figures(`importing ${coming}`, await busy())
console.log(`  rounds typed in each phase: ${[...seen].map(([name, count]) => `${name} ${count}`).join(', ')}`)
await app.close()
