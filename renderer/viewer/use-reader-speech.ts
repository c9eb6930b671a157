import { storeToRefs } from 'pinia'
import { ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormats } from '../shared/use-formats.ts'
import { useArticleStore } from '../article/article-store.ts'
import type { ColumnWalk } from './use-column-walk.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import { useViewerStore } from './viewer-store.ts'

const QUIET_MS = 400

/** What a screen reader is told when the picture changes without a change of focus: 放大 150 %, 第3版 要闻. */
export function useReaderSpeech(canvas: PageCanvas, walk: ColumnWalk) {
  const { t } = useI18n()
  const formats = useFormats()
  const { page, currentPlace, places } = storeToRefs(useViewerStore())
  const articles = useArticleStore()
  const spoken = ref('')
  let speaking: ReturnType<typeof setTimeout> | undefined

  function say(text: string): void {
    clearTimeout(speaking)
    speaking = setTimeout(() => (spoken.value = text), QUIET_MS)
  }

  watch(page, (now) => {
    if (now) say([t('shared.pageNumber', { label: now.label }), now.name].filter(Boolean).join(' '))
  })
  watch(canvas.percent, (percent) => say(t('viewer.enlarged', { n: formats.number(percent) })))
  watch(currentPlace, (index) => {
    if (index >= 0) say(t('viewer.hitOf', { n: index + 1, total: places.value.length }))
  })
  // Said last: which column one is at says more than how large it is shown.
  watch(walk.at, (at) => at >= 0 && say(t('viewer.columnOf', { n: at + 1, total: walk.steps.value.length })), {
    flush: 'post',
  })
  watch(
    () => articles.scale,
    (scale) => say(t('viewer.textEnlarged', { n: scale })),
  )
  return spoken
}
