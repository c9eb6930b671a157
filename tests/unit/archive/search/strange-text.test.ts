import { expect, it } from 'vitest'
import { ArchiveError } from '../../../../archive/errors.ts'
import { fold, foldWithOffsets } from '../../../../archive/search/folding.ts'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex } from '../../../../archive/search/search-index.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'
import { makeStrangeText } from '../../../fixtures/make-strange-text.ts'
import { plainDocument, temporaryFolder } from './corpus-index.ts'

/**
 * Exactness over text that no newspaper would print, against a scan that shares nothing with the engine but the
 * folding. `BANMIAN_SEED` and `BANMIAN_QUERIES` ask for other text and more of it.
 */
const seed = Number(process.env['BANMIAN_SEED'] ?? 5)
const queries = Number(process.env['BANMIAN_QUERIES'] ?? 800)

const isDense =
  /[\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}]/u
const isOfWord = (one: string | undefined): boolean =>
  one !== undefined && /[\p{L}\p{N}\p{M}]/u.test(one) && !isDense.test(one)

type Folded = ReturnType<typeof foldWithOffsets>

/**
 * How often the phrase stands in the text, whole words only at its ends; overlapping places count once, and so do those
 * within one character of the original (㌖ is キロメートル).
 */
function count({ text, starts, ends }: Folded, phrase: string): number {
  const characters = [...phrase]
  let found = 0
  let marked = 0
  for (let at = text.indexOf(phrase); at >= 0;) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1)
    const [after] = text.slice(at + phrase.length, at + phrase.length + 2)
    const isCut = (isOfWord(characters[0]) && isOfWord(before)) || (isOfWord(characters.at(-1)) && isOfWord(after))
    if (!isCut) {
      if (starts[at]! >= marked) found++
      marked = ends[at + phrase.length - 1]!
    }
    at = text.indexOf(phrase, isCut ? at + 1 : at + phrase.length)
  }
  return found
}

it(`answers ${queries} queries over strange text as a scan does`, { timeout: 600_000 }, async () => {
  const random = seededRandom(seed)
  const pick = (below: number): number => Math.floor(random() * below)
  const texts = makeStrangeText(seed)
  const documents = Array.from({ length: 400 }, (_, place) => plainDocument(place + 1, texts.next().value as string))
  const folded = documents.map(({ text }) => foldWithOffsets(text))
  const folder = temporaryFolder()
  const writer = createSearchIndex(folder)
  await writer.addDocuments(documents.slice(0, 200), { writer: 'bulk' })
  await writer.addDocuments(documents.slice(200), { writer: 'flexsearch' })
  const index = await openSearchIndex(folder, { readText: (id) => documents[id - 1]?.text })

  let hits = 0
  for (let asked = 0; asked < queries;) {
    const characters = [...documents[pick(documents.length)]!.text]
    const start = pick(characters.length)
    const length = [1, 1, 2, 2, 3, 4, 6, 8 + pick(13)][pick(8)]!
    const query = characters.slice(start, start + length).join('')
    if (/["＂“”〝〞„‟「」『』﹁﹂﹃﹄\n]/.test(query)) continue
    asked++
    const phrase = fold(query)
    const asksNothing = ![...phrase].some((one) => isDense.test(one) || isOfWord(one))
    try {
      const found = await index.find(`"${query}"`, { sort: 'oldest', limit: documents.length })
      const expected = folded.flatMap((text, place) => {
        const times = count(text, phrase)
        return times > 0 ? [[place + 1, times]] : []
      })
      hits += expected.length
      expect([query, found.hits.map((hit) => [hit.id, hit.ranges.length])]).toEqual([query, expected])
      expect([found.total, found.exact, asksNothing]).toEqual([expected.length, true, false])
      for (const { id, ranges } of found.hits.slice(0, 3)) {
        const marked = ranges.map(([from, to]) => fold(documents[id - 1]!.text.slice(from, to)))
        for (const one of marked) expect(one).toContain(phrase)
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      expect([query, error.code, asksNothing]).toEqual([query, 'bad-query', true])
    }
  }
  expect(hits).toBeGreaterThan(queries)
  index.close()
})
