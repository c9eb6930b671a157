import OpenSeadragon from 'openseadragon'
import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import {
  clamped,
  fitted,
  hiddenBeyond,
  inSight,
  limits,
  magnification,
  magnificationAt,
  magnified,
  pageOnStage,
  panned,
  percentOf,
  revealing,
  sameView,
  sliderOf,
  turnedBox,
  turnedBy,
  turnedPoint,
  viewFrom,
  viewText,
  type Fit,
  type Stage,
  type Turns,
  type View,
} from './page-geometry.ts'
import { framed, onSheet, wholeFrame, type Frame } from './page-spread.ts'
import type { Box } from '../../archive/model.ts'

/** What is looked at: its proportions and how many pixels make 100 %. */
export interface PageShape {
  width: number
  height: number
}

/** Where a canvas went: a part of its page, whose height is `aspect` widths. */
export interface Movement {
  view: View
  aspect: number
  now: boolean
  as: Fit | undefined
}

export type PageCanvas = ReturnType<typeof usePageCanvas>

const ZOOM_STEP = 1.25
const SETTLED_MS = 350
/** How much of the stage a hit fills that is shown near, and how many CSS pixels then are one of the picture. */
const FILLED = 0.85
const NEAREST = 1
const UNKNOWN: PageShape = { width: 1000, height: 1414 }

/**
 * The page on its desk: one OpenSeadragon viewer that only draws and animates. Where one may look is decided by
 * page-geometry.ts, for mouse, keys and touch alike.
 */
export function usePageCanvas(preferredFit: () => Fit) {
  const viewer = shallowRef<OpenSeadragon.Viewer>()
  /** What is seen in this frame, and what the movement under way leads to. */
  const view = shallowRef<View>({ x: 0, y: 0, w: 1, h: 1 })
  const goal = shallowRef<View>(view.value)
  const fit = ref<Fit | undefined>(preferredFit())
  const picture = shallowRef<PageShape>(UNKNOWN)
  const turns = ref<Turns>(0)
  const shape = computed<PageShape>(() => {
    const { width, height } = picture.value
    return turns.value % 2 === 0 ? { width, height } : { width: height, height: width }
  })
  const size = shallowRef({ width: 1, height: 1 })
  /** Where the page lies on the sheet: beside another one it is a part of it. */
  const frame = shallowRef<Frame>(wholeFrame)
  /** The last movement of a hand, for a canvas that goes along. */
  const moved = shallowRef<Movement>()
  /** Counts the times a movement has come to rest. */
  const rests = ref(0)
  let settling: ReturnType<typeof setTimeout> | undefined
  let resizing: ResizeObserver | undefined

  const stage = computed<Stage>(() => ({
    ...size.value,
    aspect: shape.value.height / shape.value.width,
    imageWidth: shape.value.width,
    margin: size.value.width < 640 ? 8 : 24,
  }))
  const sheet = computed(() => pageOnStage(view.value, stage.value))
  const page = computed(() => framed(sheet.value, frame.value))
  const percent = computed(() => Math.round(percentOf(goal.value, stage.value)))
  const slider = computed(() => sliderOf(goal.value, stage.value))
  const atLeast = computed(() => magnification(goal.value, stage.value) <= limits(stage.value).least * 1.001)
  const atGreatest = computed(() => magnification(goal.value, stage.value) >= limits(stage.value).greatest * 0.999)
  const hidden = computed(() => hiddenBeyond(goal.value, stage.value))

  onBeforeUnmount(() => {
    clearTimeout(settling)
    resizing?.disconnect()
    viewer.value?.destroy()
    viewer.value = undefined
  })

  /** Begins to draw inside an element. */
  function attach(element: HTMLElement): void {
    forbidOwnStyle()
    const made = OpenSeadragon({
      element,
      // `auto` picks WebGL on machines without a graphics card, ten times slower there.
      drawer: 'canvas',
      maxTilesPerFrame: 8,
      // Tiles of the steps of a movement must not keep those it leads to waiting, which are there by then.
      imageLoaderLimit: 32,
      // A screen needs some thirty tiles of a megabyte each; these are for coming back.
      maxImageCacheCount: 64,
      showNavigationControl: false,
      showNavigator: false,
      crossOriginPolicy: false,
      loadTilesWithAjax: false,
      imageSmoothingEnabled: true,
      immediateRender: true,
      // Reduce from a picture at least so much larger: reducing is what smooths.
      minPixelRatio: 0.25,
      preserveViewport: true,
      animationTime: motion() ? 0.15 : 0,
      springStiffness: 9,
      visibilityRatio: 0,
      minZoomLevel: 0.001,
      maxZoomLevel: 10_000,
      autoResize: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false, scrollToZoom: false, flickEnabled: false },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: false, pinchToZoom: false, flickEnabled: false },
      gestureSettingsPen: { clickToZoom: false, dblClickToZoom: false, flickEnabled: false },
      debugMode: false,
    })
    resizing = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 }
      if (width < 1 || height < 1) return
      const before = stage.value
      size.value = { width, height }
      made.viewport.resize(new OpenSeadragon.Point(width, height), true)
      again(before)
      made.forceRedraw()
    })
    resizing.observe(element)
    size.value = { width: Math.max(element.clientWidth, 1), height: Math.max(element.clientHeight, 1) }
    made.addHandler('update-viewport', () => {
      smooth(made)
      const { x, y, width, height } = made.viewport.getBounds(true)
      view.value = { x, y, w: width, h: height }
    })
    viewer.value = made
    reset(true)
  }

  /** After the stage or the page changed shape: the same fit, or the same place as large as before. */
  function again(before: Stage): void {
    if (fit.value === 'page') return reset(true, 'page')
    const scale = fit.value === 'width' ? undefined : magnification(goal.value, before)
    if (scale === undefined) return go(fitted('width', stage.value, goal.value), { now: true, as: 'width' })
    const { x, y, w, h } = goal.value
    const next = { w: stage.value.width / scale, h: stage.value.height / scale }
    const centred = { x: x + (w - next.w) / 2, y: y + (h - next.h) / 2, ...next }
    go(magnified(centred, stage.value, scale), { now: true, as: fit.value })
  }

  /** The one way to move. */
  function go(next: View, { now = false, as, along = false }: { now?: boolean; as?: Fit; along?: boolean } = {}): void {
    goal.value = clamped(next, stage.value)
    fit.value = as
    if (!along) moved.value = { view: goal.value, aspect: stage.value.aspect, now, as }
    const { x, y, w, h } = goal.value
    const immediately = now || !motion()
    viewer.value?.viewport.fitBounds(new OpenSeadragon.Rect(x, y, w, h), immediately)
    if (immediately) view.value = goal.value
    clearTimeout(settling)
    settling = setTimeout(() => rests.value++, SETTLED_MS)
  }

  /** Goes where another canvas went: the same part of the page, equally large. */
  function follow({ view: seen, aspect, now, as }: Movement): void {
    if (as)
      return go(fitted(as, stage.value, as === 'page' ? undefined : alike(seen, aspect)), { now, as, along: true })
    go(magnified(alike(seen, aspect), stage.value, stage.value.width / seen.w), { now, along: true })
  }

  function alike({ x, y, w, h }: View, aspect: number): View {
    const high = stage.value.height * (w / stage.value.width)
    const middle = ((y + h / 2) / aspect) * stage.value.aspect
    return { x, y: middle - high / 2, w, h: high }
  }

  /** Another page, or the same with its true size: the place and the enlargement stay. */
  function reshape(next: PageShape, at: Frame = wholeFrame): void {
    const before = stage.value
    frame.value = at
    // Pages that lie beside each other are not turned.
    if (at.w !== 1) turns.value = 0
    const known = next.width > 0 && next.height > 0 ? next : UNKNOWN
    if (known.width === picture.value.width && known.height === picture.value.height) return
    picture.value = known
    if (fit.value === 'actual') go(fitted('actual', stage.value, goal.value), { now: true, as: 'actual' })
    else again(before)
  }

  /** Turns the page by quarters, clockwise; what was in the middle stays there. */
  function rotate(step: number): void {
    if (frame.value.w !== 1) return
    const { x, y, w, h } = goal.value
    const { aspect } = stage.value
    const scale = magnification(goal.value, stage.value)
    const whole = fit.value === 'page'
    turns.value = turnedBy(turns.value, step)
    if (whole) return reset(true, 'page')
    const [midX, midY] = turnedPoint([x + w / 2, (y + h / 2) / aspect], turnedBy(0, step))
    const middle = { x: midX - w / 2, y: midY * stage.value.aspect - h / 2, w, h }
    // Across is another length now; what is printed keeps its size.
    const same = step % 2 === 0 ? scale : scale * aspect
    go(magnified(middle, stage.value, same), { now: true })
  }

  function reset(now = false, as: Fit = preferredFit()): void {
    go(fitted(as, stage.value), { now, as })
  }

  function fitTo(as: Fit): void {
    // From the whole page one has not chosen a place yet: the width then begins at the top.
    const near = as === 'page' || (as === 'width' && fit.value === 'page') ? undefined : goal.value
    go(fitted(as, stage.value, near), { as })
  }

  function zoomBy(factor: number, anchor?: { x: number; y: number }, now = false): void {
    zoomTo(magnification(goal.value, stage.value) * factor, anchor, now)
  }

  function zoomTo(wanted: number, anchor?: { x: number; y: number }, now = false): void {
    const next = magnified(goal.value, stage.value, wanted, anchor)
    const whole = magnification(next, stage.value) <= limits(stage.value).least * 1.001
    go(next, { now, as: whole ? 'page' : undefined })
  }

  /** Enlarges to 1:1 at a point (fractions of the stage), or back to the whole page. */
  function toggle(anchor: { x: number; y: number }): void {
    if (fit.value === 'actual' || percent.value >= 99) return fitTo('page')
    go(magnified(goal.value, stage.value, stage.value.imageWidth, anchor), { as: 'actual' })
  }

  function scrollBy(dx: number, dy: number, now = false): void {
    const next = panned(goal.value, stage.value, dx, dy)
    if (!sameView(next, goal.value)) go(next, { now, as: fit.value })
  }

  /** Brings a box of the page into sight; `at`: of which page, when not of the one that is read. */
  function reveal(box: Box, at: Frame = frame.value): void {
    const next = revealing(goal.value, stage.value, onSheet(turnedBox(box, turns.value), at))
    if (!sameView(next, goal.value)) go(next, { as: fit.value })
  }

  /** Shows a box of the page at the size it is read at, and never smaller than it is seen now; `at` as in `reveal`. */
  function enlarge(box: Box, at: Frame = frame.value): void {
    const { x, y, w, h } = onSheet(turnedBox(box, turns.value), at)
    const { width, height, aspect, imageWidth } = stage.value
    const fitting = FILLED * Math.min(width / w, height / (h * aspect))
    const scale = Math.max(Math.min(fitting, imageWidth * NEAREST), magnification(goal.value, stage.value))
    const [across, down] = [width / scale, height / scale]
    const around = { x: x + (w - across) / 2, y: (y + h / 2) * aspect - down / 2, w: across, h: down }
    go(magnified(around, stage.value, scale))
  }

  /** Brings the beginning of a box into sight, unless some of it is there already. */
  function revealStart(box: Box, at: Frame = frame.value): void {
    const seen = inSight(goal.value, stage.value, onSheet(turnedBox(box, turns.value), at))
    if (!seen) reveal({ ...box, h: Math.min(box.h, 0.1) }, at)
  }

  /** Goes where a link says; false when it says nothing that can be shown. */
  function restore(text: string): boolean {
    const next = viewFrom(text, stage.value)
    if (!next) return false
    go(next, { now: true })
    return true
  }

  return {
    viewer,
    view,
    /** Where the page that is read lies on the stage, and where all that lies open. */
    page,
    sheet,
    frame,
    moved,
    follow,
    stage,
    fit,
    percent,
    slider,
    atLeast,
    atGreatest,
    hidden,
    rests,
    turns,
    rotate,
    attach,
    reshape,
    reset,
    fitTo,
    zoomIn: () => zoomBy(ZOOM_STEP),
    zoomOut: () => zoomBy(1 / ZOOM_STEP),
    zoomBy,
    slideTo: (value: number) => zoomTo(magnificationAt(value, stage.value), undefined, true),
    toggle,
    scrollBy,
    reveal,
    enlarge,
    revealStart,
    restore,
    /** Where one is, for links; empty at a fit, which says it better. */
    linkText: () => (fit.value === 'page' || turns.value !== 0 ? '' : viewText(goal.value, stage.value)),
  }
}

/**
 * OpenSeadragon would add a style element, which the content security policy refuses. It looks for this one first;
 * being of no known namespace, it is a name without meaning.
 */
function forbidOwnStyle(): void {
  if (document.querySelector('style[data-openseadragon-mobile-css]')) return
  const placeholder = document.createElementNS('urn:banmian', 'style')
  placeholder.setAttribute('data-openseadragon-mobile-css', 'true')
  document.head.append(placeholder)
}

/**
 * Small print stays legible when a page is reduced: `medium` draws by mipmaps, `low` and (from a canvas) `high` skip
 * pixels and break up hairlines. The context forgets it whenever it is resized.
 */
function smooth(viewer: OpenSeadragon.Viewer): void {
  const context = viewer.canvas.querySelector('canvas')?.getContext('2d')
  if (context && context.imageSmoothingQuality !== 'medium') context.imageSmoothingQuality = 'medium'
}

/** False when the system asks for no motion. */
export function motion(): boolean {
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches
}
