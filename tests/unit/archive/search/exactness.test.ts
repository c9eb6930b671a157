import { afterAll, beforeAll, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fold } from '../../../../archive/search/folding.ts'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex, type SearchIndex } from '../../../../archive/search/search-index.ts'
import type { SearchDocument } from '../../../../archive/search/search-document.ts'
import { makeCorpus, seededRandom } from '../../../fixtures/make-corpus.ts'
import { asDocument } from './corpus-index.ts'

/**
 * The full set of hits against a plain scan of the folded text, for every kind of query. The scan shares nothing with
 * the index but the folding: whole words are a regular expression here.
 */
const articles = 2_500
const documents = [...makeCorpus(articles, { seed: 7, perDay: 9 })].map(asDocument)
const folded = documents.map((document) => fold(document.text))
const headlines = documents.map((document) =>
  fold(
    document.spans
      .filter((span) => span.field === 'headline')
      .map((s) => document.text.slice(s.start, s.end))
      .join('\n'),
  ),
)
const byId = new Map(documents.map((document) => [document.id, document]))

let folder = ''
let index: SearchIndex
/** Without the original texts: only which articles are found. */
let quick: SearchIndex

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'banmian-exact-'))
  const writer = createSearchIndex(folder)
  // Parts that overlap in their dates, through both writers.
  const parts: SearchDocument[][] = [[], [], [], []]
  documents.forEach((document, place) => parts[place < 1500 ? 0 : 1 + (place % 3)]!.push(document))
  for (const part of parts) await writer.addDocuments(part, { writer: part === parts[1] ? 'flexsearch' : 'bulk' })
  quick = await openSearchIndex(folder)
  index = await openSearchIndex(folder, { readText: (id) => byId.get(id)?.text })
})

afterAll(() => {
  index.close()
  quick.close()
  rmSync(folder, { recursive: true, force: true })
})

const latinOrDigit = /[a-z0-9\u00df-\u024f]/

/** The phrase as a plain pattern: Latin and digits at its ends must not go on. */
function pattern(phrase: string): RegExp {
  const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const before = latinOrDigit.test(phrase[0]!) ? '(?<![a-z0-9])' : ''
  const after = latinOrDigit.test(phrase.at(-1)!) ? '(?![a-z0-9])' : ''
  return new RegExp(before + escaped + after, 'u')
}

function scan(phrase: string, texts: string[]): Set<number> {
  const wanted = pattern(fold(phrase))
  const found = new Set<number>()
  texts.forEach((text, place) => wanted.test(text) && found.add(documents[place]!.id))
  return found
}

/** All ids, newest first. */
const order = documents
  .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.id - a.id))
  .map((document) => document.id)
const newest = (ids: Set<number>): number[] => order.filter((id) => ids.has(id))

async function found(query: string, options = {}): Promise<number[]> {
  const result = await quick.find(query, { limit: articles, ...options })
  expect(result.exact).toBe(true)
  expect(result.total).toBe(result.hits.length)
  return result.hits.map((hit) => hit.id)
}

const random = seededRandom(42)
const pick = (below: number): number => Math.floor(random() * below)
const hasTerm = /[\p{L}\p{N}]/u

/** A stretch of some article that holds something to search for and no quotation marks. */
function stretch(length: number, accept = (_text: string): boolean => true): string {
  for (;;) {
    const original = documents[pick(articles)]!.text
    const characters = [...original]
    const start = pick(Math.max(1, characters.length - length))
    const text = characters.slice(start, start + length).join('')
    // What begins or ends within a word is another query: the whole word is asked for.
    const isSound = !/["“”\n()（）*]/.test(text) && hasTerm.test(text) && fold(text).trim() === fold(text)
    if (isSound && accept(text)) return text
  }
}

const kinds: [string, number, () => string][] = [
  ['one character', 120, () => stretch(1)],
  ['two characters', 150, () => stretch(2)],
  ['three characters', 100, () => stretch(3)],
  ['four characters', 150, () => stretch(4)],
  ['eight to twenty characters', 150, () => stretch(8 + pick(13))],
  ['repeated characters', 120, () => stretch(6, (text) => new Set(text).size < [...text].length - 1)],
  ['digits', 80, () => stretch(5, (text) => /\d/.test(text))],
  ['Latin', 80, () => stretch(7, (text) => /[A-Za-z]/.test(text))],
  ['full width', 60, () => stretch(6, (text) => /[Ａ-Ｚａ-ｚ０-９]/.test(text))],
  ['traditional', 40, () => stretch(4, (text) => /[國務視經濟發環護歷長後臺書開為裏羣眾]/.test(text))],
]

it.each(kinds)('finds exactly what a scan finds: %s', async (_name, count, make) => {
  let hits = 0
  for (let round = 0; round < count; round++) {
    const phrase = make()
    const expected = newest(scan(phrase, folded))
    hits += expected.length
    expect(await found(`"${phrase}"`), phrase).toEqual(expected)
  }
  expect(hits).toBeGreaterThan(count / 10)
})

it('combines exactly: AND, OR, NOT, fields, filters', async () => {
  for (let round = 0; round < 100; round++) {
    const [a, b, c] = [stretch(2), stretch(1 + pick(3)), stretch(2 + pick(3))].map((text) => ({
      query: `"${text}"`,
      ids: scan(text, folded),
      inHeadline: scan(text, headlines),
    }))
    if (!a || !b || !c) throw new Error('unreachable')
    const where = (keep: (id: number) => boolean): number[] => order.filter(keep)
    const cases: [string, (id: number) => boolean, object?][] = [
      [`${a.query} ${b.query}`, (id) => a.ids.has(id) && b.ids.has(id)],
      [`${a.query} AND ${b.query} ${c.query}`, (id) => a.ids.has(id) && b.ids.has(id) && c.ids.has(id)],
      [`${a.query} OR ${c.query}`, (id) => a.ids.has(id) || c.ids.has(id)],
      [`${a.query} -${c.query}`, (id) => a.ids.has(id) && !c.ids.has(id)],
      [`NOT (${a.query} OR ${c.query}) ${b.query}`, (id) => !a.ids.has(id) && !c.ids.has(id) && b.ids.has(id)],
      [`标题:${c.query}`, (id) => c.inHeadline.has(id)],
      [`${b.query} -title:${a.query}`, (id) => b.ids.has(id) && !a.inHeadline.has(id)],
      [`${b.query} 日期:2010-03`, (id) => b.ids.has(id) && byId.get(id)!.date.startsWith('2010-03')],
      [`${a.query} 版:A01`, (id) => a.ids.has(id) && byId.get(id)!.pages.includes('A01')],
      [
        a.query,
        (id) => a.ids.has(id) && byId.get(id)!.title === 'jzwb' && byId.get(id)!.date >= '2010-05-05',
        { titles: ['jzwb'], from: '2010-05-05' },
      ],
    ]
    for (const [query, keep, options] of cases) expect(await found(query, options), query).toEqual(where(keep))
  }
})

it('marks every occurrence in the original glyphs and nothing else', async () => {
  for (let round = 0; round < 60; round++) {
    const phrase = stretch(1 + pick(5))
    const result = await index.find(`"${phrase}"`, { limit: 50 })
    for (const hit of result.hits) {
      const original = byId.get(hit.id)!.text
      const marked = hit.ranges.map(([start, end]) => fold(original.slice(start, end)))
      expect(new Set(marked)).toEqual(new Set([fold(phrase)]))
      expect(hit.count).toBe(hit.ranges.length)
      const wanted = new RegExp(pattern(fold(phrase)).source, 'gu')
      expect(hit.ranges.length).toBe([...fold(original).matchAll(wanted)].length)
    }
  }
})

it('pages through newest and oldest without a gap', async () => {
  const phrase = '经济'
  const all = newest(scan(phrase, folded))
  const oldest = all.toReversed()
  for (const [sort, expected] of [
    ['newest', all],
    ['oldest', oldest],
  ] as const) {
    const pages: number[] = []
    for (let offset = 0; offset < 100; offset += 20) {
      const result = await index.find(phrase, { sort, offset, limit: 20 })
      expect(result.total).toBe(all.length)
      pages.push(...result.hits.map((hit) => hit.id))
    }
    expect(pages).toEqual(expected.slice(0, 100))
  }
})

it('counts by month and by title', async () => {
  const result = await index.find('建设 发展', { facets: true, limit: 5 })
  const ids = [...scan('建设', folded)].filter((id) => scan('发展', folded).has(id))
  const months: Record<string, number> = {}
  for (const id of ids.sort((a, b) => a - b)) {
    const month = byId.get(id)!.date.slice(0, 7)
    months[month] = (months[month] ?? 0) + 1
  }
  expect(result.months).toEqual(months)
  expect(Object.values(result.titles ?? {}).reduce((a, b) => a + b, 0)).toBe(result.total)
})
