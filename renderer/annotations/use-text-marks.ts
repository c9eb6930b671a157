import { nextTick, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { noteColours, type NoteKind, type PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { useArticleStore } from '../article/article-store.ts'
import { useAnnotationStore } from './annotation-store.ts'
import { quoteOfRange, rangeOfQuote, shownParts } from './text-marks.ts'

export type TextMarks = ReturnType<typeof useTextMarks>

type Quoted = NonNullable<ReturnType<typeof quoteOfRange>>

const articleRoot = () => document.querySelector<HTMLElement>('.article-text')

/**
 * Notes in the text of the article, by the CSS Custom Highlight API: nothing of the article's own elements is touched.
 * A press on marked words chooses their note; words that are selected can be marked.
 */
export function useTextMarks() {
  const store = useAnnotationStore()
  const articles = useArticleStore()
  /** Where the selection ends, in CSS pixels of the window. */
  const selected = shallowRef<{ x: number; y: number }>()
  /** Words that are being corrected, and where. */
  const correcting = shallowRef<Quoted & { x: number; y: number }>()
  let ranges: { note: PlacedNote; range: Range }[] = []
  let seen = ''

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
    const boxes = range.getClientRects()
    const last = boxes[boxes.length - 1]
    const margin = 120
    selected.value = last && {
      x: Math.min(Math.max((last.left + last.right) / 2, margin), window.innerWidth - margin),
      y: Math.min(last.bottom, window.innerHeight - 56),
    }
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
    if (quoted && selected.value) correcting.value = { ...quoted, ...selected.value }
  }

  async function keepCorrection(correction: string): Promise<void> {
    const words = correcting.value
    correcting.value = undefined
    if (!words) return
    const { article, quote } = words
    window.getSelection()?.removeAllRanges()
    await store.add({ level: 'text', article, quote, edit: { kind: 'editing', correction } })
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
    draw()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('selectionchange', look)
    document.removeEventListener('click', pick)
    clear()
  })

  return {
    selected,
    correcting,
    correct,
    keepCorrection,
    leaveCorrection: () => (correcting.value = undefined),
    canCorrect: () => selectedWords() !== undefined,
    mark,
    hasSelection: () => selected.value !== undefined,
  }
}
