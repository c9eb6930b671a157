import { Index, type SearchOptions, type StorageInterface } from 'flexsearch'
import { characterClass, dense } from './character-class.ts'
import { both, documentSet, type DocumentSet } from './document-set.ts'
import { pairKey } from './segment-format.ts'
import type { Segment } from './segment-reader.ts'
import { addAny, allOf, findPairs, findWords, type TermEntry } from './segment-terms.ts'
import { mayHold, pairHash, wordHash } from './term-filter.ts'
import type { TermRarity } from './term-rarity.ts'
import { prefixSign, queryTerms } from './terms.ts'

/** The tag that restricts a search to kicker, headline and subtitle. */
const headlineTag = 'headline'

/** How a term is looked up: a pair by its key, a word by itself, or all words that begin so. */
interface TermLookup {
  term: string
  kind: 'pair' | 'word' | 'beginning'
  /** Of a pair. */
  key: number
  /** What the filter of a segment is asked; of a beginning nothing. */
  hash: number
}

function lookupOf(term: string): TermLookup {
  const first = term.charCodeAt(0)
  if (term.length === 2 && characterClass(first) === dense) {
    const key = pairKey(first, term.charCodeAt(1))
    return { term, kind: 'pair', key, hash: pairHash(key) }
  }
  const beginning = { term, kind: 'beginning', key: 0, hash: 0 } as const
  if (term.endsWith(prefixSign)) return { ...beginning, term: term.slice(0, -1) }
  const codePoint = term.codePointAt(0) ?? 0
  const isOneCharacter = term.length === (codePoint > 0xffff ? 2 : 1) && characterClass(codePoint) === dense
  return isOneCharacter ? beginning : { term, kind: 'word', key: 0, hash: wordHash(term) }
}

function look(segment: Segment, { term, kind, key }: TermLookup): TermEntry[] {
  if (kind === 'pair') return findPairs(segment, key, key)
  if (kind === 'word') return findWords(segment, term, (word) => word === term)
  return findWords(segment, term, (word) => word.startsWith(term))
}

const mayStandIn = (segment: Segment, { kind, hash }: TermLookup): boolean =>
  kind === 'beginning' || mayHold(segment.arrays.filter, hash)

/** Where the lists of a term are. Which of the segment's terms were asked last is remembered: a query is typed on. */
function entriesOf(segment: Segment, term: string): TermEntry[] {
  const entries = recentEntries.get(segment)?.get(term)
  if (entries) return entries
  const lookup = lookups.of(term)
  const found = mayStandIn(segment, lookup) ? look(segment, lookup) : []
  if (lookup.kind !== 'beginning') remember(segment, term, found)
  return found
}

/** Terms remembered of a segment, a hundred bytes each; of the segments there may be a hundred. */
const mostRemembered = 256
const recentEntries = new WeakMap<Segment, Map<string, TermEntry[]>>()

function remember(segment: Segment, term: string, entries: TermEntry[]): void {
  const known = recentEntries.get(segment) ?? new Map<string, TermEntry[]>()
  if (known.size >= mostRemembered) known.clear()
  known.set(term, entries)
  recentEntries.set(segment, known)
}

/** What a function has answered lately: a phrase is asked of one segment after the other. */
function recent<Value>(make: (key: string) => Value): { of(key: string): Value } {
  const answers = new Map<string, Value>()
  return {
    of(key) {
      const known = answers.get(key)
      if (known !== undefined) return known
      if (answers.size >= mostRemembered) answers.clear()
      const answer = make(key)
      answers.set(key, answer)
      return answer
    },
  }
}

const lookups = recent(lookupOf)
const phraseTerms = recent(queryTerms)

/** Positions that hold the term. */
function positionsOfTerm(segment: Segment, term: string, inHeadline: boolean, rarity: TermRarity): DocumentSet {
  const found = documentSet(segment.head.documents)
  const entries = [entriesOf(segment, term)]
  const first = term.charCodeAt(0)
  if (term.length === 1 && characterClass(first) === dense) {
    // One character: all pairs that begin with it, and those with a second character beyond the BMP, found above.
    entries.push(findPairs(segment, pairKey(first, 0), pairKey(first, 0xffff)))
  }
  for (const neighbours of entries) addAny(segment, neighbours, inHeadline, found)
  noteRarity(segment, term, entries.flat(), rarity)
  return found
}

function noteRarity(segment: Segment, term: string, entries: TermEntry[], rarity: TermRarity): void {
  const places = entries.reduce((sum, { count }) => sum + count, 0)
  rarity.note(term, places / segment.head.documents)
}

/** Of the pairs of a long phrase, so many are considered: those of a sentence prove little more than every third one. */
const mostTerms = 16
/** So many of them are looked up once it is known which are rare: each costs a read in every segment. */
const lookedUp = 4
/** A term of which nothing is known is looked up after those that hardly any article holds. */
const unknownShare = 0.001

function positionsOfTerms(segment: Segment, terms: string[], inHeadline: boolean, rarity: TermRarity): DocumentSet {
  const step = Math.ceil(terms.length / mostTerms)
  const share = (term: string): number => rarity.of(term) ?? unknownShare
  const rarestFirst = terms.filter((_, place) => place % step === 0).sort((a, b) => share(a) - share(b))
  const single: TermEntry[] = []
  const sets: DocumentSet[] = []
  for (const term of rarestFirst) {
    if (single.length >= lookedUp && rarity.of(term) !== undefined) continue
    const entries = entriesOf(segment, term)
    noteRarity(segment, term, entries, rarity)
    const [entry, ...others] = entries
    if (entry === undefined) return documentSet(segment.head.documents)
    if (others.length === 0) single.push(entry)
    else {
      const set = documentSet(segment.head.documents)
      addAny(segment, entries, inHeadline, set)
      sets.push(set)
    }
  }
  if (single.length > 0) sets.push(allOf(segment, single, inHeadline))
  return sets.reduce(both)
}

/**
 * FlexSearch's StorageInterface over a segment, read only. It answers one row: the set of the positions in the segment,
 * which FlexSearch hands on as it is. A row for each would be made and taken apart again in every segment.
 */
function segmentStore(segment: Segment, rarity: TermRarity) {
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
    ): Promise<DocumentSet[]> {
      return Promise.resolve().then(() => [positionsOfTerm(segment, key, tag === headlineTag, rarity)])
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
    ): Promise<DocumentSet[]> {
      return Promise.resolve().then(() => [positionsOfTerms(segment, terms, tag === headlineTag, rarity)])
    },
  }
}

/**
 * A FlexSearch index over a segment. The answer holds every position whose article holds the folded phrase (in its
 * headline, when asked), and others that the caller must verify unless `provedByTerms`.
 * Rejects with `DamagedSegment`.
 */
export async function segmentIndex(segment: Segment, rarity: TermRarity) {
  const index = new Index({ tokenize: 'strict', resolution: 2, commit: false, encode: phraseTerms.of })
  // The declared StorageInterface is a class with a constructor; at run time FlexSearch asks for these methods only.
  await index.mount(segmentStore(segment, rarity) as unknown as StorageInterface)
  const nothing = documentSet(segment.head.documents)
  return async (phrase: string, inHeadline: boolean): Promise<DocumentSet> => {
    // Of a rare phrase most segments lack a term, and say so without a read.
    const absent = phraseTerms.of(phrase).find((term) => !mayStandIn(segment, lookups.of(term)))
    if (absent !== undefined) {
      rarity.note(absent, 0)
      return nothing
    }
    const options: SearchOptions & { tag?: string } = {
      query: phrase,
      limit: segment.head.documents,
      resolve: true,
      tag: inHeadline ? headlineTag : undefined,
    }
    const [positions] = (await index.search(options)) as unknown as DocumentSet[]
    // Without terms FlexSearch does not ask its storage.
    return positions ?? nothing
  }
}
