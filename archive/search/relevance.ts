import { holds, type DocumentSet } from './document-set.ts'
import { occurrences } from './occurrences.ts'
import type { PhraseNode, QueryNode } from './query-language.ts'
import { articleId, day, type Place, type SearchRun } from './search-run.ts'

/** Articles that are ranked: the newest with the words in the headline, then the newest others. */
const rankedArticles = 2_000

/**
 * The most relevant hits: with the words in kicker, headline or subtitle before the front page before the number of
 * occurrences before the date. `phrases` are as they stand in the run's texts. Only `rankedArticles` hits are compared; all are counted by the run.
 */
export async function mostRelevant(
  run: SearchRun,
  query: QueryNode,
  phrases: PhraseNode[],
  count: number,
): Promise<Place[]> {
  const inHeadline = phrases.filter((phrase) => phrase.field !== 'byline')
  const headlinePhrases = inHeadline.map((phrase) => ({ ...phrase, field: 'headline' as const }))
  const withHeadline: Place[] = []
  const others: Place[] = []
  let headlines: DocumentSet = new Uint32Array()
  await run.rest(
    (place) => {
      const list = holds(headlines, place.position) ? withHeadline : others
      if (list.length < rankedArticles) list.push(place)
    },
    async (search) => {
      headlines = await search.headlineCandidates(query)
    },
  )
  const scored: { place: Place; headline: boolean; front: boolean; count: number }[] = []
  for (const place of [...withHeadline, ...others].slice(0, rankedArticles)) {
    const text = run.textOf(place)
    const facts = place.search.facts(place.position)
    scored.push({
      place,
      headline: occurrences(headlinePhrases, text, facts).length > 0,
      front: ((place.search.segment.arrays.flags[place.position] ?? 0) & 1) === 1,
      count: occurrences(phrases, text, facts).length,
    })
    const pause = run.turn()
    if (pause) await pause
  }
  scored.sort(
    (a, b) =>
      Number(b.headline) - Number(a.headline) ||
      Number(b.front) - Number(a.front) ||
      b.count - a.count ||
      day(b.place) - day(a.place) ||
      articleId(b.place) - articleId(a.place),
  )
  return scored.slice(0, count).map(({ place }) => place)
}
