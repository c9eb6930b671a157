import { articleText } from './article-text.ts'
import type { Article, Box, Word } from './model.ts'

/** A word of an article: offsets into its flat text, and where it stands. */
export interface PlacedWord {
  start: number
  end: number
  /** 0-based index of the page within `article.pages`. */
  page: number
  box: Box
}

const fields = 7
const unit = 65535

/** Words with boxes as bytes: seven 32-bit numbers each; fractions in 1/65535, finer than any scan's pixel. */
export function packWordBoxes(words: PlacedWord[]): Buffer {
  const numbers = new Uint32Array(words.length * fields)
  words.forEach((word, index) => {
    const { x, y, w, h } = word.box
    numbers.set(
      [word.start, word.end, word.page, ...[x, y, w, h].map((value) => Math.round(value * unit))],
      index * fields,
    )
  })
  return Buffer.from(numbers.buffer)
}

/** The words that overlap any of `ranges` (flat text offsets, end exclusive), in reading order. */
export function wordsInRanges(packed: Uint8Array, ranges: readonly [number, number][]): PlacedWord[] {
  const numbers = new Uint32Array(packed.slice().buffer)
  const found: PlacedWord[] = []
  for (let at = 0; at + fields <= numbers.length; at += fields) {
    const [start = 0, end = 0, page = 0, x = 0, y = 0, w = 0, h = 0] = numbers.subarray(at, at + fields)
    if (!ranges.some((range) => start < range[1] && end > range[0])) continue
    found.push({ start, end, page, box: { x: x / unit, y: y / unit, w: w / unit, h: h / unit } })
  }
  return found
}

/** A text block of a page as its text source has it. */
export interface SourceBlock {
  id: string
  text: string
  words: Word[]
}

/**
 * Places the words of an article by its blocks' sources. A block whose text is no longer what the source says is
 * passed over: a missing box is shown honestly, a wrong one misleads.
 */
export function placeWords(
  article: Article,
  blocksOf: (page: string) => Map<string, SourceBlock> | undefined,
): PlacedWord[] {
  const placed: PlacedWord[] = []
  for (const span of articleText(article).spans) {
    const block = span.field === 'body' && span.part !== undefined ? article.blocks[span.part] : undefined
    if (block?.page === undefined || block.source === undefined) continue
    const source = blocksOf(block.page)?.get(block.source)
    if (source?.text !== block.text) continue
    const page = article.pages.indexOf(block.page)
    if (page < 0) continue
    for (const word of source.words) {
      placed.push({ start: span.start + word.start, end: span.start + word.end, page, box: word.box })
    }
  }
  return placed
}
