import { computed, ref, shallowRef, type Ref } from 'vue'
import type { Point } from '../../archive/model.ts'
import type { NoteShape } from '../../archive/annotations/annotation-model.ts'
import { boxBetween, isLargeEnough, movedShape, pulledShape, simplified } from './mark-geometry.ts'
import type { DrawingTool } from './annotation-store.ts'

interface Answers {
  tool: Ref<DrawingTool | undefined>
  /** The group whose coordinates are fractions of the page. */
  group: Ref<SVGGElement | null>
  made: (shape: NoteShape) => void
  /** Told once, when a moved or pulled shape is let go. */
  changed: (shape: NoteShape) => void
}

type Grip =
  | { kind: 'draw'; from: Point }
  | { kind: 'move'; from: Point; shape: NoteShape }
  | { kind: 'pull'; index: number; shape: NoteShape }

/** Mouse, pen and finger on the marks: drawing new ones, moving and pulling the chosen one. */
export function useRegionHand({ tool, group, made, changed }: Answers) {
  /** What is being drawn or moved, as it would be when let go now. */
  const draft = shallowRef<NoteShape>()
  const corners = shallowRef<Point[]>([])
  const pointer = shallowRef<Point>()
  const grip = ref<Grip['kind']>()
  let held: Grip | undefined

  /** Where a pointer is on the page; also outside of it. */
  function pointOf(event: PointerEvent | MouseEvent): Point | undefined {
    const matrix = group.value?.getScreenCTM()
    if (!matrix) return undefined
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    return [x, y]
  }

  function hold(event: PointerEvent, next: Grip): void {
    event.stopPropagation()
    event.preventDefault()
    held = next
    grip.value = next.kind
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
  }

  function press(event: PointerEvent): void {
    const at = pointOf(event)
    if (!at || event.button !== 0 || !tool.value) return
    if (tool.value === 'polygon') {
      event.stopPropagation()
      event.preventDefault()
      return addCorner(at)
    }
    hold(event, { kind: 'draw', from: at })
    draft.value = tool.value === 'freehand' ? { kind: 'freehand', points: [at] } : undefined
  }

  const grasp = (event: PointerEvent, shape: NoteShape): void => {
    const from = pointOf(event)
    if (from && event.button === 0) hold(event, { kind: 'move', from, shape })
  }
  const pull = (event: PointerEvent, shape: NoteShape, index: number): void => {
    if (event.button === 0) hold(event, { kind: 'pull', index, shape })
  }

  function move(event: PointerEvent): void {
    const at = pointOf(event)
    if (!at) return
    pointer.value = at
    if (tool.value && !held) event.stopPropagation()
    if (!held) return
    event.stopPropagation()
    if (held.kind === 'move') {
      draft.value = movedShape(held.shape, at[0] - held.from[0], at[1] - held.from[1])
    } else if (held.kind === 'pull') draft.value = pulledShape(held.shape, held.index, at)
    else if (tool.value === 'freehand') {
      const points = draft.value?.kind === 'freehand' ? draft.value.points : []
      draft.value = { kind: 'freehand', points: [...points, at] }
    } else draft.value = { kind: 'rectangle', box: boxBetween(held.from, at) }
  }

  function release(event: PointerEvent): void {
    if (!held) return
    event.stopPropagation()
    const shape =
      draft.value?.kind === 'freehand' ? { ...draft.value, points: simplified(draft.value.points) } : draft.value
    const wasDrawn = held.kind === 'draw'
    drop()
    if (!shape || !isLargeEnough(shape)) return
    if (wasDrawn) made(shape)
    else changed(shape)
  }

  /** Lets go of everything without a change. */
  function drop(): void {
    held = undefined
    grip.value = undefined
    draft.value = undefined
    corners.value = []
  }

  function addCorner(at: Point): void {
    corners.value = [...corners.value, at]
  }

  /** Closes the polygon that is being drawn; false when it has too few corners. */
  function closePolygon(): boolean {
    const shape: NoteShape = { kind: 'polygon', points: withoutDoubles(corners.value) }
    if (shape.points.length < 3 || !isLargeEnough(shape)) return false
    drop()
    made(shape)
    return true
  }

  const polygonSoFar = computed<Point[]>(() => [
    ...corners.value,
    ...(corners.value.length > 0 && pointer.value ? [pointer.value] : []),
  ])

  return {
    draft,
    corners,
    grip,
    polygonSoFar,
    press,
    grasp,
    pull,
    move,
    release,
    drop,
    addCorner,
    removeCorner: () => (corners.value = corners.value.slice(0, -1)),
    closePolygon,
  }
}

function withoutDoubles(points: Point[]): Point[] {
  return points.filter(([x, y], index) => {
    const [bx, by] = points[index - 1] ?? [Infinity, Infinity]
    return Math.hypot(x - bx, y - by) > 0.0008
  })
}
