import { expect, type Page } from 'playwright/test'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { articleText } from '../../archive/article-text.ts'
import { copySample, test } from './app.ts'
import { smallArchive } from './archives.ts'
import { button, goTo, openArchive, readPage, sampleIssue, sampleIssues } from './steps.ts'

/** Where one searches and by what one narrows: issue, page, article, section, text, days; and a damaged index. */

const total = (window: Page) => window.locator('.results header strong')
const holding = (text: string) =>
  sampleIssues()
    .flatMap(({ articles }) => articles)
    .filter((one) => articleText(one).text.includes(text))

test('the field of the top bar searches the issue, the page or the article in view', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const issue = sampleIssue('jcrb/2013-01-10/1')
  const inIssue = issue.articles.filter((one) => articleText(one).text.includes('产业'))
  const onPage = inIssue.filter(({ pages }) => pages.includes('p1'))
  expect(onPage.length).toBeGreaterThan(0)
  expect(inIssue.length).toBeGreaterThan(onPage.length)
  const scope = window.getByRole('combobox', { name: '搜索范围' })
  for (const [choice, found] of [
    ['本期', inIssue],
    ['本版', onPage],
  ] as const) {
    await scope.selectOption(choice)
    await window.keyboard.press('/')
    await window
      .getByRole('search')
      .getByRole('combobox', { name: /搜索全部/ })
      .fill('产业')
    await window.keyboard.press('Enter')
    await expect(total(window)).toHaveText(`${found.length} 篇`)
    await button(window, '后退').click()
    await expect(scope).toBeVisible()
  }
  const [article] = onPage
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p1?article=${article!.id}`)
  await scope.selectOption('本篇')
  await window
    .getByRole('search')
    .getByRole('combobox', { name: /搜索全部/ })
    .fill('产业')
  await window.keyboard.press('Enter')
  await expect(total(window)).toHaveText('1 篇')
  await expect(window.locator('.results li h3')).toContainText(article!.headline)
  await window.getByRole('button', { name: /取消/ }).click()
  await expect(total(window)).toHaveText(`${holding('产业').length} 篇`)
})

test('sections, text and pages narrow by keyboard, stand in the address, and going back undoes them', async ({
  start,
  folder,
}) => {
  const archive = smallArchive(folder, 'sections', {
    change: (document) => ({
      ...document,
      articles: document.articles.map((article, at) => ({ ...article, section: ['要闻，一', '经济', '体育'][at % 3] })),
    }),
  })
  const { window, base } = await openArchive(start, archive)
  const { articles } = sampleIssue('jcrb/2013-01-10/1')
  const found = articles.flatMap((article, at) => (articleText(article).text.includes('市') ? [{ article, at }] : []))
  const inSection = found.filter(({ at }) => at % 3 === 0)
  await goTo(window, `${base}/search?q=市`)
  await expect(total(window)).toHaveText(`${found.length} 篇`)
  const section = window.getByRole('checkbox', { name: /要闻，一/ })
  await expect(window.locator('.filters li', { hasText: '要闻，一' }).locator('.count')).toHaveText(
    String(inSection.length),
  )
  await section.focus()
  await window.keyboard.press('Space')
  await expect(total(window)).toHaveText(`${inSection.length} 篇`)
  await window.getByRole('combobox', { name: '文字' }).selectOption('只有标题')
  await expect(window).toHaveURL(/text=0/)
  await button(window, '后退').click()
  await expect(total(window)).toHaveText(`${inSection.length} 篇`)
  await button(window, '后退').click()
  await expect(section).not.toBeChecked()
  await expect(total(window)).toHaveText(`${found.length} 篇`)
  await button(window, '前进').click()
  await expect(section).toBeChecked()
})

test('years and months are brushed by mouse and by keys', async ({ start }) => {
  const { window, base } = await openArchive(start)
  const of = (from: string, to: string) =>
    sampleIssues()
      .filter(({ date }) => date >= from && date <= to)
      .flatMap(({ articles }) => articles)
      .filter((one) => articleText(one).text.includes('产业')).length
  await goTo(window, `${base}/search?q=产业`)
  const years = window.getByRole('group', { name: '各年命中，可拖动选择范围' })
  const year = years.getByRole('button', { name: /^2013/ })
  const box = (await year.boundingBox())!
  await window.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await window.mouse.down()
  await window.mouse.up()
  await expect(total(window)).toHaveText(`${of('2013-01-01', '2013-12-31')} 篇`)
  const months = window.getByRole('group', { name: '各月命中，可拖动选择范围' })
  await months.getByRole('button', { name: /^2013-01/ }).focus()
  await window.keyboard.press('Shift+ArrowRight')
  await expect(window).toHaveURL(/from=2013-01-01&to=2013-02-28/)
  await expect(total(window)).toHaveText(`${of('2013-01-01', '2013-02-28')} 篇`)
})

test('the days of the calendar are tinted by the hits, and the chosen day names them', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/jcrb?day=2013-01-10&q=产业`)
  const inDay = sampleIssue('jcrb/2013-01-10/1').articles.filter((one) => articleText(one).text.includes('产业'))
  const day = window.locator('[data-day="2013-01-10"]')
  await expect(day).toHaveAttribute('aria-label', new RegExp(`${inDay.length} 篇命中`))
  await expect(day).toHaveClass(/heat-[123]/)
  const card = window.locator('aside.day article').filter({ hasText: '焦城日报' })
  await expect(card).toContainText(`${inDay.length} 篇命中`)
  await expect(card.locator('li.hit')).toHaveCount(Math.min(8, inDay.length))
})

test('a damaged part of the index is said, left out, made again, and the search repeated', async ({
  start,
  folder,
}) => {
  const archive = copySample(folder)
  const [name = ''] = readdirSync(join(archive, 'derived/search')).filter((one) => one.endsWith('.segment'))
  const file = join(archive, 'derived/search', name)
  const bytes = readFileSync(file)
  // In the texts, which opening does not read and a search does.
  for (let place = 1_000; place < bytes.length / 2; place += 3_000) bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const { window, base } = await openArchive(start, archive)
  await goTo(window, `${base}/search?q=重点项目`)
  await expect(window.locator('.results .damaged')).toContainText('正在自动重建')
  await expect(total(window)).toHaveText(`${holding('重点项目').length} 篇`, { timeout: 60_000 })
  await expect(window.locator('.results .damaged')).toHaveCount(0)
})
