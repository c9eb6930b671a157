import type OpenSeadragon from 'openseadragon'
import type { PageView } from '../../electron/bridge/views.ts'
import { SmoothPicture } from './page-picture-source.ts'

type Picture = OpenSeadragon.TiledImage
type Placed = { x: number; y: number; width: number; degrees: number }

/** Pictures with more pixels are only loaded ahead, not decoded: each would hold 4 bytes a pixel. */
const MOST_PIXELS = 12_000_000

/**
 * Pictures of pages that may come next, on the canvas but not seen: loaded, decoded and reduced for the enlargement one
 * reads at, so that a page is turned in the next frame. The page one comes from is one of them.
 */
export function readyPictures() {
  const ready = new Map<string, Picture | undefined>()
  let wanted = new Set<string>()

  /** Has pictures prepared, and gives up those that are no longer likely; `placed`: where the next page will lie. */
  function prepare(canvas: OpenSeadragon.Viewer, pages: (PageView | undefined)[], placed: Placed): void {
    const urls = pages.flatMap((page) => (page?.image && page.width * page.height <= MOST_PIXELS ? [page.image] : []))
    wanted = new Set(urls)
    for (const [url, item] of ready) {
      if (wanted.has(url)) continue
      if (item) canvas.world.removeItem(item)
      ready.delete(url)
    }
    for (const url of wanted) if (!ready.has(url)) add(canvas, url, placed)
  }

  function add(canvas: OpenSeadragon.Viewer, url: string, placed: Placed): void {
    ready.set(url, undefined)
    canvas.addTiledImage({
      tileSource: new SmoothPicture({ url, buildPyramid: true, crossOriginPolicy: false }),
      ...placed,
      opacity: 0,
      preload: true,
      success: (event: unknown) => {
        const { item } = event as { item: Picture }
        // Shown or given up meanwhile.
        if (!ready.has(url) || ready.get(url)) canvas.world.removeItem(item)
        else {
          ready.set(url, item)
          // What is ready stays as it is: another enlargement of the page that is read is no reason to decode again.
          item.whenFullyLoaded(() => item.setPreload(false))
        }
      },
      error: () => ready.delete(url),
    })
  }

  /** The picture when it is ready in full: from now on it belongs to who shows it. */
  function take(url: string): Picture | undefined {
    const item = ready.get(url)
    if (!item?.getFullyLoaded()) return undefined
    ready.delete(url)
    return item
  }

  /** Takes in a picture that is no longer shown; false when nobody is likely to go back to it. */
  function keep(url: string, item: Picture): boolean {
    if (!wanted.has(url) || ready.get(url)) return false
    ready.set(url, item)
    item.setOpacity(0)
    return true
  }

  return { prepare, take, keep }
}

export type ReadyPictures = ReturnType<typeof readyPictures>
