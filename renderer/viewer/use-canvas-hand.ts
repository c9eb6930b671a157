import type OpenSeadragon from 'openseadragon'
import { onBeforeUnmount, watch, type Ref } from 'vue'
import { motion, type PageCanvas } from './use-page-canvas.ts'

/** A point of the stage in CSS pixels, and what touched it. */
export interface Tap {
  x: number
  y: number
  touch: boolean
}

interface Answers {
  tap: (tap: Tap) => void
  doubleTap: (tap: Tap) => void
  /** 1: to the next page, -1: to the previous one. */
  turn: (step: 1 | -1) => void
}

const LINE_PX = 32
const WHEEL_PAUSE_MS = 350
const SWIPE_PX = 70
const FLICK = 0.15

/**
 * Mouse, pen, touch and trackpad on the canvas. The wheel scrolls, as in any reading program; with Ctrl (and by pinch)
 * it enlarges at the pointer. Where the whole page is seen there is nothing to scroll, so there the plain wheel
 * enlarges too; what a turn of the wheel began as it stays until the wheel rests.
 */
export function useCanvasHand(host: Ref<HTMLElement | undefined>, canvas: PageCanvas, answers: Answers): void {
  let wheelAs: 'zoom' | 'scroll' | undefined
  let wheelRest: ReturnType<typeof setTimeout> | undefined
  let swipe = { x: 0, y: 0 }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    event.stopPropagation()
    const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? canvas.stage.value.height : 1
    const { top, bottom } = canvas.hidden.value
    wheelAs ??= event.ctrlKey || event.metaKey || (top < 1 && bottom < 1) ? 'zoom' : 'scroll'
    clearTimeout(wheelRest)
    wheelRest = setTimeout(() => (wheelAs = undefined), WHEEL_PAUSE_MS)
    if (wheelAs === 'zoom') {
      const step = Math.min(Math.max(event.deltaY * unit, -120), 120)
      canvas.zoomBy(Math.exp(-step / (event.ctrlKey && Math.abs(step) < 20 ? 100 : 480)), anchorOf(event))
    } else if (event.shiftKey && event.deltaX === 0) canvas.scrollBy(event.deltaY * unit, 0)
    else canvas.scrollBy(event.deltaX * unit, event.deltaY * unit)
  }

  function anchorOf(event: MouseEvent): { x: number; y: number } {
    const box = host.value?.getBoundingClientRect()
    if (!box) return { x: 0.5, y: 0.5 }
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
  }

  function attach(viewer: OpenSeadragon.Viewer): void {
    viewer.addHandler('canvas-drag', (event) => {
      event.preventDefaultAction = true
      const { x, y } = event.delta
      swipe = { x: swipe.x + x, y: swipe.y + y }
      canvas.scrollBy(-x, -y, true)
    })
    viewer.addHandler('canvas-drag-end', (event) => {
      event.preventDefaultAction = true
      const { x, y } = swipe
      swipe = { x: 0, y: 0 }
      const touch = (event as { pointerType?: string }).pointerType !== 'mouse'
      // Only where the page cannot be moved sideways: else a drag would turn it by accident.
      if (touch && canvas.fit.value === 'page' && Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) {
        // Turning takes away what the finger stands on. The browser has yet to say that the finger has left it, and a
        // finger that never left would make the next one a pair.
        setTimeout(() => answers.turn(x < 0 ? 1 : -1))
        return
      }
      if (!motion() || event.speed < 200) return
      const far = FLICK * event.speed
      canvas.scrollBy(-far * Math.cos(event.direction), -far * Math.sin(event.direction))
    })
    viewer.addHandler('canvas-pinch', (event) => {
      event.preventDefaultPanAction = true
      event.preventDefaultZoomAction = true
      event.preventDefaultRotateAction = true
      const { width, height } = canvas.stage.value
      canvas.scrollBy(event.lastCenter.x - event.center.x, event.lastCenter.y - event.center.y, true)
      if (event.lastDistance > 0)
        canvas.zoomBy(
          event.distance / event.lastDistance,
          { x: event.center.x / width, y: event.center.y / height },
          true,
        )
    })
    viewer.addHandler('canvas-click', (event) => {
      event.preventDefaultAction = true
      if (event.quick) answers.tap(tapOf(event))
    })
    viewer.addHandler('canvas-double-click', (event) => {
      event.preventDefaultAction = true
      answers.doubleTap(tapOf(event))
    })
    // Keys belong to the keyboard registry, so that they are the same everywhere and listed under `?`.
    viewer.addHandler('canvas-key', (event) => {
      event.preventDefaultAction = true
    })
  }

  const tapOf = (event: { position: OpenSeadragon.Point }): Tap => ({
    x: event.position.x,
    y: event.position.y,
    touch: (event as { pointerType?: string }).pointerType === 'touch',
  })

  watch(canvas.viewer, (viewer) => viewer && attach(viewer))
  watch(
    host,
    (element, before) => {
      before?.removeEventListener('wheel', wheel, true)
      element?.addEventListener('wheel', wheel, { capture: true, passive: false })
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    clearTimeout(wheelRest)
    host.value?.removeEventListener('wheel', wheel, true)
  })
}
