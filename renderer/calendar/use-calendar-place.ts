import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { single } from '../shared/routes.ts'
import { useCalendarStore } from './calendar-store.ts'
import { firstShownDay } from './publication-days.ts'

export type CalendarMode = 'calendar' | 'list' | 'years'

/** Where in the calendar one is, as the address says; what it leaves open is the last issue. */
export function useCalendarPlace() {
  const route = useRoute()
  const router = useRouter()
  const calendar = useCalendarStore()

  const archive = computed(() => single(route.params.archive) ?? '')
  const title = computed(() => single(route.params.title))
  const query = computed(() => single(route.query.q))
  const day = computed(() => single(route.query.day) ?? firstShownDay(calendar.dates))
  const year = computed(() => Number(single(route.query.year) ?? day.value?.slice(0, 4) ?? 0))
  const mode = computed<CalendarMode>(() => {
    const wish = single(route.query.view)
    return wish === 'list' || wish === 'years' ? wish : 'calendar'
  })

  /** Changes the address. Walking over days is not a journey: it leaves one entry in the history. */
  function go(change: { day?: string; year?: number; view?: CalendarMode }): void {
    const next: LocationQueryRaw = { ...route.query }
    if (change.day) Object.assign(next, { day: change.day, year: undefined })
    if (change.year) next.year = String(change.year)
    if (change.view) next.view = change.view === 'calendar' ? undefined : change.view
    void router.replace({ query: next })
  }

  return { archive, title, query, day, year, mode, go }
}
