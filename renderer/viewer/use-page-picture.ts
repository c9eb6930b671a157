import OpenSeadragon from 'openseadragon'
import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import type { PageView, TileSet } from '../../electron/bridge/views.ts'
import { placedPicture, type Turns } from './page-geometry.ts'

const LATEST_SWAP_MS = 1500

/** A picture whose reduced copies are made carefully: Song type has hairlines that a quick reduction breaks up. */
class SmoothPicture extends OpenSeadragon.ImageTileSource {
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
}

/** Where OpenSeadragon finds the tiles of a page. */
function tileSource(page: PageView, tiles: TileSet): OpenSeadragon.TileSource {
  const source = new OpenSeadragon.TileSource({
    width: page.width,
    height: page.height,
    tileSize: tiles.size,
    tileOverlap: tiles.overlap,
    minLevel: 0,
    maxLevel: tiles.levels.length - 1,
  })
  source.getTileUrl = (level, x, y) => {
    const { first, columns } = tiles.levels[level] ?? { first: 0, columns: 1 }
    return `${tiles.start}${first + y * columns + x}${tiles.end}`
  }
  return source
}

/**
 * Puts a page's picture on the canvas without a flash: the page before stays until the next one is drawn, first from
 * its thumbnail, then sharp. Neighbours are loaded ahead.
 */
export function usePagePicture(viewer: Ref<OpenSeadragon.Viewer | undefined>, turns: Ref<Turns>) {
  /** Id of the page whose picture could not be loaded. */
  const failed = ref('')
  const sharp = ref(false)
  const ahead = new Map<string, HTMLImageElement>()
  const waiting = shallowRef<PageView>()
  /** Picture of the page whose tiles lie over it. */
  let tiled = ''
  let turn = 0

  watch(viewer, () => {
    if (viewer.value && waiting.value) show(waiting.value)
  })

  watch(turns, () => {
    const { world } = viewer.value ?? {}
    const { x, y, width, degrees } = placed()
    for (let index = 0; index < (world?.getItemCount() ?? 0); index++) {
      const item = world?.getItemAt(index)
      item?.setWidth(width, true)
      item?.setPosition(new OpenSeadragon.Point(x, y), true)
      item?.setRotation(degrees, true)
    }
  })

  const placed = () => placedPicture(waiting.value ?? { width: 0, height: 0 }, turns.value)

  /** Shows a page's picture; nothing when it has none. The same page again gets only what it lacked. */
  function show(page: PageView): void {
    const isSame = waiting.value !== page && waiting.value?.image === page.image && sharp.value
    waiting.value = page
    const canvas = viewer.value
    if (!canvas) return
    if (isSame) return putTiles(canvas, page, turn)
    const mine = ++turn
    tiled = ''
    failed.value = ''
    sharp.value = false
    const { image, thumbnail } = page
    if (!image) {
      canvas.world.removeAll()
      return
    }
    const isLoaded = ahead.get(image)?.complete === true
    if (thumbnail && !isLoaded) put(canvas, thumbnail, mine, () => undefined)
    put(canvas, image, mine, (ok) => {
      sharp.value = ok
      if (!ok) failed.value = page.id
      else putTiles(canvas, page, mine)
    })
  }

  /** The tiles of a large page over its reduced picture, which stays: where a tile is not there yet, it is seen. */
  function putTiles(canvas: OpenSeadragon.Viewer, page: PageView, mine: number): void {
    if (!page.tiles?.made || !page.image || tiled === page.image) return
    tiled = page.image
    canvas.addTiledImage({
      tileSource: tileSource(page, page.tiles),
      ...placed(),
      success: (event: unknown) => {
        if (mine !== turn) canvas.world.removeItem((event as { item: OpenSeadragon.TiledImage }).item)
      },
    })
  }

  function put(canvas: OpenSeadragon.Viewer, url: string, mine: number, done: (ok: boolean) => void): void {
    canvas.addTiledImage({
      tileSource: new SmoothPicture({ url, buildPyramid: true, crossOriginPolicy: false }),
      ...placed(),
      success: (event: unknown) => {
        const item = (event as { item: OpenSeadragon.TiledImage }).item
        // A thumbnail that comes after the sharp picture, or a page that was left meanwhile.
        if (mine !== turn || (sharp.value && waiting.value?.image !== url)) {
          canvas.world.removeItem(item)
          return
        }
        done(true)
        whenDrawn(item, () => {
          if (mine === turn) removeBelow(canvas, item)
        })
      },
      error: () => {
        if (mine === turn) done(false)
      },
    })
  }

  /** Calls back in the frame after the picture is complete, and in any case after a while. */
  function whenDrawn(item: OpenSeadragon.TiledImage, then: () => void): void {
    let called = false
    const once = () => {
      if (called) return
      called = true
      requestAnimationFrame(() => requestAnimationFrame(then))
    }
    if (item.getFullyLoaded()) once()
    else item.addOnceHandler('fully-loaded-change', once)
    setTimeout(once, LATEST_SWAP_MS)
  }

  function removeBelow(canvas: OpenSeadragon.Viewer, top: OpenSeadragon.TiledImage): void {
    const index = canvas.world.getIndexOfItem(top)
    for (let below = index - 1; below >= 0; below--) canvas.world.removeItem(canvas.world.getItemAt(below))
  }

  /** Loads pages that are likely to come next; forgets those that no longer are. */
  function preload(pages: (PageView | undefined)[]): void {
    const urls = pages.flatMap((page) => (page?.image ? [page.image] : []))
    for (const url of ahead.keys()) if (!urls.includes(url)) ahead.delete(url)
    for (const url of urls) {
      if (ahead.has(url)) continue
      const picture = new Image()
      picture.src = url
      ahead.set(url, picture)
    }
  }

  onBeforeUnmount(() => {
    turn++
    ahead.clear()
  })

  return { failed, sharp, show, preload }
}
