import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { useRem } from '../shared/use-rem.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { ARTICLE, paneRoom, RAIL } from './pane-room.ts'

export type ReaderPanes = ReturnType<typeof useReaderPanes>

/**
 * What stands beside the page and how wide; in a narrow window it lies over the page instead, closed at first. `others`:
 * the element of what other features put beside the page; `isTwo`: two pages stand beside each other.
 */
export function useReaderPanes(view: Ref<HTMLElement | null>, others: Ref<HTMLElement | null>, isTwo: () => boolean) {
  const preferences = useSettingsStore()
  const rem = useRem()
  const width = ref(window.innerWidth)
  const height = ref(window.innerHeight)
  const othersWidth = ref(0)
  const draggedRail = ref<number>()
  const draggedWidth = ref<number>()
  const railOver = ref(false)
  const articleOver = ref(false)
  /** Counts requests to move the focus into the article. */
  const focusArticle = ref(0)
  let observer: ResizeObserver | undefined

  onMounted(() => {
    observer = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) {
        if (target !== view.value) othersWidth.value = contentRect.width
        else [width.value, height.value] = [contentRect.width, contentRect.height]
      }
    })
    for (const element of [view.value, others.value]) if (element) observer.observe(element)
  })
  onBeforeUnmount(() => observer?.disconnect())

  /** Larger text wants wider panes, but not at the cost of the page: in text of 200 % they are 1.4 times as wide. */
  const wider = computed(() => Math.sqrt(rem.value / 16))
  const railWidth = computed(() => draggedRail.value ?? Math.round(RAIL.usual * wider.value))
  const articleOpen = computed(() => (narrow.value ? articleOver.value : preferences.settings.articleOpen))
  const room = computed(() =>
    paneRoom({
      width: width.value,
      height: height.value,
      rem: rem.value,
      rail: railWidth.value,
      article: preferences.settings.articleOpen,
      others: othersWidth.value,
      two: isTwo(),
    }),
  )
  const narrow = computed(() => room.value.narrow)
  const tall = computed(() => room.value.tall)
  /** The pages lie over the page that is read, when they are asked for. */
  const railLiesOver = computed(() => room.value.railLiesOver)
  const railOpen = computed(() => (railLiesOver.value ? railOver.value : preferences.settings.railOpen))
  const mostForArticle = computed(() => room.value.mostForArticle(railOpen.value))
  const articleWidth = computed(() => {
    const kept = preferences.settings.articleWidth
    // A width that was chosen stays as it was chosen.
    const wanted = draggedWidth.value ?? (kept === ARTICLE.usual ? Math.round(kept * wider.value) : kept)
    return Math.min(Math.max(wanted, ARTICLE.least), mostForArticle.value)
  })

  function toggleRail(): void {
    if (railLiesOver.value) railOver.value = !railOver.value
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
    tall,
    railOpen,
    railLiesOver,
    railWidth,
    articleOpen,
    articleWidth,
    mostForArticle,
    toggleRail,
    toggleArticle,
    showArticle,
    resizeRail: (to: number) => (draggedRail.value = to),
    resizeArticle: (to: number) => (draggedWidth.value = to),
    keepArticleWidth,
    resetArticleWidth: () => void preferences.change({ articleWidth: ARTICLE.usual }),
    closeOver: () => {
      railOver.value = false
    },
  }
}
