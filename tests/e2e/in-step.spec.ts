import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { button, openArchive, percentOf, readPage, sampleIssue } from './steps.ts'

/** Walking the columns of an article, and the text set from top to bottom. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const turned = issue.articles.find((article) => article.continuedBy)!

const viewOf = (window: Page) => /view=([^&]+)/.exec(decodeURIComponent(window.url()))?.[1]
const left = (window: Page) => Number(viewOf(window)?.split(',')[0])

test('Space walks the columns at reading size and on to the continued page, Shift+Space goes back', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await window.locator('.openseadragon-canvas').first().focus()
  // Until the panes rest.
  await window.waitForTimeout(1200)
  const whole = await percentOf(window)
  await window.keyboard.press('Space')
  await expect.poll(() => percentOf(window)).toBeGreaterThan(1.5 * whole)
  await expect(window.locator('[role=status]').filter({ hasText: /第 1 \/ \d+ 栏/ })).toHaveCount(1)
  await expect.poll(() => viewOf(window)).toBeDefined()
  const first = left(window)
  const seen: number[] = [first]
  for (let step = 0; step < 60 && /\/p1\?/.test(window.url()); step++) {
    const before = viewOf(window)
    await window.keyboard.press('Space')
    await expect.poll(() => viewOf(window) !== before || /\/p3\?/.test(window.url())).toBe(true)
    seen.push(left(window))
  }
  await window.waitForURL(/\/p3\?/)
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('03')
  expect(Math.max(...seen.slice(0, -1)), 'it went to the columns on the right').toBeGreaterThan(first + 0.2)
  await expect.poll(() => percentOf(window)).toBeGreaterThan(1.5 * whole)
  await window.keyboard.press('Shift+Space')
  await window.waitForURL(/\/p1\?/)
})

test('the text is set from top to bottom, and is scrolled sideways', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await button(window, '文字排版').click()
  await button(window, '竖排').click()
  const text = window.locator('.article-text')
  await expect.poll(() => text.evaluate((element) => getComputedStyle(element).writingMode)).toBe('vertical-rl')
  await window.keyboard.press('Escape')
  const scroller = window.locator('.article-pane .scroller')
  const room = await scroller.evaluate((element) => [
    element.scrollWidth - element.clientWidth,
    element.scrollHeight - element.clientHeight,
  ])
  expect(room[0]).toBeGreaterThan(100)
  expect(room[1]).toBeLessThanOrEqual(1)
  // It begins at the right, where it is read from; the wheel goes on to the left.
  await expect(text.locator('h2')).toBeInViewport()
  await scroller.hover()
  await window.mouse.wheel(0, 300)
  await expect.poll(() => scroller.evaluate((element) => Math.abs(element.scrollLeft))).toBeGreaterThan(100)
})
