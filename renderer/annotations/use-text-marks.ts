import { nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { noteColours, type NoteKind, type PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { useArticleStore } from '../article/article-store.ts'
import { useAnnotationStore } from './annotation-store.ts'
import type { BubbleAnchor } from './use-bubble-place.ts'
import { quoteOfRange, rangeOfQuote, shownParts } from './text-marks.ts'

export type TextMarks = ReturnType<typeof useTextMarks>

type Quoted = NonNullable<ReturnType<typeof quoteOfRange>>

/** From the first line of the words to the last, and the middle of that. */
function anchorOf(range: Range): BubbleAnchor | undefined {
  const boxes = range.getClientRects()
  const [first, last] = [boxes[0], boxes[boxes.length - 1]]
  return first && last && { x: (last.left + last.right) / 2, top: first.top, bottom: last.bottom }
}

const articleRoot = () => document.querySelector<HTMLElement>('.article-text')

/**
 * Notes in the text of the article, by the CSS Custom Highlight API: nothing of the article's own elements is touched.
 * A press on marked words chooses their note; words that are selected can be marked.
 */
export function useTextMarks() {
  const store = useAnnotationStore()
  const articles = useArticleStore()
  /** Where the selection is. */
  const selected = shallowRef<BubbleAnchor>()
  /** Words that are being corrected, and where. */
  const correcting = shallowRef<Quoted & BubbleAnchor & { range: Range }>()
  /** Why their correction could not be kept. */
  const refused = shallowRef<unknown>()
  let ranges: { note: PlacedNote; range: Range }[] = []
  let seen = ''
  let isKeeping = false

  function draw(): void {
    clear()
    ranges = []
    const root = articleRoot()
    if (!root) return
    const parts = shownParts(root)
    for (const note of store.notes) {
      if (!note.quote || note.lost || !note.span) continue
      const quote = articles.asDelivered ? note.quote : (note.shownQuote ?? note.quote)
      const range = rangeOfQuote(parts, note.span.article, quote)
      if (range) ranges.push({ note, range })
    }
    for (const colour of noteColours) {
      // A region's words belong to the page; in the text they are shown only when the region is chosen.
      const own = ranges.filter(
        ({ note }) => note.colour === colour && note.level === 'text' && note.correction === undefined,
      )
      if (own.length > 0) CSS.highlights.set(`note-${colour}`, new Highlight(...own.map(({ range }) => range)))
    }
    const corrected = ranges.filter(({ note }) => note.correction !== undefined)
    if (corrected.length > 0)
      CSS.highlights.set('note-corrected', new Highlight(...corrected.map(({ range }) => range)))
    const chosen = ranges.find(({ note }) => note.id === store.chosenId)
    if (!chosen) {
      seen = ''
      return
    }
    const highlight = new Highlight(chosen.range)
    highlight.priority = 1
    CSS.highlights.set('note-chosen', highlight)
    if (seen === store.chosenId) return
    seen = store.chosenId
    const near = chosen.range.startContainer.parentElement
    near?.scrollIntoView({ block: 'nearest' })
  }

  watch(
    () => [store.notes, store.chosenId, articles.article, articles.parts, articles.look] as const,
    async () => {
      await nextTick()
      draw()
    },
    { deep: false },
  )

  function look(): void {
    const selection = window.getSelection()
    const root = articleRoot()
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
    if (!root || !range || range.collapsed || !root.contains(range.commonAncestorContainer)) {
      selected.value = undefined
      return
    }
    selected.value = anchorOf(range)
  }

  /** What stands by words goes with them when the text is scrolled or laid out anew. */
  function follow(): void {
    const words = correcting.value
    if (words) correcting.value = { ...words, ...anchorOf(words.range) }
    else if (selected.value) look()
  }

  /** Marks the words that are selected. */
  async function mark(kind: NoteKind): Promise<void> {
    const selection = window.getSelection()
    const root = articleRoot()
    if (!root || !selection || selection.rangeCount === 0) return
    const quoted = quoteOfRange(shownParts(root), selection.getRangeAt(0))
    if (!quoted) return
    const colour = kind === 'highlighting' ? 'ochre' : 'indigo'
    const made = await store.add({ level: 'text', ...quoted, edit: { kind, colour } })
    selection.removeAllRanges()
    if (made && kind !== 'highlighting') store.choose(made.id, true)
  }

  /** What is selected, when it can be corrected: words within a paragraph. */
  function selectedWords(): Quoted | undefined {
    const selection = window.getSelection()
    const root = articleRoot()
    if (!root || !selection || selection.rangeCount === 0) return undefined
    const quoted = quoteOfRange(shownParts(root), selection.getRangeAt(0))
    return quoted && !quoted.quote.exact.includes('\n') ? quoted : undefined
  }

  function correct(): void {
    const quoted = selectedWords()
    const range = quoted && window.getSelection()?.getRangeAt(0).cloneRange()
    if (!quoted || !selected.value || !range) return
    // The selection goes to the field; the words stay marked.
    const marked = new Highlight(range)
    marked.priority = 2
    CSS.highlights.set('note-correcting', marked)
    refused.value = undefined
    correcting.value = { ...quoted, ...selected.value, range }
  }

  function leaveCorrection(): void {
    correcting.value = undefined
    CSS.highlights.delete('note-correcting')
  }

  /** What cannot be kept stays in its field, with the reason. */
  async function keepCorrection(correction: string): Promise<void> {
    const words = correcting.value
    if (!words || isKeeping) return
    isKeeping = true
    const { article, quote } = words
    const made = await store.add({ level: 'text', article, quote, edit: { kind: 'editing', correction } }, 'in place')
    isKeeping = false
    refused.value = made ? undefined : store.problem
    if (!made) return
    leaveCorrection()
    window.getSelection()?.removeAllRanges()
  }

  function clear(): void {
    for (const name of [...noteColours, 'chosen', 'corrected']) CSS.highlights.delete(`note-${name}`)
  }

  function pick(event: MouseEvent): void {
    const root = articleRoot()
    if (!root || !(event.target instanceof Node) || !root.contains(event.target)) return
    if (window.getSelection()?.isCollapsed === false) return
    const caret = document.caretRangeFromPoint(event.clientX, event.clientY)
    if (!caret) return
    const hit = ranges.filter(
      ({ note, range }) => note.level === 'text' && range.isPointInRange(caret.startContainer, caret.startOffset),
    )
    const shortest = hit.sort(
      (one, other) => (one.note.quote?.exact.length ?? 0) - (other.note.quote?.exact.length ?? 0),
    )
    if (shortest[0]) store.choose(shortest[0].note.id)
  }

  onMounted(() => {
    document.addEventListener('selectionchange', look)
    document.addEventListener('click', pick)
    document.addEventListener('scroll', follow, { capture: true, passive: true })
    window.addEventListener('resize', follow)
    draw()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('selectionchange', look)
    document.removeEventListener('click', pick)
    document.removeEventListener('scroll', follow, { capture: true })
    window.removeEventListener('resize', follow)
    leaveCorrection()
    clear()
  })

  return {
    selected,
    correcting,
    correct,
    keepCorrection,
    refused,
    leaveCorrection,
    canCorrect: () => selectedWords() !== undefined,
    mark,
    hasSelection: () => selected.value !== undefined,
  }
}
