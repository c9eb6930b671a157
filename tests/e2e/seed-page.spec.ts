import { expect } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleArchive, test } from './app.ts'
import { button, goTo, openArchive, percentOf, sampleIssue } from './steps.ts'

/** Everything that a page of a classic e-paper site gave its readers, one by one, as a reader meets it. */

const issue = sampleIssue('jcrb/2013-01-11/1')
const article = issue.articles.find(
  ({ kicker, subtitle, byline, photos, blocks, pages }) =>
    kicker &&
    subtitle &&
    byline &&
    photos.length > 0 &&
    blocks.some(({ kind }) => kind === 'heading') &&
    pages[0] === 'p1',
)!
/** With what is printed of it on later pages, which the reader joins to one text. */
const blocks = [
  ...article.blocks,
  ...issue.articles.filter(({ id }) => id === article.continuedBy).flatMap((rest) => rest.blocks),
]

test('titles of the house, date, pages by name, zones, article, its sizes, the page as PDF', async ({
  start,
  folder,
}) => {
  const { app, window, base } = await openArchive(start)
  const label = window.locator('.page-link.is-current .page-label')
  const name = window.locator('.page-link.is-current .page-name')

  await test.step('several titles of one house', async () => {
    await goTo(window, `${base}/jcrb?day=2013-01-11`)
    const titles = window.locator('nav.titles')
    for (const each of ['焦城日报', '焦城晚报', '新春特刊']) await expect(titles).toContainText(each)
  })

  await test.step('the issue of a date, with its page labels and names', async () => {
    await window.locator('aside.day article').first().getByRole('link').first().click()
    await window.waitForURL(/\/[ir]\/jcrb\/2013-01-11\/1/)
    await goTo(window, `${base}/r/jcrb/2013-01-11/1/p1`)
    await expect(window.locator('#topbar-place')).toContainText('焦城日报')
    await expect(window.locator('#topbar-place')).toContainText('2013年1月11日')
    await expect(window.locator('#topbar-place')).toContainText(`第${issue.pages[0]!.label}版`)
    // 版面导航: every page of the issue with label and name.
    for (const page of issue.pages) {
      const link = window.locator('.page-link').filter({ hasText: page.label })
      await expect(link.first()).toContainText(page.name!)
    }
  })

  await test.step('上一版, 下一版, and any page by its place in the list', async () => {
    await expect(button(window, '上一版')).toBeDisabled()
    await button(window, '下一版').click()
    await expect(label).toHaveText(issue.pages[1]!.label)
    await expect(name).toHaveText(issue.pages[1]!.name!)
    await button(window, '上一版').click()
    await expect(label).toHaveText(issue.pages[0]!.label)
    await window.locator('.page-link').last().click()
    await expect(label).toHaveText(issue.pages.at(-1)!.label)
    await expect(button(window, '下一版')).toBeDisabled()
    await window.locator('.page-link').first().click()
    await expect(label).toHaveText(issue.pages[0]!.label)
  })

  await test.step('a hot zone lies where the article is printed, says its headline and opens it', async () => {
    const zone = window.locator(`.zone[data-article="${article.id}"]`)
    await expect(zone).toHaveAttribute('aria-label', article.headline)
    const { polygon } = issue.pages[0]!.zones.find((each) => each.article === article.id)!
    const left = Math.min(...polygon.map(([x]) => x))
    const top = Math.min(...polygon.map(([, y]) => y))
    const { x, y, width, height } = (await window.locator('.page-canvas .sheet').boundingBox())!
    const [at] = [(await zone.locator('polygon').first().boundingBox())!]
    expect(Math.abs(at.x - (x + left * width))).toBeLessThan(3)
    expect(Math.abs(at.y - (y + top * height))).toBeLessThan(3)
    await window.mouse.move(x + (left + 0.03) * width, y + (top + 0.01) * height)
    await expect(window.locator('.zone-label')).toContainText(article.headline)
    await window.mouse.click(x + (left + 0.03) * width, y + (top + 0.01) * height)
    await expect(window.locator('aside.article-pane h2')).toHaveText(article.headline)
  })

  await test.step('kicker, headline, subtitle, author, photos with captions, section headings, body', async () => {
    const pane = window.locator('aside.article-pane .article-text')
    await expect(pane.locator('.kicker')).toHaveText(article.kicker!)
    await expect(pane.locator('.subtitle')).toHaveText(article.subtitle!)
    await expect(pane.locator('[data-field=byline]')).toHaveText(article.byline!)
    await expect(pane.locator('.source')).toContainText('2013年1月11日')
    await expect(pane.locator('figcaption')).toHaveText(article.photos.map(({ caption }) => caption!))
    await expect
      .poll(() =>
        pane
          .locator('figure img')
          .first()
          .evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBeGreaterThan(0)
    const headings = blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text)
    await expect(pane.locator('.text-blocks h3')).toHaveText(headings)
    // The printed lines that send the reader to the other page are left out of the joined text.
    const turning = /\s*（(?:下转|上接)[^）]*）\s*/
    const paragraphs = blocks
      .filter(({ kind }) => kind !== 'heading')
      .map(({ text }) => text.replace(turning, ''))
      .filter((text) => text !== '')
    await expect(pane.locator('.text-blocks p')).toHaveText(paragraphs)
  })

  await test.step('放大, 缩小, 默认 for the page and for the text', async () => {
    const whole = await percentOf(window)
    await button(window, '放大').click()
    await expect.poll(() => percentOf(window)).toBeGreaterThan(whole)
    await button(window, '缩小').click()
    await button(window, '放大').click()
    await button(window, '默认').click()
    await expect.poll(() => percentOf(window)).toBe(whole)
    const size = () =>
      window
        .locator('.text-blocks p')
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    const usual = await size()
    await button(window, 'A+ 放大正文').click()
    await expect.poll(size).toBeGreaterThan(usual)
    await button(window, 'A− 缩小正文').click()
    await button(window, 'A− 缩小正文').click()
    await expect.poll(size).toBeLessThan(usual)
    await window.getByRole('button', { name: /正文默认大小/ }).click()
    await expect.poll(size).toBe(usual)
  })

  await test.step('the page as PDF, byte by byte as delivered', async () => {
    await app.evaluate(({ dialog }, into) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: `${into}/page.pdf` })
    }, folder)
    await window.keyboard.press('Control+p')
    await button(window, '保存原始文件…').click()
    await expect(window.locator('.said').filter({ hasText: /已保存/ })).toBeVisible()
    const delivered = issue.pages[0]!.renditions.find(({ kind }) => kind === 'pdf')!.file
    expect(readFileSync(join(folder, 'page.pdf')).equals(readFileSync(join(sampleArchive(), 'data', delivered)))).toBe(
      true,
    )
    await window.keyboard.press('Escape')
  })
})
