import type { ElectronApplication } from 'playwright'
import { pathToFileURL } from 'node:url'
import { quantile } from './presented-frames.ts'

interface Parts {
  app: ElectronApplication
  bare: ElectronApplication
  run: <Answer>(app: ElectronApplication, script: string) => Promise<Answer>
  go: (address: string) => string
  pause: (ms: number) => Promise<unknown>
  /** Thumbnail files of the archive. */
  thumbnails: string[]
  pages: number
  report: (text: string, name: string, value: number, limit: string) => void
}

/** Waits, frame by frame, until all pictures in sight are there; answers milliseconds and how many they are. */
const firstScreen = (go: string) => `(async () => {
  const started = performance.now()
  ${go}
  for (;;) {
    await new Promise(requestAnimationFrame)
    const pictures = [...document.querySelectorAll('.frame li img')].filter((one) => {
      const { top, bottom } = one.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
    if (pictures.length > 5 && pictures.every((one) => one.complete && one.naturalWidth > 0))
      return { ms: performance.now() - started, count: pictures.length, width: pictures[0].width }
    if (performance.now() - started > 20000) return { ms: Infinity, count: pictures.length, width: 0 }
  }
})()`

/** Scrolls for four seconds; answers for how long a row in sight was blank at most, and the most DOM nodes. */
const scrolling = `(async () => {
  const scroller = document.querySelector('.frame .scroller')
  const blankSince = new Map()
  let [longest, nodes, rows] = [0, 0, 0]
  const deltas = []
  const started = performance.now()
  for (let last = started; performance.now() - started < 4000;) {
    scroller.scrollTop += 130
    const now = await new Promise(requestAnimationFrame)
    deltas.push(now - last)
    last = now
    const box = scroller.getBoundingClientRect()
    const seen = new Set()
    for (const item of scroller.querySelectorAll('li')) {
      const { top, bottom } = item.getBoundingClientRect()
      if (bottom < box.top || top > box.bottom) continue
      const picture = item.querySelector('img')
      const name = item.textContent
      seen.add(name)
      if (picture?.complete) blankSince.delete(name)
      else blankSince.set(name, blankSince.get(name) ?? now)
    }
    for (const name of blankSince.keys()) if (!seen.has(name)) blankSince.delete(name)
    for (const since of blankSince.values()) longest = Math.max(longest, now - since)
    if (seen.size === 0) longest = Infinity
    nodes = Math.max(nodes, document.querySelectorAll('*').length)
  }
  return { longest, nodes, deltas }
})()`

/** 20,000 thumbnails of one issue: the first screen against its pictures alone, and a scroll through them. */
export async function measureThumbnails({
  app,
  bare,
  run,
  go,
  pause,
  thumbnails,
  pages,
  report,
}: Parts): Promise<void> {
  const screens: { ms: number; count: number; width: number }[] = []
  const alone: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await run(app, go('/i/reading/2020-02-01/1'))
    await pause(1200)
    const screen = await run<{ ms: number; count: number; width: number }>(
      app,
      firstScreen(go('/i/reading/2020-03-01/1')),
    )
    screens.push(screen)
    const urls = thumbnails
      .slice(-screen.count - round, thumbnails.length - round)
      .map((file) => pathToFileURL(file).href)
    alone.push(await run<number>(bare, `showPictures(${JSON.stringify(urls)}, ${screen.width})`))
  }
  const { longest, nodes, deltas } = await run<{ longest: number; nodes: number; deltas: number[] }>(app, scrolling)
  console.log(`${pages} thumbnails, ${screens[0]?.count ?? 0} on the first screen`)
  const first = quantile(
    screens.map(({ ms }) => ms),
    0.5,
  )
  report('first screen, ms (median)', 'thumbnails', first, 'from the click')
  report('its pictures alone, ms (median)', 'thumbnailsAlone', quantile(alone, 0.5), 'the floor')
  report('ratio', 'thumbnailsRatio', first / quantile(alone, 0.5), 'at most 1.5')
  report('longest blank row while scrolling, ms', 'blankRow', longest, 'at most 100')
  report('frame while scrolling, ms (p95)', 'scrollFrame', quantile(deltas, 0.95), 'for comparison')
  report('elements in the document', 'nodes', nodes, 'bounded')
}
