import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

/** What a bubble belongs to, in CSS pixels of the window: the middle it is centred on, and where it begins and ends. */
export interface BubbleAnchor {
  x: number
  top: number
  bottom: number
}

const gap = 8
const edge = 8

/**
 * Where a bubble stands, as its style: under what it belongs to, above where there is no room under it, and always whole
 * within the window, however large it is.
 */
export function useBubblePlace(anchor: () => BubbleAnchor | undefined, element: Ref<HTMLElement | null>) {
  const size = ref({ width: 0, height: 0 })
  const room = ref({ width: window.innerWidth, height: window.innerHeight })
  const measure = (): void => {
    room.value = { width: window.innerWidth, height: window.innerHeight }
    if (element.value) size.value = { width: element.value.offsetWidth, height: element.value.offsetHeight }
  }
  const observer = new ResizeObserver(measure)
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  window.addEventListener('resize', measure)
  onScopeDispose(() => {
    observer.disconnect()
    window.removeEventListener('resize', measure)
  })

  return computed(() => {
    const at = anchor()
    return at && bubblePlace(at, size.value, room.value)
  })
}

/** The same without a window, in pixels. */
export function bubblePlace(
  { x, top, bottom }: BubbleAnchor,
  { width, height }: { width: number; height: number },
  room: { width: number; height: number },
): { left: string; top: string } {
  const left = Math.max(edge, Math.min(x - width / 2, room.width - width - edge))
  const last = room.height - height - edge
  const under = bottom + gap
  const above = top - gap - height
  const down = under <= last ? Math.max(under, edge) : above >= edge ? above : Math.max(last, edge)
  return { left: `${Math.round(left)}px`, top: `${Math.round(Math.min(down, Math.max(last, edge)))}px` }
}
