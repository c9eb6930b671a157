/** Rivals that keep their index in memory, so that to start is to build; and the scan of all texts. */
import { Index } from 'flexsearch'
import MiniSearch from 'minisearch'
import { fold } from '../../archive/search/folding.ts'
import { parseQuery, positivePhrases } from '../../archive/search/query-language.ts'
import { indexTerms } from '../../archive/search/terms.ts'
import { foldedTexts } from './search-engine-parts.ts'
import { articles, documents } from './search-material.ts'
import { measure, memoryMb, peakMb, timed, type Measured } from './search-measure.ts'
import { firstHits, foldedReader, originalReader, termsOf } from './search-rival-reading.ts'

/** MiniSearch takes minutes and more than a gigabyte for so many. */
const miniSearchArticles = Math.min(articles, 10_000)

function* withText(ids: Iterable<number>, folded: (id: number) => string): Generator<{ id: number; text: string }> {
  for (const id of ids) yield { id, text: folded(id) }
}

const descending = (ids: number[]): number[] => ids.sort((a, b) => b - a)

export const memoryRivals: Record<string, (folder: string) => Promise<Measured>> = {
  /** With the same encoder. The texts stay on the disk. */
  async 'flexsearch in memory'(folder) {
    const [original, folded] = [originalReader(folder), foldedReader(folder)]
    const index = new Index({ tokenize: 'strict', resolution: 2, encode: indexTerms })
    const source = timed(documents())
    for (const { id, text } of source.items) index.add(id, fold(text))
    const rates = source.rates()
    const opened = memoryMb()
    const search = (term: string): number[] =>
      index.search({ query: term, limit: articles, encode: (text: string) => [text] } as never) as number[]
    const ask = (query: string): void => {
      let ids: number[] | undefined
      for (const term of termsOf(query)) {
        // One character is not a term of a strict index: it is left to the check of all texts.
        if ([...term].length === 1) continue
        const found = search(term)
        const known = new Set(found)
        ids = ids ? ids.filter((id) => known.has(id)) : found
      }
      const candidates = descending(ids ?? Array.from({ length: articles }, (_, place) => place + 1))
      firstHits(query, withText(candidates, folded), original)
    }
    const first = await measure(folder, ask, { rounds: 2, most: 10 })
    return { ...rates, open: (articles / rates.rate) * 1000, opened, rss: memoryMb(), peak: peakMb(), first }
  },

  async minisearch(folder) {
    const [original, folded] = [originalReader(folder), foldedReader(folder)]
    const index = new MiniSearch<{ id: number; text: string }>({
      fields: ['text'],
      tokenize: indexTerms,
      processTerm: (term) => term,
      searchOptions: { combineWith: 'AND', tokenize: termsOf, prefix: (term) => [...term].length === 1 },
    })
    const source = timed(documents(miniSearchArticles), miniSearchArticles)
    for (const { id, text } of source.items) index.add({ id, text: fold(text) })
    const rates = source.rates()
    const opened = memoryMb()
    const ask = (query: string): void => {
      const ids = index.search(query).map(({ id }) => id as number)
      firstHits(query, withText(descending(ids), folded), original)
    }
    const first = await measure(folder, ask, { rounds: 2, most: 10 })
    const open = (miniSearchArticles / rates.rate) * 1000
    return { articles: miniSearchArticles, ...rates, open, opened, rss: memoryMb(), peak: peakMb(), first }
  },

  /** `Buffer.indexOf` over all folded texts, in memory in one piece: as fast as looking through everything gets. */
  async scan(folder) {
    const texts = foldedTexts()
    const opened = memoryMb()
    const first = await measure(
      folder,
      (query) => {
        for (const { text } of positivePhrases(parseQuery(query))) {
          const wanted = Buffer.from(text)
          for (let at = texts.indexOf(wanted); at >= 0;) {
            // One hit an article is enough.
            const end = texts.indexOf(10, at)
            at = end < 0 ? -1 : texts.indexOf(wanted, end)
          }
        }
      },
      { rounds: 2, most: 10 },
    )
    return { opened, peak: peakMb(), first }
  },
}
