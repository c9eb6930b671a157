import OpenSeadragon from 'openseadragon'
import type { PageView, TileSet } from '../../electron/bridge/views.ts'
import type { TileLoading } from './tile-loading.ts'
import type { NumberedTiles } from './tiles-at-goal.ts'

/** Pixels that the longer side of a reduced picture has at least. */
const REDUCED_SIDE = 2400
/** Reduced copies with a longer side of fewer pixels are of no use: each costs the decoding of the whole picture. */
const LEAST_COPY = 1600

interface Size {
  width: number
  height: number
}

/**
 * Gives a tile its pixels, as a canvas of its own. A reduced copy is drawn from the picture element, which decodes no more
 * than it needs.
 */
function finishReduced(job: OpenSeadragon.ImageJob, image: HTMLImageElement, size: Size): void {
  const context = canvasOf(size)
  if (!context) return job.fail('no canvas', null)
  // Song type has hairlines that a quick reduction breaks up.
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, size.width, size.height)
  job.finish(context, null, 'context2d')
}

/** All the pixels, as a canvas of the tile's own; `instead` is called where there are none. Without a bitmap nobody waits. */
async function finishWhole(
  job: OpenSeadragon.ImageJob,
  picture: Promise<ImageBitmap | undefined>,
  instead: () => void,
): Promise<void> {
  try {
    const bitmap = await picture
    if (!bitmap) return
    const context = canvasOf(bitmap)
    context?.drawImage(bitmap, 0, 0)
    bitmap.close()
    if (context) job.finish(context, null, 'context2d')
    else job.fail('no canvas', null)
  } catch {
    instead()
  }
}

/** One picture and its reduced copies. */
export class SmoothPicture extends OpenSeadragon.ImageTileSource {
  /** Set by OpenSeadragon when the picture is loaded. */
  declare image: HTMLImageElement
  declare levels: Size[]

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    const { level } = job.postData as { level: number }
    const size = this.levels[level]
    if (!size) return job.fail(`no level ${level}`, null)
    const drawReduced = () => finishReduced(job, this.image, size)
    if (size.width !== this.image.naturalWidth || size.height !== this.image.naturalHeight) return drawReduced()
    // A picture that is cut off is no bitmap; the element draws what there is of it.
    void finishWhole(job, createImageBitmap(this.image), drawReduced)
  }

  /** What OpenSeadragon calls for the sizes it may draw, smallest first; it would go down to two pixels, and make them all. */
  _buildLevels({ naturalWidth, naturalHeight }: HTMLImageElement): Size[] {
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

function canvasOf({ width, height }: Size): CanvasRenderingContext2D | null {
  return Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
}

/** Where OpenSeadragon finds the tiles of a page. */
export function tileSource(page: PageView, tiles: TileSet, loading: TileLoading): NumberedTiles {
  const numberOf = (level: number, column: number, row: number): number => {
    const { first, columns } = tiles.levels[level] ?? { first: 0, columns: 1 }
    return first + row * columns + column
  }
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
  // By its URL OpenSeadragon knows a tile again; it is never loaded from there.
  source.getTileUrl = (level, x, y) => `tile:${tiles.key}/${numberOf(level, x, y)}`
  source.getTilePostData = (level, x, y) => ({ tile: numberOf(level, x, y) })
  source.downloadTileStart = (job) => {
    const fail = () => job.fail(`not loaded: ${job.src}`, null)
    void finishWhole(job, loading.take(tileOf(job)), fail)
  }
  source.downloadTileAbort = (job) => loading.forget(tileOf(job))
  return Object.assign(source, { numberOf })
}

/** The number of a tile that `tileSource` gave. */
export const tileOf = ({ postData }: { postData: unknown }): number => (postData as { tile: number }).tile
