import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { violations } from './axe.ts'
import { makeNotes, screens } from './screens.ts'
import { openArchive, readPage } from './steps.ts'

/** Every screen for everybody: rules of axe, the keyboard alone, small windows. */

const change = (window: Page, part: object) =>
  window.evaluate((wanted) => globalThis.window.banmian.call['settings']!['change']!(wanted), part)

test('axe finds nothing wrong on any screen in any theme', async ({ start }) => {
  test.setTimeout(240_000)
  const { app, window, base } = await openArchive(start)
  await makeNotes(window, base)
  for (const { name, show, leave } of screens) {
    await show({ app, window, base })
    for (const theme of ['light', 'sepia', 'dark', 'contrast'] as const) {
      await change(window, { theme })
      await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
      expect.soft(await violations(window), `${name}, ${theme}`).toEqual([])
    }
    await leave?.(window)
  }
})

test('with the colours of the system alone nothing that is chosen, focused or pressed is lost', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await window.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  for (const { name, show, leave } of screens) {
    await show({ app, window, base })
    const lost = await window.evaluate(() => {
      const seen = (element: Element) => element.getBoundingClientRect().width > 0
      const chosen = [...document.querySelectorAll('[aria-pressed=true], [aria-selected=true], [aria-checked=true]')]
      return chosen
        .filter(seen)
        .filter((element) => {
          const { outlineStyle, borderStyle, boxShadow } = getComputedStyle(element)
          return outlineStyle === 'none' && borderStyle === 'none' && boxShadow === 'none'
        })
        .map((element) => element.outerHTML.slice(0, 120))
    })
    expect.soft(lost, name).toEqual([])
    const plated = await window.evaluate(() =>
      [...document.querySelectorAll('.primary, .swatch')]
        .filter((element) => getComputedStyle(element).forcedColorAdjust !== 'none')
        .map((element) => element.outerHTML.slice(0, 120)),
    )
    expect.soft(plated, `${name}: text on the colour of the choice, or a colour to choose`).toEqual([])
    const moving = await window.evaluate(() =>
      document
        .getAnimations()
        .filter((each) => Number(each.effect?.getComputedTiming().duration) > 0)
        .map((each) => (each.effect instanceof KeyframeEffect ? each.effect.target?.outerHTML.slice(0, 120) : '')),
    )
    expect.soft(moving, name).toEqual([])
    await leave?.(window)
  }
})

test('Tab reaches every control of the reader, and each shows that it has the focus', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1?article=100688')
  await window.locator('aside.article-pane h2').waitFor()
  const expected = await window.evaluate(() => {
    const wanted = 'a[href], button, input, [tabindex]'
    const reachable = [...document.querySelectorAll<HTMLElement | SVGElement>(wanted)].filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      const enabled = !element.matches(':disabled') && element.tabIndex >= 0
      return enabled && width > 0 && height > 0 && !element.closest('[inert], dialog:not([open])')
    })
    reachable.forEach((element, index) => element.setAttribute('data-tab', String(index)))
    document.body.tabIndex = -1
    document.body.focus()
    return reachable.length
  })
  expect(expected).toBeGreaterThan(30)
  const reached = new Set<string>()
  const unseen: string[] = []
  for (let step = 0; step < expected * 2 && reached.size < expected; step += 1) {
    await window.keyboard.press('Tab')
    const at = await window.evaluate(async () => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body)
        return undefined
      await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)))
      const shows = (each: Element) => {
        const { outlineStyle, boxShadow, stroke } = getComputedStyle(each)
        return outlineStyle !== 'none' || boxShadow !== 'none' || (each.matches('polygon') && !/, 0\)$/.test(stroke))
      }
      const around = [element, ...element.querySelectorAll('polygon'), element.closest('form, label')]
      const ring = around.some((each) => each && shows(each))
      return { index: element.getAttribute('data-tab'), ring, html: element.outerHTML.slice(0, 160) }
    })
    if (!at) continue
    if (at.index !== null) reached.add(at.index)
    if (!at.ring) unseen.push(at.html)
  }
  expect(unseen, 'without a focus ring').toEqual([])
  const missed = await window.evaluate(
    (seen) =>
      [...document.querySelectorAll('[data-tab]')]
        .filter((element) => !seen.includes(element.getAttribute('data-tab') ?? ''))
        .map((element) => element.outerHTML.slice(0, 160)),
    [...reached],
  )
  expect(missed, 'not reached').toEqual([])
})

/** What reaches beyond the window, or must be scrolled in two directions to be read. */
async function beyond(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > root.clientWidth || document.body.scrollWidth > root.clientWidth
    const scrolled = [...document.querySelectorAll('main *, dialog[open] *')].filter((element) => {
      const { overflowX } = getComputedStyle(element)
      const both = element.scrollHeight > element.clientHeight + 1 && element.scrollWidth > element.clientWidth + 1
      return (overflowX === 'auto' || overflowX === 'scroll') && both && element.querySelector('p, li, label')
    })
    return [...(wide ? [`window: ${root.scrollWidth}`] : []), ...scrolled.map((each) => each.outerHTML.slice(0, 100))]
  })
}

for (const { width, height, scale } of [
  { width: 1024, height: 600, scale: 100 },
  { width: 320, height: 480, scale: 100 },
  { width: 1280, height: 800, scale: 200 },
]) {
  test(`nothing is wider than a window of ${width} × ${height} at ${scale} %`, async ({ start }) => {
    test.setTimeout(120_000)
    const { app, window, base } = await openArchive(start)
    await change(window, { interfaceScale: scale })
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        const [first] = BrowserWindow.getAllWindows()
        first!.setMinimumSize(1, 1)
        first!.setContentSize(...size)
      },
      [width, height] as [number, number],
    )
    await expect.poll(() => window.evaluate(() => innerWidth)).toBe(width)
    for (const { name, show, leave } of screens.filter(({ flows }) => flows)) {
      await show({ app, window, base })
      expect.soft(await beyond(window), name).toEqual([])
      await leave?.(window)
    }
  })
}
