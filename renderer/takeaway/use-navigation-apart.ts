import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter, type RouteLocationNormalized } from 'vue-router'
import { useTakeawayStore } from './takeaway-store.ts'

const ANSWERED_MS = 500

/**
 * What is pressed with Ctrl held leads into a window of its own, be it a link, a button or a zone on the page. Links
 * do so by themselves; for everything else the navigation that follows is turned away from this window.
 */
export function useNavigationApart(): void {
  const router = useRouter()
  const takeaway = useTakeawayStore()
  let until = 0

  function press(event: PointerEvent | KeyboardEvent): void {
    const pressed = event instanceof PointerEvent ? event.button === 0 : event.key === 'Enter'
    if (!pressed) return
    until = event.ctrlKey || event.metaKey ? performance.now() + ANSWERED_MS : 0
  }

  const stop = router.beforeEach((to, from) => {
    if (performance.now() > until || samePlace(to, from)) return true
    until = 0
    void takeaway.openWindow(to.fullPath)
    return false
  })

  onMounted(() => {
    window.addEventListener('pointerup', press, true)
    window.addEventListener('keydown', press, true)
  })
  onBeforeUnmount(() => {
    stop()
    window.removeEventListener('pointerup', press, true)
    window.removeEventListener('keydown', press, true)
  })
}

/** Places that differ only in what part of a page is seen are no step of the reader's. */
function samePlace(one: RouteLocationNormalized, other: RouteLocationNormalized): boolean {
  const where = ({ path, query }: RouteLocationNormalized) =>
    JSON.stringify([
      path,
      Object.entries(query)
        .filter(([name]) => name !== 'view')
        .sort(),
    ])
  return where(one) === where(other)
}
