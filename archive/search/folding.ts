import { characterClass, dense, word } from './character-class.ts'
import { apostrophe, continues, foldCluster, isBlank, isIgnorable, kindOf } from './character-folding.ts'
import { simplify } from './simplified.ts'

/**
 * Goes up with every change of what `fold` answers: an index folded otherwise must be built anew. The dictionary of
 * opencc-js counts too.
 */
export const foldingVersion = 4

/** Folded text with the way back: folded unit `i` came from the original units `starts[i]` up to `ends[i]`. */
interface FoldedText {
  text: string
  starts: Uint32Array
  ends: Uint32Array
}

const newline = 0x0a
const space = 0x20
const hyphen = 0x2d
const softHyphen = 0xad
/** Longest character with its marks, in UTF-16 units: no script needs more, hostile text has no end. */
const longestCluster = 32

/** A vowel or final letter of Hangul would melt into the syllable before it, were the blank between them gone. */
function isConjoining(codePoint: number): boolean {
  return codePoint >= 0x1160 && codePoint <= 0x11ff
}

const lineBreak = /[\r\v\f\u0085\u2028\u2029]/u
const lowerCase = /\p{Ll}/u

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
function foldIntoBuffers(text: string, keepsGlyphs = false): number {
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
      } else if (
        last !== 0 &&
        ((last !== dense && kind !== dense && !(softened && gapBreaks)) || isConjoining(codePoint))
      ) {
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
      const codePoint = keepsGlyphs ? unit : simplify(unit)
      if (gapStart < 0 && codePoint <= 0xffff && count < units.length) {
        // What `write` does, for nearly every character of a Chinese text.
        last = dense
        softened = false
        units[count] = codePoint
        starts[count] = index
        ends[count++] = ++index
        continue
      }
      write(codePoint, index, index + 1, false)
      index++
      continue
    }
    const codePoint = text.codePointAt(index) ?? unit
    const size = codePoint > 0xffff ? 2 : 1
    const kind = kindOf(codePoint)
    if (kind === isIgnorable) {
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
    for (let next = end; next < length && cluster.length < longestCluster;) {
      const follower = text.codePointAt(next) ?? 0
      if (follower < 0x80 || (follower >= 0x4e00 && follower <= 0x9fff)) break
      const character = String.fromCodePoint(follower)
      next += character.length
      if (!continues(cluster, character)) {
        if (kindOf(follower) === isIgnorable) continue
        break
      }
      cluster += character
      end = next
    }
    const joins = lowerCase.test(cluster)
    for (const character of foldCluster(cluster, keepsGlyphs)) {
      if (character === ' ') gap(index, end, false)
      else write(character.codePointAt(0) ?? 0, index, end, joins)
    }
    index = end
  }
  return count
}

/** The text in the buffers; gives back what a text of unusual length has taken. */
function textOf(count: number): string {
  const text = unitsText(count)
  giveBack()
  return text
}

function giveBack(): void {
  if (units.length > 1 << 22) {
    units = new Uint16Array(1 << 14)
    starts = new Uint32Array(1 << 14)
    ends = new Uint32Array(1 << 14)
  }
}

function unitsText(count: number): string {
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

/** As `fold`, but every Han character stays the one that is written: 國 is not 国. */
export function foldKeepingGlyphs(text: string): string {
  return textOf(foldIntoBuffers(text, true))
}

/** As `fold`, with the way back to the original text (UTF-16 offsets). */
export function foldWithOffsets(text: string, keepsGlyphs = false): FoldedText {
  const count = foldIntoBuffers(text, keepsGlyphs)
  const offsets = { starts: starts.slice(0, count), ends: ends.slice(0, count) }
  return { text: textOf(count), ...offsets }
}

/**
 * Where stretches of the folded text are in the original (UTF-16 offsets, end exclusive), ascending and apart. `find`
 * is given the folded text, answers ascending stretches, and must not fold meanwhile. Without the copies that `foldWithOffsets` makes: for the marks of every hit.
 */
export function rangesInOriginal(
  text: string,
  find: (folded: string) => [start: number, end: number][],
  keepsGlyphs = false,
): [start: number, end: number][] {
  const count = foldIntoBuffers(text, keepsGlyphs)
  const ranges: [start: number, end: number][] = []
  for (const [from, to] of find(unitsText(count))) {
    const [start, end] = [starts[from] ?? 0, ends[to - 1] ?? 0]
    const last = ranges.at(-1)
    // ㍿ is one character, and 株式 and 会社 both stand in it.
    if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  giveBack()
  return ranges
}
