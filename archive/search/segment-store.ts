import { Index, type SearchOptions, type StorageInterface } from 'flexsearch'
import { characterClass, dense } from './character-class.ts'
import { pairKey } from './segment-format.ts'
import type { Segment } from './segment-reader.ts'
import { allOf, anyOf, findPairs, findWords, type TermEntry } from './segment-terms.ts'
import { prefixSign, queryTerms } from './terms.ts'

/** The tag that restricts a search to kicker, headline and subtitle. */
const headlineTag = 'headline'

function entriesOf(segment: Segment, term: string): TermEntry[] {
  const first = term.charCodeAt(0)
  if (term.length === 2 && characterClass(first) === dense) {
    const key = pairKey(first, term.charCodeAt(1))
    return findPairs(segment, key, key)
  }
  if (term.endsWith(prefixSign)) {
    const beginning = term.slice(0, -1)
    return findWords(segment, beginning, (word) => word.startsWith(beginning))
  }
  const codePoint = term.codePointAt(0) ?? 0
  const isOneCharacter = term.length === (codePoint > 0xffff ? 2 : 1) && characterClass(codePoint) === dense
  if (isOneCharacter) return findWords(segment, term, (word) => word.startsWith(term))
  return findWords(segment, term, (word) => word === term)
}

/** Positions that hold the term. */
function positionsOfTerm(segment: Segment, term: string, inHeadline: boolean): number[] {
  const entries = entriesOf(segment, term)
  const found = anyOf(segment, entries, inHeadline)
  const first = term.charCodeAt(0)
  if (term.length !== 1 || characterClass(first) !== dense) return found
  // One character: all pairs that begin with it, and those with a second character beyond the BMP, found above.
  const pairs = anyOf(segment, findPairs(segment, pairKey(first, 0), pairKey(first, 0xffff)), inHeadline)
  return found.length === 0 ? pairs : [...new Set([...found, ...pairs])].sort((a, b) => a - b)
}

/** Of the pairs of a long phrase, so many are looked up: those of a sentence prove little more than every third one. */
const mostTerms = 16

function positionsOfTerms(segment: Segment, terms: string[], inHeadline: boolean): number[] {
  const single: TermEntry[] = []
  let union: number[] | undefined
  const step = Math.ceil(terms.length / mostTerms)
  for (const term of terms.filter((_, place) => place % step === 0)) {
    const entries = entriesOf(segment, term)
    const [entry] = entries
    if (entry === undefined) return []
    if (entries.length === 1) single.push(entry)
    else {
      const positions = new Set(anyOf(segment, entries, inHeadline))
      union = union ? union.filter((position) => positions.has(position)) : [...positions]
    }
  }
  if (single.length === 0) return union ?? []
  const all = allOf(segment, single, inHeadline)
  if (union === undefined) return all
  const both = new Set(union)
  return all.filter((position) => both.has(position))
}

/** FlexSearch's StorageInterface over a segment: ids are the positions in it, ascending. Read only. */
function segmentStore(segment: Segment) {
  return {
    mount(index: { db: unknown }): Promise<void> {
      index.db = this
      return this.open()
    },
    open: () => Promise.resolve(),
    close: () => segment.close(),
    destroy: () => Promise.reject(new Error('a segment is read only')),
    commit: () => Promise.reject(new Error('a segment is read only')),
    remove: () => Promise.reject(new Error('a segment is read only')),
    clear: () => Promise.reject(new Error('a segment is read only')),
    enrich: (ids: number[]) => Promise.resolve(ids.map((id) => ({ id }))),
    has: (id: number) => Promise.resolve(id >= 0 && id < segment.head.documents),
    get(
      key: string,
      _context?: string,
      _limit?: number,
      _offset?: number,
      _resolve?: boolean,
      _enrich?: boolean,
      tag?: string,
    ): Promise<number[]> {
      return Promise.resolve().then(() => positionsOfTerm(segment, key, tag === headlineTag))
    },
    search(
      _index: unknown,
      terms: string[],
      _limit: number,
      _offset: number,
      _suggest?: boolean,
      _resolve?: boolean,
      _enrich?: boolean,
      tag?: string,
    ): Promise<number[]> {
      return Promise.resolve().then(() => positionsOfTerms(segment, terms, tag === headlineTag))
    },
  }
}

/**
 * A FlexSearch index over a segment. The answer holds every position whose article holds the folded phrase (in its
 * headline, when asked), ascending, and others that the caller must verify unless `provedByTerms`.
 * Rejects with `DamagedSegment`.
 */
export async function segmentIndex(segment: Segment) {
  const index = new Index({ tokenize: 'strict', resolution: 2, commit: false, encode: queryTerms })
  // The declared StorageInterface is a class with a constructor; at run time FlexSearch asks for these methods only.
  await index.mount(segmentStore(segment) as unknown as StorageInterface)
  return async (phrase: string, inHeadline: boolean): Promise<number[]> => {
    const options: SearchOptions & { tag?: string } = {
      query: phrase,
      limit: segment.head.documents,
      resolve: true,
      tag: inHeadline ? headlineTag : undefined,
    }
    // Positions are what this store gives as ids.
    return (await index.search(options)) as number[]
  }
}
