import { _electron } from 'playwright'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PreloadSurface } from '../../electron/bridge/reply.ts'
import { prepareArchive } from '../../archive/preparing.ts'
import { makeReadingArchive } from '../fixtures/reading-archive.ts'
import { movement } from './page-movement.ts'
import { quantile } from './presented-frames.ts'

/**
 * A page of 100 megapixels that bears 2,000 notes (rectangles, polygons, lines, in every colour) beside a copy of it
 * that bears none, zoomed and panned in turns in one window: milliseconds of the frames. Prints ratios and a line of JSON.
 */
const out = process.env['BANMIAN_BENCH_OUT'] ?? ''
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const notes = Number(process.env['BENCH_NOTES'] ?? 2000)
const rounds = 4
const archive = join(out, 'notes-archive')
console.log('making two pages of 100 megapixels …')
await makeReadingArchive(archive, { largeIssues: 2, manyPages: 8 })
await prepareArchive(archive, { cache: join(out, 'notes-cache') })

const app = await _electron.launch({
  executablePath: process.env['BANMIAN_ELECTRON'] ?? '',
  args: [resolve(import.meta.dirname, '../..'), `--user-data-dir=${join(out, 'notes-profile')}`, ...switches, archive],
})
const window = await app.firstWindow()
// tsx marks functions with a helper of its own, which what is evaluated over there does not have.
await app.evaluate('globalThis.__name = (marked) => marked')
await window.evaluate('globalThis.__name = (marked) => marked')
await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
await window.waitForURL(/#\/a\/[0-9a-f]{16}/)
const base = /#\/a\/[0-9a-f]{16}/.exec(window.url())?.[0] ?? ''
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Made as the interface makes them, one saved after the other; answers the milliseconds of each save. */
const saves = await window.evaluate(
  async ([id, count]) => {
    const { annotations } = (globalThis as unknown as { banmian: PreloadSurface }).banmian.call
    const colours = ['indigo', 'red', 'ochre', 'green', 'violet', 'grey']
    const taken: number[] = []
    for (let index = 0; index < count; index += 1) {
      const [x, y] = [((index * 37) % 940) / 1000, ((index * 91) % 960) / 1000]
      const points = Array.from({ length: 12 }, (_, step) => [
        x + 0.02 + 0.02 * Math.cos((step / 12) * 2 * Math.PI),
        y + 0.015 + 0.015 * Math.sin((step / 12) * 2 * Math.PI),
      ])
      const kinds = [
        { kind: 'rectangle', box: { x, y, w: 0.04, h: 0.02 } },
        { kind: 'polygon', points },
        { kind: 'freehand', points },
      ]
      const started = performance.now()
      const reply = (await annotations!['add']!({
        archive: id,
        issue: { title: 'reading', date: '2020-01-01', edition: 1 },
        level: 'region',
        page: 'p1',
        shape: kinds[index % 3],
        edit: { comment: `note ${index}`, colour: colours[index % colours.length] },
      })) as { ok: boolean }
      if (!reply.ok) throw new Error(JSON.stringify(reply))
      taken.push(performance.now() - started)
    }
    return taken
  },
  [base.slice(4), notes] as const,
)

/** How many marks are drawn: they are a few paths of many parts. */
const countMarks = `[...document.querySelectorAll('.marks-drawing path.mark')]
  .reduce((sum, path) => sum + (path.getAttribute('d').match(/M/g) || []).length, 0)`

const withNotes: number[] = []
const without: number[] = []
for (let round = 0; round < rounds; round += 1) {
  for (const [date, deltas, expected] of [
    ['2020-01-02', without, 0],
    ['2020-01-01', withNotes, notes],
  ] as const) {
    await window.evaluate(`location.hash = '${base}/r/reading/${date}/1/p1'`)
    await pause(2500)
    await window.keyboard.press('f')
    await pause(800)
    const strokes = await window.evaluate<number>(countMarks)
    if (strokes < expected || (expected === 0 && strokes > 0)) throw new Error(`${strokes} marks on ${date}`)
    deltas.push(...(await window.evaluate<number[]>(movement)))
  }
}
await app.close()
const figures = {
  saveMs: quantile(saves, 0.5),
  saveP95: quantile(saves, 0.95),
  frame: quantile(without, 0.95),
  frameNotes: quantile(withNotes, 0.95),
  frameMedian: quantile(without, 0.5),
  frameNotesMedian: quantile(withNotes, 0.5),
  ratio: quantile(withNotes, 0.95) / quantile(without, 0.95),
}
console.log(
  `  a note saved, ms (median, p95)                ${figures.saveMs.toFixed(1)}  ${figures.saveP95.toFixed(1)}`,
)
console.log(
  `  frame while moving, ms (median, p95)          ${figures.frameMedian.toFixed(1)}  ${figures.frame.toFixed(1)}`,
)
console.log(
  `  the same with ${notes} notes, ms (median, p95)  ${figures.frameNotesMedian.toFixed(1)}  ${figures.frameNotes.toFixed(1)}`,
)
console.log(`  ratio (p95)                                   ${figures.ratio.toFixed(2)}   (at most 1.2)`)
console.log(JSON.stringify(figures))
if (process.env['BENCH_JSON']) writeFileSync(process.env['BENCH_JSON'], JSON.stringify(figures, null, 2))
