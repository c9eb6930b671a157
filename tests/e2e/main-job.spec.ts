import { expect } from 'playwright/test'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { button, goTo, openArchive, openedBase, percentOf, readPage, sampleIssue } from './steps.ts'

/** From the shelf to the word on the page, as a reader goes. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const articleOf = (id: string) => issue.articles.find((article) => article.id === id)!

test('from the shelf over the calendar to the thumbnails of an issue', async ({ start }) => {
  const { window } = await openArchive(start)
  await goTo(window, '#/')
  const card = window.locator('article.card')
  await expect(card).toHaveCount(1)
  await expect(card).toContainText('焦城日报')
  await card.locator('a.main').click()
  await openedBase(window)

  await button(window, '日历').click()
  await window.locator('.strip button', { hasText: '2013' }).click()
  await window.locator('button[data-day="2013-01-10"]').click()
  const day = window.locator('aside.day')
  await expect(day.locator('article h3')).toHaveText(['焦城日报', '焦城晚报', '新春特刊'])
  await day.getByRole('link', { name: '焦城日报', exact: true }).click()

  await window.waitForURL(/\/i\/jcrb\/2013-01-10\/1/)
  const pages = window.locator('main ol li')
  await expect(pages).toHaveCount(issue.pages.length)
  for (const [index, page] of issue.pages.entries()) {
    await expect(pages.nth(index).locator('.label')).toContainText(page.label)
    await expect(pages.nth(index).locator('.name')).toHaveText(page.name ?? '')
    const picture = pages.nth(index).locator('img')
    await picture.scrollIntoViewIfNeeded()
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), `thumbnail ${page.label}`)
      .toBe(320)
  }
})

test('only the rows of thumbnails near the view exist', async ({ start, folder }) => {
  const many = smallArchive(folder, 'many', {
    change: (document) => ({
      ...document,
      articles: [],
      pages: Array.from({ length: 25 }, (_, copy) =>
        document.pages.map((page) => ({ ...page, id: `${page.id}-${copy}`, zones: [] })),
      ).flat(),
    }),
  })
  const { window, base } = await openArchive(start, many)
  await expect(window.locator('aside.day article')).toHaveCount(1)
  await goTo(window, `${base}/i/jcrb/2013-01-10/1`)
  const cells = window.locator('main ol li')
  await expect(cells.first()).toContainText('要闻')
  expect(await cells.count()).toBeLessThan(100)
  await cells.first().locator('a').focus()
  await window.keyboard.press('End')
  await expect(window.locator('main ol li a:focus .name')).toHaveText(issue.pages.at(-1)!.name!)
  await expect(window.locator('main ol li a:focus')).toBeInViewport()
  expect(await cells.count()).toBeLessThan(100)
})

test('a page is enlarged, reduced and put back by button and key', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const fitted = await percentOf(window)
  const percent = () => percentOf(window)

  await button(window, '放大').click()
  await expect.poll(percent).toBeGreaterThan(fitted)
  const once = await percent()
  await button(window, '放大').click()
  await expect.poll(percent).toBeGreaterThan(once)
  await button(window, '缩小').click()
  await expect.poll(percent).toBe(once)
  await button(window, '默认').click()
  await expect.poll(percent).toBe(fitted)
  await expect(button(window, '默认')).toBeDisabled()

  await window.keyboard.press('+')
  await expect.poll(percent).toBe(once)
  await window.keyboard.press('=')
  await expect.poll(percent).toBeGreaterThan(once)
  await window.keyboard.press('-')
  await expect.poll(percent).toBe(once)
  await window.keyboard.press('0')
  await expect.poll(percent).toBe(fitted)
})

test('a page is enlarged by the wheel and moved by dragging', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const fitted = await percentOf(window)
  const stage = (await window.locator('.page-canvas').boundingBox())!
  const centre = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 }
  await window.mouse.move(centre.x, centre.y)
  await window.mouse.wheel(0, -120)
  await expect.poll(() => percentOf(window)).toBeGreaterThan(fitted)

  await button(window, '1:1').click()
  await expect.poll(() => percentOf(window)).toBe(100)
  const sheet = window.locator('.page-canvas .sheet')
  const settled = async () => {
    const one = (await sheet.boundingBox())!
    const other = await sheet.evaluate(
      (element) =>
        new Promise<{ x: number; y: number }>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(element.getBoundingClientRect().toJSON()))),
        ),
    )
    return one.x === other.x && one.y === other.y ? one : undefined
  }
  await expect.poll(settled).toBeTruthy()
  const before = (await sheet.boundingBox())!
  await window.mouse.move(centre.x, centre.y)
  await window.mouse.down()
  await window.mouse.move(centre.x - 80, centre.y - 90, { steps: 6 })
  await window.mouse.up()
  await expect.poll(async () => (await sheet.boundingBox())!.x).toBeLessThan(before.x - 60)
  expect((await sheet.boundingBox())!.y).toBeLessThan(before.y - 60)
  await expect(window.locator('aside.article-pane .article-text')).toHaveCount(0)
})

test('a page fits the width, the window, or stands one to one', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const sheet = window.locator('.page-canvas .sheet')
  const stage = (await window.locator('.page-canvas').boundingBox())!
  const size = async () => (await sheet.boundingBox())!

  await button(window, '适合宽度').click()
  await expect(button(window, '适合宽度')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await size()).width).toBeGreaterThan(stage.width - 100)
  await button(window, '整版').click()
  await expect(button(window, '整版')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await size()).height).toBeLessThan(stage.height)
  await window.keyboard.press('1')
  await expect.poll(async () => Math.round((await size()).width)).toBe(issue.pages[0]!.width)
  await window.keyboard.press('w')
  await expect(button(window, '适合宽度')).toHaveAttribute('aria-pressed', 'true')
  await window.keyboard.press('f')
  await expect(button(window, '整版')).toHaveAttribute('aria-pressed', 'true')
})

test('a hot zone is outlined under the pointer and opens its article by click', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const article = articleOf('100694')
  const zone = window.locator('.zone[data-article="100694"]')
  const outline = () =>
    zone
      .locator('polygon')
      .first()
      .evaluate((polygon) => getComputedStyle(polygon).stroke)
  expect(await outline()).toMatch(/, 0\)$/)
  const box = (await zone.locator('polygon').first().boundingBox())!
  await window.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await expect.poll(outline).toBe('rgb(178, 58, 43)')
  await expect(window.locator('.zone-label')).toContainText(article.headline)
  await window.mouse.click(box.x + box.width / 2, box.y + box.height / 2)

  const pane = window.locator('aside.article-pane')
  await expect(pane.locator('h2')).toHaveText(article.headline)
  await expect(pane.locator('.kicker')).toHaveText(article.kicker!)
  for (const block of article.blocks) await expect(pane).toContainText(block.text.trim())
  await expect(zone).toHaveAttribute('aria-current', 'true')
})

test('a hot zone is outlined with the focus and opens its article by Enter', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const article = articleOf('100703')
  const zone = window.locator('.zone[data-article="100703"]')
  await zone.focus()
  await expect
    .poll(() =>
      zone
        .locator('polygon')
        .first()
        .evaluate((polygon) => getComputedStyle(polygon).stroke),
    )
    .toBe('rgb(178, 58, 43)')
  await window.keyboard.press('Enter')
  const pane = window.locator('aside.article-pane')
  await expect(pane.locator('h2')).toHaveText(article.headline)
  await expect(pane.locator('.kicker')).toHaveText(article.kicker!)
  await expect(pane).toContainText(article.blocks[0]!.text.trim())
  await window.keyboard.press('Escape')
  await expect(pane.locator('.article-text')).toHaveCount(0)
  await expect(zone).toBeFocused()
})
