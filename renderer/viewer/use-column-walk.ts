import { computed, ref, watch } from 'vue'
import { useArticleStore } from '../article/article-store.ts'
import { useReaderPlace } from '../shared/use-reader-place.ts'
import { columnsOfLines, columnsOfZone, stepsOf, type WalkStep } from './column-walk.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import { onSheet, sheetOf, wholeFrame } from './page-spread.ts'
import { useViewerStore } from './viewer-store.ts'

/** Room beside a column, in its widths: its first and last characters stand free. */
const room = 0.06
/** CSS pixels a pixel of the picture: nearer there is nothing more to read. */
const closest = 1.25

export type ColumnWalk = ReturnType<typeof useColumnWalk>

/**
 * Walks the columns of the open article on the picture of its pages, at reading size and in reading order, on to the
 * pages it is continued on. Columns come from the printed lines where they are known, else from the zones.
 */
export function useColumnWalk(canvas: PageCanvas) {
  const viewerStore = useViewerStore()
  const articles = useArticleStore()
  const { visit } = useReaderPlace()
  /** Which step one is at; -1 before the walk. */
  const at = ref(-1)

  const steps = computed<WalkStep[]>(() => {
    const { width, height } = canvas.stage.value
    return articles.parts.flatMap((part) => {
      const lines = articles.lines.get(part.id) ?? []
      return part.pages.flatMap((id) => {
        const page = viewerStore.issue?.pages.find((each) => each.id === id)
        if (!page?.image || page.width <= 0) return []
        const here = lines.filter((line) => line.page === id)
        const zones = page.zones.filter((zone) => zone.article === part.id)
        const isDown =
          here.length > 0
            ? here.filter(({ box }) => box.h > 2 * box.w).length > here.length / 2
            : viewerStore.rightToLeft
        const boxes =
          here.length > 0
            ? columnsOfLines(here).map(({ box }) => box)
            : zones.flatMap(({ polygon }) => columnsOfZone(polygon, isDown))
        const columns = boxes.map((box) => ({ article: part.id, page: id, box }))
        const least = width / (closest * page.width)
        return stepsOf(columns, width / height, page.height / page.width, { rightToLeft: isDown, least })
      })
    })
  })

  watch(
    () => articles.parts[0]?.id,
    () => (at.value = -1),
  )
  watch(at, (now) => (articles.walking = now >= 0))

  /** To the next column (1) or the one before (-1). */
  function walk(direction: 1 | -1): void {
    const first = steps.value.findIndex(
      ({ page, article }) => page === viewerStore.page?.id && article === articles.wanted,
    )
    const wanted = at.value < 0 ? Math.max(first, 0) : at.value + direction
    const step = steps.value[wanted]
    if (!step) return
    at.value = wanted
    const { x, y, w, h } = step.box
    const page = viewerStore.issue?.pages.find(({ id }) => id === step.page)
    const across = Math.max(w * (1 + 2 * room), canvas.stage.value.width / (closest * (page?.width || 1)))
    const box = { x: x + (w - across) / 2, y: y - (room * w) / 2, w: across, h: h + room * w }
    const lies = viewerStore.openPages.some(({ id }) => id === step.page)
    const spread = sheetOf(viewerStore.openPages, viewerStore.rightToLeft)
    const frame = spread.pages.find(({ page }) => page.id === step.page)?.frame ?? wholeFrame
    const shown = lies ? onSheet(box, frame) : box
    const view = [shown.x, shown.y, shown.w, shown.h].map((value) => value.toFixed(4)).join(',')
    if (lies && step.page === viewerStore.page?.id) canvas.restore(view)
    else void visit({ page: step.page, article: step.article, hit: undefined, view })
  }

  watch(
    () => articles.walkAsked,
    ({ direction }) => walk(direction),
  )

  return { at, steps, walk, canWalk: computed(() => steps.value.length > 0) }
}
