import type OpenSeadragon from 'openseadragon'
import { watch, type Ref } from 'vue'
import type { HitPlace } from './hit-places.ts'
import { turnedBox, type Turns } from './page-geometry.ts'
import { framed, type Frame } from './page-spread.ts'

/** More words than this on a page are painted with its picture; fewer are elements above it. */
export const MOST_ELEMENTS = 300
/** How much of the paper's white the mark takes away; print stays as black as it is. */
const STRENGTH = 0.46

/** A page with what was found on it. */
interface FoundOn {
  at: Frame
  hits: HitPlace[]
}

interface Painted {
  viewer: Ref<OpenSeadragon.Viewer | undefined>
  sheet: Ref<{ x: number; y: number; width: number; height: number }>
  turns: Ref<Turns>
}

/** Words and lines are marked one by one; what is known less exactly is outlined. */
export const isMarked = ({ precision }: HitPlace): boolean => precision === 'word' || precision === 'line'

/**
 * Marks of thousands of words: painted over the picture in the frame that draws it, and only those in sight, so that
 * they cost nothing when the page moves but their own area.
 */
export function usePaintedHits({ viewer, sheet, turns }: Painted, pages: Ref<FoundOn[]>): void {
  let painted: { at: Frame; boxes: { x: number; y: number; w: number; h: number }[] }[] = []

  function paint(): void {
    const canvas = painted.length > 0 ? viewer.value?.canvas.querySelector('canvas') : undefined
    const context = canvas?.getContext('2d')
    if (!canvas || !context || canvas.clientWidth === 0) return
    const { clientWidth: width, clientHeight: height } = canvas
    const dense = canvas.width / width
    context.save()
    context.setTransform(dense, 0, 0, dense, 0, 0)
    context.globalCompositeOperation = 'multiply'
    context.globalAlpha = STRENGTH
    context.fillStyle = getComputedStyle(canvas).getPropertyValue('--sheet-mark')
    for (const { at, boxes } of painted) {
      const page = framed(sheet.value, at)
      for (const { x, y, w, h } of boxes) {
        const [left, top] = [page.x + x * page.width, page.y + y * page.height]
        const [across, down] = [w * page.width, h * page.height]
        if (left < width && top < height && left + across > 0 && top + down > 0) {
          context.fillRect(left, top, across, down)
        }
      }
    }
    context.restore()
  }

  watch(
    [pages, turns, viewer],
    ([found, turned, on]) => {
      const before = painted.length
      painted = found.flatMap(({ at, hits }) => {
        const words = hits.filter(isMarked)
        return words.length > MOST_ELEMENTS ? [{ at, boxes: words.map((word) => turnedBox(word, turned)) }] : []
      })
      if (painted.length + before > 0) on?.forceRedraw()
    },
    { immediate: true },
  )
  watch(viewer, (on) => on?.addHandler('update-viewport', paint))
}
