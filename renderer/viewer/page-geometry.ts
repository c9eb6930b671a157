import type { Box, Point } from '../../archive/model.ts'

/**
 * The arithmetic of looking at a page, without a viewer: one unit is the width of the page, so a view survives the
 * change from one page to the next whatever their pictures measure.
 */

/** The part of the desk that is seen: page widths from the page's top left; may reach beyond the page. */
export type View = Box

/** The window the page is looked at through. */
export interface Stage {
  /** CSS pixels. */
  width: number
  height: number
  /** Height of the page over its width. */
  aspect: number
  /** Pixels across the page's picture: what 100 % means. */
  imageWidth: number
  /** Desk left free around the page, in CSS pixels. */
  margin: number
}

export type Fit = 'page' | 'width' | 'actual'

const HIGHEST_ENLARGEMENT = 4
const CENTRE = { x: 0.5, y: 0.5 }

/** CSS pixels a page width takes up in a view. */
export function magnification(view: View, stage: Stage): number {
  return stage.width / view.w
}

/** Enlargement in percent: 100 is one picture pixel a CSS pixel. */
export function percentOf(view: View, stage: Stage): number {
  return (100 * magnification(view, stage)) / stage.imageWidth
}

/** The least and the greatest magnification: from the whole page to four times the picture's pixels. */
export function limits(stage: Stage): { least: number; greatest: number } {
  const least = Math.min(inner(stage.width, stage), inner(stage.height, stage) / stage.aspect)
  return { least, greatest: Math.max(HIGHEST_ENLARGEMENT * stage.imageWidth, 2 * least) }
}

function inner(length: number, stage: Stage): number {
  return Math.max(length - 2 * stage.margin, 1)
}

/** The view that a fit asks for. `near` is where one is now: 1:1 stays there, the width keeps its height. */
export function fitted(fit: Fit, stage: Stage, near?: View): View {
  const { least } = limits(stage)
  if (fit === 'page') return magnified(whole(stage, least), stage, least)
  const wanted = fit === 'width' ? inner(stage.width, stage) : stage.imageWidth
  if (near) return magnified(near, stage, wanted)
  const view = magnified(whole(stage, least), stage, wanted)
  return clamped({ ...view, y: -stage.margin / wanted }, stage)
}

function whole(stage: Stage, least: number): View {
  const w = stage.width / least
  const h = stage.height / least
  return { x: (1 - w) / 2, y: (stage.aspect - h) / 2, w, h }
}

/** Enlarges or reduces to a magnification; the point at `anchor` (fractions of the stage) stays where it is. */
export function magnified(view: View, stage: Stage, wanted: number, anchor = CENTRE): View {
  const { least, greatest } = limits(stage)
  const scale = Math.min(Math.max(wanted, least), greatest)
  const w = stage.width / scale
  const h = stage.height / scale
  return clamped(
    { x: view.x + view.w * anchor.x - w * anchor.x, y: view.y + view.h * anchor.y - h * anchor.y, w, h },
    stage,
  )
}

/** Moves by CSS pixels, as far as there is page. */
export function panned(view: View, stage: Stage, dx: number, dy: number): View {
  const scale = magnification(view, stage)
  return clamped({ ...view, x: view.x + dx / scale, y: view.y + dy / scale }, stage)
}

/** Keeps the page in sight: centred where it is smaller than the stage, else never further than the margin. */
export function clamped(view: View, stage: Stage): View {
  const margin = stage.margin / magnification(view, stage)
  return {
    ...view,
    x: clampedAxis(view.x, view.w, 1, margin),
    y: clampedAxis(view.y, view.h, stage.aspect, margin),
  }
}

function clampedAxis(start: number, seen: number, length: number, margin: number): number {
  if (seen >= length + 2 * margin) return (length - seen) / 2
  return Math.min(Math.max(start, -margin), length + margin - seen)
}

/** How far the page reaches beyond the stage on each side, in CSS pixels; 0 or less: nothing left to scroll. */
export function hiddenBeyond(view: View, stage: Stage): { left: number; right: number; top: number; bottom: number } {
  const scale = magnification(view, stage)
  const room = clamped({ ...view, x: Infinity, y: Infinity }, stage)
  const start = clamped({ ...view, x: -Infinity, y: -Infinity }, stage)
  return {
    left: (view.x - start.x) * scale,
    right: (room.x - view.x) * scale,
    top: (view.y - start.y) * scale,
    bottom: (room.y - view.y) * scale,
  }
}

/** The nearest view that shows a box of the page (fractions) with some room around it, at the same magnification. */
export function revealing(view: View, stage: Stage, box: Box, room = 48): View {
  const gap = room / magnification(view, stage)
  const x = nearest(view.x, view.w, box.x, box.w, gap)
  const y = nearest(view.y, view.h, box.y * stage.aspect, box.h * stage.aspect, gap)
  return x === view.x && y === view.y ? view : clamped({ ...view, x, y }, stage)
}

/** True when any of a box of the page (fractions) is in sight. */
export function inSight(view: View, stage: Stage, box: Box): boolean {
  const top = box.y * stage.aspect
  const bottom = (box.y + box.h) * stage.aspect
  return box.x < view.x + view.w && box.x + box.w > view.x && top < view.y + view.h && bottom > view.y
}

function nearest(start: number, seen: number, from: number, length: number, gap: number): number {
  if (length + 2 * gap > seen) return from - gap
  if (from - gap < start) return from - gap
  if (from + length + gap > start + seen) return from + length + gap - seen
  return start
}

/** Where the slider stands, 0–100, for a magnification: equal steps enlarge by equal factors. */
export function sliderOf(view: View, stage: Stage): number {
  const { least, greatest } = limits(stage)
  const part = Math.log(magnification(view, stage) / least) / Math.log(greatest / least)
  return Math.round(1000 * Math.min(Math.max(part, 0), 1)) / 10
}

/** The magnification that a place of the slider stands for. */
export function magnificationAt(slider: number, stage: Stage): number {
  const { least, greatest } = limits(stage)
  return least * (greatest / least) ** (slider / 100)
}

/** A view as fractions of the page, for links: `0.1,0.2,0.5,0.4`. */
export function viewText(view: View, stage: Stage): string {
  return [view.x, view.y / stage.aspect, view.w, view.h / stage.aspect].map((value) => value.toFixed(4)).join(',')
}

/** The view that a link names, made to fit this stage; undefined when the text is not one. */
export function viewFrom(text: string, stage: Stage): View | undefined {
  const numbers = text.split(',').map(Number)
  const [x, y, w, h] = numbers
  if (x === undefined || y === undefined || w === undefined || h === undefined || numbers.length !== 4) return undefined
  if (!numbers.every(Number.isFinite) || w <= 0 || h <= 0) return undefined
  const asked: View = { x, y: y * stage.aspect, w, h: h * stage.aspect }
  const scale = Math.min(stage.width / asked.w, stage.height / asked.h)
  const centred = {
    x: asked.x + (asked.w - stage.width / scale) / 2,
    y: asked.y + (asked.h - stage.height / scale) / 2,
    w: stage.width / scale,
    h: stage.height / scale,
  }
  return magnified(centred, stage, scale)
}

/** Where the page lies on the stage, in CSS pixels. */
export function pageOnStage(view: View, stage: Stage): { x: number; y: number; width: number; height: number } {
  const scale = magnification(view, stage)
  return { x: -view.x * scale, y: -view.y * scale, width: scale, height: scale * stage.aspect }
}

/** True when two views look the same on the screen. */
export function sameView(one: View, other: View): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.0005 * one.w
  return near(one.x, other.x) && near(one.y, other.y) && near(one.w, other.w)
}

/** Quarter turns of the page, clockwise. */
export type Turns = 0 | 1 | 2 | 3

/** So many quarter turns further. */
export function turnedBy(turns: Turns, step: number): Turns {
  return ((((turns + step) % 4) + 4) % 4) as Turns
}

/** Where a point of the page (fractions) lies on the page as it is turned. */
export function turnedPoint([x, y]: Point, turns: Turns): Point {
  if (turns === 1) return [1 - y, x]
  if (turns === 2) return [1 - x, 1 - y]
  return turns === 3 ? [y, 1 - x] : [x, y]
}

/** Where a box of the page (fractions) lies on the page as it is turned. */
export function turnedBox({ x, y, w, h }: Box, turns: Turns): Box {
  const [fromX, fromY] = turnedPoint([x, y], turns)
  const [toX, toY] = turnedPoint([x + w, y + h], turns)
  return { x: Math.min(fromX, toX), y: Math.min(fromY, toY), w: Math.abs(toX - fromX), h: Math.abs(toY - fromY) }
}

/** Where a picture is put so that it fills the turned page: a viewer turns it about its own middle. */
export function placedPicture(
  { width, height }: { width: number; height: number },
  turns: Turns,
): { x: number; y: number; width: number; degrees: number } {
  const degrees = 90 * turns
  if (turns % 2 === 0 || width <= 0 || height <= 0) return { x: 0, y: 0, width: 1, degrees }
  const across = width / height
  return { x: (1 - across) / 2, y: (across - 1) / 2, width: across, degrees }
}

/** The SVG matrix that lays fractions of the page over the turned page on the stage. */
export function pageMatrix(sheet: { x: number; y: number; width: number; height: number }, turns: Turns): string {
  const at = (point: Point): Point => {
    const [x, y] = turnedPoint(point, turns)
    return [sheet.x + x * sheet.width, sheet.y + y * sheet.height]
  }
  const [originX, originY] = at([0, 0])
  const [rightX, rightY] = at([1, 0])
  const [downX, downY] = at([0, 1])
  const numbers = [rightX - originX, rightY - originY, downX - originX, downY - originY, originX, originY]
  return `matrix(${numbers.join(' ')})`
}
