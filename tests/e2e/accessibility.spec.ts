import { expect, type Page } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import { test } from './app.ts'
import { button, goTo, openArchive, readPage } from './steps.ts'

/** Every screen for everybody: rules of axe, the keyboard alone, small windows. */

const axe = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong in the window, one line each. */
async function violations(window: Page): Promise<string[]> {
  await window.evaluate(axe)
  // Colours in the middle of a transition are nobody's choice.
  await window.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))))
  const results = await window.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as { axe: { run: (o: RunOptions) => Promise<AxeResults> } }
    return runner.run({ resultTypes: ['violations'] })
  })
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  )
}

const reader = 'r/jcrb/2013-01-10/1/p1?article=100688'
const screens: { name: string; show: (window: Page, base: string) => Promise<void> }[] = [
  {
    name: 'library',
    show: async (window) => {
      await goTo(window, '#/')
      await window.locator('article.card').waitFor()
    },
  },
  {
    name: 'calendar',
    show: async (window, base) => {
      await goTo(window, `${base}/jcrb?day=2013-01-10`)
      await window.locator('aside.day article').first().waitFor()
    },
  },
  {
    name: 'issue',
    show: async (window, base) => {
      await goTo(window, `${base}/i/jcrb/2013-01-10/1`)
      await window.locator('main ol li img').first().waitFor()
    },
  },
  {
    name: 'reader',
    show: async (window, base) => {
      await readPage(window, base, 'p1?article=100688')
      await window.locator('aside.article-pane h2').waitFor()
    },
  },
  {
    name: 'search',
    show: async (window, base) => {
      await goTo(window, `${base}/search?q=${encodeURIComponent('产业')}`)
      await window.locator('.results mark').first().waitFor()
    },
  },
  {
    name: 'jobs',
    show: async (window) => {
      await goTo(window, '#/jobs')
      await button(window, '选择文件夹…').waitFor()
    },
  },
  {
    name: 'settings',
    show: async (window) => {
      await goTo(window, '#/settings')
      await window.locator('fieldset').first().waitFor()
    },
  },
  {
    name: 'keys',
    show: async (window, base) => {
      await goTo(window, `${base}/${reader}`)
      await window.locator('.zone').first().waitFor({ state: 'attached' })
      await window.keyboard.press('?')
      await window.getByRole('dialog').waitFor()
    },
  },
]

for (const theme of ['light', 'dark', 'contrast'] as const) {
  test(`axe finds nothing wrong on any screen, ${theme}`, async ({ start }) => {
    const { window, base } = await openArchive(start)
    await window.evaluate((wanted) => globalThis.window.banmian.call['settings']!['change']!({ theme: wanted }), theme)
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
    for (const { name, show } of screens) {
      await show(window, base)
      expect.soft(await violations(window), name).toEqual([])
    }
  })
}

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

for (const [width, height] of [
  [1024, 600],
  [360, 640],
] as const) {
  test(`nothing is wider than a window of ${width} × ${height}`, async ({ start }) => {
    const { app, window, base } = await openArchive(start)
    await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(...size), [
      width,
      height,
    ] as [number, number])
    await expect.poll(() => window.evaluate(() => innerWidth)).toBe(width)
    for (const { name, show } of screens.filter((screen) => screen.name !== 'reader')) {
      await show(window, base)
      const beyond = await window.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return { document: scrollWidth - clientWidth, body: document.body.scrollWidth - clientWidth }
      })
      expect.soft(beyond, name).toEqual({ document: 0, body: 0 })
      if (name === 'keys') await window.keyboard.press('Escape')
    }
  })
}
