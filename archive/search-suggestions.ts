import type { ArchiveSearch } from './search-catalogue.ts'
import { ArchiveError } from './errors.ts'
import { characterClass, dense, word } from './search/character-class.ts'
import { fold, foldWithOffsets } from './search/folding.ts'

/** While typing: an answer that comes later is of no use. */
const patienceMs = 12
/** Of which so much goes into the search; then the headlines are read. */
const searchMs = 9
const mostSuggestions = 8
const headlinesRead = 40
/** Characters that a suggestion adds at most. */
const longestContinuation = 6

const isOf = (character: string | undefined, kind: number): boolean =>
  character !== undefined && characterClass(character.codePointAt(0) ?? 0) === kind

/**
 * How a query that is being typed may go on, in the archive's own words, whole queries, most frequent first. Words of
 * letters come from the index, runs of Han from the headlines that hold what was typed. What is found in 15 ms.
 */
export async function suggestQueries(search: ArchiveSearch, typed: string): Promise<string[]> {
  const [, before = '', last = ''] = /^(.*?)([^\s"“”「」『』()（）*:：-]*)$/su.exec(typed) ?? []
  const folded = fold(last)
  const end = [...folded].at(-1)
  if (/["“「『]/.test(before) || typed.length > 60) return []
  if (isOf(end, word)) {
    const words = search.index.words(folded, { limit: mostSuggestions + 1, ms: patienceMs })
    return words.filter((one) => one !== folded).map((one) => before + one)
  }
  if (!isOf(end, dense)) return []
  const headlines = await headlinesWith(search, last)
  return continuations(headlines, folded).map((one) => before + one)
}

async function headlinesWith({ index, reading }: ArchiveSearch, phrase: string): Promise<string[]> {
  try {
    const { hits } = await index.find(`标题:${phrase}`, { limit: headlinesRead, pageOnly: true, patience: searchMs })
    const headline = reading.database.prepare('SELECT headline FROM articles WHERE id = ?')
    return hits.flatMap(({ id }) => (headline.get(id) as { headline: string } | undefined)?.headline ?? [])
  } catch (error) {
    if (error instanceof ArchiveError) return []
    throw error
  }
}

/** What the headlines say behind the phrase, where at least two say so; not what always goes on further. */
function continuations(headlines: string[], phrase: string): string[] {
  const found = new Map<string, { count: number; shown: string }>()
  for (const headline of headlines) {
    const { text, starts, ends } = foldWithOffsets(headline)
    const start = text.indexOf(phrase)
    if (start < 0) continue
    for (let end = start + phrase.length; end < start + phrase.length + longestContinuation; end++) {
      if (!isOf(text[end], dense)) break
      const key = text.slice(start, end + 1)
      const shown = headline.slice(starts[start], ends[end])
      found.set(key, { shown, count: (found.get(key)?.count ?? 0) + 1 })
    }
  }
  const goesOn = (key: string, count: number): boolean =>
    [...found].some(([other, more]) => other.length === key.length + 1 && other.startsWith(key) && more.count === count)
  return [...found]
    .filter(([key, { count }]) => count > 1 && !goesOn(key, count))
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, mostSuggestions)
    .map(([, { shown }]) => shown)
}
