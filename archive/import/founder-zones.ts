import type { Element } from 'domhandler'
import type { Point } from '../model.ts'
import { attribute } from './html-tree.ts'

/** A hot zone as the image map has it: in the units of the displayed picture. */
export interface RawZone {
  href: string
  /** `alt` or `title`: some templates give the headline only there. */
  title?: string
  points: Point[]
  /** True when the numbers carry percent signs. */
  isPercent: boolean
  /** Why the coordinates cannot be used. */
  problem?: string
}

export interface DisplayedSize {
  width: number
  height: number
}

/** Corners of the polygon that stands for a circle. */
const circleCorners = 24

/** Real zones have up to 16 corners; a map with very many is broken or hostile. */
const mostNumbers = 4000

function numbersOf(text: string): number[] {
  return text
    .split(/[\s,;，]+/)
    .filter((part) => part !== '')
    .map((part) => Number.parseFloat(part))
}

function pairs(numbers: number[]): Point[] {
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) => [
    numbers[index * 2] ?? 0,
    numbers[index * 2 + 1] ?? 0,
  ])
}

function rectangle(l: number, t: number, r: number, b: number): Point[] {
  return [
    [l, t],
    [r, t],
    [r, b],
    [l, b],
  ]
}

function corners(shape: string, numbers: number[]): Point[] {
  const [a = 0, b = 0, c = 0, d = 0] = numbers
  if (shape.startsWith('circ') || numbers.length === 3) {
    return Array.from({ length: circleCorners }, (_, index) => {
      const angle = (index / circleCorners) * 2 * Math.PI
      return [a + Math.cos(angle) * c, b + Math.sin(angle) * c]
    })
  }
  return numbers.length === 4 ? rectangle(a, b, c, d) : pairs(numbers)
}

/** The shape of an `<area>` (HTML 4.01 13.6.1) or of an SVG `<polygon>`; undefined when it opens nothing. */
export function rawZone(area: Element): RawZone | undefined {
  const href = attribute(area, 'href') ?? attribute(area, 'data-href') ?? attribute(area, 'data-contentid')
  if (!href || href === '#') return undefined
  const text = attribute(area, 'coords') ?? attribute(area, 'points') ?? ''
  const numbers = numbersOf(text)
  const title = attribute(area, 'title') ?? attribute(area, 'alt')
  const zone: RawZone = { href, title, points: [], isPercent: text.includes('%') }
  if (numbers.some((number) => !Number.isFinite(number))) return { ...zone, problem: `“${text.slice(0, 60)}”` }
  if (numbers.length > mostNumbers) return { ...zone, problem: `${numbers.length} numbers` }
  zone.points = corners((attribute(area, 'shape') ?? '').toLowerCase(), numbers)
  if (zone.points.length < 3) return { ...zone, problem: `${numbers.length} numbers` }
  return zone
}

/**
 * Size of the picture when neither its tag nor its file tells: the zones' extent, with the margin on the far side that
 * they leave on the near one (a page is printed in the middle of its sheet).
 */
export function sizeFromZones(zones: RawZone[]): DisplayedSize | undefined {
  const points = zones.filter((zone) => !zone.isPercent && !zone.problem).flatMap((zone) => zone.points)
  let [right, bottom, left] = [0, 0, Infinity]
  for (const [x, y] of points) {
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
    left = Math.min(left, x)
  }
  if (!(right > 0 && bottom > 0)) return undefined
  const margin = Math.min(Math.max(left, 0), right * 0.05)
  return { width: right + margin, height: bottom + margin }
}

/** Fractions of the page, clipped to it; undefined when nothing of the zone is on the page. */
export function pagePolygon(zone: RawZone, size: DisplayedSize): Point[] | undefined {
  const { width, height } = zone.isPercent ? { width: 100, height: 100 } : size
  const clip = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e5) / 1e5
  const polygon: Point[] = []
  for (const [x, y] of zone.points) {
    const point: Point = [clip(x / width), clip(y / height)]
    const last = polygon.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) polygon.push(point)
  }
  const [first, last] = [polygon[0], polygon.at(-1)]
  if (polygon.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]) polygon.pop()
  const span = (axis: 0 | 1): number => {
    const values = polygon.map((point) => point[axis])
    return Math.max(...values) - Math.min(...values)
  }
  return polygon.length >= 3 && span(0) > 0.001 && span(1) > 0.001 ? polygon : undefined
}
