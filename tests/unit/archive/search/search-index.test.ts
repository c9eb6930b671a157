import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex, type FindResult } from '../../../../archive/search/search-index.ts'
import { makeCorpus } from '../../../fixtures/make-corpus.ts'
import { asDocument, plainDocument, temporaryFolder } from './corpus-index.ts'

it('writes the same bytes through FlexSearch and in bulk', async () => {
  const documents = [...makeCorpus(700)].map(asDocument)
  const files = []
  for (const writer of ['flexsearch', 'bulk'] as const) {
    const folder = temporaryFolder()
    await createSearchIndex(folder).addDocuments(documents, { writer })
    expect(readdirSync(folder).sort()).toEqual(['000001.segment', 'manifest.json'])
    files.push(readFileSync(join(folder, '000001.segment')))
  }
  expect(files[0]!.equals(files[1]!)).toBe(true)
})

it('finds', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([
    plainDocument(1, '国务院总理视察黄河\n两国和两国人民在2013年'),
    plainDocument(2, '國務院\n甲乙在这里，而乙丙在那里，丙丁在别处'),
  ])
  const index = await openSearchIndex(folder)
  const ids = async (query: string): Promise<number[]> => (await index.find(query)).hits.map((hit) => hit.id)
  expect(await ids('国务院')).toEqual([2, 1])
  expect(await ids('甲乙丙丁')).toEqual([])
  expect(await ids('两国和两国人民')).toEqual([1])
  expect(await ids('河')).toEqual([1])
  expect(await ids('2013')).toEqual([1])
  expect(await ids('2013年')).toEqual([1])
  expect(await ids('013年')).toEqual([])
  index.close()
})

it('marks a character once that several of the words stand in', async () => {
  const folder = temporaryFolder()
  const text = '旧㍿建立，㍻元年'
  await createSearchIndex(folder).addDocuments([plainDocument(1, text)])
  const index = await openSearchIndex(folder, { readText: () => text })
  const ranges = async (query: string): Promise<unknown> => (await index.find(query)).hits.map((hit) => hit.ranges)
  expect(await ranges('株式 会社')).toEqual([[[1, 2]]])
  expect(await ranges('会社建 株式')).toEqual([[[1, 3]]])
  expect(await ranges('成元 平')).toEqual([[[5, 7]]])
  index.close()
})

it('asks for fields, pages and days', async () => {
  const folder = temporaryFolder()
  const text = '引题里\n主标题黄河\n副题里\n本报记者 王伟\n正文黄河 主标题没有\n图片说明'
  const line = (place: number): { start: number; end: number } => {
    const lines = text.split('\n')
    const start = lines.slice(0, place).join('\n').length + (place > 0 ? 1 : 0)
    return { start, end: start + lines[place]!.length }
  }
  await createSearchIndex(folder).addDocuments([
    plainDocument(1, text, {
      spans: [
        { field: 'kicker', ...line(0) },
        { field: 'headline', ...line(1) },
        { field: 'subtitle', ...line(2) },
        { field: 'byline', ...line(3) },
        { field: 'body', ...line(4), part: 0 },
        { field: 'caption', ...line(5), part: 0 },
      ],
      pages: ['第A01版', '23'],
      date: '2013-02-28',
    }),
    plainDocument(2, '别的\n王伟说主标题黄河', { date: '2013-03-01' }),
  ])
  const index = await openSearchIndex(folder, { readText: (id) => (id === 1 ? text : undefined) })
  const ids = async (query: string): Promise<number[]> => (await index.find(query)).hits.map((hit) => hit.id)
  expect(await ids('标题:主标题')).toEqual([1])
  expect(await ids('标题:副题里 标题:引题里')).toEqual([1])
  expect(await ids('标题:正文')).toEqual([])
  expect(await ids('作者:王伟')).toEqual([1])
  expect(await ids('王伟')).toEqual([2, 1])
  expect(await ids('版:a1')).toEqual([1])
  expect(await ids('版:第23版 图片')).toEqual([1])
  expect(await ids('日期:2013-02')).toEqual([1])
  expect(await ids('黄河 date:2013-03..')).toEqual([2])
  expect(await ids('里主')).toEqual([])
  const { hits } = await index.find('标题:黄河')
  expect(hits).toEqual([{ id: 1, title: 'jzrb', date: '2013-02-28', count: 1, ranges: [[7, 9]] }])
  index.close()
})

it('sorts by relevance: headline, front page, occurrences, date', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([
    plainDocument(1, '黄河\n水', { date: '2010-01-01' }),
    plainDocument(2, '水\n黄河黄河黄河', { date: '2011-01-01' }),
    plainDocument(3, '水\n黄河', { date: '2011-01-02', frontPage: true }),
    plainDocument(4, '水\n黄河', { date: '2012-01-01' }),
    plainDocument(5, '水\n黄河', { date: '2011-06-01' }),
  ])
  const index = await openSearchIndex(folder)
  const result = await index.find('黄河', { sort: 'relevance' })
  expect(result.hits.map((hit) => hit.id)).toEqual([1, 3, 2, 4, 5])
  expect(result.hits.map((hit) => hit.count)).toEqual([1, 1, 3, 1, 1])
  expect(result.total).toBe(5)
  index.close()
})

it('gives the page before the total, and nothing after a cancel', async () => {
  const folder = temporaryFolder()
  const documents = [...makeCorpus(3000)].map(asDocument)
  const writer = createSearchIndex(folder)
  await writer.addDocuments(documents.slice(0, 1500))
  await writer.addDocuments(documents.slice(1500))
  const index = await openSearchIndex(folder)
  const pages: { total: number; exact: boolean; ids: number[] }[] = []
  const result = await index.find('经济', {
    limit: 5,
    onPage: ({ total, exact, hits }) => pages.push({ total, exact, ids: hits.map((hit) => hit.id) }),
  })
  expect(pages).toHaveLength(1)
  expect(pages[0]).toMatchObject({ exact: false, ids: result.hits.map((hit) => hit.id) })
  expect(pages[0]!.total).toBeGreaterThanOrEqual(result.total)
  expect(result.exact).toBe(true)

  const controller = new AbortController()
  const slow = index.find('发展 OR 建设', { sort: 'relevance', signal: controller.signal })
  controller.abort()
  await expect(slow).rejects.toMatchObject({ code: 'cancelled' })
  const late = new AbortController()
  const stopped = index.find('的 OR 在', { limit: 1, signal: late.signal, onPage: () => late.abort() })
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  index.close()
})

it('takes words that mean something to JavaScript, through both writers', async () => {
  const texts = [
    'constructor __proto__ toString',
    'hasOwnProperty 𠮷野家𠮷',
    '',
    '\n',
    '𠮷',
    'x'.repeat(5000),
    '天天天天 天',
    '“”。，',
  ]
  const files = []
  for (const writer of ['flexsearch', 'bulk'] as const) {
    const folder = temporaryFolder()
    const documents = texts.map((text, place) => plainDocument(place + 1, text))
    await createSearchIndex(folder).addDocuments(documents, { writer })
    files.push(readFileSync(join(folder, '000001.segment')))
    const index = await openSearchIndex(folder)
    const ids = async (query: string): Promise<number[]> => (await index.find(query)).hits.map((hit) => hit.id)
    expect(await ids('constructor')).toEqual([1])
    expect(await ids('"__proto__"')).toEqual([1])
    expect(await ids('𠮷')).toEqual([5, 2])
    expect(await ids('𠮷野')).toEqual([2])
    expect(await ids('野')).toEqual([2])
    expect(await ids('天天天天天')).toEqual([7])
    expect(await ids('x'.repeat(64))).toEqual([])
    expect(await ids('xxx*')).toEqual([6])
    expect(await ids('-天')).toEqual([8, 6, 5, 4, 3, 2, 1])
    index.close()
  }
  expect(files[0]!.equals(files[1]!)).toBe(true)
})

it('answers hostile queries with hits or a coded error', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([...makeCorpus(300)].map(asDocument))
  const index = await openSearchIndex(folder)
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 4 }),
        fc.constantFrom(...'国的年%()"-*😀\u0000\ud842', ' OR ', '.*', '版:'),
      ),
    )
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(hostile, async (query) => {
      const outcome = await index.find(query).catch((error: unknown) => error)
      expect(outcome).toMatchObject(outcome instanceof Error ? { code: 'bad-query' } : { exact: true })
    }),
    { numRuns: 300 },
  )
  await expect(index.find('国'.repeat(1_000_000))).rejects.toMatchObject({ code: 'bad-query' })
  await expect(index.find('国', { to: 'x' })).rejects.toMatchObject({ code: 'bad-request' })
  index.close()
})

it('answers many searches at once as one after the other', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([...makeCorpus(800)].map(asDocument))
  const index = await openSearchIndex(folder)
  const queries = ['经济发展', '国', '2013年', '建设 OR 改革', '-的', '标题:推进', '推进 发展']
  const ask = async (query: string): Promise<number[]> =>
    (await index.find(query, { limit: 800 })).hits.map((hit) => hit.id)
  const together = await Promise.all(queries.map(ask))
  for (const [place, query] of queries.entries()) expect(together[place]).toEqual(await ask(query))
  index.close()
})

it('tells the first hits before those that only a look into every text can find', async () => {
  const folder = temporaryFolder()
  const documents = Array.from({ length: 200 }, (_, place) =>
    plainDocument(place + 1, place === 3 || place === 198 ? '而王伟' : '王伟。而王，张伟'),
  )
  await createSearchIndex(folder).addDocuments(documents)
  const index = await openSearchIndex(folder)
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1))
  onTestFinished(() => clock.mockRestore())
  const pages: FindResult[] = []
  const whole = await index.find('而王伟', { onPage: (page) => pages.push(page) })
  expect(whole).toMatchObject({ total: 2, exact: true })
  expect(whole.hits.map((hit) => hit.id)).toEqual([199, 4])
  expect(pages).toHaveLength(1)
  expect(pages[0]).toMatchObject({ exact: false, hits: whole.hits.slice(0, 1) })
  expect(pages[0]!.total).toBeGreaterThan(100)
  index.close()
})

it('answers the same whatever is looked up and whatever is read', async () => {
  const folder = temporaryFolder()
  const documents = [...makeCorpus(400)].map(asDocument)
  await createSearchIndex(folder).addDocuments(documents)
  const index = await openSearchIndex(folder)
  const common = [...'年的人在国一日了和中']
  const holds = (character: string) => (document: { text: string }) => document.text.includes(character)
  const ids = async (query: string): Promise<number[]> =>
    (await index.find(query, { limit: 400 })).hits.map((hit) => hit.id).sort((a, b) => a - b)
  for (let round = 0; round < 2; round++) {
    const of = (keep: (document: { text: string }) => boolean): number[] => documents.filter(keep).map(({ id }) => id)
    expect(await ids(common.join(' OR '))).toEqual(of((one) => common.some((c) => holds(c)(one))))
    expect(await ids(common.join(' '))).toEqual(of((one) => common.every((c) => holds(c)(one))))
    expect(await ids(common.map((c) => `-${c}`).join(' '))).toEqual(of((one) => !common.some((c) => holds(c)(one))))
    const some = common.slice(5)
    expect(await ids(`-(${some.join(' OR ')})`)).toEqual(of((one) => !some.some((c) => holds(c)(one))))
    expect(await ids(`黄 OR 作者:王 OR (年 -的)`)).toEqual(
      of(
        (one) =>
          holds('黄')(one) || (one.text.split('\n')[1] ?? '').includes('王') || (holds('年')(one) && !holds('的')(one)),
      ),
    )
  }
  index.close()
})

it('answers what it has found when patience ends, and says so', async () => {
  const folder = temporaryFolder()
  const writer = createSearchIndex(folder)
  await writer.addDocuments([plainDocument(1, '长江大桥'), plainDocument(2, '长江')])
  await writer.addDocuments([plainDocument(3, '长江大桥\n通车')])
  const index = await openSearchIndex(folder)
  const hurried = await index.find('长江大桥', { pageOnly: true, patience: -1 })
  expect(hurried).toMatchObject({ hits: [], total: 3, exact: false })
  const patient = await index.find('长江大桥', { pageOnly: true, patience: 60_000 })
  expect(patient.hits.map(({ id }) => id)).toEqual([3, 1])
  expect(patient).toMatchObject({ total: 2, exact: true })
  index.close()
})
