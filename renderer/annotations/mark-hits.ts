import type { Box, Point } from '../../archive/model.ts'
import type { PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { boxesOn, outlineOf } from './mark-geometry.ts'
import { lookOf } from './mark-groups.ts'

/**
 * Which mark a pointer is on, by geometry: thousands of marks are drawn as a handful of paths, which nobody could press.
 */

/** Pixels across and down that a whole page takes up on the screen. */
export interface PageSize {
  width: number
  height: number
}

/** Within so many pixels of its line a mark is taken hold of. */
const reach = 8

/** The note whose line or words a point of the page (fractions) is on, the smallest of several. */
export function noteAt(
  notes: readonly PlacedNote[],
  page: string,
  [x, y]: Point,
  size: PageSize,
): PlacedNote | undefined {
  const roomX = reach / size.width
  const roomY = reach / size.height
  let found: { note: PlacedNote; area: number } | undefined
  for (const note of notes) {
    const box = outlineOf(note, page)
    if (!box || x < box.x - roomX || x > box.x + box.w + roomX || y < box.y - roomY || y > box.y + box.h + roomY)
      continue
    const area = box.w * box.h
    if ((!found || area < found.area) && isOn(note, page, [x, y], size)) found = { note, area }
  }
  return found?.note
}

function isOn(note: PlacedNote, page: string, at: Point, size: PageSize): boolean {
  const { shape } = note
  if (shape?.kind === 'rectangle') return isNear(cornersOf(shape.box), true, at, size)
  if (shape) return isNear(shape.points, shape.kind === 'polygon', at, size)
  const boxes = boxesOn(note, page)
  // Words are pressed anywhere on them, an article on its outline: inside of it the page is read.
  if (lookOf(note, page) !== 'text') return boxes.some((box) => isNear(cornersOf(box), true, at, size))
  return boxes.some(({ x, y, w, h }) => at[0] >= x && at[0] <= x + w && at[1] >= y && at[1] <= y + h)
}

const cornersOf = ({ x, y, w, h }: Box): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
]

function isNear(points: readonly Point[], closed: boolean, at: Point, size: PageSize): boolean {
  const last = closed ? points.length : points.length - 1
  for (let index = 0; index < last; index += 1) {
    const [from, to] = [points[index], points[(index + 1) % points.length]]
    if (from && to && pixelsToLine(at, from, to, size) <= reach) return true
  }
  return false
}

/** From a point to a stretch of a line. */
function pixelsToLine([px, py]: Point, [ax, ay]: Point, [bx, by]: Point, { width, height }: PageSize): number {
  const [dx, dy] = [(bx - ax) * width, (by - ay) * height]
  const [x, y] = [(px - ax) * width, (py - ay) * height]
  const length = dx * dx + dy * dy
  const part = length === 0 ? 0 : Math.min(Math.max((x * dx + y * dy) / length, 0), 1)
  return Math.hypot(x - part * dx, y - part * dy)
}
