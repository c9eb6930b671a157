import { cjk } from './clean-text.ts'
import type { Rect } from './page-text.ts'

/** A piece of a text with the rectangle that it takes up of the whole's. */
export interface SpreadPart {
  /** UTF-16 offsets into the whole. */
  start: number
  end: number
  rect: Rect
}

const oneCjk = new RegExp(`^[${cjk}]$`)
const parts = new RegExp(`[${cjk}]|[^\\s${cjk}]+`, 'g')

/** Width of a character, in em, as text faces have it on average. */
function width(character: string): number {
  if (oneCjk.test(character)) return 1
  if (/[\s.,;:'!|ijlIſ()[\]-]/.test(character)) return 0.28
  if (/[mwMW—]/.test(character)) return 0.85
  return /\p{Lu}/u.test(character) ? 0.66 : 0.5
}

/**
 * Spreads a text over its rectangle: one part for each word, and one for each CJK character, which stands for itself.
 * Upright text is spread downwards. Right to within a character where the print is set evenly.
 */
export function spread(text: string, rect: Rect): SpreadPart[] {
  const isVertical = rect.h > rect.w * 1.5 && text.length > 1
  // Characters set one below the other are as tall as they are wide.
  const weight = (piece: string): number => [...piece].reduce((sum, each) => sum + (isVertical ? 1 : width(each)), 0)
  const whole = weight(text)
  if (!(whole > 0)) return []
  return [...text.matchAll(parts)].map((match) => {
    const [start, end] = [match.index, match.index + match[0].length]
    const [from, to] = [weight(text.slice(0, start)) / whole, weight(text.slice(0, end)) / whole]
    const place = isVertical
      ? { x: rect.x, y: rect.y + rect.h * from, w: rect.w, h: rect.h * (to - from) }
      : { x: rect.x + rect.w * from, y: rect.y, w: rect.w * (to - from), h: rect.h }
    return { start, end, rect: place }
  })
}

/** True when one box for all would be too coarse: several CJK characters. */
export function isWorthSpreading(text: string): boolean {
  return text.length > 1 && new RegExp(`[${cjk}]`).test(text)
}
