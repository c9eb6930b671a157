import type { Rect } from './alto.ts'
import { cjk, cleanLine } from './clean-text.ts'

export interface RawString {
  rect: Rect
  content: string
  /** True when an SP element follows. */
  isSpaced: boolean
  hyphen?: { part: 1 | 2; whole: string }
}

export interface RawLine {
  rect: Rect
  strings: RawString[]
}

/** A word as offsets (UTF-16) into its block's text, with its rectangle in the file's unit. */
export interface PlacedWord {
  start: number
  end: number
  rect: Rect
}

const endsInCjk = new RegExp(`[${cjk}]$`)
const beginsWithCjk = new RegExp(`^[${cjk}]`)

/** Some files give the string no size; its line is then the best that is known. */
function placeOf(string: RawString, line: RawLine): Rect {
  return string.rect.w > 0 && string.rect.h > 0 ? string.rect : line.rect
}

/** The counterpart of the first half: the next string of the block, when it says that it is the second one. */
function secondHalf(strings: [RawString, RawLine][], index: number): [RawString, RawLine] | undefined {
  const first = strings[index]?.[0].hyphen
  const next = strings[index + 1]
  return first?.part === 1 && next?.[0].hyphen?.part === 2 && next[0].hyphen.whole === first.whole ? next : undefined
}

/**
 * The text of a block's lines. Strings are joined by a space, also where the file has no SP, and so are lines; between
 * two CJK characters there is none unless the file has an SP inside a line. A word broken over two lines is written
 * once, whole, and gives two words of one range.
 */
export function altoText(lines: RawLine[]): { text: string; words: PlacedWord[] } {
  const strings = lines.flatMap((line) => line.strings.map((string): [RawString, RawLine] => [string, line]))
  const words: PlacedWord[] = []
  let text = ''
  let isSpaced = false
  for (let index = 0; index < strings.length; index++) {
    const entry = strings[index]
    if (!entry) continue
    const [string, line] = entry
    const second = secondHalf(strings, index)
    const content = cleanLine(second ? (string.hyphen?.whole ?? '') : string.content)
    if (content === '') continue
    const isJoined = endsInCjk.test(text) && beginsWithCjk.test(content) && !isSpaced
    if (text !== '' && !isJoined) text += ' '
    const start = text.length
    text += content
    words.push({ start, end: text.length, rect: placeOf(string, line) })
    if (second) {
      words.push({ start, end: text.length, rect: placeOf(second[0], second[1]) })
      index++
    }
    const [last, lastLine] = second ?? entry
    isSpaced = last.isSpaced && lastLine === strings[index + 1]?.[1]
  }
  return { text, words }
}
