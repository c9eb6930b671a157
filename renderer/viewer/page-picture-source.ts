import OpenSeadragon from 'openseadragon'
import type { PageView, TileSet } from '../../electron/bridge/views.ts'

/** Pixels that the longer side of a reduced picture has at least. */
const REDUCED_SIDE = 2400
/** Reduced copies with a longer side of fewer pixels are of no use: each costs the decoding of the whole picture. */
const LEAST_COPY = 1000

/** A picture whose reduced copies are made carefully: Song type has hairlines that a quick reduction breaks up. */
export class SmoothPicture extends OpenSeadragon.ImageTileSource {
  /** What OpenSeadragon calls for each reduced copy. */
  _createContext2D(data: CanvasImageSource, width: number, height: number): CanvasRenderingContext2D | null {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    if (context) context.imageSmoothingQuality = 'medium'
    context?.drawImage(data, 0, 0, width, height)
    return context
  }

  /** What OpenSeadragon calls for the sizes it may draw, smallest first; it would go down to two pixels, and make them all. */
  _buildLevels({ naturalWidth, naturalHeight }: HTMLImageElement): { width: number; height: number }[] {
    const levels = [{ width: naturalWidth, height: naturalHeight }]
    let [width, height] = [naturalWidth, naturalHeight]
    while (Math.max(width, height) >= 2 * LEAST_COPY) {
      width = Math.floor(width / 2)
      height = Math.floor(height / 2)
      levels.unshift({ width, height })
    }
    return levels
  }
}

/** Where OpenSeadragon finds the tiles of a page. */
export function tileSource(page: PageView, tiles: TileSet): OpenSeadragon.TileSource {
  const source = new OpenSeadragon.TileSource({
    width: page.width,
    height: page.height,
    tileSize: tiles.size,
    tileOverlap: tiles.overlap,
    // The reduced picture below shows what smaller levels would.
    minLevel: Math.max(
      0,
      tiles.levels.findIndex(({ columns, rows }) => Math.max(columns, rows) * tiles.size > REDUCED_SIDE),
    ),
    maxLevel: tiles.levels.length - 1,
  })
  source.getTileUrl = (level, x, y) => {
    const { first, columns } = tiles.levels[level] ?? { first: 0, columns: 1 }
    return `${tiles.start}${first + y * columns + x}${tiles.end}`
  }
  return source
}
