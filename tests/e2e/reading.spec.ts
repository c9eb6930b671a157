import { expect } from 'playwright/test'
import type { LibraryEntry } from '../../electron/bridge/views.ts'
import { test } from './app.ts'
import { button, goTo, openArchive, readPage, sampleIssue } from './steps.ts'

/** Articles, photos and the ways from one to the next. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const turned = issue.articles.find((article) => article.continuedBy)!
const names = issue.pages.map((page) => page.name ?? '')
const rest = issue.articles.find((article) => article.id === turned.continuedBy)!

test('article text is enlarged, reduced and put back', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  const text = window.locator('aside.article-pane .text-blocks p, aside.article-pane .article-text p').last()
  const size = () => text.evaluate((paragraph) => Number.parseFloat(getComputedStyle(paragraph).fontSize))
  await expect(text).toBeVisible()
  const usual = await size()
  await button(window, 'A+ 放大正文').click()
  await expect.poll(size).toBeGreaterThan(usual)
  const larger = await size()
  await window.keyboard.press('Alt+=')
  await expect.poll(size).toBeGreaterThan(larger)
  await window.getByRole('button', { name: /正文默认大小/ }).click()
  await expect.poll(size).toBe(usual)
  await button(window, 'A− 缩小正文').click()
  await expect.poll(size).toBeLessThan(usual)
  await window.keyboard.press('Alt+0')
  await expect.poll(size).toBe(usual)
})

test('a photo stands with its caption and fills the window', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  const figure = window.locator('aside.article-pane figure').first()
  await expect(figure.locator('figcaption')).toHaveText(turned.photos[0]!.caption!)
  const picture = figure.locator('.frame img')
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  const small = (await picture.boundingBox())!
  await figure.locator('.frame').click()
  const dialog = figure.locator('dialog')
  await expect(dialog).toBeVisible()
  await expect.poll(async () => (await dialog.locator('img').boundingBox())!.width).toBeGreaterThan(small.width)
  await expect(dialog.locator('p')).toHaveText(turned.photos[0]!.caption!)
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
})

test('pages and issues are turned by button and key', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const current = window.locator('.page-link.is-current .page-name')
  await expect(button(window, '上一版')).toBeDisabled()
  await button(window, '下一版').click()
  await expect(current).toHaveText(names[1]!)
  await window.keyboard.press('ArrowRight')
  await expect(current).toHaveText(names[2]!)
  await button(window, '上一版').click()
  await expect(current).toHaveText(names[1]!)
  await window.keyboard.press('ArrowLeft')
  await expect(current).toHaveText(names[0]!)
  await window.locator('.page-link', { hasText: '07' }).click()
  await expect(current).toHaveText(names[6]!)

  await button(window, '下一期').click()
  await window.waitForURL(/\/r\/jcrb\/2013-01-11\/1\/p/)
  await expect(window.locator('.reader-breadcrumb')).toContainText('2013年1月11日')
  await window.keyboard.press('[')
  await window.waitForURL(/\/r\/jcrb\/2013-01-10\/1\/p/)
  await button(window, '上一期').click()
  await window.waitForURL(/\/r\/jcrb\/2013-01-09\/1\/p/)
  await window.keyboard.press(']')
  await expect(window.locator('.reader-breadcrumb')).toContainText('2013年1月10日')
})

test('a page is a plain picture in its place until the canvas has drawn it', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await expect(window.locator('.first-sight')).toHaveCount(0)
  const places = await window.evaluateHandle(() => {
    const seen: { at: number[]; sheet: number[] }[] = []
    const boxOf = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height].map(Math.round)
    }
    new MutationObserver(() => {
      const [picture, sheet] = [document.querySelector('.first-sight'), document.querySelector('.page-canvas .sheet')]
      if (picture && sheet) seen.push({ at: boxOf(picture), sheet: boxOf(sheet) })
    }).observe(document.querySelector('.page-canvas')!, { subtree: true, childList: true })
    return seen
  })
  // The last page of another issue: nothing of it is there yet.
  await goTo(window, `${base}/r/jcrb/2013-01-08/1/p8`)
  await expect.poll(() => places.evaluate((seen) => seen.length)).toBeGreaterThan(0)
  const [first] = await places.jsonValue()
  // On whole pixels, and so up to one beside the sheet.
  for (const [index, length] of first!.sheet.entries()) {
    expect(Math.abs(first!.at[index]! - length)).toBeLessThanOrEqual(1)
  }
  await expect(window.locator('.first-sight')).toHaveCount(0)
  const drawn = await window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.page-host canvas')!
    const { width, height } = canvas
    const { data } = canvas.getContext('2d')!.getImageData(0, height / 2, width, 1)
    return new Set(data).size
  })
  expect(drawn).toBeGreaterThan(8)
})

test('a turned story is followed to its page and back', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  const pane = window.locator('aside.article-pane')
  // Both parts are one flow: its mark leads to the other page and stays in sight.
  await pane.getByRole('button', { name: '（转第03版）' }).click()
  await window.waitForURL(new RegExp(`/p3\\?article=${rest.id}`))
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('03')
  await expect(pane.locator('.page-mark')).toBeInViewport()
  await window.keyboard.press('Alt+ArrowLeft')
  await window.waitForURL(/\/p1\?/)
  await expect(pane.locator('h2')).toHaveText(turned.headline)
  const next = issue.articles[issue.articles.indexOf(turned) + 1]!
  await button(window, '下一篇').click()
  await expect(pane.locator('h2')).toHaveText(next.headline)
  await button(window, '上一篇').click()
  await expect(pane.locator('h2')).toHaveText(turned.headline)
})

test('a word is searched, its hit is marked on its page, and the way back leads to the same place', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p2')
  await window.keyboard.press('/')
  await window.keyboard.type('产业集聚区')
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/search\?/)
  const rows = window.locator('.results ol li')
  await expect(rows.first().locator('mark').first()).toHaveText('产业集聚区')
  await window.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  const asked = window.url()
  const headline = (await rows.nth(1).locator('h3').innerText()).trim()
  await window.keyboard.press('Enter')

  await window.waitForURL(/\/r\//)
  await expect(window.locator('aside.article-pane h2')).toHaveText(headline)
  await expect(window.locator('aside.article-pane mark').first()).toHaveText('产业集聚区')
  await expect(window.locator('.hit-pill')).toContainText('第 1 处')
  const marked = window.locator('.zone-layer .hit-about, .zone-layer .hit').first()
  await marked.waitFor({ state: 'attached' })
  const sheet = window.locator('.page-canvas .sheet')
  await expect
    .poll(async () => {
      const [inner, outer] = [(await marked.boundingBox())!, (await sheet.boundingBox())!]
      const room = 4
      return (
        inner.width > 0 &&
        inner.x >= outer.x - room &&
        inner.y >= outer.y - room &&
        inner.x + inner.width <= outer.x + outer.width + room &&
        inner.y + inner.height <= outer.y + outer.height + room
      )
    }, 'the mark lies on the page')
    .toBe(true)
  const page = new URL(window.url()).hash.split('?')[0]!

  await window.keyboard.press('Alt+ArrowLeft')
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  expect(window.url()).toBe(asked)
  await button(window, '前进').click()
  await expect(window.locator('aside.article-pane h2')).toHaveText(headline)
  expect(window.url()).toContain(page)
  await button(window, '后退').click()
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
  await window.keyboard.press('Alt+ArrowLeft')
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('02')
})

test('language and appearance change at once and stay after a restart', async ({ start, folder }) => {
  const profile = `${folder}/kept`
  const { app, window } = await openArchive(start, undefined, profile)
  await goTo(window, '#/')
  await expect(window.locator('main h1')).toHaveText('书架')
  await window.evaluate(() => (globalThis.window.name = 'the same window'))
  const choose = async (menu: string, line: string) => {
    await button(window, menu).click()
    await window.getByRole('menuitemradio', { name: line }).click()
  }
  await choose('更多', 'English')
  await expect(window.locator('main h1')).toHaveText('Shelf')
  await choose('More', '繁體中文')
  await expect(window.locator('main h1')).toHaveText('書架')
  const paper = () => window.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await choose('更多', '淺色')
  const light = await paper()
  await choose('更多', '深色')
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect.poll(paper).not.toBe(light)
  expect(await window.evaluate(() => globalThis.window.name)).toBe('the same window')
  await app.close()

  const again = await start([], { profile })
  await expect(again.window.locator('main h1')).toHaveText('書架')
  await expect(again.window.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('the shelf offers to continue where one stopped, after a restart too', async ({ start, folder }) => {
  const profile = `${folder}/kept`
  const { app, window, base } = await openArchive(start, undefined, profile)
  await readPage(window, base, 'p3')
  const kept = () =>
    window.evaluate(async () => {
      const reply = await globalThis.window.banmian.call['library']!['list']!(undefined)
      return reply.ok ? (reply.value as LibraryEntry[])[0]?.lastRead?.page : undefined
    })
  await expect.poll(kept, 'the place is kept').toBe('p3')
  await goTo(window, '#/')
  const resume = '继续阅读 焦城日报 2013年1月10日 第03版'
  await expect(window.locator('a.resume')).toHaveText(resume)
  await app.close()

  const { window: second } = await start([], { profile })
  await second.locator('a.resume').filter({ hasText: resume }).click()
  await second.waitForURL(/\/r\/jcrb\/2013-01-10\/1\/p3/)
  await expect(second.locator('.page-link.is-current .page-label')).toHaveText('03')
})
