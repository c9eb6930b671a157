import { setImmediate as nextTurn } from 'node:timers/promises'
import { ArchiveError } from '../errors.ts'
import type { SearchQuery } from '../model.ts'
import type { HitCounts } from './hit-counts.ts'
import { readManifest, type Manifest, type SegmentEntry } from './manifest.ts'
import { occurrences, originalOccurrences, type TextRange } from './occurrences.ts'
import { parseQuery, positivePhrases, type PhraseNode } from './query-language.ts'
import { glyphQuery } from './query-tree.ts'
import { mostRelevant } from './relevance.ts'
import { isoDate } from './search-document.ts'
import { filterOf } from './search-filter.ts'
import { articleId, day, guarded, searchRun, SegmentFailure, type Place, type SearchRun } from './search-run.ts'
import { DamagedSegment, isDamage, verifySegment } from './segment-reader.ts'
import { openSegmentSearch, type SegmentSearch } from './segment-search.ts'
import { frequentWords } from './frequent-words.ts'
import { termRarity } from './term-rarity.ts'
import { tolerantQuery } from './tolerance.ts'

/** What else a search can be told. No titles means all; dates are `2013-01-10`, others are a `bad-request`. */
export interface FindOptions extends Omit<SearchQuery, 'text' | 'within'> {
  /** Only these articles. */
  ids?: ReadonlySet<number>
  /** Ends the search with `cancelled`: a newer query aborts the older one's signal. */
  signal?: AbortSignal
  /** Counts per month, day, title, page label and section too. */
  facets?: boolean
  /** Answers the page only, with `total` an upper bound unless it is `exact`. */
  pageOnly?: boolean
  /** With `pageOnly`: after so many ms the answer is what has been found so far, and not `exact`. */
  patience?: number
  /**
   * Told the page before the counting ends, or what of it is found in `firstAnswerMs`; `total` is then an upper bound.
   * Not for relevance, which needs all.
   */
  onPage?: (page: FindResult) => void
}

/** An article that answers a query. */
export interface FoundArticle {
  id: number
  title: string
  date: string
  /** How often the words stand in it. */
  count: number
  /** Where they stand in the text that `readText` gives; empty without one. */
  ranges: TextRange[]
}

/** With the counts of the hits, when asked for. */
export interface FindResult extends Partial<HitCounts> {
  total: number
  /** False while `total` is an upper bound, and when a part of the index is damaged. */
  exact: boolean
  ms: number
  hits: FoundArticle[]
  /** Segments that could not be read; their articles are missing from the answer. */
  damaged: DamagedPart[]
}

/** So long the first hits are waited for: a phrase that only the texts can prove may take seconds to come. */
const firstAnswerMs = 50

/** Texts that are read together. */
const textsAtOnce = 64

/** A segment that must be dropped and whose articles must be added again. */
export interface DamagedPart {
  name: string
  /** Lowest and highest id in it. */
  ids: [number, number]
}

export interface OpenOptions {
  /** The original text of an article (`articleText(article).text`), for the ranges; undefined when it is gone. */
  readText?: (id: number) => string | undefined
  /** Told which texts are asked for next, so that they can be read together. */
  prepareTexts?: (ids: number[]) => void
}

/** An index that is open for searching. It stays on what it saw when it was opened: open it again after an import. */
export interface SearchIndex {
  /** Articles in the index. */
  articles: number
  damaged(): DamagedPart[]
  /** Rejects with `bad-query`, `bad-request` (dates) and `cancelled`. */
  find(query: string, options?: FindOptions): Promise<FindResult>
  /** Words that begin so, folded, most frequent first; of what can be looked through in `ms`. */
  words(beginning: string, options: { limit: number; ms: number }): string[]
  /** Reads every byte of the index and answers what is damaged. Rejects with `cancelled`. */
  check(signal?: AbortSignal): Promise<DamagedPart[]>
  close(): void
}

async function openAll(folder: string, manifest: Manifest) {
  const searches: SegmentSearch[] = []
  const rarity = termRarity()
  const damaged: SegmentEntry[] = []
  for (const entry of manifest.segments) {
    try {
      const search = await openSegmentSearch(folder, entry, rarity)
      if (search.segment.head.documents !== entry.documents) throw new DamagedSegment(entry.name, 'another segment')
      searches.push(search)
    } catch (error) {
      if (!isDamage(error)) throw error
      damaged.push(entry)
    }
  }
  return { manifest, searches, damaged }
}

/** Opens what the manifest lists; once more when an import or a merge has replaced it meanwhile. */
async function openCurrent(folder: string) {
  const opened = await openAll(folder, readManifest(folder))
  if (opened.damaged.length === 0) return opened
  const manifest = readManifest(folder)
  if (manifest.next === opened.manifest.next) return opened
  opened.searches.forEach((search) => search.segment.close())
  return openAll(folder, manifest)
}

/**
 * Opens the index in `folder`. Rejects with `no-index` when there is none and with `stale-index` when it must be built
 * anew. Damaged segments are left out and named by `damaged`.
 */
export async function openSearchIndex(
  folder: string,
  { readText, prepareTexts }: OpenOptions = {},
): Promise<SearchIndex> {
  const opened = await openCurrent(folder)
  let searches = opened.searches
  const broken = new Map(opened.damaged.map((entry) => [entry.name, entry]))
  const damaged = (): DamagedPart[] => [...broken.values()].map(({ name, ids }) => ({ name, ids }))
  const leaveOut = ({ entry }: SegmentSearch): void => {
    broken.set(entry.name, entry)
    // Its file stays open: another search may be in the middle of it.
    searches = searches.filter((search) => search.entry !== entry)
  }

  const found = (place: Place, phrases: PhraseNode[], run: SearchRun, keepsGlyphs: boolean): FoundArticle => {
    const { search, position } = place
    const id = articleId(place)
    const facts = search.facts(position)
    const original = readText?.(id)
    const ranges = original === undefined ? [] : originalOccurrences(phrases, original, facts, keepsGlyphs)
    return {
      id,
      title: search.segment.head.titles[search.segment.arrays.titles[position] ?? 0] ?? '',
      date: isoDate(day(place)),
      count: ranges.length || occurrences(phrases, run.textOf(place), facts).length,
      ranges,
    }
  }

  const wordsNear = async (words: string[]): Promise<Map<string, string[]>> => {
    const near = new Map(words.map((word) => [word, new Set<string>()]))
    for (const search of searches) {
      for (const [word, list] of guarded(search, () => search.wordsNear(words))) {
        for (const one of list) near.get(word)?.add(one)
      }
      await nextTurn()
    }
    return new Map([...near].map(([word, list]) => [word, [...list]]))
  }

  const findOnce = async (text: string, options: FindOptions): Promise<FindResult> => {
    const started = performance.now()
    const keepsGlyphs = options.exactGlyphs === true && readText !== undefined
    const asked = parseQuery(text, keepsGlyphs)
    const query = options.fuzzy ? await tolerantQuery(asked, wordsNear) : asked
    const original = keepsGlyphs ? { query: glyphQuery(query), read: readText } : undefined
    const phrases = positivePhrases(original?.query ?? query)
    const [offset, limit] = [Math.max(0, options.offset ?? 0), Math.max(0, options.limit ?? 20)]
    const deadline = options.patience === undefined ? undefined : started + options.patience
    const run = searchRun(searches, query, filterOf(options), { ...options, deadline, original })
    const result = (hits: FoundArticle[], total: number, counted: boolean): FindResult => ({
      total,
      exact: counted && broken.size === 0,
      ms: performance.now() - started,
      hits,
      ...(options.facets && counted ? run.facets() : {}),
      damaged: damaged(),
    })
    const page = async (places: Place[]): Promise<FoundArticle[]> => {
      const hits: FoundArticle[] = []
      for (const [at, place] of places.slice(offset).entries()) {
        if (run.isLate()) break
        if (at % textsAtOnce === 0) prepareTexts?.(places.slice(offset + at, offset + at + textsAtOnce).map(articleId))
        hits.push(found(place, phrases, run, keepsGlyphs))
        const pause = run.turn()
        if (pause) await pause
      }
      return hits
    }

    if (options.sort === 'relevance') {
      const hits = await page(await mostRelevant(run, query, phrases, offset + limit))
      return result(hits, run.total(), true)
    }
    const { onPage } = options
    const places = await run.first(offset + limit, [], onPage && started + firstAnswerMs)
    const isPart = onPage !== undefined && places.length < offset + limit && run.upperBound() > run.total()
    if (isPart) {
      onPage(result(await page(places), run.upperBound(), false))
      await run.first(offset + limit, places)
    }
    const hits = await page(places)
    const bound = run.upperBound()
    const isCounted = bound === run.total() && !run.isLate()
    if (options.pageOnly && !options.facets) return result(hits, bound, isCounted)
    if (!isCounted && !isPart) onPage?.(result(hits, bound, false))
    await run.rest()
    return result(hits, run.total(), true)
  }

  return {
    articles: searches.reduce((sum, { entry }) => sum + entry.documents - entry.removedCount, 0),
    damaged,
    async find(query, options = {}) {
      for (;;) {
        if (options.signal?.aborted) throw new ArchiveError('cancelled')
        try {
          const result = await findOnce(query, options)
          // A short search may never have looked at the signal.
          if (options.signal?.aborted) throw new ArchiveError('cancelled')
          return result
        } catch (error) {
          if (!(error instanceof SegmentFailure)) throw error
          leaveOut(error.search)
        }
      }
    },
    words: (beginning, options) => frequentWords(searches, beginning, options),
    async check(signal) {
      for (const search of [...searches]) {
        if (signal?.aborted) throw new ArchiveError('cancelled')
        try {
          verifySegment(search.segment)
        } catch (error) {
          if (!isDamage(error)) throw error
          leaveOut(search)
        }
        await nextTurn()
      }
      return damaged()
    },
    close() {
      opened.searches.forEach((search) => search.segment.close())
      searches = []
    },
  }
}
