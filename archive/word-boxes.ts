import { articleText } from './article-text.ts'
import type { Article, Box, Word } from './model.ts'

/** A word of an article: offsets into its flat text, and where it stands. */
export interface PlacedWord {
  start: number
  end: number
  /** 0-based index of the page within `article.pages`. */
  page: number
  box: Box
  /** Only its line's place was delivered; its own was reckoned from that. */
  isReckoned?: boolean
}

const fields = 7
const unit = 65535
/** Set in the number of the page of a word whose place was reckoned. */
const reckoned = 0x8000_0000

/** Words with boxes as bytes: seven 32-bit numbers each; fractions in 1/65535, finer than any scan's pixel. */
export function packWordBoxes(words: PlacedWord[]): Buffer {
  const numbers = new Uint32Array(words.length * fields)
  words.forEach((word, index) => {
    const { x, y, w, h } = word.box
    numbers.set(
      [
        word.start,
        word.end,
        word.page + (word.isReckoned ? reckoned : 0),
        ...[x, y, w, h].map((value) => Math.round(value * unit)),
      ],
      index * fields,
    )
  })
  return Buffer.from(numbers.buffer)
}

/**
 * The words that overlap any of `ranges` (flat text offsets, end exclusive), in reading order. `packed`: as the database
 * gives it, a Buffer of one row and an ArrayBuffer of several.
 */
export function wordsInRanges(packed: Uint8Array | ArrayBuffer, ranges: readonly [number, number][]): PlacedWord[] {
  const numbers = new Uint32Array(new Uint8Array(packed).buffer)
  const found: PlacedWord[] = []
  for (let at = 0; at + fields <= numbers.length; at += fields) {
    const [start = 0, end = 0, page = 0, x = 0, y = 0, w = 0, h = 0] = numbers.subarray(at, at + fields)
    if (!ranges.some((range) => start < range[1] && end > range[0])) continue
    const isReckoned = page >= reckoned
    const box = { x: x / unit, y: y / unit, w: w / unit, h: h / unit }
    found.push({ start, end, page: isReckoned ? page - reckoned : page, box, ...(isReckoned ? { isReckoned } : {}) })
  }
  return found
}

/** A text block of a page as its text source has it. */
export interface SourceBlock {
  id: string
  text: string
  words: Word[]
}

/** A text block's part in an article's flat text. */
interface BlockPlace {
  page: string
  source: string
  /** Where it begins in the flat text. */
  at: number
  text: string
  /** Where it begins in the text block; absent when it is the whole block. */
  from?: number
}

function blockPlaces(article: Article): BlockPlace[] {
  const places: BlockPlace[] = []
  for (const span of articleText(article).spans) {
    if (span.field === 'body' && span.part !== undefined) {
      const { page, source, sourceStart, text } = article.blocks[span.part] ?? { text: '' }
      if (page === undefined || source === undefined) continue
      places.push({ page, source, at: span.start, text, from: sourceStart })
    }
    const value = span.field === 'body' || span.field === 'caption' ? '' : (article[span.field] ?? '')
    const inField = (article.fieldSources ?? []).filter((part) => part.field === span.field)
    inField.forEach(({ page, source, start }, index) => {
      const text = value.slice(start, inField[index + 1]?.start).trimEnd()
      places.push({ page, source, at: span.start + start, text })
    })
  }
  return places
}

/**
 * Places the words of an article by the sources of its blocks and fields. What is no longer what the source says is
 * passed over: a missing box is shown honestly, a wrong one misleads.
 */
export function placeWords(
  article: Article,
  blocksOf: (page: string) => Map<string, SourceBlock> | undefined,
): PlacedWord[] {
  const placed: PlacedWord[] = []
  for (const { page: id, source, at, text, from } of blockPlaces(article)) {
    const block = blocksOf(id)?.get(source)
    const page = article.pages.indexOf(id)
    const [start, end] = [from ?? 0, (from ?? 0) + text.length]
    const said = from === undefined ? block?.text : block?.text.slice(start, end)
    if (!block || said !== text || page < 0) continue
    for (const word of block.words) {
      if (word.start < start || word.end > end) continue
      const { isReckoned, box } = word
      const [from, to] = [at + word.start - start, at + word.end - start]
      placed.push({ start: from, end: to, page, box, ...(isReckoned ? { isReckoned } : {}) })
    }
  }
  return placed
}
