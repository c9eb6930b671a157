import OpenSeadragon from 'openseadragon'
import type { PageView, TileSet } from '../../electron/bridge/views.ts'

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
 * than it needs; all the pixels are not: what is decoded for that stays in a cache of the browser's, up to half a
 * gigabyte of it, whatever we let go.
 */
async function finish(job: OpenSeadragon.ImageJob, image: HTMLImageElement, size: Size): Promise<void> {
  const { width, height } = size
  const context = canvasOf(size)
  if (!context) return job.fail('no canvas', null)
  // Song type has hairlines that a quick reduction breaks up.
  context.imageSmoothingQuality = 'medium'
  if (width === image.naturalWidth && height === image.naturalHeight) await drawWhole(context, image)
  else context.drawImage(image, 0, 0, width, height)
  job.finish(context, null, 'context2d')
}

async function drawWhole(context: CanvasRenderingContext2D, image: HTMLImageElement): Promise<void> {
  try {
    const bitmap = await createImageBitmap(image)
    context.drawImage(bitmap, 0, 0)
    bitmap.close()
  } catch {
    // A picture that is cut off is no bitmap; the element draws what there is of it.
    context.drawImage(image, 0, 0)
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
    if (size) void finish(job, this.image, size)
    else job.fail(`no level ${level}`, null)
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

function canvasOf(size: Size): CanvasRenderingContext2D | null {
  return Object.assign(document.createElement('canvas'), size).getContext('2d')
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
  source.downloadTileStart = (job) => {
    const image = new Image()
    job.userData = image
    image.onload = () => void finish(job, image, { width: image.naturalWidth, height: image.naturalHeight })
    image.onerror = () => job.fail(`not loaded: ${job.src}`, null)
    image.src = job.src
  }
  source.downloadTileAbort = ({ userData }) => {
    if (!(userData instanceof Image)) return
    userData.onload = userData.onerror = null
    userData.removeAttribute('src')
  }
  return source
}
