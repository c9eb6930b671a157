import { watch } from 'vue'
import { useArticleStore } from '../article/article-store.ts'
import { useReaderPlace } from '../shared/use-reader-place.ts'
import { inSight } from './page-geometry.ts'
import { onSheet, sheetOf, wholeFrame } from './page-spread.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import { useViewerStore } from './viewer-store.ts'

/** Part of the height of the view that is shown below a line that comes into sight: what will be read next. */
const ahead = 0.6

/**
 * Keeps what is read aloud in sight on the page: another page is turned to, an enlarged one moves only when the line has
 * left it.
 */
export function useAloudSight(canvas: PageCanvas): void {
  const viewerStore = useViewerStore()
  const articles = useArticleStore()
  const { visit } = useReaderPlace()

  watch(
    () => [articles.spoken, articles.spokenLines] as const,
    ([said, lines]) => {
      if (!said) return
      const [line] = lines
      const pages = line ? [line.page] : (articles.parts.find(({ id }) => id === said.article)?.pages ?? [])
      const isOpen = pages.some((page) => viewerStore.openPages.some(({ id }) => id === page))
      if (!isOpen) {
        if (pages[0] !== undefined)
          void visit({ page: pages[0], article: said.article, hit: undefined, view: undefined })
        return
      }
      if (!line || canvas.turns.value !== 0) return
      const sheet = sheetOf(viewerStore.openPages, viewerStore.rightToLeft)
      const frame = sheet.pages.find(({ page }) => page.id === line.page)?.frame ?? wholeFrame
      if (inSight(canvas.view.value, canvas.stage.value, onSheet(line.box, frame))) return
      const below = (canvas.view.value.h / canvas.stage.value.aspect) * ahead
      canvas.reveal({ ...line.box, h: Math.max(below, line.box.h) }, frame)
    },
  )
}
