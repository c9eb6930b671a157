/** The way lines run on the page as it is shown: to the right, down, to the left, up. */
export type Turn = 'upright' | 'down' | 'upside-down' | 'up'

/** Points from the top left. */
export interface Rectangle {
  l: number
  t: number
  r: number
  b: number
}

/** Points. */
export interface PageSize {
  width: number
  height: number
}

/** A rectangle of the page as shown, on the page turned so that these lines run to the right. */
export function upright({ l, t, r, b }: Rectangle, turn: Turn, { width, height }: PageSize): Rectangle {
  if (turn === 'down') return { l: t, t: width - r, r: b, b: width - l }
  if (turn === 'up') return { l: height - b, t: l, r: height - t, b: r }
  if (turn === 'upside-down') return { l: width - r, t: height - b, r: width - l, b: height - t }
  return { l, t, r, b }
}

/** The way back from `upright`. `size`: of the page as shown. */
export function asShown({ l, t, r, b }: Rectangle, turn: Turn, { width, height }: PageSize): Rectangle {
  if (turn === 'down') return { l: width - b, t: l, r: width - t, b: r }
  if (turn === 'up') return { l: t, t: height - r, r: b, b: height - l }
  if (turn === 'upside-down') return { l: width - r, t: height - b, r: width - l, b: height - t }
  return { l, t, r, b }
}
