import { isDamage } from './segment-reader.ts'
import type { SegmentSearch } from './segment-search.ts'

/** Words that begin so, by the number of articles that hold them; newest segments first, until `ms` have gone by. */
export function frequentWords(
  searches: SegmentSearch[],
  beginning: string,
  { limit, ms }: { limit: number; ms: number },
): string[] {
  const deadline = performance.now() + ms
  const counts = new Map<string, number>()
  for (const search of searches.toSorted((a, b) => b.entry.days[1] - a.entry.days[1])) {
    if (performance.now() > deadline) break
    try {
      for (const [word, count] of search.wordsBeginning(beginning, deadline))
        counts.set(word, (counts.get(word) ?? 0) + count)
    } catch (error) {
      // The next search says what is damaged; suggestions go without.
      if (!isDamage(error)) throw error
    }
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  return sorted.slice(0, limit).map(([word]) => word)
}
