import { cjk } from '../import/clean-text.ts'
import type { PdfCharacter } from './pdf-characters.ts'

/** A line of characters: across the page, or down it (vertical writing). Points. */
export interface PdfLine {
  characters: PdfCharacter[]
  /** Undefined for a line of one character, which may be either. */
  isVertical: boolean | undefined
  l: number
  t: number
  r: number
  b: number
  /** Size of its characters, across the line's direction. */
  size: number
}

const isCjk = new RegExp(`^[${cjk}]`)
const isRightToLeft = /^[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/

/** Parts of the characters' size. */
const farthest = { spaced: 2, unspaced: 1.2 }
const overlapNeeded = 0.5

function overlap(a1: number, a2: number, b1: number, b2: number): number {
  const shorter = Math.min(a2 - a1, b2 - b1)
  return shorter > 0 ? (Math.min(a2, b2) - Math.max(a1, b1)) / shorter : 0
}

/** Which way a line goes on with `next`; undefined when it does not. */
function goesOn(line: PdfLine, next: PdfCharacter): 'across' | 'down' | undefined {
  const last = line.characters.at(-1)
  if (!last) return undefined
  const reach = next.isSpaced ? farthest.spaced : farthest.unspaced
  if (line.isVertical !== true) {
    const size = Math.max(last.b - last.t, next.b - next.t)
    const isLevel = overlap(last.t, last.b, next.t, next.b) >= overlapNeeded
    const gap =
      isRightToLeft.test(next.text) || isRightToLeft.test(last.text)
        ? Math.min(Math.abs(next.l - last.r), Math.abs(last.l - next.r))
        : next.l - last.r
    if (isLevel && gap > -size / 2 && gap <= reach * size) return 'across'
  }
  if (line.isVertical !== false) {
    const size = Math.max(last.r - last.l, next.r - next.l)
    const isBelow = overlap(last.l, last.r, next.l, next.r) >= overlapNeeded && next.t > last.t
    const gap = next.t - last.b
    // Latin letters below one another are the first letters of lines, unless a line of them goes down already.
    const mayBeVertical = line.isVertical === true || (isCjk.test(last.text) && isCjk.test(next.text))
    if (mayBeVertical && isBelow && gap > -size / 2 && gap <= reach * size) return 'down'
  }
  return undefined
}

function lineOf(first: PdfCharacter): PdfLine {
  const { l, t, r, b } = first
  return { characters: [first], isVertical: undefined, l, t, r, b, size: b - t }
}

function add(line: PdfLine, next: PdfCharacter): void {
  line.characters.push(next)
  line.l = Math.min(line.l, next.l)
  line.t = Math.min(line.t, next.t)
  line.r = Math.max(line.r, next.r)
  line.b = Math.max(line.b, next.b)
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Pieces of one line that the file draws one here, one there (Latin after Han, one font after the other). */
function joinPieces(lines: PdfLine[]): PdfLine[] {
  const bands = new Map<number, PdfLine[]>()
  const band = (y: number): number => Math.floor(y / 8)
  const joined: PdfLine[] = []
  for (const line of [...lines].sort((a, b) => a.l - b.l)) {
    const middle = (line.t + line.b) / 2
    const before =
      line.isVertical === true
        ? undefined
        : [-1, 0, 1]
            .flatMap((step) => bands.get(band(middle) + step) ?? [])
            .find((other) => {
              const gap = line.l - other.r
              const size = Math.max(line.size, other.size)
              const isLevel = overlap(other.t, other.b, line.t, line.b) > 0.7
              return isLevel && gap > -0.2 * size && gap < 0.25 * size && Math.min(line.size, other.size) > 0.6 * size
            })
    if (before) {
      for (const character of line.characters) add(before, character)
      before.isVertical = false
      continue
    }
    joined.push(line)
    if (line.isVertical !== true) bands.set(band(middle), [...(bands.get(band(middle)) ?? []), line])
  }
  // In the order of the file again, which says something where the page does not.
  const order = new Map(lines.map((line, index) => [line, index]))
  return joined.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
}

/** The lines of a page, across and down, from its characters in the order of the file. */
export function linesOf(characters: PdfCharacter[]): PdfLine[] {
  const lines: PdfLine[] = []
  let line: PdfLine | undefined
  for (const character of characters) {
    const way = line && goesOn(line, character)
    if (line && way) {
      line.isVertical = way === 'down'
      add(line, character)
    } else lines.push((line = lineOf(character)))
  }
  for (const each of lines) {
    each.size = median(each.characters.map((one) => (each.isVertical ? one.r - one.l : one.b - one.t)))
  }
  return joinPieces(lines)
}
