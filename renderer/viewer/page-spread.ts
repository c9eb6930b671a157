import type { Box } from '../../archive/model.ts'
import type { PageView } from '../../electron/bridge/views.ts'

/** Where a page lies on what is looked at: fractions of its width. A page alone fills it. */
export interface Frame {
  x: number
  w: number
}

export const wholeFrame: Frame = { x: 0, w: 1 }

/** Pages that are looked at as one sheet, from left to right. */
export interface Sheet {
  pages: { page: PageView; frame: Frame }[]
  /** Pixels of the sheet, in those of its first page; 0 when unknown. */
  width: number
  height: number
}

const UNKNOWN = { width: 1000, height: 1414 }

/**
 * First and last index of the pages that lie open together: as in a bound newspaper the front page lies alone, and
 * from then on two face each other.
 */
export function openedAt(index: number, count: number): { first: number; last: number } {
  if (index <= 0) return { first: 0, last: 0 }
  const first = index % 2 === 1 ? index : index - 1
  return { first, last: Math.min(first + 1, count - 1) }
}

/** Pages beside each other, equally high; `pages` in reading order. */
export function sheetOf(pages: readonly PageView[], rightToLeft: boolean): Sheet {
  const [only] = pages
  if (pages.length === 1 && only) {
    return { pages: [{ page: only, frame: wholeFrame }], width: only.width, height: only.height }
  }
  const shown = rightToLeft ? [...pages].reverse() : [...pages]
  const size = (page: PageView) => (page.width > 0 && page.height > 0 ? page : UNKNOWN)
  const { height } = only ? size(only) : UNKNOWN
  const widths = shown.map((page) => (size(page).width * height) / size(page).height)
  const width = widths.reduce((sum, each) => sum + each, 0)
  let from = 0
  return {
    pages: shown.map((page, index) => {
      const w = (widths[index] ?? 0) / width
      const frame = { x: from, w }
      from += w
      return { page, frame }
    }),
    width,
    height,
  }
}

/** A box of a page as one of the sheet it lies on. */
export function onSheet(box: Box, { x, w }: Frame): Box {
  return { ...box, x: x + box.x * w, w: box.w * w }
}

/** Where a page lies on the stage, when the whole sheet lies there. */
export function framed<Rectangle extends { x: number; width: number }>(sheet: Rectangle, { x, w }: Frame): Rectangle {
  return { ...sheet, x: sheet.x + x * sheet.width, width: sheet.width * w }
}
