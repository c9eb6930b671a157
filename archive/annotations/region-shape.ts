import type { Box, Point } from '../model.ts'
import type { JsonObject, NoteShape } from './annotation-model.ts'
import { textOf } from './json-value.ts'

/**
 * Regions as selectors: `FragmentSelector` with `xywh=percent:` (Media Fragments 1.0, section 4.2.2) for upright
 * rectangles, `SvgSelector` (Web Annotation Data Model, section 4.2.6) for everything else, in units of a ten
 * thousandth of the page, so that a picture of another size still fits.
 */
const fragments = 'http://www.w3.org/TR/media-frags/'
const svgUnit = 10_000
const mostPoints = 20_000

/** The selector that stands for a shape. */
export function selectorOf(shape: NoteShape): JsonObject {
  if (shape.kind === 'rectangle') {
    const { x, y, w, h } = shape.box
    const value = `xywh=percent:${[x, y, w, h].map((part) => round(part * 100, 4)).join(',')}`
    return { type: 'FragmentSelector', conformsTo: fragments, value }
  }
  const points = shape.points.map((point) => point.map((part) => round(part * svgUnit, 2)).join(',')).join(' ')
  const drawn =
    shape.kind === 'polygon' ? `<polygon points="${points}"/>` : `<polyline fill="none" points="${points}"/>`
  const value = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${svgUnit} ${svgUnit}" preserveAspectRatio="none">${drawn}</svg>`
  return { type: 'SvgSelector', value }
}

/**
 * The shape a selector stands for; undefined for what is not understood. `size`: pixels of the picture, for selectors
 * that count in pixels.
 */
export function shapeOf(selector: JsonObject, size?: { width: number; height: number }): NoteShape | undefined {
  const value = textOf(selector['value'])
  if (selector['type'] === 'FragmentSelector') return rectangleOf(value, size)
  return selector['type'] === 'SvgSelector' ? svgShape(value, size) : undefined
}

function rectangleOf(value: string, size?: { width: number; height: number }): NoteShape | undefined {
  const match = /(?:^|[#&?])xywh=(?:(pixel|percent):)?([-\d.eE]+),([-\d.eE]+),([-\d.eE]+),([-\d.eE]+)/.exec(value)
  if (!match) return undefined
  const [x = NaN, y = NaN, w = NaN, h = NaN] = match.slice(2).map(Number)
  if (![x, y, w, h].every(Number.isFinite) || w <= 0 || h <= 0) return undefined
  if (match[1] === 'percent') return { kind: 'rectangle', box: { x: x / 100, y: y / 100, w: w / 100, h: h / 100 } }
  if (!size || size.width <= 0 || size.height <= 0) return undefined
  const { width, height } = size
  return { kind: 'rectangle', box: { x: x / width, y: y / height, w: w / width, h: h / height } }
}

function svgShape(svg: string, size?: { width: number; height: number }): NoteShape | undefined {
  const unit = svgUnitOf(svg) ?? size
  if (!unit) return undefined
  const match = /<(polygon|polyline)\b[^>]*?\bpoints\s*=\s*["']([^"']*)["']/i.exec(svg)
  const path = match ? undefined : /<path\b[^>]*?\bd\s*=\s*["']([^"']*)["']/i.exec(svg)
  if (!match && !path) return undefined
  const closed = match ? match[1]?.toLowerCase() === 'polygon' : /z\s*$/i.test(path?.[1] ?? '')
  const numbers = match ? numbersIn(match[2] ?? '') : straightPath(path?.[1] ?? '')
  if (!numbers || numbers.length < 4 || numbers.length % 2 !== 0 || numbers.length > 2 * mostPoints) return undefined
  const points = pairsOf(numbers).map(([x, y]): Point => [x / unit.width, y / unit.height])
  if (closed && points.length < 3) return undefined
  return { kind: closed ? 'polygon' : 'freehand', points }
}

function svgUnitOf(svg: string): { width: number; height: number } | undefined {
  const match = /\bviewBox\s*=\s*["']\s*0[\s,]+0[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']/i.exec(svg)
  const [width, height] = [Number(match?.[1]), Number(match?.[2])]
  return match && width > 0 && height > 0 ? { width, height } : undefined
}

function numbersIn(text: string): number[] | undefined {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  return numbers.every(Number.isFinite) ? numbers : undefined
}

/** The points of a path of absolute straight lines, as other annotation tools write; curves are not understood. */
function straightPath(path: string): number[] | undefined {
  if (!/^[\sMLZz\d.,eE+-]*$/.test(path)) return undefined
  return numbersIn(path.replace(/[MLZz]/g, ' '))
}

function pairsOf(numbers: number[]): Point[] {
  const points: Point[] = []
  for (let at = 0; at + 1 < numbers.length; at += 2) points.push([numbers[at] ?? 0, numbers[at + 1] ?? 0])
  return points
}

/** The upright box around a shape. */
export function boxAround(shape: NoteShape): Box {
  if (shape.kind === 'rectangle') return shape.box
  const xs = shape.points.map(([x]) => x)
  const ys = shape.points.map(([, y]) => y)
  const [x, y] = [xs.reduce((a, b) => Math.min(a, b), Infinity), ys.reduce((a, b) => Math.min(a, b), Infinity)]
  const [right, bottom] = [xs.reduce((a, b) => Math.max(a, b), 0), ys.reduce((a, b) => Math.max(a, b), 0)]
  return { x, y, w: right - x, h: bottom - y }
}

/** Whether a point of the page lies in a shape; in the box around an open line. */
export function contains(shape: NoteShape, [x, y]: Point): boolean {
  const box = boxAround(shape)
  if (x < box.x || y < box.y || x > box.x + box.w || y > box.y + box.h) return false
  if (shape.kind !== 'polygon') return true
  let inside = false
  shape.points.forEach(([ax, ay], index) => {
    const [bx, by] = shape.points.at(index - 1) ?? [0, 0]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
