import type { Box, Word } from '../model.ts'
import { blocksOf, type PdfBlock } from './pdf-blocks.ts'
import { pageCharacters, type PdfCharacter } from './pdf-characters.ts'
import { linesOf } from './pdf-lines.ts'
import { paragraphsOfBlock } from './pdf-paragraphs.ts'
import { asShown, type PageSize, type Rectangle, type Turn, upright } from './pdf-turns.ts'
import type { OpenPdf } from './pdfium.ts'

/** A paragraph of a page's text layer; boxes are fractions 0–1 of the page as it is shown. */
interface PdfTextParagraph {
  /** `b3p1`: the first paragraph of the third block. */
  id: string
  text: string
  words: Word[]
  isHeading: boolean
}

/** Paragraphs that stand together on the page. */
interface PdfTextBlock {
  box: Box
  paragraphs: PdfTextParagraph[]
}

export interface PdfText {
  blocks: PdfTextBlock[]
  /** Of all its characters, the part (0–1) whose font does not say which they are. */
  unsure: number
}

/** A headline is larger than the body and short. */
const headingSize = 1.35
const longestHeading = 80

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6

function fraction({ l, t, r, b }: Rectangle, { width, height }: PageSize): Box {
  const [x, y] = [round(l / width), round(t / height)]
  return { x, y, w: round(round(r / width) - x), h: round(round(b / height) - y) }
}

/** The size in which most of a page is set. */
function bodySize(blocks: PdfBlock[]): number {
  const weights = new Map<number, number>()
  for (const { size, lines } of blocks) {
    weights.set(size, (weights.get(size) ?? 0) + lines.reduce((sum, line) => sum + line.characters.length, 0))
  }
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function unsurePart(characters: PdfCharacter[]): number {
  return characters.length === 0 ? 0 : characters.filter((each) => each.isUnsure).length / characters.length
}

/** What a page has in one turn, its boxes in points of the page as it is read that way. */
function turnedBlocks(characters: PdfCharacter[], turn: Turn, size: PageSize): Turned[] {
  const own = characters.filter((character) => character.turn === turn)
  return blocksOf(linesOf(own.map((character) => ({ ...character, ...upright(character, turn, size) })))).map(
    (block) => ({
      block,
      turn,
    }),
  )
}

interface Turned {
  block: PdfBlock
  turn: Turn
}

/** Turns of a page, the one most of it is written in first: a line up the margin does not disturb the columns. */
function turnsOf(characters: PdfCharacter[]): Turn[] {
  const counts = new Map<Turn, number>()
  for (const { turn } of characters) counts.set(turn, (counts.get(turn) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([turn]) => turn)
}

/**
 * The text layer of a page in reading order with the box of every word. The same bytes always give the same blocks, so
 * that an index can read the boxes again later. Throws Error for a page that cannot be read.
 */
export function pdfText(pdf: OpenPdf, page: number): PdfText {
  const { characters, ...size } = pageCharacters(pdf, page)
  const turned = turnsOf(characters).flatMap((turn) => turnedBlocks(characters, turn, size))
  const body = bodySize(turned.map(({ block }) => block))
  const found = turned.flatMap(({ block, turn }, at): PdfTextBlock[] => {
    const boxOf = (rectangle: Rectangle): Box => fraction(asShown(rectangle, turn, size), size)
    const paragraphs = paragraphsOfBlock(block).map(({ text, words }, index): PdfTextParagraph => {
      const placed = words.map((word) => ({ start: word.start, end: word.end, box: boxOf(word) }))
      const isHeading = block.size >= headingSize * body && text.length <= longestHeading
      return { id: `b${at + 1}p${index + 1}`, text, words: placed, isHeading }
    })
    return paragraphs.length > 0 ? [{ box: boxOf(block), paragraphs }] : []
  })
  return { blocks: found, unsure: unsurePart(characters) }
}
