import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { button, openArchive, percentOf, readPage, sampleIssue } from './steps.ts'

/** Pages beside each other, and the same page through time: by mouse and by key. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const sheetOf = async (window: Page, pane = '.page-canvas') => (await window.locator(`${pane} .sheet`).boundingBox())!

test('two pages lie open as one sheet, with the zones of both, and are turned together', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p2')
  const alone = await sheetOf(window)
  await window.keyboard.press('d')
  await window.waitForURL(/spread=1/)
  await expect
    .poll(async () => {
      const both = await sheetOf(window)
      return both.width / both.height / (alone.width / alone.height)
    })
    .toBeCloseTo(2, 1)
  await expect(window.locator('.zone-layer')).toHaveCount(2)
  // A zone of the page at the right lies on the right half, and opens its article.
  const article = issue.articles.find((each) => each.pages[0] === 'p3' && each.kind === 'article')!
  const zone = window.locator(`.zone[data-article="${article.id}"]`)
  const [box, sheet] = [(await zone.boundingBox())!, await sheetOf(window)]
  expect(box.x).toBeGreaterThanOrEqual(sheet.x + sheet.width / 2 - 2)
  await zone.focus()
  await window.keyboard.press('Enter')
  await expect(window.locator('aside.article-pane h2')).toHaveText(article.headline)

  await window.keyboard.press('ArrowRight')
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('04')
  await window.keyboard.press('ArrowLeft')
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('02')
  await window.keyboard.press('ArrowLeft')
  // The front page lies alone.
  await expect(window.locator('.zone-layer')).toHaveCount(1)
  await window.keyboard.press('d')
  await expect(window).not.toHaveURL(/spread/)
})

test('where pages follow from the right, the left key leads on', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('i')
  await button(window, '从右向左').click()
  await window.keyboard.press('Escape')
  const label = window.locator('.page-link.is-current .page-label')
  await window.keyboard.press('ArrowLeft')
  await expect(label).toHaveText('02')
  await window.keyboard.press('ArrowRight')
  await expect(label).toHaveText('01')
  // The way on stands where it leads: left of the way back.
  const [next, previous] = [await button(window, '下一版').boundingBox(), await button(window, '上一版').boundingBox()]
  expect(next!.x).toBeLessThan(previous!.x)
})

test('a page of another issue stands beside and goes along, until it is let go', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('k')
  const pane = window.getByRole('region', { name: '对照另一版' })
  await expect(pane).toContainText('第02版')
  await pane.getByRole('button', { name: '下一期' }).click()
  await expect(pane).toContainText('2013年1月11日')
  const [left, right] = ['.page-canvas', '.beside-pane']
  const alike = async () => {
    const [one, other] = [await sheetOf(window, left), await sheetOf(window, right)]
    return Math.abs(one.width - other.width) < 2
  }
  await expect.poll(alike).toBe(true)
  const fitted = await percentOf(window)
  await window.keyboard.press('1')
  await expect.poll(() => percentOf(window)).toBeGreaterThan(fitted)
  await expect.poll(alike, 'they are equally large').toBe(true)
  // The one at the right leads as well.
  await pane.locator('.host').hover()
  await window.keyboard.down('Control')
  await window.mouse.wheel(0, 200)
  await window.keyboard.up('Control')
  await expect.poll(() => percentOf(window)).toBeLessThan(100)
  await expect.poll(alike).toBe(true)

  await pane.getByRole('button', { name: '两边一起移动和缩放' }).click()
  await window.keyboard.press('f')
  await expect.poll(alike, 'let go, it stays where it is').toBe(false)
  await pane.getByRole('button', { name: '左右对换' }).click()
  await window.waitForURL(/\/r\/jcrb\/2013-01-11\/1\/p2\?.*beside=jcrb\/2013-01-10\/1\/p1/)
  await window.keyboard.press('k')
  await expect(pane).toHaveCount(0)
})

test('one leafs through the days of a page; place and enlargement stay', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p3')
  await window.keyboard.press('w')
  await expect.poll(() => percentOf(window)).toBeGreaterThan(30)
  await window.keyboard.press('PageDown')
  await expect(window).toHaveURL(/view=/)
  const before = await sheetOf(window)
  await window.keyboard.press('y')
  const axis = window.getByRole('slider', { name: '版位时光轴' })
  await expect(axis).toBeFocused()
  await expect(axis).toHaveAttribute('aria-valuetext', /2013年1月10日.*共/)
  await expect(axis).not.toHaveAttribute('aria-valuemax', '1')
  await window.keyboard.press('ArrowRight')
  await window.waitForURL(/2013-01-11\/1\/p3/)
  await expect(axis).toBeFocused()
  const after = await sheetOf(window)
  expect(Math.abs(after.width - before.width)).toBeLessThan(2)
  await window.keyboard.press('Home')
  await expect(axis).toHaveAttribute('aria-valuenow', '1')
  await window.keyboard.press('End')
  const last = Number(await axis.getAttribute('aria-valuemax'))
  await expect(axis).toHaveAttribute('aria-valuenow', String(last))
  const box = (await axis.boundingBox())!
  await window.mouse.move(box.x + box.width / 2, box.y + 20)
  await window.mouse.down()
  await window.mouse.move(box.x + box.width / 2 + 300, box.y + 20, { steps: 8 })
  await window.mouse.up()
  await expect.poll(async () => Number(await axis.getAttribute('aria-valuenow'))).toBeLessThan(last)
  await window.mouse.wheel(0, -120)
  await window.keyboard.press('y')
  await expect(axis).toHaveCount(0)
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('03')
})

test('a page keeps its place when the reader turns upright and back', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  const resize = (width: number, height: number) =>
    app.evaluate(
      ({ BrowserWindow }, size) => {
        const [first] = BrowserWindow.getAllWindows()
        first!.setMinimumSize(1, 1)
        first!.setContentSize(...size)
      },
      [width, height] as [number, number],
    )
  await readPage(window, base, 'p1?article=100688')
  const widthOf = async () => (await window.locator('.page-canvas .sheet').boundingBox())?.width ?? 0
  await resize(850, 1190)
  await expect(window.locator('.reader.is-narrow')).toBeVisible()
  await resize(905, 1190)
  await expect(window.locator('.reader.is-tall')).toBeVisible()
  await expect.poll(widthOf).toBeGreaterThan(200)
  await resize(850, 1190)
  await expect(window.locator('.reader.is-narrow')).toBeVisible()
  await expect.poll(widthOf).toBeGreaterThan(200)
})
