import pairs from 'opencc-js/dict/TSCharacters'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextSpan } from '../../../../archive/article-text.ts'
import { openArchiveSearch, type ArchiveSearch } from '../../../../archive/search-catalogue.ts'
import { importSources } from '../../../../archive/importing.ts'
import { prepareArchive } from '../../../../archive/preparing.ts'
import { openReading } from '../../../../archive/reading.ts'
import { fold } from '../../../../archive/search/folding.ts'
import type { FindOptions } from '../../../../archive/search/search-index.ts'
import { currentArchive } from '../../../fixtures/current-archive.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'

/**
 * Exactness over text that nobody made for a test: `BANMIAN_CORPUS` names articles as JSON Lines,
 * `BANMIAN_SAMPLE_ARCHIVE` an archive. For each, `BANMIAN_QUERIES` (400; 2,000 for the acceptance) random queries must give what a plain scan
 * of the folded text gives (`BANMIAN_SEED`: other ones), and mark every occurrence in the original and nothing else.
 */
const rounds = Number(process.env['BANMIAN_QUERIES'] ?? 400)
/** Other queries with another number. */
const seed = Number(process.env['BANMIAN_SEED'] ?? rounds)
const sources = [process.env['BANMIAN_CORPUS'], process.env['BANMIAN_SAMPLE_ARCHIVE']].filter(
  (path) => path !== undefined,
)

interface Article {
  id: number
  title: string
  date: string
  original: string
  folded: string
  headline: string
  byline: string
}

const toTraditional = new Map(pairs.split('|').map((pair) => pair.split(' ').reverse() as [string, string]))
const latinOrDigit = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** The phrase as a plain pattern: Latin and digits at its ends must not go on. */
function pattern(phrase: string): RegExp {
  const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`))
  const before = latinOrDigit.test([...phrase][0] ?? '') ? `(?<!${latinOrDigit.source})` : ''
  const after = latinOrDigit.test([...phrase].at(-1) ?? '') ? `(?!${latinOrDigit.source})` : ''
  return new RegExp(before + escaped + after, 'gu')
}

it.skipIf(sources.length > 0)('has no text to look through', ({ skip }) => skip())

describe.each(sources)('%s', (source) => {
  let folder = ''
  let search: ArchiveSearch
  let articles: Article[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'banmian-real-'))
    const isLines = /\.jsonl/.test(source)
    const cache = join(folder, 'cache')
    const archive = isLines ? join(folder, 'archive') : await currentArchive(source, folder, cache)
    if (isLines) {
      await importSources([source], archive)
      await prepareArchive(archive, { cache })
    }
    search = await openArchiveSearch(await openReading(archive, cache))
    const rows = search.reading.database
      .prepare(
        `SELECT articles.id, issues.title, issues.date, articles.text, articles.spans FROM articles
         JOIN issues ON issues.id = articles.issue ORDER BY issues.date DESC, articles.id DESC`,
      )
      .all() as { id: number; title: string; date: string; text: string; spans: string }[]
    articles = rows.map(({ id, title, date, text, spans }) => {
      const fields = (...names: string[]): string =>
        fold(
          (JSON.parse(spans) as TextSpan[])
            .filter(({ field }) => names.includes(field))
            .map(({ start, end }) => text.slice(start, end))
            .join('\n'),
        )
      const headline = fields('kicker', 'headline', 'subtitle')
      return { id, title, date, original: text, folded: fold(text), headline, byline: fields('byline') }
    })
  }, 300_000)

  afterAll(() => {
    search.close()
    search.reading.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it(`answers ${rounds} random queries as a scan does`, { timeout: 1_800_000 }, async () => {
    const random = seededRandom(seed)
    const pick = (below: number): number => Math.floor(random() * below)
    const stretch = (length: number, accept = (_: string): boolean => true): string => {
      for (let tries = 0; ; tries++) {
        const characters = [...articles[pick(articles.length)]!.original]
        const start = pick(Math.max(1, characters.length - length))
        const text = characters.slice(start, start + length).join('')
        const isSound =
          text.length >= length &&
          !/["＂“”「」『』\s*]/.test(text) &&
          /[\p{L}\p{N}]/u.test(text) &&
          fold(text).trim() === fold(text)
        if (isSound && (tries > 3_000 || accept(text))) return text
      }
    }
    const traditional = (text: string): string => [...text].map((one) => toTraditional.get(one) ?? one).join('')
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).replace(/[＂＊]/g, '')
    const makers = [
      () => stretch(1),
      () => stretch(2),
      () => stretch(3),
      () => stretch(4),
      () => stretch(8 + pick(13)),
      () => stretch(6, (text) => new Set(text).size < 5),
      () => stretch(5, (text) => /[A-Za-z]{2}/.test(text)),
      () => stretch(4, (text) => /\d{2}/.test(text)),
      () => traditional(stretch(2 + pick(4))),
      () => wide(stretch(4, (text) => /[\dA-Za-z]/.test(text))),
      () => stretch(6, (text) => /\p{Script=Han}[\dA-Za-z%.]/u.test(text)),
    ]
    const phrase = (): string => makers[pick(makers.length)]!()
    const scan = (text: string, where: 'folded' | 'headline' | 'byline' = 'folded'): Set<number> => {
      const folded = fold(text)
      const wanted = pattern(folded)
      return new Set(
        articles
          .filter((article) => article[where].includes(folded) && article[where].search(wanted) >= 0)
          .map(({ id }) => id),
      )
    }
    const check = async (
      query: string,
      keep: (article: Article) => boolean,
      options: FindOptions = {},
    ): Promise<void> => {
      const expected = articles.filter(keep).map(({ id }) => id)
      const found = await search.index.find(query, { limit: 40, ...options })
      expect([query, found.total, found.exact]).toEqual([query, expected.length, true])
      const ids = (await search.index.find(query, { ...options, offset: 40, limit: articles.length })).hits
      expect(
        [...found.hits, ...ids].map(({ id }) => id),
        query,
      ).toEqual(expected)
    }
    const byId = new Map(articles.map((article) => [article.id, article]))
    let asked = 0
    for (; asked < rounds;) {
      const [a, b, c] = [phrase(), phrase(), stretch(2)]
      const [inA, inB, inC] = [scan(a), scan(b), scan(c)]
      const marked = await search.index.find(`"${a}"`, { limit: 20 })
      const wanted = pattern(fold(a))
      for (const { id, ranges } of marked.hits) {
        const { original, folded } = byId.get(id)!
        const texts = new Set(ranges.map(([from, to]) => fold(original.slice(from, to))))
        expect([a, [...texts], ranges.length]).toEqual([a, [fold(a)], [...folded.matchAll(wanted)].length])
      }
      await check(`"${a}"`, ({ id }) => inA.has(id))
      await check(`"${a}" "${c}"`, ({ id }) => inA.has(id) && inC.has(id))
      await check(`"${b}" OR "${c}"`, ({ id }) => inB.has(id) || inC.has(id))
      await check(`"${c}" -"${b}"`, ({ id }) => inC.has(id) && !inB.has(id))
      const inHeadline = scan(c, 'headline')
      await check(`标题:"${c}"`, ({ id }) => inHeadline.has(id))
      const inByline = scan(c, 'byline')
      await check(
        `作者:"${c}" OR "${a}" "${b}" "${c}"`,
        ({ id }) => inByline.has(id) || (inA.has(id) && inB.has(id) && inC.has(id)),
      )
      const [from, to] = [articles[pick(articles.length)]!.date, articles[pick(articles.length)]!.date].sort()
      await check(`"${c}"`, ({ id, date }) => inC.has(id) && date >= from! && date <= to!, { from, to })
      const month = articles[pick(articles.length)]!.date.slice(0, 7)
      await check(`"${c}" 日期:${month}`, ({ id, date }) => inC.has(id) && date.startsWith(month))
      asked += 8
    }
  })
})
