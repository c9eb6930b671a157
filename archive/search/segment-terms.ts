import { addTo, documentSet, keep, type DocumentSet } from './document-set.ts'
import { ByteReader, unpackPostings } from './postings.ts'
import { blockTerms } from './segment-format.ts'
import type { Segment } from './segment-reader.ts'

/** Where the lists of a term are. */
export interface TermEntry {
  /** Articles that hold the term; of these, those that hold it in kicker, headline or subtitle. */
  count: number
  headline: number
  /** The only position, when `count` is 1. */
  only: number
  /** Bytes of the lists, from the beginning of the file. */
  offset: number
  length: number
}

/** How many of its rarest terms are intersected: more reading than this saves less verifying than it costs. */
const rarest = 3

/** Index of the last of `count` ascending values that is at most the one asked for; -1 when all are above. */
function lastAtMost(count: number, isAbove: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isAbove(middle)) high = middle
    else low = middle + 1
  }
  return low - 1
}

function blockReader(segment: Segment, block: number): ByteReader {
  const { head, arrays } = segment
  const isPair = block < head.pairs
  const section = isPair ? head.pairBlocks : head.wordBlocks
  const end = isPair ? head.wordBlocks : segment.contentBytes
  const start = section + (arrays.blockOffsets[block] ?? 0)
  const isLast = block + 1 === head.pairs || block + 1 === head.pairs + head.words.length
  const stop = isLast ? end : section + (arrays.blockOffsets[block + 1] ?? 0)
  return new ByteReader(segment.read(start, Math.max(0, stop - start)))
}

/**
 * Walks over the terms of a block until `visit` answers 'stop'; it is told of each term once its key is read, and the
 * entry is made only for those it answers 'take'.
 */
function walkBlock(
  segment: Segment,
  block: number,
  visit: (reader: ByteReader, place: number) => 'take' | 'pass' | 'stop',
  found: TermEntry[],
): void {
  const reader = blockReader(segment, block)
  let offset = segment.head.postings + (segment.arrays.blockPostings[block] ?? 0)
  for (let place = 0; place < blockTerms && reader.position < reader.bytes.length; place++) {
    const verdict = visit(reader, place)
    if (verdict === 'stop') return
    const counts = reader.varint()
    const count = counts >>> 1
    const only = count === 1 ? reader.varint() : -1
    const headline = count === 1 ? counts & 1 : counts & 1 ? reader.varint() : 0
    const length = count === 1 ? 0 : reader.varint()
    if (verdict === 'take') found.push({ count, headline, only, offset, length })
    offset += length
  }
}

/** The pairs whose key is between `from` and `to`, both inclusive. */
export function findPairs(segment: Segment, from: number, to: number): TermEntry[] {
  const { head, arrays } = segment
  const found: TermEntry[] = []
  const first = lastAtMost(head.pairs, (index) => (arrays.pairKeys[index] ?? 0) > from)
  for (let block = Math.max(0, first); block < head.pairs; block++) {
    let key = arrays.pairKeys[block] ?? 0
    if (key > to) break
    const visit = (reader: ByteReader, place: number): 'take' | 'pass' | 'stop' => {
      if (place > 0) key += reader.varint()
      return key > to ? 'stop' : key >= from ? 'take' : 'pass'
    }
    walkBlock(segment, block, visit, found)
    if (key > to) break
  }
  return found
}

/** The words from `from` on that `matches` accepts, up to the first behind them that it does not. */
export function findWords(segment: Segment, from: string, matches: (word: string) => boolean | 'pass'): TermEntry[] {
  const { head } = segment
  const found: TermEntry[] = []
  const first = lastAtMost(head.words.length, (index) => (head.words[index] ?? '') > from)
  let past = false
  for (let block = Math.max(0, first); block < head.words.length && !past; block++) {
    let current = head.words[block] ?? ''
    const visit = (reader: ByteReader, place: number): 'take' | 'pass' | 'stop' => {
      if (place > 0) {
        const shared = reader.varint()
        const length = reader.varint()
        const rest = Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, length)
        current = current.slice(0, shared) + rest.toString('utf16le')
        reader.position += length
      }
      if (current < from) return 'pass'
      const verdict = matches(current)
      if (verdict) return verdict === 'pass' ? 'pass' : 'take'
      past = true
      return 'stop'
    }
    walkBlock(segment, head.pairs + block, visit, found)
  }
  return found
}

/** Tells all words of the segment in their order, and the pairs that hold a character beyond the BMP. */
export function eachWord(segment: Segment, take: (word: string) => void): void {
  findWords(segment, '', (word) => {
    take(word)
    return 'pass'
  })
}

/** Adds the articles of an entry to a set; only those that hold it in headlines when asked. */
function addArticles(segment: Segment, entry: TermEntry, inHeadline: boolean, set: DocumentSet, lists?: Buffer): void {
  if (entry.only >= 0) {
    if (!inHeadline || entry.headline > 0) addTo(set, entry.only)
    return
  }
  const bytes = lists ?? segment.read(entry.offset, entry.length)
  const documents = segment.head.documents
  const behind = unpackPostings(bytes, 0, entry.headline, documents, set)
  if (!inHeadline) unpackPostings(bytes, behind, entry.count - entry.headline, documents, set)
}

/** Adds to the set the positions that are in any of the entries, which are neighbours. */
export function addAny(segment: Segment, entries: TermEntry[], inHeadline: boolean, set: DocumentSet): void {
  const [first] = entries
  const last = entries.at(-1)
  if (first === undefined || last === undefined) return
  // Lists of neighbouring terms lie next to each other: one read for all.
  const lists = segment.read(first.offset, last.offset + last.length - first.offset)
  for (const entry of entries) {
    const start = entry.offset - first.offset
    addArticles(segment, entry, inHeadline, set, lists.subarray(start, start + entry.length))
  }
}

/** Positions that are in the rarest of the entries: all that can be in every one of them. */
export function allOf(segment: Segment, entries: TermEntry[], inHeadline: boolean): DocumentSet {
  const size = (entry: TermEntry): number => (inHeadline ? entry.headline : entry.count)
  const [first, ...others] = entries.toSorted((a, b) => size(a) - size(b)).slice(0, rarest)
  const positions = documentSet(segment.head.documents)
  if (first === undefined || size(first) === 0) return positions
  addArticles(segment, first, inHeadline, positions)
  for (const entry of others) {
    const more = emptied(positions.length)
    addArticles(segment, entry, inHeadline, more)
    keep(positions, more)
  }
  return positions
}

let spare: DocumentSet = new Uint32Array()

/** A set for the work of a moment. */
function emptied(length: number): DocumentSet {
  if (spare.length === length) spare.fill(0)
  else spare = new Uint32Array(length)
  return spare
}
