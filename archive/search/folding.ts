import { characterClass, dense, word } from './character-class.ts'
import { simplify } from './simplified.ts'

/**
 * Goes up with every change of what `fold` answers: an index folded otherwise must be built anew. The dictionary of
 * opencc-js counts too.
 */
export const foldingVersion = 1

/** Folded text with the way back: folded unit `i` came from the original units `starts[i]` up to `ends[i]`. */
export interface FoldedText {
  text: string
  starts: Uint32Array
  ends: Uint32Array
}

const newline = 0x0a
const space = 0x20
const hyphen = 0x2d
const softHyphen = 0xad
const quote = 0x22
const apostrophe = 0x27

/** First and last of what has no width of its own: soft hyphen, joiners, direction marks, variation selectors. */
const ignorableRanges = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe0fff],
] as const
const blank = /[\s\p{Z}\p{Cc}]/u
const lineBreak = /[\r\v\f\u0085\u2028\u2029]/u
const mark = /\p{M}/u
const accent = /[\u0300-\u036f]/g
const conjoining = /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff\uffa1-\uffdc]/u
const soundMark = /[\u3099\u309a\uff9e\uff9f]/
const letter = /\p{L}/u
const lowerCase = /\p{Ll}/u
const quotes = new Map([...'“”„‟〝〞「」『』﹁﹂﹃﹄＂'].map((character) => [character.charCodeAt(0), quote]))
for (const character of '‘’‚‛＇`´') quotes.set(character.charCodeAt(0), apostrophe)

const isBlank = 1
const isIgnorable = 2
const isAccent = 3
const isPlain = 4
/** What to do with a BMP character outside ASCII and Han, 0 until first asked. */
const kinds = new Uint8Array(0x10000)
const foldedClusters = new Map<string, string>()

function kindOf(codePoint: number): number {
  const known = codePoint <= 0xffff ? kinds[codePoint] : 0
  if (known) return known
  const character = String.fromCodePoint(codePoint)
  const kind = ignorableRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
    ? isIgnorable
    : blank.test(character)
      ? isBlank
      : codePoint >= 0x300 && codePoint <= 0x36f
        ? isAccent
        : isPlain
  if (codePoint <= 0xffff) kinds[codePoint] = kind
  return kind
}

function foldOnce(cluster: string): string {
  let folded = cluster.normalize('NFKC').toLowerCase()
  if (letter.test(folded)) folded = folded.normalize('NFD').replace(accent, '')
  folded = folded.normalize('NFKC')
  let result = ''
  for (const character of folded) {
    const codePoint = character.codePointAt(0) ?? 0
    const kind = kindOf(codePoint)
    if (kind === isIgnorable || kind === isAccent || soundMark.test(character)) continue
    if (kind === isBlank) result += ' '
    else result += String.fromCodePoint(quotes.get(codePoint) ?? simplify(codePoint))
  }
  return result
}

/** A base character with its marks, folded. Folding can uncover what folds again (ẞ, K, 薴), hence the loop. */
function foldCluster(cluster: string): string {
  const known = foldedClusters.get(cluster)
  if (known !== undefined) return known
  let folded = foldOnce(cluster)
  for (let round = 0; round < 4; round++) {
    const again = foldOnce(folded)
    if (again === folded) break
    folded = again
  }
  // Clusters come from a small alphabet; a hostile text must not fill the memory with them.
  if (foldedClusters.size < 20_000) foldedClusters.set(cluster, folded)
  return folded
}

let units = new Uint16Array(1 << 14)
let starts = new Uint32Array(1 << 14)
let ends = new Uint32Array(1 << 14)

function reserve(length: number): void {
  if (length <= units.length) return
  const size = Math.max(length, units.length * 2)
  const grow = <T extends Uint16Array | Uint32Array>(old: T, fresh: T): T => {
    fresh.set(old)
    return fresh
  }
  units = grow(units, new Uint16Array(size))
  starts = grow(starts, new Uint32Array(size))
  ends = grow(ends, new Uint32Array(size))
}

/** Folds into the shared buffers and says how many units. Not reentrant, which synchronous code never notices. */
function foldIntoBuffers(text: string): number {
  const length = text.length
  let count = 0
  /** Class of the last character written; 0 at the beginning of a line. */
  let last = 0
  let gapStart = -1
  let gapEnd = 0
  let gapBreaks = false
  let softened = false

  const write = (codePoint: number, from: number, to: number, joins: boolean): void => {
    const kind = characterClass(codePoint)
    reserve(count + 4)
    if (gapStart >= 0) {
      // A space stays only between two characters that are both not dense: a line break within a Han word, the space
      // after 使用 in 使用 Windows and the one behind a headline's first half are no part of the text.
      const afterHyphen = gapBreaks && count > 1 && units[count - 1] === hyphen && last !== word
      if (last !== 0 && afterHyphen && characterClass(units[count - 2] ?? 0) === word) {
        if (joins) count--
      } else if (last !== 0 && last !== dense && kind !== dense && !(softened && gapBreaks)) {
        units[count] = space
        starts[count] = gapStart
        ends[count++] = gapEnd
      }
      gapStart = -1
      gapBreaks = false
    }
    softened = false
    last = kind
    starts[count] = from
    ends[count] = to
    if (codePoint <= 0xffff) {
      units[count++] = codePoint
      return
    }
    units[count++] = 0xd800 + ((codePoint - 0x10000) >> 10)
    starts[count] = from
    ends[count] = to
    units[count++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff)
  }
  const gap = (from: number, to: number, breaks: boolean): void => {
    if (gapStart < 0) gapStart = from
    gapEnd = to
    gapBreaks ||= breaks
  }

  let index = 0
  while (index < length) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      if (unit === newline) {
        gapStart = -1
        gapBreaks = false
        softened = false
        last = 0
        reserve(count + 1)
        units[count] = newline
        starts[count] = index
        ends[count++] = index + 1
      } else if (unit <= space || unit === 0x7f) gap(index, index + 1, unit >= 0x0b && unit <= 0x0d)
      else if (unit >= 0x41 && unit <= 0x5a) write(unit + 32, index, index + 1, false)
      else write(unit === 0x60 ? apostrophe : unit, index, index + 1, unit >= 0x61 && unit <= 0x7a)
      index++
      continue
    }
    if (unit >= 0x4e00 && unit <= 0x9fff) {
      write(simplify(unit), index, index + 1, false)
      index++
      continue
    }
    const codePoint = text.codePointAt(index) ?? unit
    const size = codePoint > 0xffff ? 2 : 1
    const kind = kindOf(codePoint)
    // A sound mark without its kana would join the one before it once a space between them is gone.
    const stray = kind === isIgnorable || kind === isAccent || soundMark.test(String.fromCodePoint(codePoint))
    if (stray) {
      if (codePoint === softHyphen) softened = true
      index += size
      continue
    }
    if (kind === isBlank) {
      gap(index, index + size, lineBreak.test(String.fromCodePoint(codePoint)))
      index += size
      continue
    }
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
      write(0xfffd, index, index + 1, false)
      index++
      continue
    }
    let cluster = String.fromCodePoint(codePoint)
    let end = index + size
    for (let next = end; next < length;) {
      const follower = text.codePointAt(next) ?? 0
      if (follower < 0x80 || (follower >= 0x4e00 && follower <= 0x9fff)) break
      const character = String.fromCodePoint(follower)
      next += character.length
      if (kindOf(follower) === isIgnorable) continue
      if (
        !mark.test(character) &&
        !soundMark.test(character) &&
        !(conjoining.test(cluster) && conjoining.test(character))
      )
        break
      cluster += character
      end = next
    }
    const joins = lowerCase.test(cluster)
    for (const character of foldCluster(cluster)) {
      if (character === ' ') gap(index, end, false)
      else write(character.codePointAt(0) ?? 0, index, end, joins)
    }
    index = end
  }
  return count
}

function textOf(count: number): string {
  return Buffer.from(units.buffer, 0, count * 2).toString('utf16le')
}

/**
 * The one form in which text is indexed, asked for and compared: NFKC, lower case, no accents on letters, simplified
 * characters, one kind of quotation marks, nothing invisible, no spaces around Han, words joined that a line break
 * cut. `\n` is the border between fields: it stays, and nothing joins across it.
 */
export function fold(text: string): string {
  return textOf(foldIntoBuffers(text))
}

/** As `fold`, with the way back to the original text (UTF-16 offsets). */
export function foldWithOffsets(text: string): FoldedText {
  const count = foldIntoBuffers(text)
  return { text: textOf(count), starts: starts.slice(0, count), ends: ends.slice(0, count) }
}
