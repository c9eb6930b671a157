import { cjk } from '../import/clean-text.ts'
import type { PdfBlock } from './pdf-blocks.ts'
import type { PdfCharacter } from './pdf-characters.ts'
import type { PdfLine } from './pdf-lines.ts'

/** A word of a paragraph: offsets (UTF-16) into its text, and its box in points. */
interface PdfWord {
  start: number
  end: number
  l: number
  t: number
  r: number
  b: number
}

export interface PdfParagraph {
  text: string
  words: PdfWord[]
}

const oneCjk = new RegExp(`[${cjk}]|[\\u{20000}-\\u{3FFFF}]`, 'u')
const endsSentence = /[。！？…”」』）]$/

/** Indent of a first line, and how much a last line is shorter, in characters. */
const indent = 1.2
const short = 2.2

const starts = (line: PdfLine, isVertical: boolean): number => (isVertical ? line.t : line.l)
const ends = (line: PdfLine, isVertical: boolean): number => (isVertical ? line.b : line.r)

/** Where a new paragraph begins: an indented line, or the line behind a short one that ends a sentence. */
function paragraphsOf({ lines, isVertical, size }: PdfBlock): PdfLine[][] {
  const from = Math.min(...lines.map((line) => starts(line, isVertical)))
  const to = Math.max(...lines.map((line) => ends(line, isVertical)))
  const paragraphs: PdfLine[][] = []
  lines.forEach((line, at) => {
    const before = lines[at - 1]
    const isIndented = (one: PdfLine): boolean => starts(one, isVertical) - from >= indent * size
    const isShort = before !== undefined && ends(before, isVertical) < to - short * size
    const isEnd = isShort && endsSentence.test(before.characters.at(-1)?.text ?? '')
    const isNew = !before || isEnd || (isIndented(line) && !isIndented(before))
    if (isNew) paragraphs.push([line])
    else paragraphs.at(-1)?.push(line)
  })
  return paragraphs
}

const isCjk = (character: PdfCharacter | undefined): boolean => !!character && oneCjk.test(character.text)

/** Some files put a space behind every character of a line: spaces that say nothing. */
function isSpacedOut(characters: PdfCharacter[]): boolean {
  const pairs = characters.filter((each, at) => at > 0 && isCjk(each) && isCjk(characters[at - 1]))
  return pairs.length >= 3 && pairs.filter((each) => each.isSpaced).length >= 0.6 * pairs.length
}

/** A piece of a line that nothing divides: a Latin word, a Han character. */
interface Piece {
  text: string
  isHan: boolean
  isSpaced: boolean
  l: number
  t: number
  r: number
  b: number
}

function piecesOf(characters: PdfCharacter[]): Piece[] {
  const pieces: Piece[] = []
  const isSpread = isSpacedOut(characters)
  for (const character of characters) {
    const { text, l, t, r, b } = character
    const last = pieces.at(-1)
    const isHan = isCjk(character)
    const isSpaced = character.isSpaced && !(isHan && last?.isHan === true && isSpread)
    if (last && !isSpaced && !isHan && !last.isHan) {
      last.text += text
      last.l = Math.min(last.l, l)
      last.t = Math.min(last.t, t)
      last.r = Math.max(last.r, r)
      last.b = Math.max(last.b, b)
    } else pieces.push({ text, isHan, isSpaced, l, t, r, b })
  }
  return pieces
}

/** A hyphen at the end of a line divides a word when a small letter follows; before a capital or a digit it is its own. */
function isDivided(before: Piece, next: Piece): boolean {
  return /\p{L}[-\u00AD\u2010]$/u.test(before.text) && /^\p{Ll}/u.test(next.text)
}

/**
 * The text of a paragraph's lines, and each word's box: Latin words, and Han characters one by one. A word that is
 * divided by a hyphen at the end of a line stands in the text once, whole, with a box on either line.
 */
function textOf(lines: PdfLine[]): PdfParagraph {
  const words: PdfWord[] = []
  let text = ''
  let before: Piece | undefined
  for (const line of lines) {
    piecesOf(line.characters).forEach((piece, at) => {
      const { l, t, r, b } = piece
      const half = at === 0 && before && isDivided(before, piece) ? words.at(-1) : undefined
      if (half) {
        text = text.slice(0, -1) + piece.text
        half.end = text.length
      } else {
        const isApart = at === 0 ? !(before?.isHan ?? true) && !piece.isHan : piece.isSpaced
        text += (isApart ? ' ' : '') + piece.text
      }
      words.push({ start: half?.start ?? text.length - piece.text.length, end: text.length, l, t, r, b })
      before = piece
    })
  }
  return { text, words }
}

/** The paragraphs of a block. */
export function paragraphsOfBlock(block: PdfBlock): PdfParagraph[] {
  return paragraphsOf(block)
    .map(textOf)
    .filter(({ text }) => text.trim() !== '')
}
