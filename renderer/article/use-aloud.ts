import { nextTick, onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { useKeys } from '../shared/keyboard.ts'
import { useAloudStore } from './aloud-store.ts'
import { useArticleStore } from './article-store.ts'
import { rangeOf, sentenceAt } from './shown-sentences.ts'
import { spokenSentences } from './spoken-sentences.ts'

const mark = 'aloud'

/**
 * Reading aloud on the screen: the sentence is marked in the text and comes into sight without a jump; a press on a
 * sentence, here or on the page, goes on from there. `scroller`: what scrolls the article. `go` opens another one.
 */
export function useAloud(scroller: Ref<HTMLElement | null>, go: (article: string) => void) {
  const aloud = useAloudStore()
  const articles = useArticleStore()
  const text = () => scroller.value?.querySelector('.article-text') ?? undefined

  /** From what is selected, where something is; otherwise from the beginning, or on from where it paused. */
  function toggle(): void {
    const selection = window.getSelection()
    const root = text()
    const isSelected = root && selection && !selection.isCollapsed && selection.rangeCount > 0
    const from = isSelected ? sentenceAt(root, spokenSentences(articles.parts), selection.getRangeAt(0)) : -1
    if (from >= 0 && aloud.state !== 'speaking') void aloud.begin(from)
    else aloud.toggle()
  }

  async function show(): Promise<void> {
    await nextTick()
    const { sentence } = aloud
    const root = text()
    const range = root && sentence && rangeOf(root, sentence)
    articles.speak(sentence?.printed && { article: sentence.article, ...sentence.printed })
    if (!range) {
      CSS.highlights.delete(mark)
      return
    }
    const highlight = new Highlight(range)
    highlight.priority = 2
    CSS.highlights.set(mark, highlight)
    if (aloud.state === 'speaking') bringIntoSight(range)
  }

  /** Only what is out of sight moves, and then by so much that the next sentences are there as well. */
  function bringIntoSight(range: Range): void {
    const seen = scroller.value?.getBoundingClientRect()
    const { top, bottom, left, right } = range.getBoundingClientRect()
    if (!seen || !scroller.value) return
    const down = top < seen.top || bottom > seen.bottom ? top - seen.top - seen.height * 0.2 : 0
    const across = left < seen.left || right > seen.right ? right - seen.right + seen.width * 0.2 : 0
    const isAcross = articles.look.flow === 'down'
    scroller.value.scrollBy(isAcross ? { left: across } : { top: down })
  }

  watch(() => [aloud.sentence, aloud.state, articles.look, articles.scale] as const, show, { flush: 'post' })

  // Another article ends it, unless it was wished for: then it goes on there.
  watch(
    () => articles.parts.map(({ id }) => id).join('\n'),
    (ids) => {
      if (aloud.state === 'silent') return
      if (aloud.wished !== undefined && ids.split('\n').includes(aloud.wished)) void aloud.begin()
      else aloud.stop()
    },
  )
  watch(
    () => aloud.wished,
    (wished) => wished !== undefined && go(wished),
  )
  watch(
    () => articles.pressed,
    (pressed) => {
      if (!pressed || aloud.state === 'silent') return
      aloud.goTo(
        aloud.sentences.findIndex(
          ({ article, printed }) => article === pressed.article && printed?.block === pressed.block,
        ),
      )
    },
  )

  function press(event: MouseEvent): void {
    const root = text()
    const target = event.target
    if (aloud.state === 'silent' || !root || !(target instanceof Element) || !root.contains(target)) return
    if (target.closest('button, a') || window.getSelection()?.isCollapsed === false) return
    const caret = document.caretRangeFromPoint(event.clientX, event.clientY)
    if (caret) aloud.goTo(sentenceAt(root, aloud.sentences, caret))
  }

  onMounted(() => scroller.value?.addEventListener('click', press))
  onBeforeUnmount(() => {
    scroller.value?.removeEventListener('click', press)
    aloud.stop()
    articles.speak(undefined)
    CSS.highlights.delete(mark)
  })

  const isOpen = () => articles.wanted !== ''
  const isReading = () => aloud.state !== 'silent'
  useKeys('article', [
    { key: 'V', text: 'article.aloud.toggle', when: isOpen, run: toggle },
    { key: 'Shift+V', text: 'article.aloud.stop', when: isReading, run: aloud.stop },
    { key: 'J', text: 'article.aloud.next', when: isReading, run: () => aloud.step(1) },
    { key: 'Shift+J', text: 'article.aloud.previous', when: isReading, run: () => aloud.step(-1) },
  ])

  return { aloud, toggle }
}
