import { computed } from 'vue'
import type { Box } from '../../archive/model.ts'
import { turnedBox, turnedBy, turnedPoint } from './page-geometry.ts'
import { framed, sheetOf } from './page-spread.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import { useViewerStore } from './viewer-store.ts'

/** A point of the stage or the upright rectangle of one, in CSS pixels from its top left. */
export interface StageRectangle {
  left: number
  top: number
  width: number
  height: number
}

export type StagePlaces = ReturnType<typeof useStagePlaces>

/** What lies where on the stage, for what other features lay over it. */
export function useStagePlaces(canvas: PageCanvas) {
  const viewerStore = useViewerStore()
  const pages = computed(() => {
    const sheet = sheetOf(viewerStore.openPages, viewerStore.rightToLeft)
    return sheet.pages.map(({ page, frame }) => ({ page, rectangle: framed(canvas.sheet.value, frame) }))
  })

  /** The part of the stage where a box of a page lies; undefined for a page that does not lie open. */
  function toStage(page: string, box: Box): StageRectangle | undefined {
    const found = pages.value.find((each) => each.page.id === page)
    if (!found) return undefined
    const { x, y, width, height } = found.rectangle
    const turned = turnedBox(box, canvas.turns.value)
    return {
      left: x + turned.x * width,
      top: y + turned.y * height,
      width: turned.w * width,
      height: turned.h * height,
    }
  }

  /** The page under the middle of a rectangle of the stage, and what of it lies there. */
  function toPage({ left, top, width, height }: StageRectangle): { page: string; box: Box } | undefined {
    const middle = left + width / 2
    const { page, rectangle } =
      pages.value.find((each) => middle < each.rectangle.x + each.rectangle.width) ?? pages.value.at(-1) ?? {}
    if (!page || !rectangle) return undefined
    const upright = turnedBy(0, -canvas.turns.value)
    const point = (x: number, y: number) =>
      turnedPoint([within((x - rectangle.x) / rectangle.width), within((y - rectangle.y) / rectangle.height)], upright)
    const [fromX, fromY] = point(left, top)
    const [toX, toY] = point(left + width, top + height)
    const box = {
      x: Math.min(fromX, toX),
      y: Math.min(fromY, toY),
      w: Math.abs(toX - fromX),
      h: Math.abs(toY - fromY),
    }
    return box.w > 0 && box.h > 0 ? { page: page.id, box } : undefined
  }

  return { toStage, toPage, stage: canvas.stage }
}

const within = (value: number) => Math.min(Math.max(value, 0), 1)
