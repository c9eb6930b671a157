import OpenSeadragon from 'openseadragon'
import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import type { PageView } from '../../electron/bridge/views.ts'
import { expectFirstSight } from '../shared/first-sight.ts'
import { placedPicture, type Turns } from './page-geometry.ts'
import { SmoothPicture, tileOf, tileSource } from './page-picture-source.ts'
import { wholeFrame, type Frame } from './page-spread.ts'
import { readyPictures, type ReadyPictures } from './ready-pictures.ts'
import { tileLoading, type ReadTiles, type TileLoading } from './tile-loading.ts'
import { tilesAtGoal, type NumberedTiles } from './tiles-at-goal.ts'

const LATEST_SWAP_MS = 1500
/** Pages that may come next wait until the one that is read has come to rest: decoding them holds up a frame. */
const READY_AFTER_MS = 150
/** Tiles are loaded of the level next above what the screen can show, and no finer. */
const TILE_RATIO = 0.5

/**
 * Puts a page's picture on the canvas without a flash: the page before stays until the next one is drawn. What the canvas
 * still has to load and to draw is seen before as an element of its own (`PageFirstSight`), which the browser decodes
 * beside the interface. Pages of a spread have one each on the same canvas.
 */
export function usePagePicture(
  viewer: Ref<OpenSeadragon.Viewer | undefined>,
  turns: Ref<Turns>,
  /** How the tiles of a page are read, of the issue that is shown now. */
  tilesOf: (page: PageView) => ReadTiles,
  ready: ReadyPictures = readyPictures(),
) {
  /** Id of the page whose picture could not be loaded. */
  const failed = ref('')
  const sharp = ref(false)
  const waiting = shallowRef<PageView>()
  /** The page that is seen as an element until the canvas has drawn it. */
  const firstSight = shallowRef<PageView>()
  let firstSeen: (() => void) | undefined
  let frame = wholeFrame
  /** What this picture has on the canvas, oldest first. */
  let own: OpenSeadragon.TiledImage[] = []
  /** Picture of the page whose tiles lie over it. */
  let tiled = ''
  let sharpOver: OpenSeadragon.TiledImage | undefined
  let tiles: { source: NumberedTiles; loading: TileLoading } | undefined
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
    if (opacity === 1) queueMicrotask(expectTiles)
  }

  /** The canvas would ask for the tiles of every step of a movement in turn, and for the last ones late. */
  function expectTiles(): void {
    if (!viewer.value || !tiles || turns.value !== 0) return
    const { viewport } = viewer.value
    const moves = viewport.getZoom(true) !== viewport.getZoom(false)
    if (moves) tiles.loading.expect(tilesAtGoal(viewport, tiles.source, frame, TILE_RATIO))
  }

  watch(viewer, (canvas) => {
    for (const event of ['zoom', 'animation-finish', 'resize'] as const) canvas?.addHandler(event, showTilesWhereNeeded)
    canvas?.addHandler('tile-unloaded', ({ tile, tiledImage }) => {
      if (tiledImage === sharpOver) tiles?.loading.unloaded(tileOf(tile))
    })
    if (viewer.value && waiting.value) show(waiting.value, frame)
  })

  watch(turns, () => {
    placeAgain()
    firstSeen?.()
  })

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
    if (!canvas) {
      if (page?.image && turns.value === 0) expectFirstSight(page.image)
      return
    }
    if (isMoved) placeAgain()
    if (isSame) return putTiles(canvas, page, turn)
    const mine = ++turn
    tiled = ''
    sharpOver = undefined
    tiles?.loading.stop()
    tiles = undefined
    failed.value = ''
    sharp.value = false
    const seenAlready = firstSight.value?.image
    firstSight.value = firstSeen = undefined
    if (!page?.image) return removeBefore(canvas)
    const { image } = page
    const prepared = ready.take(image) ?? stillThere(image)
    if (prepared) return putPrepared(canvas, prepared, page, mine)
    const draw = () =>
      put(canvas, image, mine, (ok) => {
        sharp.value = ok
        if (!ok) failed.value = page.id
        else putTiles(canvas, page, mine)
      })
    // A turned page is drawn by the canvas alone.
    if (turns.value !== 0) return draw()
    firstSight.value = page
    if (image === seenAlready) return draw()
    // Sooner than its place is put up.
    expectFirstSight(image)
    const once = () => {
      if (firstSeen !== once) return
      firstSeen = undefined
      draw()
    }
    firstSeen = once
    setTimeout(once, LATEST_SWAP_MS)
  }

  /** The element has the picture of a page, or will never have it: the canvas draws it once it has been seen. */
  function seenFirst(page: PageView): void {
    const then = page === firstSight.value ? firstSeen : undefined
    if (then) requestAnimationFrame(() => requestAnimationFrame(then))
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
    const loading = tileLoading(tilesOf(page))
    const source = tileSource(page, page.tiles, loading)
    canvas.addTiledImage({
      tileSource: source,
      ...placed(),
      success: (event: unknown) => {
        const { item } = event as { item: OpenSeadragon.TiledImage }
        if (mine !== turn) return canvas.world.removeItem(item)
        // Missing in the type declarations; documented among the options of a TiledImage.
        Object.assign(item, { minPixelRatio: TILE_RATIO })
        own.push(item)
        sharpOver = item
        tiles = { source, loading }
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
        // A page that was left meanwhile.
        if (mine !== turn) return canvas.world.removeItem(item)
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

  /** Takes away what came before one picture, and what was seen instead of it; without one, all. */
  function removeBefore(canvas: OpenSeadragon.Viewer, item?: OpenSeadragon.TiledImage): void {
    firstSight.value = undefined
    const index = item ? own.indexOf(item) : own.length
    for (const before of own.slice(0, Math.max(index, 0))) {
      const { url } = before.source
      if (!url || !ready.keep(url, before)) canvas.world.removeItem(before)
    }
    own = own.slice(Math.max(index, 0))
  }

  onBeforeUnmount(() => {
    turn++
    // Nothing is drawn any more of what was still to be seen first, and no tile is waited for.
    firstSeen = undefined
    tiles?.loading.stop()
    clearTimeout(preparing)
  })

  return { failed, sharp, show, prepare, firstSight, seenFirst }
}

const ahead = new Map<string, HTMLImageElement>()

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
