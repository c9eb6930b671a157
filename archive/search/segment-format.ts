import { filterLength } from './term-filter.ts'

/**
 * A segment file (docs/search.md): folded texts (UTF-16LE), packed postings, blocks of pairs, blocks of words, then
 * the tail that is read at once when the segment is opened, and a footer of 16 bytes. Numbers are little endian.
 *
 * Footer: offset of the tail (u32 low, u32 high), CRC-32 of the tail (u32), `signature` (u32).
 * Tail: length of the JSON head (u32), the head (UTF-8), then the arrays of `TailArrays` in their order.
 * Every 4 KiB of what lies before the tail has its CRC-32 in the tail.
 */
export const signature = 0x474d4253 // "SBMG"
export const footerBytes = 16
/** Bytes that one checksum covers. */
export const checkedBytes = 4096
/** Terms in a block: one key of each block stays in memory. */
export const blockTerms = 32

/** Articles and folded UTF-16 units in a segment: bounds the memory of an import and the work between two yields. */
export const segmentDocuments = 20_000
export const segmentUnits = 12_000_000

/** The JSON head of a tail. */
export interface SegmentHead {
  documents: number
  /** Ids of newspaper titles, sets of page labels and sections, referred to by number. */
  titles: string[]
  pages: string[]
  sections: string[]
  /** First word of each block of words. */
  words: string[]
  /** Byte offsets where the postings, the blocks of pairs and the blocks of words begin. */
  postings: number
  pairBlocks: number
  wordBlocks: number
  /** Blocks of pairs. */
  pairs: number
  /** Pairs and words together. */
  terms: number
}

/** Arrays of a tail. The first nine have a value per article, in the segment's order: by day, then id. */
export interface TailArrays {
  ids: Uint32Array
  days: Uint32Array
  /** Units of folded text before each article, and behind the last (documents + 1 values). */
  texts: Uint32Array
  titles: Uint16Array
  pages: Uint16Array
  sections: Uint16Array
  headlineLines: Uint8Array
  bylineLines: Uint8Array
  /** Bit 0: stands on the front page; bit 1: has a body or captions; bits 2–4: place in `articleKinds`. */
  flags: Uint8Array
  /** First key of each block of pairs. */
  pairKeys: Uint32Array
  /** Offset of each block, and where its first postings are; both relative to their sections. Pairs, then words. */
  blockOffsets: Uint32Array
  blockPostings: Uint32Array
  checksums: Uint32Array
  /** Of all terms (term-filter.ts). */
  filter: Uint32Array
}

/** Length in values of each array, in file order; wide ones first, so that every one is aligned. */
export function tailLayout(head: SegmentHead, tailOffset: number): [keyof TailArrays, number, 1 | 2 | 4][] {
  const blocks = head.pairs + head.words.length
  return [
    ['ids', head.documents, 4],
    ['days', head.documents, 4],
    ['texts', head.documents + 1, 4],
    ['pairKeys', head.pairs, 4],
    ['blockOffsets', blocks, 4],
    ['blockPostings', blocks, 4],
    ['checksums', Math.ceil(tailOffset / checkedBytes), 4],
    ['filter', filterLength(head.terms), 4],
    ['titles', head.documents, 2],
    ['pages', head.documents, 2],
    ['sections', head.documents, 2],
    ['headlineLines', head.documents, 1],
    ['bylineLines', head.documents, 1],
    ['flags', head.documents, 1],
  ]
}

/** The key of a pair of BMP characters: pairs sort as their first, then second character. */
export function pairKey(first: number, second: number): number {
  return ((first << 16) | second) >>> 0
}

/** Gives one list after the other, terms ascending; positions ascending. An article is in one of the two lists. */
export interface TermSource {
  /** Pairs of BMP characters. */
  pairs(take: (key: number, headline: ArrayLike<number>, body: ArrayLike<number>) => void): void
  /** Words and pairs that hold a character beyond the BMP, by UTF-16 units. */
  words(take: (word: string, headline: ArrayLike<number>, body: ArrayLike<number>) => void): void
}
