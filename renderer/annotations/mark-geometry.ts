import type { Box, HitBox, Point } from '../../archive/model.ts'
import type { NoteShape, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { boxAround } from '../../archive/annotations/region-shape.ts'

/** Marks on a page as drawing paths, and what a hand does to them. Everything in fractions of the page. */

const least = 0.004

/** The marks of a note on a page as the `d` of a path. */
export function markPath(note: PlacedNote, page: string): string {
  if (note.shape) return shapePath(note.shape)
  return boxesOn(note, page).map(boxPath).join('')
}

export function shapePath(shape: NoteShape): string {
  if (shape.kind === 'rectangle') return boxPath(shape.box)
  const [first, ...rest] = shape.points
  if (!first) return ''
  const line = `M${first.join(' ')}${rest.map((point) => `L${point.join(' ')}`).join('')}`
  return shape.kind === 'polygon' ? `${line}Z` : line
}

function boxPath({ x, y, w, h }: Box): string {
  return `M${x} ${y}h${w}v${h}h${-w}Z`
}

/** What is drawn of a note that has no shape of its own: its words, else the outline of its article. */
export function boxesOn(note: PlacedNote, page: string): HitBox[] {
  return note.boxes.filter((box) => box.page === page && box.precision !== 'page')
}

/** The box around everything of a note on a page; undefined when nothing of it is drawn there. */
export function outlineOf(note: PlacedNote, page: string): Box | undefined {
  if (note.shape) return note.pages.includes(page) ? boxAround(note.shape) : undefined
  const boxes = boxesOn(note, page)
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.w))
  const bottom = Math.max(...boxes.map((box) => box.y + box.h))
  return { x, y, w: right - x, h: bottom - y }
}

export function movedShape(shape: NoteShape, dx: number, dy: number): NoteShape {
  const { x, y, w, h } = boxAround(shape)
  // It stays on the page as a whole.
  const right = Math.min(Math.max(dx, -x), Math.max(1 - x - w, -x))
  const down = Math.min(Math.max(dy, -y), Math.max(1 - y - h, -y))
  if (shape.kind === 'rectangle') return { kind: 'rectangle', box: rounded({ x: x + right, y: y + down, w, h }) }
  return { ...shape, points: shape.points.map(([px, py]): Point => [px + right, py + down]) }
}

/** The shape so much wider and higher, its top left corner where it was. */
export function grownShape(shape: NoteShape, dw: number, dh: number): NoteShape {
  const { x, y, w, h } = boxAround(shape)
  const wide = Math.min(Math.max(w + dw, least), 1 - x)
  const high = Math.min(Math.max(h + dh, least), 1 - y)
  if (shape.kind === 'rectangle') return { kind: 'rectangle', box: rounded({ x, y, w: wide, h: high }) }
  const across = w > 0 ? wide / w : 1
  const down = h > 0 ? high / h : 1
  return { ...shape, points: shape.points.map(([px, py]): Point => [x + (px - x) * across, y + (py - y) * down]) }
}

/** A point that can be taken hold of. */
export interface Handle {
  at: Point
  /** Cursor over it. */
  cursor: string
}

const corners: [number, number, string][] = [
  [0, 0, 'nwse-resize'],
  [0.5, 0, 'ns-resize'],
  [1, 0, 'nesw-resize'],
  [1, 0.5, 'ew-resize'],
  [1, 1, 'nwse-resize'],
  [0.5, 1, 'ns-resize'],
  [0, 1, 'nesw-resize'],
  [0, 0.5, 'ew-resize'],
]

export function handlesOf(shape: NoteShape): Handle[] {
  if (shape.kind === 'rectangle') {
    const { x, y, w, h } = shape.box
    return corners.map(([across, down, cursor]) => ({ at: [x + across * w, y + down * h], cursor }))
  }
  return shape.kind === 'polygon' ? shape.points.map((at) => ({ at, cursor: 'move' })) : []
}

/** The shape after handle number `index` was pulled to a point. */
export function pulledShape(shape: NoteShape, index: number, [px, py]: Point): NoteShape {
  const to: Point = [within(px), within(py)]
  if (shape.kind !== 'rectangle') {
    return { ...shape, points: shape.points.map((point, at) => (at === index ? to : point)) }
  }
  const { x, y, w, h } = shape.box
  const [across = 0, down = 0] = corners[index] ?? []
  const left = across === 0 ? to[0] : x
  const right = across === 1 ? to[0] : x + w
  const top = down === 0 ? to[1] : y
  const bottom = down === 1 ? to[1] : y + h
  return { kind: 'rectangle', box: boxBetween([left, top], [right, bottom]) }
}

/** The upright box between two corners, on the page. */
export function boxBetween([ax, ay]: Point, [bx, by]: Point): Box {
  const [left, right] = [within(Math.min(ax, bx)), within(Math.max(ax, bx))]
  const [top, bottom] = [within(Math.min(ay, by)), within(Math.max(ay, by))]
  return rounded({ x: left, y: top, w: Math.max(right - left, least), h: Math.max(bottom - top, least) })
}

/** False for what a slip of the hand draws. */
export function isLargeEnough(shape: NoteShape): boolean {
  const { w, h } = boxAround(shape)
  return shape.kind === 'freehand' ? w + h > 2 * least : w > 1.5 * least && h > 1.5 * least
}

/** A drawn line with fewer points that looks the same (Ramer 1972, Douglas and Peucker 1973). */
export function simplified(points: Point[], tolerance = 0.0012): Point[] {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || points.length < 3) return points
  let far = 0
  let at = 0
  points.forEach((point, index) => {
    const distance = distanceToLine(point, first, last)
    if (distance > far) [far, at] = [distance, index]
  })
  if (far <= tolerance) return [first, last]
  return [...simplified(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(points.slice(at), tolerance)]
}

function distanceToLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = Math.hypot(dx, dy)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  return Math.abs(dy * (x - ax) - dx * (y - ay)) / length
}

function within(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}

function rounded({ x, y, w, h }: Box): Box {
  const five = (value: number): number => Math.round(value * 1e6) / 1e6
  return { x: five(x), y: five(y), w: five(w), h: five(h) }
}
