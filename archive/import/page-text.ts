import type { Box, Point, Word, ZoneKind } from '../model.ts'

/** A text block of a page; boxes and polygons are fractions 0–1 of the page. */
export interface TextBlock {
  /** The file's own id, else one by its place in the file; unique on the page. */
  id: string
  box: Box
  /** Its outline, when the file has a finer one than the box. */
  polygon?: Point[]
  text: string
  /**
   * In the order of the text. A word broken at the end of a line stands in the text once, joined; two entries then
   * share one range, the first with the box on the upper line, the second with the one below.
   */
  words: TextWord[]
  /** ISO 639 code as the file gives it. */
  language?: string
  /** What the file says the block is, in its own word: `heading`, `caption`, `page-number`. */
  role?: string
  /** The article it belongs to, by the file's own id. */
  article?: string
}

export interface TextWord extends Word {
  /** The file's own id. */
  id?: string
  /** The file's own id of its line. */
  line?: string
  /** 0–1, as the recognition rated it. */
  confidence?: number
}

/** Something on the page that is no text: an illustration, a table's frame. */
export interface Figure {
  id: string
  kind: ZoneKind
  box: Box
  polygon?: Point[]
}

/** The text of one page with the places of its words, from a file of any format. */
export interface PageText {
  /** Page size in the file's own unit; 0 when it has none and nothing on the page tells. */
  width: number
  height: number
  /** How far the text reaches, in the same unit: beyond the size when that is wrong. */
  reach: Size
  /** True when the unit is the pixel of the picture that was read. */
  isPixels: boolean
  blocks: TextBlock[]
  figures: Figure[]
  /** Blocks and figures inside composed blocks, by the id of the composed block. */
  groups: Map<string, string[]>
  /** Ids of blocks without a word, which are not among the blocks. */
  empty: Set<string>
  /** Name of the picture it was made from, as the file has it. */
  picture?: string
  /** Page label, when the file has one. */
  label?: string
}

export interface Size {
  width: number
  height: number
}

/** An upright rectangle in a file's own unit. */
export interface Rect {
  x: number
  y: number
  w: number
  h: number
}

/** `123.0`, and also the start of `1999;x_wconf 88`, which one library wrote; 0 when there is no number. */
export function numberOf(text: string | undefined): number {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : 0
}

/** The smallest rectangle around those that have an area; one without stands for itself. */
export function around(rects: Rect[]): Rect | undefined {
  const real = rects.filter((rect) => rect.w > 0 && rect.h > 0)
  if (real.length === 0) return rects[0]
  let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rect of real) {
    l = Math.min(l, rect.x)
    t = Math.min(t, rect.y)
    r = Math.max(r, rect.x + rect.w)
    b = Math.max(b, rect.y + rect.h)
  }
  return { x: l, y: t, w: r - l, h: b - t }
}

/** The rectangle around points. */
export function aroundPoints(points: readonly Point[]): Rect | undefined {
  if (points.length === 0) return undefined
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b))
  const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b))
  const [x, y] = [least(xs), least(ys)]
  return { x, y, w: most(xs) - x, h: most(ys) - y }
}

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6

/** A rectangle as fractions 0–1 of the page, clipped to it; an empty box when the page has no size. */
export function boxOf(rect: Rect, size: Size): Box {
  if (!(size.width > 0 && size.height > 0)) return { x: 0, y: 0, w: 0, h: 0 }
  const [x, y] = [round(rect.x / size.width), round(rect.y / size.height)]
  return {
    x,
    y,
    w: round(Math.max(0, round((rect.x + rect.w) / size.width) - x)),
    h: round(Math.max(0, round((rect.y + rect.h) / size.height) - y)),
  }
}

/** More corners than any outline needs; a longer one is thinned to its rectangle. */
const mostCorners = 500

/** An outline as fractions 0–1 of the page, clipped to it; undefined when it has no area. */
export function polygonOf(points: readonly Point[], size: Size): Point[] | undefined {
  const rect = aroundPoints(points)
  if (points.length < 3 || points.length > mostCorners || !rect || rect.w <= 0 || rect.h <= 0) return undefined
  if (!(size.width > 0 && size.height > 0)) return undefined
  return points.map(([x, y]) => [round(x / size.width), round(y / size.height)])
}

/** `1,2 3,4`, `1 2 3 4` and mixtures with decimals, as ALTO, PAGE and SVG have them. */
export function pointsOf(text: string | undefined): Point[] {
  const numbers = (text ?? '').match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi)?.map(Number) ?? []
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => [
    numbers[index * 2] ?? 0,
    numbers[index * 2 + 1] ?? 0,
  ])
}

/** The corners of a box, clockwise from its top left. */
export function cornersOf(box: Box): Point[] {
  const [l, t, r, b] = [box.x, box.y, Math.min(1, box.x + box.w), Math.min(1, box.y + box.h)]
  return [
    [l, t],
    [r, t],
    [r, b],
    [l, b],
  ]
}
