import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

const WIDEST_PX = 560
/** Width to height. */
const NARROWEST = 3 / 5

/**
 * Whether two pages stand one above the other: only where that shows more of two upright ones. Measured here, as a query of
 * a container with a size of its own leaves what is in it without a place when the reader turns upright (Chromium 130).
 */
export function useStackedSheets(desk: Ref<HTMLElement | null>): Ref<boolean> {
  const stacked = ref(false)
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? { width: 0, height: 0 }
    stacked.value = width <= WIDEST_PX && width <= NARROWEST * height
  })
  onMounted(() => desk.value && observer.observe(desk.value))
  onBeforeUnmount(() => observer.disconnect())
  return stacked
}
