import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { KioskStatus } from '../../../electron/bridge/kiosk-views.ts'
import { api } from '../../shared/api.ts'
import { useKioskStore } from '../kiosk-store.ts'

/** What the staff sees behind the PIN. Everything it does is checked again by the program. */
export const useStaffStore = defineStore('staff', () => {
  const kiosk = useKioskStore()
  const status = shallowRef<KioskStatus>()
  const log = shallowRef<string[]>([])
  const problem = shallowRef<unknown>()
  const busy = ref(false)

  /** Does one thing; what goes wrong is kept in `problem`. Answers whether it went well. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    problem.value = undefined
    try {
      await work()
      return true
    } catch (error) {
      problem.value = error
      return false
    } finally {
      busy.value = false
    }
  }

  const enter = (pin: string) => attempt(() => api.kiosk.enterPin({ pin }))

  const refresh = () =>
    attempt(async () => {
      const [now, lines] = await Promise.all([api.kiosk.status(), api.kiosk.log()])
      status.value = now
      log.value = lines
    })

  const showArchives = (archives: string[]) =>
    attempt(async () => {
      kiosk.view = await api.kiosk.showArchives({ archives })
      status.value = await api.kiosk.status()
    })

  const leave = () => attempt(() => api.kiosk.leaveStaff())
  const exit = () => attempt(() => api.kiosk.exit())

  return { status, log, problem, busy, enter, refresh, showArchives, leave, exit }
})
