import { cjk, cleanLine } from './clean-text.ts'
import { around, type Rect } from './page-text.ts'
import { isWorthSpreading, spread } from './text-spread.ts'

export interface RawString {
  rect: Rect
  content: string
  /** True when an SP element follows. */
  isSpaced: boolean
  hyphen?: { part: 1 | 2; whole: string }
  id?: string
  /** 0–1 */
  confidence?: number
  /** Only its line's place was delivered; its own was reckoned from that. */
  isReckoned?: true
}

export interface RawLine {
  id?: string
  rect: Rect
  strings: RawString[]
  /** True when the file marks its last word as broken at the end of the line (ALTO's HYP). */
  isBroken?: boolean
}

/** A word as offsets (UTF-16) into its block's text, with its rectangle in the file's unit. */
export interface PlacedWord {
  start: number
  end: number
  rect: Rect
  id?: string
  line?: string
  confidence?: number
  /** Only its line's place was delivered; its own was reckoned from that. */
  isReckoned?: true
}

type Placed = [string: RawString, line: RawLine]

const endsInCjk = new RegExp(`[${cjk}]$`)
const beginsWithCjk = new RegExp(`^[${cjk}]`)

/** Some files give the string no size; its line is then the best that is known. */
const hasPlace = ({ rect }: RawString): boolean => rect.w > 0 && rect.h > 0

/** The words of a string that stands in the text from `start` on: CJK characters each for itself. */
function placed([string, line]: Placed, start: number, end: number, content: string): PlacedWord[] {
  const { id, confidence } = string
  const isReckoned = string.isReckoned ?? !hasPlace(string)
  const more = {
    ...(id === undefined ? {} : { id }),
    ...(line.id === undefined ? {} : { line: line.id }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(isReckoned ? { isReckoned } : {}),
  }
  const rect = hasPlace(string) ? string.rect : line.rect
  if (!isWorthSpreading(content)) return [{ start, end, rect, ...more }]
  return spread(content, rect).map((part) => ({
    start: start + part.start,
    end: start + part.end,
    rect: part.rect,
    ...more,
  }))
}

/** Signs that only stand where a word is broken: soft hyphen, not sign, double oblique hyphen. */
const breakSigns = /[\u00AD¬⸗]$/
/** A hyphen behind a small letter may be one: `Regie-` `rung`, but not `Land-` `und Forstwirtschaft`. */
const hyphen = /(?<=\p{Ll})[-‐=]$/u
const goesOn = /^(?!(?:und|oder|bzw|and|or|to|et|ou|y|o|e|en|of|és|og|och|ja|i)\b)\p{Ll}/u

/**
 * Whether a string ends the word that another one began: marked as its second half, of whatever whole (recognition
 * spells the two apart), or not marked at all and its end all the same.
 */
function isSecondHalf(whole: string, next: RawString): boolean {
  if (next.hyphen) return next.hyphen.part === 2
  const rest = cleanLine(next.content)
  return rest !== '' && rest.length < whole.length && whole.endsWith(rest)
}

/** What a word broken over two lines is, whole; undefined when the next string is not its second half. */
function wholeWord([string, line]: Placed, next: Placed | undefined): string | undefined {
  if (!next) return undefined
  const first = string.hyphen
  if (first?.part === 1) return isSecondHalf(first.whole, next[0]) ? first.whole : undefined
  if (next[1] === line || string !== line.strings.at(-1)) return undefined
  const [start, rest] = [string.content, cleanLine(next[0].content)]
  if (line.isBroken) return cleanLine(start.replace(breakSigns, '')).replace(hyphen, '') + rest
  return wordOverLines(start, rest)
}

/** The end of a line and the beginning of the next as one, when a word is broken between them. */
export function wordOverLines(line: string, next: string): string | undefined {
  const start = cleanLine(line.replace(breakSigns, ''))
  const isBroken = breakSigns.test(line.trim()) || (hyphen.test(start) && goesOn.test(next))
  return isBroken ? start.replace(hyphen, '') + next : undefined
}

/**
 * The text of a block's lines. Strings are joined by a space, also where the file has no SP, and so are lines; between
 * two CJK characters there is none unless the file has an SP inside a line. A word broken over two lines is written
 * once, whole, and gives two words of one range.
 */
export function textOfLines(lines: RawLine[]): { text: string; words: PlacedWord[] } {
  const strings = lines.flatMap((line) => line.strings.map((string): Placed => [string, line]))
  const words: PlacedWord[] = []
  let text = ''
  let isSpaced = false
  for (let index = 0; index < strings.length; index++) {
    const entry = strings[index]
    if (!entry) continue
    const next = strings[index + 1]
    const whole = wholeWord(entry, next)
    const second = whole === undefined ? undefined : next
    const content = whole ?? cleanLine(entry[0].content)
    if (content === '') continue
    const isJoined = endsInCjk.test(text) && beginsWithCjk.test(content) && !isSpaced
    if (text !== '' && !isJoined) text += ' '
    const start = text.length
    text += content
    words.push(...placed(entry, start, text.length, second ? '' : content))
    if (second) {
      words.push(...placed(second, start, text.length, ''))
      index++
    }
    const [last, lastLine] = second ?? entry
    isSpaced = last.isSpaced && lastLine === strings[index + 1]?.[1]
  }
  return { text, words }
}

/** Blocks between the halves of a word that is broken at the end of a column. */
const blocksBetween = 3

/**
 * A word broken over two blocks is written whole in the first; the second half is emptied, so that it is not found as
 * a word of its own.
 */
export function joinOverBlocks(blocks: { lines: RawLine[] }[]): void {
  blocks.forEach((block, index) => {
    const last = block.lines.at(-1)?.strings.at(-1)
    if (last?.hyphen?.part !== 1) return
    const whole = last.hyphen.whole
    const second = blocks
      .slice(index + 1, index + 1 + blocksBetween)
      .map((next) => next.lines.find((line) => line.strings.length > 0)?.strings[0])
      .find((string) => string?.hyphen?.part === 2 && string.hyphen.whole === whole)
    if (!second) return
    last.content = whole
    last.hyphen = undefined
    second.content = ''
    second.hyphen = undefined
  })
}

/** A line of which only the text as a whole is known, as strings that share its rectangle. */
export function lineOfText(text: string, rect: Rect): RawLine {
  const clean = cleanLine(text)
  const strings = spread(clean, rect).map((part): RawString => ({
    rect: part.rect,
    content: clean.slice(part.start, part.end),
    isSpaced: clean[part.end] === ' ',
    isReckoned: true,
  }))
  return { rect, strings: joinTouching(strings, clean) }
}

/** Parts that are not parted by a space are one string, such as `第12版`: joining them again must not add any. */
function joinTouching(strings: RawString[], line: string): RawString[] {
  const joined: RawString[] = []
  let at = 0
  for (const string of strings) {
    const start = line.indexOf(string.content, at)
    const last = joined.at(-1)
    if (last && start === at) {
      const rect = around([last.rect, string.rect]) ?? last.rect
      joined[joined.length - 1] = { ...string, rect, content: last.content + string.content }
    } else joined.push(string)
    at = start + string.content.length
  }
  return joined
}
