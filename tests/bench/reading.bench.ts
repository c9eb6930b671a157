import { _electron, type ElectronApplication, type Page } from 'playwright'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepareArchive } from '../../archive/preparing.ts'
import { coarseBand, hitWord, largePage, makeReadingArchive, shadeOf } from '../fixtures/reading-archive.ts'
import { makeBareViewer } from './bare-viewer.ts'
import { movement } from './page-movement.ts'
import { quantile, watchFrames, type Region } from './presented-frames.ts'
import { measureThumbnails } from './reading-thumbnails.ts'

/**
 * Reading, as the screen shows it: a page of 100 megapixels first seen and sharp after a zoom,
 * frames while it moves under 5,000 hits, pages turned, 20,000 thumbnails. Beside OpenSeadragon as it comes and plain
 * pictures, in turns, on the same Electron. Prints ratios and a line of JSON.
 */
const root = resolve(import.meta.dirname, '../..')
const out = process.env['BANMIAN_BENCH_OUT'] ?? ''
const executablePath = process.env['BANMIAN_ELECTRON'] ?? ''
const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const largeIssues = 6
const manyPages = Number(process.env['BENCH_PAGES'] ?? 20_000)
const archive = process.env['BANMIAN_READING_ARCHIVE'] ?? join(out, 'reading')
const figures: Record<string, number> = {}
/** What is measured; the whole by default. */
const parts = (process.env['BENCH_PARTS'] ?? 'large,moving,turning,thumbnails').split(',')

function report(text: string, name: string, value: number, limit: string): void {
  figures[name] = Math.round(value * 1000) / 1000
  console.log(`  ${text.padEnd(52)} ${value.toFixed(value < 20 ? 2 : 0).padStart(7)}   (${limit})`)
}

if (!process.env['BANMIAN_READING_ARCHIVE']) {
  console.log(`making an archive of ${largeIssues} pages of 100 megapixels and an issue of ${manyPages} pages …`)
  await makeReadingArchive(archive, { largeIssues, manyPages })
  await prepareArchive(archive, { cache: join(out, 'cache') })
}
const derived = readdirSync(archive, { recursive: true, encoding: 'utf8' }).sort()
const files = (end: string) => derived.filter((name) => name.endsWith(end)).map((name) => join(archive, name))
const previews = files('-preview.jpg')
const [tiles = ''] = files('.tiles')
const bareFolder = join(out, 'bare')
mkdirSync(bareFolder, { recursive: true })
await makeBareViewer(bareFolder, largePage, tiles)

/** `left`: where the window lies on the screen, so that none covers another. */
async function launch(
  folder: string,
  left: number,
  words: string[],
): Promise<{ app: ElectronApplication; window: Page }> {
  const profile = join(out, `profile-${folder.split('/').at(-1)}`)
  const app = await _electron.launch({
    executablePath,
    args: [folder, `--user-data-dir=${profile}`, ...switches, ...words],
  })
  const window = await app.firstWindow()
  // tsx marks functions with a helper of its own, which what is evaluated over there does not have.
  await app.evaluate('globalThis.__name = (marked) => marked')
  await app.evaluate(({ BrowserWindow }, x) => {
    const [shown] = BrowserWindow.getAllWindows()
    shown?.setContentBounds({ x, y: 0, width: 1440, height: 900 })
  }, left)
  return { app, window }
}
const run = <Answer>(app: ElectronApplication, script: string): Promise<Answer> =>
  app.evaluate(
    ({ BrowserWindow }, text) =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(text) as Promise<Answer>,
    script,
  )
const { app, window } = await launch(root, 0, [archive])
const { app: bare } = await launch(bareFolder, 1450, [])
await window.waitForURL(/#\/a\/[0-9a-f]{16}/)
const base = /#\/a\/[0-9a-f]{16}/.exec(window.url())?.[0] ?? ''
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const go = (address: string) => `location.hash = ${JSON.stringify(`${base}${address}`)}`
const largeAddress = (copy: number, query = '') =>
  `/r/reading/2020-01-${String(copy + 1).padStart(2, '0')}/1/p1${query}`
const rectangleOf = (selector: string): Promise<Region> =>
  run(
    app,
    `(() => { const { x, y, width, height } = document.querySelector('${selector}').getBoundingClientRect(); return { x, y, width, height } })()`,
  )

await run(app, go(largeAddress(0)))
await window.locator('.page-canvas .sheet').waitFor()
await pause(4000)
const stage = await rectangleOf('.page-host')
const sheet = await rectangleOf('.page-canvas .sheet')
const spot = (x: number, y: number): Region => ({ x: x - 20, y: y - 4, width: 40, height: 8 })
const inBand = spot(sheet.x + sheet.width / 2, sheet.y + (sheet.height * (coarseBand.from + coarseBand.to)) / 2)

/** More than the level next coarser has, whose stripes vary by 0.5. */
const sharpContrast = 0.55
/** Milliseconds after which tiles of the finest level are seen; where they come to lie between pixels, those of the last frame. */
function sharpAfter({ ms, frames }: Awaited<ReturnType<typeof watchFrames>>): number {
  const last = frames.at(-1)
  return ms ?? (last && last.contrast > 0.3 ? last.ms : Infinity)
}

async function measureLargePage(): Promise<void> {
  // First seen: the reduced picture at fit, against the same picture as a plain <img> in the same place.
  const seen: number[] = []
  const decoded: number[] = []
  for (let copy = 1; copy < largeIssues; copy += 1) {
    const wanted = { contrastAbove: 0.3 }
    await run(bare, 'void document.body.replaceChildren()')
    const picture = pathToFileURL(previews[copy] ?? '').href
    const script = `showPicture(${JSON.stringify(picture)}, ${JSON.stringify(sheet)})`
    decoded.push((await watchFrames(bare, { script, region: inBand, wanted })).ms ?? Infinity)
    // From a page without stripes, so that what is seen is the page that was asked for.
    await run(app, go('/r/reading/2020-02-01/1/p1'))
    await pause(1500)
    seen.push((await watchFrames(app, { script: go(largeAddress(copy)), region: inBand, wanted })).ms ?? Infinity)
    await pause(1500)
  }
  console.log('a page of 100 megapixels')
  report('first seen whole, ms (median)', 'seen', quantile(seen, 0.5), 'from the click')
  report('its preview as a plain <img>, ms (median)', 'decoded', quantile(decoded, 0.5), 'the floor')
  report('ratio', 'seenRatio', quantile(seen, 0.5) / quantile(decoded, 0.5), 'at most 1.3')

  // Sharp after a zoom to 1:1 at places that were not seen before.
  await run(bare, `void openViewer(${JSON.stringify(stage)})`)
  await pause(1500)
  const sharp: number[] = []
  const bareSharp: number[] = []
  for (let index = 0; index < 16; index += 1) {
    const x = sheet.x + sheet.width * (0.15 + 0.7 * ((index * 0.37) % 1))
    const y = sheet.y + sheet.height * (0.3 + 0.6 * ((index * 0.61) % 1))
    const clicks = { x, y }
    const watch = { script: '', clicks, region: spot(x, y), wanted: { contrastAbove: sharpContrast }, patience: 700 }
    await run(bare, 'zoomToActualByDoubleClick()')
    bareSharp.push(sharpAfter(await watchFrames(bare, watch)))
    await run(bare, 'void viewer.viewport.goHome(true)')
    sharp.push(sharpAfter(await watchFrames(app, watch)))
    await window.keyboard.press('f')
    await pause(700)
  }
  report('sharp after a zoom, ms (p95)', 'sharp', quantile(sharp, 0.95), 'at most 150, or')
  report('OpenSeadragon alone with the same tiles, ms (p95)', 'bareSharp', quantile(bareSharp, 0.95), 'the peer')
  report('ratio (p95)', 'sharpRatio', quantile(sharp, 0.95) / quantile(bareSharp, 0.95), 'at most 1.5')
  report('ratio (median)', 'sharpRatioMedian', quantile(sharp, 0.5) / quantile(bareSharp, 0.5), 'for comparison')
}

async function measureMovement(): Promise<void> {
  // Frames while zooming and panning, with 5,000 hits and without, in turns.
  const withHits: number[] = []
  const withoutHits: number[] = []
  for (let round = 0; round < 4; round += 1) {
    for (const [query, deltas] of [
      ['', withoutHits],
      [`?q=${hitWord}`, withHits],
    ] as const) {
      await run(app, go(largeAddress(0, query)))
      await pause(1500)
      await window.keyboard.press('f')
      await pause(600)
      if (query) await window.locator('.zone-layer[data-hits="5000"]').waitFor({ state: 'attached' })
      deltas.push(...(await run<number[]>(app, movement)))
    }
  }
  report('frame while moving, ms (p95)', 'frame', quantile(withoutHits, 0.95), 'without hits')
  report('the same with 5,000 hits, ms (p95)', 'frameHits', quantile(withHits, 0.95), 'all boxes drawn')
  report('ratio', 'frameRatio', quantile(withHits, 0.95) / quantile(withoutHits, 0.95), 'at most 1.2')

  await pause(1500)
  const memory = await app.evaluate(({ app: running }) =>
    Math.max(...running.getAppMetrics().map((one) => (one.type === 'Tab' ? one.memory.workingSetSize / 1024 : 0))),
  )
  report('memory of the renderer, MB', 'memory', memory, 'at most 450')
}

async function measureTurns(): Promise<void> {
  // Pages turned: each has a shade of its own in its middle, and a frame that shows none of them is blank.
  await run(app, go('/r/reading/2020-02-01/1/p1'))
  await pause(1500)
  await window.keyboard.press('f')
  await pause(1000)
  const turned = await rectangleOf('.page-canvas .sheet')
  const middle = spot(turned.x + turned.width / 2, turned.y + turned.height / 2)
  const turns: number[] = []
  let blank = 0
  // There and back five times: of twenty turns the 95th percentile would be the slowest but one.
  for (const key of Array.from({ length: 5 }, () => ['ArrowRight', 'ArrowLeft']).flat()) {
    for (let step = 1; step < 8; step += 1) {
      const index = key === 'ArrowRight' ? step : 7 - step
      const script = `window.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }))`
      const watched = await watchFrames(app, { script, region: middle, wanted: { greyNear: shadeOf(index) } })
      turns.push(watched.ms ?? Infinity)
      const known = [shadeOf(index), shadeOf(index + (key === 'ArrowRight' ? -1 : 1))]
      blank += watched.frames.filter(({ grey }) => known.every((shade) => Math.abs(grey - shade) > 8)).length
      await pause(900)
    }
  }
  console.log('pages turned')
  report('turn of a page, ms (p95)', 'turn', quantile(turns, 0.95), 'at most 100')
  report('turn of a page, ms (median)', 'turnMedian', quantile(turns, 0.5), 'for comparison')
  report('frames that show neither page', 'blank', blank, 'none')
}

if (parts.includes('large')) await measureLargePage()
if (parts.includes('moving')) await measureMovement()
if (parts.includes('turning')) await measureTurns()
if (parts.includes('thumbnails'))
  await measureThumbnails({
    app,
    bare,
    run,
    go,
    pause,
    thumbnails: files('.webp'),
    pages: manyPages,
    report,
  })
await app.close()
await bare.close()
console.log(JSON.stringify(figures))
if (process.env['BENCH_JSON']) writeFileSync(process.env['BENCH_JSON'], JSON.stringify(figures, null, 2))
