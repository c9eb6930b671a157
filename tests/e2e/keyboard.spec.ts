import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { goTo, openArchive, percentOf, sampleIssue } from './steps.ts'

/** Reading without a mouse: every way of the reader by key, the focus never lost, and said what changed. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const article = issue.articles.find(({ continuedBy }) => continuedBy)!
const label = (window: Page) => window.locator('.page-link.is-current .page-label')
const headline = (window: Page) => window.locator('aside.article-pane h2').first()

/** What has the focus; nothing has it when the document's body does. */
async function expectFocus(window: Page, after: string): Promise<void> {
  const holder = () => window.evaluate(() => document.activeElement?.tagName ?? '')
  await expect.poll(holder, `focus after ${after}`).not.toMatch(/^(BODY|HTML|)$/)
}

/** Tab until an element is reached that fits. */
async function tabTo(window: Page, selector: string, most = 120): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if (await window.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await window.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}

test('from the calendar into the page and through everything it can do, by key alone', async ({ start }) => {
  test.setTimeout(120_000)
  const { window, base } = await openArchive(start)
  const said = window.locator('.reader > p[role=status]')
  const press = async (key: string, done?: () => Promise<void>): Promise<void> => {
    await window.keyboard.press(key)
    await done?.()
    await expectFocus(window, key)
  }

  await test.step('a day of the calendar, an issue, a page', async () => {
    await goTo(window, `${base}/jcrb?day=2013-01-10`)
    await window.locator('aside.day article').first().waitFor()
    await tabTo(window, 'aside.day article a')
    await window.keyboard.press('Enter')
    await window.waitForURL(/\/[ir]\/jcrb\/2013-01-10\/1/)
    if (/\/i\//.test(window.url())) {
      await window.locator('main ol li img').first().waitFor()
      await tabTo(window, 'main ol li a')
      await window.keyboard.press('Enter')
    }
    await window.waitForURL(/\/r\/jcrb\/2013-01-10\/1/)
    await window.locator('.zone').first().waitFor({ state: 'attached' })
    await tabTo(window, '.openseadragon-canvas')
  })

  await test.step('sizes, places and quarters; the live region says them', async () => {
    await press('f')
    const whole = await percentOf(window)
    await press('+', () => expect.poll(() => percentOf(window)).toBeGreaterThan(whole))
    await expect(said).toHaveText(/放大到? ?\d+|\d+ ?%/)
    await press('-')
    await press('w', () => expect.poll(() => percentOf(window)).toBeGreaterThan(whole))
    await press('PageDown')
    await press('Home')
    await press('1', () => expect.poll(() => percentOf(window)).toBe(100))
    await press('ArrowDown')
    // The default is what was chosen to fit last.
    await press('0', () => expect.poll(() => percentOf(window)).toBeLessThan(100))
    await press('f', () => expect.poll(() => percentOf(window)).toBe(whole))
    await press('r')
    await press('Shift+R')
  })

  await test.step('pages, issues, history', async () => {
    await press('ArrowRight', () => expect(label(window)).toHaveText('02'))
    await expect(said).toContainText('02')
    await press('ArrowLeft', () => expect(label(window)).toHaveText('01'))
    await press(']', async () => void (await window.waitForURL(/2013-01-11/)))
    await press('[', async () => void (await window.waitForURL(/2013-01-10/)))
    await press('Alt+ArrowLeft', async () => void (await window.waitForURL(/2013-01-11/)))
    await press('Alt+ArrowRight', async () => void (await window.waitForURL(/2013-01-10/)))
  })

  await test.step('a spread, another page beside, the axis of days, and back', async () => {
    await press('d', async () => void (await window.waitForURL(/spread=1/)))
    await press('d')
    await press('k', async () => void (await window.waitForURL(/beside=/)))
    await press('k', () => expect(window.locator('.beside-pane')).toHaveCount(0))
    await press('y', () => expect(window.getByRole('slider', { name: '版位时光轴' })).toBeFocused())
    await press('y', () => expect(window.getByRole('slider', { name: '版位时光轴' })).toHaveCount(0))
  })

  await test.step('panes are closed and opened', async () => {
    for (const key of ['l', 'l', 'x', 'x']) await press(key)
  })

  await test.step('an article by its zone, its neighbours, its size, its columns, aloud', async () => {
    await tabTo(window, `.zone[data-article="${article.id}"]`)
    await press('Enter', () => expect(headline(window)).toHaveText(article.headline))
    await press('Shift+ArrowRight', () => expect(headline(window)).not.toHaveText(article.headline))
    await press('Shift+ArrowLeft', () => expect(headline(window)).toHaveText(article.headline))
    await press('Alt+=')
    await expect(said).toContainText(/正文/)
    await press('Alt+0')
    await press('Shift+T', () => expect(window.getByRole('group', { name: '文字排版' })).toBeVisible())
    await press('Escape', () => expect(window.getByRole('group', { name: '文字排版' })).toHaveCount(0))
    await press('v', () => expect(window.getByRole('region', { name: '朗读' })).toBeVisible())
    await press('Shift+V', () => expect(window.getByRole('region', { name: '朗读' })).toHaveCount(0))
    await press('Escape', () => expect(window.locator('aside.article-pane .choice')).toBeVisible())
  })

  await test.step('a query, its hits, each near or not', async () => {
    await press('/')
    await window.keyboard.type('产业')
    await window.keyboard.press('Enter')
    await window.locator('.results mark').first().waitFor()
    await window.keyboard.press('ArrowDown')
    await press('Enter', async () => void (await window.waitForURL(/\/r\//)))
    await expect(window.locator('.hit-pill-text')).toContainText('处')
    await press('n')
    await press('p')
    await press('z')
    await press('z')
  })

  await test.step('printing is left again, a part of the page is chosen and let go, all keys are listed', async () => {
    await press('Control+p', () => expect(window.locator('.papers img').first()).toBeVisible())
    await press('Escape', async () => void (await window.waitForURL(/\/r\//)))
    await window.locator('.zone').first().waitFor({ state: 'attached' })
    await press('s')
    await press('ArrowRight')
    await press('Escape')
    await press('?', () => expect(window.getByRole('dialog')).toBeVisible())
    await press('Escape', () => expect(window.getByRole('dialog')).toHaveCount(0))
  })
})
