import { expect, it } from 'vitest'
import { fold, foldKeepingGlyphs, foldWithOffsets } from '../../../../archive/search/folding.ts'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex, type FindOptions } from '../../../../archive/search/search-index.ts'
import type { SearchDocument } from '../../../../archive/search/search-document.ts'
import { differByOneLetter, lookAlikeForms } from '../../../../archive/search/tolerance.ts'
import { plainDocument, temporaryFolder } from './corpus-index.ts'

async function asking(documents: SearchDocument[]) {
  const folder = temporaryFolder()
  const writer = createSearchIndex(folder)
  // Several segments, both writers.
  for (const [place, document] of documents.entries()) {
    await writer.addDocuments([document], { writer: place % 2 ? 'bulk' : 'flexsearch' })
  }
  const texts = new Map(documents.map(({ id, text }) => [id, text]))
  const index = await openSearchIndex(folder, { readText: (id) => texts.get(id) })
  return async (query: string, options: FindOptions = {}) => {
    const result = await index.find(query, { limit: 100, ...options })
    expect(result.total).toBe(result.hits.length)
    return Object.assign(
      result.hits.map(({ id }) => id).sort((a, b) => a - b),
      {
        marked: result.hits.map(({ id, ranges }) => ranges.map(([from, to]) => texts.get(id)?.slice(from, to))),
        result,
      },
    )
  }
}

const ids = (list: number[]): number[] => [...list]

it('finds only the written glyphs when asked', async () => {
  const find = await asking([
    plainDocument(1, '中国发展\n国务院'),
    plainDocument(2, '中國發展\n國務院 ＩＢＭ'),
    plainDocument(3, '中国發展\n人民'),
  ])
  expect(ids(await find('中国发展'))).toEqual([1, 2, 3])
  expect(ids(await find('中国发展', { exactGlyphs: true }))).toEqual([1])
  const traditional = await find('中國發展', { exactGlyphs: true })
  expect(ids(traditional)).toEqual([2])
  expect(traditional.marked).toEqual([['中國發展']])
  expect(ids(await find('国', { exactGlyphs: true }))).toEqual([1, 3])
  expect(ids(await find('發展 -國', { exactGlyphs: true }))).toEqual([3])
  expect(ids(await find('标题:中国', { exactGlyphs: true, sort: 'relevance' }))).toEqual([1, 3])
  // Width and case still fold, and characters without variants cost nothing more.
  expect(ids(await find('ibm', { exactGlyphs: true }))).toEqual([2])
  expect(ids(await find('人民', { exactGlyphs: true }))).toEqual([3])
})

it('folds everything but the glyphs', () => {
  expect(foldKeepingGlyphs('中國 ＡＢＣ\n é龍')).toBe('中國abc\ne龍')
  expect(fold('中國')).toBe('中国')
  expect(foldWithOffsets('ㄅ國', true).text).toBe('ㄅ國')
})

it('tolerates one wrong letter and look-alike characters when asked', async () => {
  const find = await asking([
    plainDocument(1, 'The harbour strike ended'),
    plainDocument(2, 'The harbur strike ended'),
    plainDocument(3, 'The harbours strlke ended'),
    plainDocument(4, '自己未来 土地'),
    plainDocument(5, '自已末来 士地'),
  ])
  expect(ids(await find('harbour'))).toEqual([1])
  const near = await find('harbour', { fuzzy: true })
  expect(ids(near)).toEqual([1, 2, 3])
  expect(near.marked.flat().sort()).toEqual(['harbour', 'harbours', 'harbur'])
  expect(ids(await find('harbour strike', { fuzzy: true }))).toEqual([1, 2, 3])
  expect(ids(await find('"harbour"', { fuzzy: true }))).toEqual([1])
  expect(ids(await find('ended -harbour', { fuzzy: true }))).toEqual([2, 3])
  expect(ids(await find('土地', { fuzzy: true }))).toEqual([4, 5])
  expect(ids(await find('土地'))).toEqual([4])
})

it.each([
  ['harbour', 'harbor', true],
  ['harbour', 'harbours', true],
  ['harbour', 'xharbour', true],
  ['harbour', 'harbXur', true],
  ['harbour', 'harbour', false],
  ['harbour', 'hrabour', false],
  ['harbour', 'harbo', false],
])('%s and %s differ by one letter: %s', (one, other, expected) => {
  expect(differByOneLetter(one, other)).toBe(expected)
  expect(differByOneLetter(other, one)).toBe(expected)
})

it('changes one character at a time', () => {
  expect(lookAlikeForms('土日')).toEqual(['士日', '土曰', '土目'])
})

it('narrows by kind, page, section, text and article', async () => {
  const headlineOnly = { ...plainDocument(4, '黄河'), kind: 'photo' as const }
  const find = await asking([
    plainDocument(1, '黄河\n水', { pages: ['A01', 'B02'], section: '要 聞', kind: 'article' }),
    plainDocument(2, '黄河\n水', { pages: ['A1'], section: '体育', kind: 'advert' }),
    plainDocument(3, '黄河\n水', { pages: ['B2'], kind: 'notice' }),
    headlineOnly,
  ])
  expect(ids(await find('黄河', { kinds: ['advert', 'photo'] }))).toEqual([2, 4])
  expect(ids(await find('黄河', { pages: ['第01版', 'A01'] }))).toEqual([1, 2])
  expect(ids(await find('黄河', { sections: ['要闻'] }))).toEqual([1])
  expect(ids(await find('黄河', { withText: true }))).toEqual([1, 2, 3])
  expect(ids(await find('黄河', { withText: false }))).toEqual([4])
  expect(ids(await find('黄河', { ids: new Set([2, 3]), kinds: [] }))).toEqual([2, 3])
  const { result } = await find('黄河', { facets: true })
  expect(result.pages).toEqual({ A1: 2, B2: 2, A2: 1 })
  expect(Object.entries(result.sections ?? {}).map(([name, { count }]) => [name, count])).toEqual([
    ['体育', 1],
    ['要闻', 1],
  ])
  const perMonth = Object.entries(result.days ?? {}).reduce<Record<string, number>>((months, [date, count]) => {
    const month = date.slice(0, 7)
    return { ...months, [month]: (months[month] ?? 0) + count }
  }, {})
  expect(perMonth).toEqual(result.months)
})
