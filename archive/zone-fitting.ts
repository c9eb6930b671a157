import { explain } from './errors.ts'
import type { ImportWarning, Point } from './model.ts'

/** What lies beyond the page by less is the rounding of a scan's measure. */
const tolerance = 0.001
/** A zone that is narrower or lower is not seen. */
const leastExtent = 0.0001

/**
 * Cuts the zones of an issue's document to their pages, in place, before its form is checked: one bad coordinate must not
 * cost the reader the issue. What is wholly outside, or has coordinates that are no numbers, is taken away; the articles
 * stay. Each page with such zones gets a warning `zones-outside`, with its id as `id`. What is no document is left alone.
 */
export function fitZones(document: unknown, file: string): void {
  if (!isRecord(document) || !Array.isArray(document['pages']) || !Array.isArray(document['warnings'])) return
  const warnings: unknown[] = document['warnings']
  for (const page of document['pages'] as unknown[]) {
    if (!isRecord(page) || !Array.isArray(page['zones'])) continue
    let count = 0
    page['zones'] = (page['zones'] as unknown[]).filter((zone) => {
      if (!isRecord(zone) || !Array.isArray(zone['polygon'])) return true
      const fitted = fit(zone['polygon'])
      zone['polygon'] = fitted.polygon
      if (!fitted.isWhole) count += 1
      return fitted.polygon.length > 0
    })
    if (count > 0) warnings.push(warningOf(file, String(page['id']), String(page['label']), count))
  }
}

function warningOf(file: string, id: string, page: string, count: number): ImportWarning {
  const details = { file, id, page, count }
  return { file, code: 'zones-outside', message: explain('zones-outside', details), details }
}

/** The part of an outline that is on the page; empty when none is. A zone on the page without extent is kept. */
function fit(outline: readonly unknown[]): { polygon: Point[]; isWhole: boolean } {
  if (!outline.every(isPoint)) return { polygon: [], isWhole: false }
  const reach = Math.max(...outline.flatMap(([x, y]) => [-x, x - 1, -y, y - 1]))
  if (reach <= 0) return { polygon: [...outline], isWhole: hasExtent(outline) }
  const crossed = sides.reduce<Point[]>((points, side) => cut(points, side), [...outline])
  const polygon = crossed.map(([x, y]): Point => [within(x), within(y)])
  if (polygon.length < 3 || !polygon.every(isPoint) || !hasExtent(polygon)) return { polygon: [], isWhole: false }
  return { polygon, isWhole: reach <= tolerance }
}

/** How far a point is on the page's side of each of its edges. */
const sides: ((point: Point) => number)[] = [([x]) => x, ([x]) => 1 - x, ([, y]) => y, ([, y]) => 1 - y]

/** One step of Sutherland and Hodgman: the outline without what lies beyond one edge. */
function cut(points: readonly Point[], side: (point: Point) => number): Point[] {
  return points.flatMap((point, index): Point[] => {
    const before = points.at(index - 1) ?? point
    const [from, to] = [side(before), side(point)]
    const share = from / (from - to)
    const crossing: Point[] =
      from < 0 !== to < 0
        ? [[before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])]]
        : []
    return to >= 0 ? [...crossing, point] : crossing
  })
}

/** A crossing that was reckoned may miss the edge by the last bits. */
const within = (value: number): number => Math.min(1, Math.max(0, value))

function hasExtent(points: readonly Point[]): boolean {
  const span = (axis: 0 | 1): number => {
    const values = points.map((point) => point[axis])
    return Math.max(...values) - Math.min(...values)
  }
  return span(0) >= leastExtent && span(1) >= leastExtent
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isFinite(each))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
