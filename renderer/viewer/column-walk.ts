import type { Box, Point, TextLine } from '../../archive/model.ts'

/** A piece of a column of an article, as it is seen at reading size. */
export interface WalkStep {
  /** Id of the part of the article it belongs to. */
  article: string
  page: string
  box: Box
}

/** Part of a step that is seen again in the next: the eye finds its line. */
const overlap = 0.12
/** Width of a column where nothing says so, in page widths: six to a broadsheet, four to a tabloid. */
const usualColumn = 0.17

/** Columns of printed lines, in the order in which they are read. */
export function columnsOfLines(lines: readonly TextLine[]): { page: string; box: Box }[] {
  const columns: { page: string; box: Box; last: Box }[] = []
  for (const { page, box } of lines) {
    const column = columns.at(-1)
    if (column && column.page === page && continues(column.box, column.last, box)) {
      column.box = around(column.box, box)
      column.last = box
    } else columns.push({ page, box, last: box })
  }
  return columns.map(({ page, box }) => ({ page, box }))
}

/** Whether a line belongs to a column: below the last and within its width; for vertical lines, to the left of it. */
function continues(column: Box, last: Box, next: Box): boolean {
  if (next.h > 2 * next.w && last.h > 2 * last.w) {
    const shared = Math.min(last.y + last.h, next.y + next.h) - Math.max(last.y, next.y)
    return next.x < last.x && shared > 0.3 * Math.min(last.h, next.h) && last.x - (next.x + next.w) < 3 * last.w
  }
  const shared = Math.min(column.x + column.w, next.x + next.w) - Math.max(column.x, next.x)
  return next.y > last.y && shared > 0.3 * Math.min(column.w, next.w) && next.w < 2.2 * column.w
}

/** Columns of a zone whose lines are not known: upright stripes of the usual width, as high as the zone is there. */
export function columnsOfZone(polygon: readonly Point[], rightToLeft: boolean): Box[] {
  const { x, y, w, h } = polygon.map(([px, py]) => ({ x: px, y: py, w: 0, h: 0 })).reduce(around)
  if (rightToLeft) {
    // Vertical text is printed in bands, one below the other.
    const bands = Math.max(Math.round(h / usualColumn), 1)
    return Array.from({ length: bands }, (_, index) => ({ x, y: y + (index * h) / bands, w, h: h / bands }))
  }
  const count = Math.max(Math.round(w / usualColumn), 1)
  return Array.from({ length: count }, (_, index) => {
    const left = x + (index * w) / count
    const middle = left + w / count / 2
    const crossings = crossingsAt(polygon, middle)
    const top = Math.min(...crossings, y + h)
    return { x: left, y: top, w: w / count, h: Math.max(...crossings, top) - top }
  }).filter((box) => box.h > 0.01)
}

/** Heights at which the outline crosses an upright line. */
function crossingsAt(polygon: readonly Point[], x: number): number[] {
  return polygon.flatMap(([toX, toY], index) => {
    const [fromX, fromY] = polygon.at(index - 1) ?? [toX, toY]
    if (fromX > x === toX > x) return []
    return [fromY + ((x - fromX) * (toY - fromY)) / (toX - fromX)]
  })
}

/**
 * Cuts columns into what a stage shows of them at reading size, some of it twice. `across`: width of the stage over its
 * height; `page`: height of the page over its width; `least`: what the stage shows at least, in page widths, so that a
 * narrow column is not enlarged beyond what its print holds.
 */
export function stepsOf<Column extends { box: Box }>(
  columns: readonly Column[],
  across: number,
  page: number,
  { rightToLeft = false, least = 0 }: { rightToLeft?: boolean; least?: number } = {},
): Column[] {
  return columns.flatMap((column) => {
    const { x, y, w, h } = column.box
    if (rightToLeft) {
      const seen = Math.max(h * page * across, least)
      return cuts(w, seen).map((from) => ({
        ...column,
        box: { x: x + w - from - Math.min(seen, w), y, w: Math.min(seen, w), h },
      }))
    }
    const seen = Math.max(w, least) / across / page
    return cuts(h, seen).map((from) => ({ ...column, box: { x, y: y + from, w, h: Math.min(seen, h) } }))
  })
}

/** Where each piece begins so that pieces of a size cover a length; the last one ends where the length does. */
function cuts(length: number, size: number): number[] {
  if (length <= size * 1.15) return [0]
  const stride = size * (1 - overlap)
  const count = Math.ceil((length - size) / stride) + 1
  return Array.from({ length: count }, (_, index) => Math.min(index * stride, length - size))
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x)
  const y = Math.min(one.y, other.y)
  return { x, y, w: Math.max(one.x + one.w, other.x + other.w) - x, h: Math.max(one.y + one.h, other.y + other.h) - y }
}
