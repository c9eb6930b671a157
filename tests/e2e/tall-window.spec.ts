import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { violations } from './axe.ts'
import { makeNotes } from './screens.ts'
import { goTo, openArchive } from './steps.ts'

/** A window that stands upright is used to its lower edge: by newspapers, not by space. */

/** As a display of 1080 × 1920 would show it, whatever the screen of the test is. */
async function upright(window: Page): Promise<void> {
  const session = await window.context().newCDPSession(window)
  const metrics = { width: 1080, height: 1920, deviceScaleFactor: 1, mobile: false }
  await session.send('Emulation.setDeviceMetricsOverride', metrics)
  await window.waitForFunction(() => innerHeight === 1920)
}

/** The lower edge of the last of what is seen, in parts of the window. */
const lowest = (window: Page, selector: string) =>
  window
    .locator(selector)
    .last()
    .evaluate((element) => element.getBoundingClientRect().bottom / innerHeight)

test('the shelf shows the newest issues of its one archive, each with its headlines as a way in', async ({ start }) => {
  const { window } = await openArchive(start)
  await upright(window)
  await goTo(window, '#/')
  const newest = window.locator('article.card .issue-card')
  await expect(newest.locator('h3')).toHaveText(['焦城日报', '焦城晚报', '新春特刊'])
  await expect.poll(() => lowest(window, 'article.card .issue-card .cover')).toBeGreaterThan(0.8)
  expect(await violations(window)).toEqual([])

  const [, first] = await newest.first().getByRole('link').all()
  const headline = await first!.locator('.headline').textContent()
  await first!.click()
  await expect(window.locator('aside.article-pane h2')).toHaveText(headline ?? '')
})

test('the day lies below its year with large front pages; one without a paper shows those around it', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await upright(window)
  await goTo(window, `${base}/jcrb?day=2013-01-10`)
  const covers = window.locator('aside.day .cover')
  await expect(covers).toHaveCount(3)
  const months = (await window.locator('.calendar .months').boundingBox())!
  const cover = (await covers.first().boundingBox())!
  expect(cover.y).toBeGreaterThan(months.y + months.height)
  expect(cover.width).toBeGreaterThan(280)
  await expect.poll(() => lowest(window, 'aside.day li')).toBeGreaterThan(0.8)
  expect(await violations(window)).toEqual([])

  await window.locator('[data-day="2013-02-20"]').click()
  await expect(window.locator('aside.day .ways button')).toHaveText(['前一期：2013年1月24日', '后一期：2021年1月15日'])
  await expect(covers).toHaveCount(2)
})

test('the chosen note is seen on its page, marked, and is opened there', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await makeNotes(window, base)
  await upright(window)
  await goTo(window, '#/notes')
  await window.locator('.note-row').filter({ hasText: '起点' }).click()
  const mark = window.locator('.note-page path')
  await expect(mark).toHaveClass('region')
  const page = (await window.locator('.note-page .page').boundingBox())!
  const box = (await mark.boundingBox())!
  expect(box.x).toBeCloseTo(page.x + 0.08 * page.width, -1)
  expect(box.y).toBeCloseTo(page.y + 0.22 * page.height, -1)
  await expect.poll(() => lowest(window, '.note-page .page')).toBeGreaterThan(0.9)
  expect(await violations(window)).toEqual([])

  await window.locator('.note-page .page').click()
  await expect(window.locator('.notes-panel .note-editor')).toBeVisible()
})
