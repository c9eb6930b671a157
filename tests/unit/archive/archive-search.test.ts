import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findInArchive, openArchiveSearch } from '../../../archive/search-catalogue.ts'
import { importSources } from '../../../archive/importing.ts'
import type { SearchQuery } from '../../../archive/model.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { openReading } from '../../../archive/reading.ts'
import { suggestQueries } from '../../../archive/search-suggestions.ts'
import { makeCorpus } from '../../fixtures/make-corpus.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** An archive of two deliveries, so that its index has two parts. */
async function twoDeliveries(): Promise<{ archive: string; cache: string; index: string }> {
  const folder = temporaryFolder()
  const [archive, cache] = [join(folder, 'archive'), join(folder, 'cache')]
  const articles = [...makeCorpus(400, { seed: 11, perDay: 20 })]
  for (const [place, part] of [articles.slice(0, 200), articles.slice(200)].entries()) {
    const file = join(folder, `part${place}.jsonl`)
    const lines = part.map(({ title, id, byline, ...article }) =>
      JSON.stringify({ paper: title, id: String(id), author: byline, section: id % 2 ? '单' : '双', ...article }),
    )
    writeFileSync(file, lines.join('\n'))
    await importSources([file], archive)
    await prepareArchive(archive, { cache })
  }
  return { archive, cache, index: join(archive, 'derived/search') }
}

async function find(archive: string, cache: string, query: SearchQuery) {
  const reading = await openReading(archive, cache)
  const search = await openArchiveSearch(reading)
  try {
    const found = await findInArchive(search, { limit: 1_000, ...query })
    return { ...found, articles: found.hits.map(({ article }) => article).sort() }
  } finally {
    search.close()
    reading.close()
  }
}

const segmentsOf = (index: string): string[] => readdirSync(index).filter((name) => name.endsWith('.segment'))

it('makes only the damaged part of an index again', async () => {
  const { archive, cache, index } = await twoDeliveries()
  const whole = await find(archive, cache, { text: '年' })
  expect(whole.exact).toBe(true)
  const [damaged = '', other = ''] = segmentsOf(index).sort()
  expect(other).not.toBe('')
  const kept = statSync(join(index, other)).mtimeMs
  // A byte in the texts, which opening does not read; and one in the tail, which it does.
  for (const place of [1_001, statSync(join(index, damaged)).size - 40]) {
    const [name = ''] = segmentsOf(index).filter((one) => one !== other)
    const file = join(index, name)
    const bytes = readFileSync(file)
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(file, bytes)
    await prepareArchive(archive, { cache })
    const healed = await find(archive, cache, { text: '年' })
    expect(healed.exact).toBe(true)
    expect(healed.articles).toEqual(whole.articles)
    expect(segmentsOf(index)).not.toContain(name)
    expect(statSync(join(index, other)).mtimeMs).toBe(kept)
  }
})

it('searches within an issue, a page, an article, and by section', async () => {
  const { archive, cache } = await twoDeliveries()
  const all = await find(archive, cache, { text: '年' })
  const [first] = all.hits
  const issue = { title: first!.title, date: first!.date, edition: first!.edition }
  const inIssue = all.hits.filter((hit) => hit.title === issue.title && hit.date === issue.date)
  expect((await find(archive, cache, { text: '年', within: issue })).articles).toEqual(
    inIssue.map(({ article }) => article).sort(),
  )
  const onPage = await find(archive, cache, { text: '年', within: { ...issue, page: first!.pageId } })
  expect(onPage.articles).toEqual(
    inIssue
      .filter(({ pageId }) => pageId === first!.pageId)
      .map(({ article }) => article)
      .sort(),
  )
  const article = first!.article.slice(first!.article.indexOf('#') + 1)
  const one = await find(archive, cache, { text: '年', within: { ...issue, article } })
  expect(one.articles).toEqual([first!.article])
  expect((await find(archive, cache, { text: '年', within: { ...issue, edition: 9 } })).total).toBe(0)
  const odd = await find(archive, cache, { text: '年', sections: ['单'] })
  const even = await find(archive, cache, { text: '年', sections: ['双'] })
  expect(odd.total + even.total).toBe(all.total)
  expect(odd.total).toBeGreaterThan(0)
  expect(all.pages.reduce((sum, { count }) => sum + count, 0)).toBe(all.total)
})

it('gives the first hits before all are counted', async () => {
  const { archive, cache } = await twoDeliveries()
  const reading = await openReading(archive, cache)
  const search = await openArchiveSearch(reading)
  const pages: number[] = []
  const found = await findInArchive(
    search,
    { text: '年', limit: 5 },
    { onPage: (page) => pages.push(page.hits.length, page.months.length) },
  )
  expect(pages).toEqual([5, 0])
  expect(found.months.reduce((sum, { count }) => sum + count, 0)).toBe(found.total)
  search.close()
  reading.close()
})

it('suggests how a query may go on, in the words of the archive', async () => {
  const { archive, cache } = await twoDeliveries()
  const reading = await openReading(archive, cache)
  const search = await openArchiveSearch(reading)
  const typed = search.reading.database.prepare('SELECT headline FROM articles').all() as { headline: string }[]
  const [character = ''] = /\p{Script=Han}/u.exec(typed[0]?.headline ?? '') ?? []
  const found = await suggestQueries(search, `黄河 ${character}`)
  // Time may run out on a busy machine; what is suggested is always found.
  for (const query of found) {
    expect(query.startsWith(`黄河 ${character}`)).toBe(true)
    expect((await search.index.find(query.slice(3))).total).toBeGreaterThan(1)
  }
  expect(search.index.words('1', { limit: 5, ms: 1_000 }).every((word) => word.startsWith('1'))).toBe(true)
  expect(search.index.words('1', { limit: 5, ms: 1_000 }).length).toBeGreaterThan(0)
  for (const typed of ['', '"', '(((', '\ud800', '国'.repeat(500), '%', '标题:'])
    expect(await suggestQueries(search, typed)).toEqual([])
  search.close()
  reading.close()
})
