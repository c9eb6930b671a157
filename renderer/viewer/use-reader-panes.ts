import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { useSettingsStore } from '../settings/settings-store.ts'

const NARROW_PX = 900
const STAGE_LEAST_PX = 280
const NOTES_PX = 320
const RAIL = { least: 120, most: 360, usual: 176 }
const ARTICLE = { least: 260, most: 900, usual: 420 }

export type ReaderPanes = ReturnType<typeof useReaderPanes>

/** What stands beside the page and how wide; below 900 px it lies over the page instead, closed at first. */
export function useReaderPanes(view: Ref<HTMLElement | null>) {
  const preferences = useSettingsStore()
  const width = ref(window.innerWidth)
  const narrow = computed(() => width.value < NARROW_PX)
  const railWidth = ref(RAIL.usual)
  const draggedWidth = ref<number>()
  const railOver = ref(false)
  const articleOver = ref(false)
  /** Counts requests to move the focus into the article. */
  const focusArticle = ref(0)
  let observer: ResizeObserver | undefined

  onMounted(() => {
    observer = new ResizeObserver(([entry]) => (width.value = entry?.contentRect.width ?? width.value))
    if (view.value) observer.observe(view.value)
  })
  onBeforeUnmount(() => observer?.disconnect())

  const railOpen = computed(() => (narrow.value ? railOver.value : preferences.settings.railOpen))
  const articleOpen = computed(() => (narrow.value ? articleOver.value : preferences.settings.articleOpen))
  /** One pane more would leave the page no room: it lies over the others. */
  const crowded = computed(() => {
    const left = width.value - (railOpen.value ? railWidth.value : 0) - (articleOpen.value ? articleWidth.value : 0)
    return narrow.value || left < STAGE_LEAST_PX + NOTES_PX
  })
  const mostForArticle = computed(() => {
    const left = width.value - (railOpen.value ? railWidth.value : 0) - STAGE_LEAST_PX
    return Math.max(ARTICLE.least, Math.min(ARTICLE.most, left))
  })
  const articleWidth = computed(() => {
    const wanted = draggedWidth.value ?? preferences.settings.articleWidth
    return Math.min(Math.max(wanted, ARTICLE.least), mostForArticle.value)
  })

  function toggleRail(): void {
    if (narrow.value) railOver.value = !railOver.value
    else void preferences.change({ railOpen: !preferences.settings.railOpen })
  }

  function toggleArticle(): void {
    if (narrow.value) articleOver.value = !articleOver.value
    else void preferences.change({ articleOpen: !preferences.settings.articleOpen })
  }

  function showArticle(withFocus: boolean): void {
    if (!articleOpen.value) toggleArticle()
    if (withFocus) focusArticle.value++
  }

  watch(focusArticle, () => {
    // The pane may be on its way in; its heading takes the focus when there is one.
    setTimeout(() => document.querySelector<HTMLElement>('[data-article-focus]')?.focus(), 60)
  })

  function keepArticleWidth(): void {
    const wanted = draggedWidth.value
    draggedWidth.value = undefined
    if (wanted !== undefined) void preferences.change({ articleWidth: wanted })
  }

  return {
    RAIL,
    ARTICLE,
    narrow,
    crowded,
    railOpen,
    railWidth,
    articleOpen,
    articleWidth,
    mostForArticle,
    toggleRail,
    toggleArticle,
    showArticle,
    resizeRail: (to: number) => (railWidth.value = to),
    resizeArticle: (to: number) => (draggedWidth.value = to),
    keepArticleWidth,
    resetArticleWidth: () => void preferences.change({ articleWidth: ARTICLE.usual }),
    closeOver: () => {
      railOver.value = false
    },
  }
}
