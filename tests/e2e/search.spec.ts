import { expect, type Page } from 'playwright/test'
import { articleText } from '../../archive/article-text.ts'
import type { SearchView } from '../../electron/bridge/views.ts'
import { test } from './app.ts'
import { goTo, openArchive, sampleIssues } from './steps.ts'

/** What a search finds is exactly what a plain scan of the issues' documents finds. */

const articles = sampleIssues().flatMap((issue) =>
  issue.articles.map((article) => ({
    id: article.id,
    title: issue.title.id,
    date: issue.date,
    text: articleText(article).text,
  })),
)

function scan(words: string, fits: (article: (typeof articles)[number]) => boolean = () => true): string[] {
  return articles.filter((article) => article.text.includes(words) && fits(article)).map(keyOf)
}

const keyOf = ({ title, date, id }: { title: string; date: string; id: string }) => `${title}/${date}/${id}`
const total = (window: Page) => window.locator('.results header strong')

async function ask(window: Page, words: string): Promise<void> {
  const field = window.getByRole('combobox', { name: '搜索词' })
  await field.fill(words)
  await field.press('Enter')
  await window.waitForURL((url) => new URLSearchParams(url.hash.split('?')[1]).get('q') === words)
}

async function found(window: Page, text: string): Promise<string[]> {
  const archive = /[0-9a-f]{16}/.exec(window.url())![0]
  const hits: SearchView['hits'] = []
  for (let offset = 0; offset === hits.length; offset += 200) {
    const reply = await window.evaluate(
      ([id, query]) => globalThis.window.banmian.call['search']!['find']!({ archive: id, query }),
      [archive, { text, offset, limit: 200 }] as const,
    )
    if (!reply.ok) throw new Error(reply.code)
    hits.push(...(reply.value as SearchView).hits)
  }
  return hits.map(({ issue, articleId }) => keyOf({ ...issue, id: articleId }))
}

for (const { kind, query, written } of [
  { kind: 'a phrase of four characters', query: '重点项目', written: '重点项目' },
  { kind: 'a word of two characters', query: '产业', written: '产业' },
  { kind: 'a single character', query: '鹭', written: '鹭' },
  { kind: 'a character in most articles', query: '记', written: '记' },
  { kind: 'a traditional spelling', query: '產業', written: '产业' },
  { kind: 'a traditional character', query: '龍', written: '龙' },
]) {
  test(`${kind} finds exactly the articles that contain it: ${query}`, async ({ start }) => {
    const { window, base } = await openArchive(start)
    await goTo(window, `${base}/search`)
    await ask(window, query)
    const expected = scan(written)
    expect(expected.length).toBeGreaterThan(0)
    await expect(total(window)).toHaveText(`${expected.length} 篇`)
    const marks = window.locator('.results ol li .snippet mark')
    await expect(marks.first()).toHaveText(written)
    expect((await found(window, query)).sort()).toEqual(expected.sort())
  })
}

test('titles and days narrow a search, and sorting turns it round', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/search`)
  await ask(window, '产业')
  await expect(total(window)).toHaveText(`${scan('产业').length} 篇`)
  const when = window.locator('.results ol li').first().locator('.where')
  await expect(when).toContainText('2021年1月15日')
  await window.getByRole('button', { name: '最新在前' }).click()
  await window.getByRole('menuitemradio', { name: '最早在前' }).click()
  await expect(when).toContainText('2008年12月26日')

  const row = window.locator('.filters li', { hasText: '焦城晚报' })
  const inTitle = scan('产业', ({ title }) => title === 'jcwb')
  await expect(row.locator('.count')).toHaveText(String(inTitle.length))
  await row.getByRole('checkbox').check()
  await expect(total(window)).toHaveText(`${inTitle.length} 篇`)
  await window.getByRole('button', { name: '全部报纸' }).click()

  const inSpan = scan('产业', ({ date }) => date >= '2013-01-08' && date <= '2013-01-10')
  for (const [name, day] of [
    ['从', '2013-01-08'],
    ['到', '2013-01-10'],
  ] as const) {
    const field = window.getByRole('textbox', { name, exact: true })
    await field.fill(day)
    await field.press('Enter')
    await expect(window).toHaveURL(new RegExp(`=${day}`))
  }
  await expect(total(window)).toHaveText(`${inSpan.length} 篇`)
  await window.getByRole('button', { name: '全部年份' }).click()
  await expect(total(window)).toHaveText(`${scan('产业').length} 篇`)
})

test('a search that cannot be understood says so, and one without hits says what to do', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/search`)
  await ask(window, '日期:昨天')
  await expect(window.locator('.results [role=alert]')).toContainText('搜索“日期:昨天”里有看不懂的地方')
  await ask(window, '无此词组可寻')
  await expect(window.locator('.results')).toContainText('没有找到“无此词组可寻”')
  await ask(window, '产业')
  await expect(total(window)).toHaveText(`${scan('产业').length} 篇`)
})
