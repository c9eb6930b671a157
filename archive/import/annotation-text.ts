import { type Annotation, placeOnCanvas, readAnnotations, rectOn } from './annotations.ts'
import { lineOfText, type RawLine, textOfLines } from './line-text.ts'
import { around, boxOf, type PageText, polygonOf, type Rect, type Size, type TextBlock } from './page-text.ts'

/**
 * One spelling of a canvas' id: lists are written by other programs than manifests and differ in host, escapes and
 * the folders before the last two parts. Where these have no number (`…/p1/canvas/main`) the parts before them count,
 * too: they are what tells one canvas from the other.
 */
export function canvasKey(id: string): string {
  let plain = id.replace(placeOnCanvas, '')
  try {
    plain = decodeURIComponent(plain)
  } catch {
    // A stray percent sign: the id is taken as it is.
  }
  const parts = plain
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .split('/')
  let from = Math.max(0, parts.length - 2)
  while (from > 0 && !/\d/.test(parts.slice(from).join('/'))) from--
  return parts.slice(from).join('/')
}

interface Piece {
  text: string
  rect: Rect
  language?: string
  annotation: Annotation
}

/** The pieces of text that stand on a canvas. */
function piecesOn(annotations: readonly Annotation[], canvas: string | undefined, size: Size): Piece[] {
  return annotations.flatMap((annotation): Piece[] => {
    const target = annotation.targets.find(
      (each) => canvas === undefined || canvasKey(each.canvas) === canvasKey(canvas),
    )
    if (!target || annotation.text === '') return []
    const rect = rectOn(target, size) ?? { x: 0, y: 0, w: 0, h: 0 }
    return [{ text: annotation.text, rect, language: annotation.language, annotation }]
  })
}

/** Longer ones are whole blocks, not lines or words. */
const longestLine = 200

function isBlock(piece: Piece): boolean {
  return piece.text.includes('\n') || piece.text.length > longestLine
}

/** Whether a line goes on where the last one ended: below it or beside it, not in another column. */
function follows(last: Piece, next: Piece): boolean {
  const tall = Math.max(last.rect.h, next.rect.h, 1)
  const isAbove = next.rect.y < last.rect.y - tall * 1.5
  const isFarBelow = next.rect.y > last.rect.y + last.rect.h + tall * 1.5
  return !isAbove && !isFarBelow
}

function linesOf({ text, rect }: Piece): RawLine[] {
  const lines = text.split('\n')
  const height = rect.h / lines.length
  return lines.map((line, index) => lineOfText(line, { ...rect, y: rect.y + index * height, h: height }))
}

/** Words of one printed line, which a list may give one by one, as one line. */
function joinWords(lines: RawLine[]): RawLine[] {
  const joined: RawLine[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    const middle = line.rect.y + line.rect.h / 2
    const isBeside =
      last &&
      line.rect.x >= last.rect.x + last.rect.w * 0.9 &&
      middle > last.rect.y &&
      middle < last.rect.y + last.rect.h
    if (!last || !isBeside) joined.push(line)
    else
      joined[joined.length - 1] = {
        rect: around([last.rect, line.rect]) ?? last.rect,
        strings: [...last.strings, ...line.strings],
      }
  }
  return joined
}

/**
 * The text that annotations put on a canvas, as blocks: lines and words that follow each other are one block. The same
 * annotations always give the same blocks. `size`: width and height of the canvas.
 */
export function annotationText(annotations: readonly Annotation[], canvas: string | undefined, size: Size): PageText {
  const groups: Piece[][] = []
  for (const piece of piecesOn(annotations, canvas, size)) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const goesOn = last && !isBlock(last) && !isBlock(piece) && follows(last, piece)
    if (group && goesOn) group.push(piece)
    else groups.push([piece])
  }
  const blocks = groups.flatMap((group, index): TextBlock[] => {
    const { text, words } = textOfLines(joinWords(group.flatMap(linesOf)))
    if (text === '') return []
    const placed = words.map(({ rect, ...word }) => ({ ...word, box: boxOf(rect, size) }))
    const rect = around(group.map((piece) => piece.rect)) ?? { x: 0, y: 0, w: 0, h: 0 }
    const outline = group.length === 1 ? group[0]?.annotation.targets[0]?.polygon : undefined
    const polygon = outline && polygonOf(outline, size)
    return [
      { id: `block-${index + 1}`, box: boxOf(rect, size), polygon, text, words: placed, language: group[0]?.language },
    ]
  })
  return { ...size, reach: size, isPixels: true, blocks, figures: [], groups: new Map(), empty: new Set() }
}

/** The text of one canvas from a file of annotations. Errors as `readAnnotations`. */
export function readAnnotationText(bytes: Uint8Array, frame?: Size, canvas?: string): PageText[] {
  return [annotationText(readAnnotations(bytes, canvas ?? ''), canvas, frame ?? { width: 0, height: 0 })]
}
