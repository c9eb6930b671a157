import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { KioskView } from '../../electron/bridge/kiosk-views.ts'
import { api, listen } from '../shared/api.ts'

const PING_MS = 1000

/** The reading-room screen: what its policy allows, and whether somebody is still there. */
export const useKioskStore = defineStore('kiosk', () => {
  const view = shallowRef<KioskView>()
  /** Seconds until the visit is wiped, while the visitor is asked whether they are still there. */
  const left = ref<number>()
  let pinged = 0

  /** Answers whether this window is a kiosk. */
  async function load(): Promise<boolean> {
    view.value = await api.kiosk.read()
    if (!view.value) return false
    listen('kiosk.changed', (changed) => (view.value = changed))
    listen('kiosk.idle', (idle) => (left.value = idle.left))
    return true
  }

  /** Somebody touched the screen or the keyboard. */
  function touched(now = false): void {
    if (!now && Date.now() - pinged < PING_MS) return
    pinged = Date.now()
    // A ping that is lost is followed by the next touch.
    api.kiosk.touched().catch(() => undefined)
  }

  /** Ends the visit: the window is replaced by a fresh one. */
  const wipe = () => api.kiosk.wipe()

  const allow = computed(() => view.value?.allow)

  return { view, left, allow, load, touched, wipe }
})
