import OpenSeadragon from 'openseadragon'
import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import type { PageView } from '../../electron/bridge/views.ts'
import { placedPicture, type Turns } from './page-geometry.ts'
import { SmoothPicture, tileSource } from './page-picture-source.ts'
import { wholeFrame, type Frame } from './page-spread.ts'
import { readyPictures, type ReadyPictures } from './ready-pictures.ts'

const LATEST_SWAP_MS = 1500
/** Pages that may come next wait until the one that is read has come to rest: decoding them holds up a frame. */
const READY_AFTER_MS = 150
/** Tiles are loaded of the level next above what the screen can show, and no finer. */
const TILE_RATIO = 0.5

/**
 * Puts a page's picture on the canvas without a flash: the page before stays until the next one is drawn, first from
 * its thumbnail, then sharp. Pages of a spread have one each on the same canvas.
 */
export function usePagePicture(
  viewer: Ref<OpenSeadragon.Viewer | undefined>,
  turns: Ref<Turns>,
  ready: ReadyPictures = readyPictures(),
) {
  /** Id of the page whose picture could not be loaded. */
  const failed = ref('')
  const sharp = ref(false)
  const waiting = shallowRef<PageView>()
  let frame = wholeFrame
  /** What this picture has on the canvas, oldest first. */
  let own: OpenSeadragon.TiledImage[] = []
  /** Picture of the page whose tiles lie over it. */
  let tiled = ''
  let sharpOver: OpenSeadragon.TiledImage | undefined
  let turn = 0
  let preparing: ReturnType<typeof setTimeout> | undefined

  /**
   * Where the reduced picture has all the pixels the screen can show, tiles would only cost: they are neither drawn nor
   * loaded. They begin to load when a movement begins that leads beyond that.
   */
  function showTilesWhereNeeded(): void {
    const [canvas, reduced] = [viewer.value, own.find((item) => item !== sharpOver)]
    if (!canvas || !sharpOver || !reduced || !own.includes(sharpOver)) return
    const { viewport } = canvas
    const nearest = Math.max(viewport.getZoom(false), viewport.getZoom(true))
    const shown = nearest * viewport.getContainerSize().x * frame.w * window.devicePixelRatio
    const opacity = shown > reduced.getContentSize().x ? 1 : 0
    if (sharpOver.getOpacity() !== opacity) sharpOver.setOpacity(opacity)
  }

  watch(viewer, (canvas) => {
    for (const event of ['zoom', 'animation-finish', 'resize'] as const) canvas?.addHandler(event, showTilesWhereNeeded)
    if (viewer.value && waiting.value) show(waiting.value, frame)
  })

  watch(turns, placeAgain)

  function placeAgain(): void {
    const { x, y, width, degrees } = placed()
    for (const item of own) {
      item.setWidth(width, true)
      item.setPosition(new OpenSeadragon.Point(x, y), true)
      item.setRotation(degrees, true)
    }
  }

  function placed(): { x: number; y: number; width: number; degrees: number } {
    const { x, y, width, degrees } = placedPicture(waiting.value ?? { width: 0, height: 0 }, turns.value)
    // Pages beside each other are not turned.
    return frame.w === 1 ? { x, y, width, degrees } : { x: frame.x, y: 0, width: frame.w, degrees: 0 }
  }

  /** Shows a page's picture; nothing when it has none. The same page again gets only what it lacked. */
  function show(page: PageView | undefined, at: Frame = wholeFrame): void {
    const isSame = page !== undefined && waiting.value?.image === page.image && sharp.value
    const isMoved = at.x !== frame.x || at.w !== frame.w
    waiting.value = page
    frame = at
    const canvas = viewer.value
    if (!canvas) return
    if (isMoved) placeAgain()
    if (isSame) return putTiles(canvas, page, turn)
    const mine = ++turn
    tiled = ''
    sharpOver = undefined
    failed.value = ''
    sharp.value = false
    if (!page?.image) return removeBefore(canvas)
    const { image, thumbnail } = page
    const prepared = ready.take(image) ?? stillThere(image)
    if (prepared) return putPrepared(canvas, prepared, page, mine)
    // What was loaded ahead is there in a moment; a thumbnail before it would only be a flash.
    if (thumbnail && !isLoaded(image)) put(canvas, thumbnail, mine, () => undefined)
    put(canvas, image, mine, (ok) => {
      sharp.value = ok
      if (!ok) failed.value = page.id
      else putTiles(canvas, page, mine)
    })
  }

  /** The picture of a page that was left a moment ago, before it was taken away. */
  function stillThere(url: string): OpenSeadragon.TiledImage | undefined {
    const item = own.find(({ source }) => source.url === url)
    if (!item?.getFullyLoaded()) return undefined
    own = own.filter((each) => each !== item)
    return item
  }

  /** A picture that waited on the canvas comes to the top: it is seen in the next frame. */
  function putPrepared(
    canvas: OpenSeadragon.Viewer,
    item: OpenSeadragon.TiledImage,
    page: PageView,
    mine: number,
  ): void {
    own.push(item)
    canvas.world.setItemIndex(item, canvas.world.getItemCount() - 1)
    placeAgain()
    item.setOpacity(1)
    sharp.value = true
    putTiles(canvas, page, mine)
    const swap = () => {
      if (mine === turn) removeBefore(canvas, item)
    }
    // What the cache gave up meanwhile is loaded again, as OpenSeadragon sees when it draws.
    requestAnimationFrame(() => requestAnimationFrame(() => whenDrawn(item, swap)))
  }

  /** Has pages prepared that may come next, once this one is at rest. */
  function prepare(pages: (PageView | undefined)[]): void {
    clearTimeout(preparing)
    preparing = setTimeout(() => {
      if (viewer.value) ready.prepare(viewer.value, pages, placed())
    }, READY_AFTER_MS)
  }

  /** The tiles of a large page over its reduced picture, which stays: where a tile is not there yet, it is seen. */
  function putTiles(canvas: OpenSeadragon.Viewer, page: PageView, mine: number): void {
    if (!page.tiles?.made || !page.image || tiled === page.image) return
    tiled = page.image
    canvas.addTiledImage({
      tileSource: tileSource(page, page.tiles),
      ...placed(),
      success: (event: unknown) => {
        const { item } = event as { item: OpenSeadragon.TiledImage }
        if (mine !== turn) return canvas.world.removeItem(item)
        // Missing in the type declarations; documented among the options of a TiledImage.
        Object.assign(item, { minPixelRatio: TILE_RATIO })
        own.push(item)
        sharpOver = item
        showTilesWhereNeeded()
      },
    })
  }

  function put(canvas: OpenSeadragon.Viewer, url: string, mine: number, done: (ok: boolean) => void): void {
    canvas.addTiledImage({
      tileSource: new SmoothPicture({ url, buildPyramid: true, crossOriginPolicy: false }),
      ...placed(),
      success: (event: unknown) => {
        const { item } = event as { item: OpenSeadragon.TiledImage }
        // A thumbnail that comes after the sharp picture, or a page that was left meanwhile.
        if (mine !== turn || (sharp.value && waiting.value?.image !== url)) {
          canvas.world.removeItem(item)
          return
        }
        own.push(item)
        done(true)
        whenDrawn(item, () => {
          if (mine === turn) removeBefore(canvas, item)
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

  /** Takes away what came before one picture; without one, all. */
  function removeBefore(canvas: OpenSeadragon.Viewer, item?: OpenSeadragon.TiledImage): void {
    const index = item ? own.indexOf(item) : own.length
    for (const before of own.slice(0, Math.max(index, 0))) {
      const { url } = before.source
      if (!url || !ready.keep(url, before)) canvas.world.removeItem(before)
    }
    own = own.slice(Math.max(index, 0))
  }

  onBeforeUnmount(() => {
    turn++
    clearTimeout(preparing)
  })

  return { failed, sharp, show, prepare }
}

const ahead = new Map<string, HTMLImageElement>()

const isLoaded = (url: string) => ahead.get(url)?.complete === true

/** Loads pages that are likely to come next; forgets those that no longer are. */
export function preloadPictures(pages: (Pick<PageView, 'image'> | undefined)[]): void {
  const urls = pages.flatMap((page) => (page?.image ? [page.image] : []))
  for (const url of ahead.keys()) if (!urls.includes(url)) ahead.delete(url)
  for (const url of urls) {
    if (ahead.has(url)) continue
    const picture = new Image()
    picture.src = url
    ahead.set(url, picture)
  }
}
