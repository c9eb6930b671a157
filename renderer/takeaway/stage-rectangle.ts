/** A rectangle on the stage, in CSS pixels from its top left. */
export interface StageRectangle {
  left: number
  top: number
  width: number
  height: number
}

/** Which of its sides a hold moves: `n`, `se` …; `move` moves all of it. */
export type Hold = 'n' | 'e' | 's' | 'w' | 'ne' | 'se' | 'sw' | 'nw' | 'move'

const least = 12

/** The rectangle between two points. */
export function spanned(from: { x: number; y: number }, to: { x: number; y: number }): StageRectangle {
  const left = Math.min(from.x, to.x)
  const top = Math.min(from.y, to.y)
  return { left, top, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }
}

/** Moves a rectangle, or the sides that are held, by so many pixels; it stays on the stage and keeps its sides apart. */
export function moved(
  rectangle: StageRectangle,
  hold: Hold,
  dx: number,
  dy: number,
  stage: { width: number; height: number },
): StageRectangle {
  const { left, top, width, height } = rectangle
  if (hold === 'move') {
    return {
      ...rectangle,
      left: clamp(left + dx, 0, Math.max(stage.width - width, 0)),
      top: clamp(top + dy, 0, Math.max(stage.height - height, 0)),
    }
  }
  const right = left + width
  const bottom = top + height
  const side = (held: string, now: number, by: number, low: number, high: number) =>
    hold.includes(held) ? clamp(now + by, low, high) : now
  const nextLeft = side('w', left, dx, 0, right - least)
  const nextTop = side('n', top, dy, 0, bottom - least)
  const nextRight = side('e', right, dx, nextLeft + least, stage.width)
  const nextBottom = side('s', bottom, dy, nextTop + least, stage.height)
  return { left: nextLeft, top: nextTop, width: nextRight - nextLeft, height: nextBottom - nextTop }
}

/** Large enough to be meant. */
export const isMeant = ({ width, height }: StageRectangle) => width >= least && height >= least

/** Where a choice by keys begins: the middle of the stage. */
export function inTheMiddle({ width, height }: { width: number; height: number }): StageRectangle {
  return { left: width * 0.25, top: height * 0.25, width: width * 0.5, height: height * 0.5 }
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
