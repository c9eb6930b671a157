import { setImmediate as nextTurn } from 'node:timers/promises'
import { ArchiveError } from '../errors.ts'
import { highestFrom, holds, lowestFrom, sizeOf, stretchOf, without, type DocumentSet } from './document-set.ts'
import { foldKeepingGlyphs } from './folding.ts'
import { hitCounts, type HitCounts } from './hit-counts.ts'
import { answers } from './occurrences.ts'
import type { QueryNode } from './query-language.ts'
import type { SearchFilter } from './search-filter.ts'
import { isDamage } from './segment-reader.ts'
import type { Candidates, SegmentSearch } from './segment-search.ts'

/** Longest stretch of work without a look at the signal, in ms. */
const turnMs = 8

/** What steers a run. */
interface RunOptions {
  sort?: 'newest' | 'oldest' | 'relevance'
  signal?: AbortSignal
  facets?: boolean
  /** When `performance.now()` has come so far, the page is what has been found. */
  deadline?: number
  /** The query as it must stand in the original with its glyphs, and how to read that. */
  original?: { query: QueryNode; read: (id: number) => string | undefined }
}

/** How far a search has come in a segment. */
interface Cursor {
  search: SegmentSearch
  candidates?: Candidates
  /** Next candidate to look at; -1 when there are no more. */
  next: number
}

/** An article by where it is. */
export interface Place {
  search: SegmentSearch
  position: number
}

/** A search came upon a damaged segment. */
export class SegmentFailure extends Error {
  readonly search: SegmentSearch

  constructor(search: SegmentSearch, cause: unknown) {
    super('a segment could not be read', { cause })
    this.search = search
  }
}

/** Runs what reads a segment; damage becomes a `SegmentFailure`. */
export function guarded<T>(search: SegmentSearch, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isDamage(error) ? new SegmentFailure(search, error) : error
  }
}

/** The day of an article, `20130110`. */
export function day(place: Place): number {
  return place.search.segment.arrays.days[place.position] ?? 0
}

/** The catalogue's number of an article. */
export function articleId(place: Place): number {
  return place.search.segment.arrays.ids[place.position] ?? 0
}

/** Lets other work run now and then, and ends when nobody waits for the answer any more. */
function turns(signal?: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < turnMs) return undefined
    return nextTurn().then(() => {
      if (signal?.aborted) throw new ArchiveError('cancelled')
      last = performance.now()
    })
  }
}

function startOf(search: SegmentSearch, possible: DocumentSet, isOldest: boolean): number {
  return isOldest ? lowestFrom(possible, 0) : highestFrom(possible, search.segment.head.documents - 1)
}

/** One search over all segments. Its calls reject with `cancelled` and with `SegmentFailure`. */
export function searchRun(searches: SegmentSearch[], query: QueryNode, filter: SearchFilter, options: RunOptions) {
  const isOldest = options.sort === 'oldest'
  const towards = isOldest ? 1 : -1
  const turn = turns(options.signal)
  const isLate = (): boolean => options.deadline !== undefined && performance.now() > options.deadline
  const counts = hitCounts()
  let total = 0

  const textOf = ({ search, position }: Place, direction: 1 | -1 = -1): string => {
    if (!options.original) return guarded(search, () => search.text(position, direction))
    return foldKeepingGlyphs(options.original.read(articleId({ search, position })) ?? '')
  }
  const verify = (search: SegmentSearch, position: number): boolean => {
    const { original } = options
    if (!original) return guarded(search, () => search.verify(query, position, towards))
    return answers(original.query, textOf({ search, position }), search.facts(position))
  }
  const open = async (cursor: Cursor): Promise<Candidates> => {
    if (cursor.candidates) return cursor.candidates
    const { search } = cursor
    const found = await search.candidates(query, filter).catch((error: unknown) => {
      throw isDamage(error) ? new SegmentFailure(search, error) : error
    })
    cursor.candidates = found
    cursor.next = startOf(search, found.possible, isOldest)
    return found
  }
  /** Looks at the next candidate: its place when it answers the query. */
  const step = (cursor: Cursor, candidates: Candidates): Place | undefined => {
    const { search, next: position } = cursor
    cursor.next = isOldest
      ? lowestFrom(candidates.possible, position + 1)
      : highestFrom(candidates.possible, position - 1)
    const isHit = holds(candidates.certain, position) || verify(search, position)
    if (!isHit) return undefined
    total++
    if (options.facets) counts.add(search, position)
    return { search, position }
  }

  const cursors: Cursor[] = searches
    .filter(({ entry }) => entry.days[0] <= filter.to && entry.days[1] >= filter.from)
    .map((search) => ({ search, next: 0 }))
  const edge = ({ search }: Cursor): number => search.entry.days[isOldest ? 0 : 1]
  cursors.sort((a, b) => (isOldest ? edge(a) - edge(b) : edge(b) - edge(a)))

  /** The opened cursor whose next candidate comes first; opens those that could come before it, until that time at most. */
  const foremost = async (until: number): Promise<Cursor | undefined> => {
    let best: Cursor | undefined
    let bestPlace: Place | undefined
    for (const cursor of cursors) {
      if (!cursor.candidates) {
        const isBehind = bestPlace && (isOldest ? edge(cursor) > day(bestPlace) : edge(cursor) < day(bestPlace))
        if (isBehind || isLate()) break
        if (performance.now() >= until) return undefined
        await open(cursor)
        await turn()
      }
      if (cursor.next < 0) continue
      const place = { search: cursor.search, position: cursor.next }
      const order = bestPlace ? day(place) - day(bestPlace) || articleId(place) - articleId(bestPlace) : 0
      if (!bestPlace || (isOldest ? order < 0 : order > 0)) [best, bestPlace] = [cursor, place]
    }
    return best
  }

  /** The positions of the set that a cursor has yet to look at. */
  const left = (search: SegmentSearch, set: DocumentSet, next: number): DocumentSet =>
    isOldest ? stretchOf(set, next, search.segment.head.documents - 1) : stretchOf(set, 0, next)

  return {
    turn,
    isLate,
    /** The folded text of a hit. */
    textOf: (place: Place): string => textOf(place),
    total: (): number => total,
    /** The first `count` hits in the order of their days, behind those found before; until that time at most. */
    async first(count: number, found: Place[] = [], until = Infinity): Promise<Place[]> {
      while (found.length < count && !isLate() && performance.now() < until) {
        const cursor = await foremost(until)
        if (!cursor?.candidates) break
        const place = step(cursor, cursor.candidates)
        if (place) found.push(place)
        const pause = turn()
        if (pause) await pause
      }
      return found
    },
    /** Goes through what is left; `begin` is told of every segment before its hits, `take` of every hit. */
    async rest(take?: (place: Place) => void, begin?: (search: SegmentSearch) => Promise<void>): Promise<void> {
      for (const cursor of cursors) {
        const candidates = await open(cursor)
        if (cursor.next >= 0) await begin?.(cursor.search)
        if (cursor.next >= 0 && !take && !options.facets) {
          // Nobody asks which they are: what is certain need not be looked at.
          const { search, next } = cursor
          total += sizeOf(left(search, candidates.certain, next))
          candidates.possible = without(candidates.possible, candidates.certain)
          cursor.next = isOldest ? lowestFrom(candidates.possible, next) : highestFrom(candidates.possible, next)
        }
        while (cursor.next >= 0) {
          const place = step(cursor, candidates)
          if (place) take?.(place)
          const pause = turn()
          if (pause) await pause
        }
      }
    },
    /** Hits so far and all candidates of the segments not yet gone through. */
    upperBound(): number {
      return cursors.reduce((sum, { search, candidates, next }) => {
        if (!candidates) return sum + search.entry.documents - search.entry.removedCount
        return next < 0 ? sum : sum + sizeOf(left(search, candidates.possible, next))
      }, total)
    },
    facets: (): HitCounts => counts.counted(),
  }
}

/** A search in the middle. */
export type SearchRun = ReturnType<typeof searchRun>
