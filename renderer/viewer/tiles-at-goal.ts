import OpenSeadragon from 'openseadragon'
import type { Frame } from './page-spread.ts'

/** Tiles that have a number. */
export type NumberedTiles = OpenSeadragon.TileSource & {
  numberOf: (level: number, column: number, row: number) => number
}

/**
 * Numbers of the tiles that will be drawn when the movement under way has come to its end, those in the middle first.
 * `frame`: where the page lies on the sheet; `ratio`: pixels of the screen that one of a tile fills at least.
 */
export function tilesAtGoal(
  viewport: OpenSeadragon.Viewport,
  source: NumberedTiles,
  frame: Frame,
  ratio: number,
): number[] {
  const { maxLevel, minLevel } = source
  const across = viewport.getContainerSize().x * viewport.getZoom(false) * frame.w
  const shown = (at: number) => across / (source.dimensions.x * source.getLevelScale(at))
  let level = maxLevel
  while (level > minLevel && shown(level) < ratio) level -= 1
  const { x, y, width, height } = viewport.getBounds(false)
  const bottom = 1 / source.aspectRatio
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most * 0.999999)
  const pointAt = (right: number, down: number) =>
    new OpenSeadragon.Point(inside((right - frame.x) / frame.w, 1), inside(down / frame.w, bottom))
  const first = source.getTileAtPoint(level, pointAt(x, y))
  const last = source.getTileAtPoint(level, pointAt(x + width, y + height))
  const middle = { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 }
  const tiles: { tile: number; distance: number }[] = []
  for (let column = first.x; column <= last.x; column += 1) {
    for (let row = first.y; row <= last.y; row += 1) {
      const distance = Math.hypot(column - middle.x, row - middle.y)
      tiles.push({ tile: source.numberOf(level, column, row), distance })
    }
  }
  return tiles.sort((one, other) => one.distance - other.distance).map(({ tile }) => tile)
}
