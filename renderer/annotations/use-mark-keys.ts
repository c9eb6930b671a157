import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { Box, Point } from '../../archive/model.ts'
import type { NoteShape, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import { boxAround } from '../../archive/annotations/region-shape.ts'
import { useAnnotationStore, type DrawingTool } from './annotation-store.ts'
import { grownShape, isLargeEnough, movedShape, outlineOf } from './mark-geometry.ts'

interface Parts {
  tool: Ref<DrawingTool | undefined>
  page: Ref<string>
  /** The notes that are drawn on the page. */
  marked: Ref<PlacedNote[]>
  /** What is seen of the page. */
  visible: () => Box
  made: (shape: NoteShape) => void
  reveal: (box: Box) => void
  /** Gives the focus back to the page. */
  leave: () => void
}

const STEP = 0.005
const LARGE_STEP = 0.03
const SETTLED_MS = 400

const directions: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Marks without a mouse. While drawing, arrows move the new region and Ctrl+arrows size it; Enter makes it. Afterwards
 * arrows walk from mark to mark, Shift+arrows move the chosen one, Ctrl+arrows size it, Delete takes it away.
 */
export function useMarkKeys({ tool, page, marked, visible, made, reveal, leave }: Parts) {
  const store = useAnnotationStore()
  const keyDraft = shallowRef<NoteShape>()
  const keyCorners = shallowRef<Point[]>([])
  const cursor = shallowRef<Point>([0.5, 0.5])
  /** True once a key has drawn: the crosshair of a mouse needs no other. */
  const byKey = ref(false)
  /** The chosen note as moved by keys, until it is saved. */
  const moving = shallowRef<NoteShape>()
  let settling: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => save())

  /** Another tool begins. */
  function begin(now: DrawingTool | undefined): void {
    keyDraft.value = undefined
    keyCorners.value = []
    byKey.value = false
    const { x, y, w, h } = visible()
    cursor.value = [x + w / 2, y + h / 2]
    if (!now) save()
  }

  function startDraft(): void {
    const { x, y, w, h } = visible()
    keyDraft.value = { kind: 'rectangle', box: { x: x + w * 0.35, y: y + h * 0.4, w: w * 0.3, h: h * 0.2 } }
  }

  function draw(event: KeyboardEvent): boolean {
    byKey.value = true
    const direction = directions[event.key]
    const step = event.shiftKey ? LARGE_STEP : STEP
    if (tool.value === 'polygon') {
      if (direction)
        cursor.value = [inside(cursor.value[0] + direction[0] * step), inside(cursor.value[1] + direction[1] * step)]
      else if (event.key === ' ') keyCorners.value = [...keyCorners.value, cursor.value]
      else if (event.key === 'Backspace') keyCorners.value = keyCorners.value.slice(0, -1)
      else if (event.key === 'Enter') finish({ kind: 'polygon', points: keyCorners.value })
      else return false
      return true
    }
    if (direction || event.key === 'Enter') if (!keyDraft.value) startDraft()
    const shape = keyDraft.value
    if (!shape) return false
    if (direction) {
      const [dx, dy] = [direction[0] * step, direction[1] * step]
      keyDraft.value = event.ctrlKey ? grownShape(shape, dx, dy) : movedShape(shape, dx, dy)
      reveal(boxAround(keyDraft.value))
    } else if (event.key === 'Enter') finish(shape)
    else return false
    return true
  }

  function finish(shape: NoteShape): void {
    if ((shape.kind === 'polygon' && shape.points.length < 3) || !isLargeEnough(shape)) return
    keyDraft.value = undefined
    keyCorners.value = []
    made(shape)
  }

  function walk(event: KeyboardEvent): boolean {
    const direction = directions[event.key]
    const at = marked.value.findIndex((note) => note.id === store.chosenId)
    const note = marked.value[at]
    if (direction && note?.shape && (event.shiftKey || event.ctrlKey)) {
      const [dx, dy] = [direction[0] * STEP, direction[1] * STEP]
      const shape = moving.value ?? note.shape
      moving.value = event.ctrlKey ? grownShape(shape, dx, dy) : movedShape(shape, dx, dy)
      reveal(boxAround(moving.value))
      clearTimeout(settling)
      settling = setTimeout(save, SETTLED_MS)
    } else if (direction && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      const forward = direction[0] + direction[1] > 0
      const next = marked.value[at < 0 ? 0 : (at + (forward ? 1 : marked.value.length - 1)) % marked.value.length]
      save()
      if (next) store.chosenId = next.id
      const box = next && outlineOf(next, page.value)
      if (box) reveal(box)
    } else if (note && (event.key === 'Delete' || event.key === 'Backspace')) void store.remove(note.id)
    else if (note && event.key === 'Enter') store.choose(note.id, true)
    else if (event.key === 'Escape') leave()
    else return false
    return true
  }

  /** Saves the place a note was moved to: many strokes are one change. */
  function save(): void {
    clearTimeout(settling)
    const shape = moving.value
    const id = store.chosenId
    if (!shape || id === '') return
    void store.edit(id, { shape }).then(() => {
      if (moving.value === shape) moving.value = undefined
    })
  }

  function press(event: KeyboardEvent): void {
    if (tool.value && event.key === 'Escape') {
      tool.value = undefined
      leave()
    } else if (!(tool.value ? draw(event) : walk(event))) return
    event.preventDefault()
    event.stopPropagation()
  }

  return { keyDraft, keyCorners, cursor, byKey, moving, begin, press }
}

function inside(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}
