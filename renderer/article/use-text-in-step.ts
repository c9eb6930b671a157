import { nextTick, onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { Block } from '../../archive/model.ts'
import type { ArticleView } from '../../electron/bridge/views.ts'
import { useArticleStore } from './article-store.ts'

/** A part of the flow as it is shown: its first or last paragraph may have been only a note on where it goes on. */
interface ShownPart {
  part: ArticleView
  blocks: Block[]
}

/** Text and page in step: the paragraph at the top of the pane is marked on the page, one pressed there comes here. */
export function useTextInStep(root: Ref<HTMLElement | null>, flow: Ref<ShownPart[]>): void {
  const articles = useArticleStore()
  let scroller: Element | null = null
  let waiting = 0

  /** Paragraphs that were left out before the first one that is shown. */
  const skipped = ({ part, blocks }: ShownPart) =>
    part.blocks.length > blocks.length && part.blocks[0]?.text !== blocks[0]?.text ? 1 : 0

  /** Every paragraph with the part and the place in it that it shows. */
  function paragraphs(): { element: Element; article: string; block: number }[] {
    const bodies = [...(root.value?.querySelectorAll('.text-blocks') ?? [])]
    return bodies.flatMap((body, index) => {
      const shown = flow.value[index]
      if (!shown) return []
      const from = skipped(shown)
      return [...body.children].map((element, at) => ({ element, article: shown.part.id, block: at + from }))
    })
  }

  function mark(): void {
    cancelAnimationFrame(waiting)
    waiting = requestAnimationFrame(() => {
      const top = (scroller?.getBoundingClientRect().top ?? 0) + 24
      const first = paragraphs().find(({ element }) => element.getBoundingClientRect().bottom > top)
      articles.readParagraph(first && { article: first.article, block: first.block })
    })
  }

  /** What the pointer rests on is what is read. */
  function point(event: Event): void {
    const target = event.target
    if (!(target instanceof Element)) return
    const found = paragraphs().find(({ element }) => element.contains(target))
    if (found) articles.readParagraph({ article: found.article, block: found.block })
  }

  onMounted(() => {
    scroller = root.value?.closest('[data-scrolls-text]') ?? null
    scroller?.addEventListener('scroll', mark, { passive: true })
    root.value?.addEventListener('pointerover', point)
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(waiting)
    scroller?.removeEventListener('scroll', mark)
    articles.readParagraph(undefined)
  })

  watch(
    () => articles.pressed,
    async (pressed) => {
      if (!pressed) return
      await nextTick()
      const found = paragraphs().find(({ article, block }) => article === pressed.article && block === pressed.block)
      found?.element.scrollIntoView({ block: 'center' })
      articles.readParagraph({ article: pressed.article, block: pressed.block })
    },
  )
}
