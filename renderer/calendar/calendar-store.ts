import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DayIssue, IssueSummary } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { groupBy } from '../shared/grouping.ts'
import { gapDays, issuesPerYear } from './publication-days.ts'

/** Hits of a query by day. `complete` is false where there are more than were counted. */
export interface DayHits {
  counts: ReadonlyMap<string, number>
  complete: boolean
}

const hitsAtOnce = 200
const hitsAtMost = 2000

/** The issues of the title in view, the issues of the chosen day, and the hits that tint the days. */
export const useCalendarStore = defineStore('calendar', () => {
  const issues = shallowRef<IssueSummary[]>([])
  const shown = ref<{ archive: string; title: string }>()
  const loading = ref(false)
  const error = shallowRef<unknown>()
  const day = shallowRef<{ archive: string; date: string; issues: DayIssue[] }>()
  const dayError = shallowRef<unknown>()
  const hits = shallowRef<DayHits>()
  const turns = { title: 0, day: 0, hits: 0 }

  const byDate = computed(() => groupBy(issues.value, (issue) => issue.date))
  const dates = computed(() => [...byDate.value.keys()])
  const gaps = computed(() => gapDays(dates.value))
  const years = computed(() => issuesPerYear(issues.value.map((issue) => issue.date)))

  async function loadTitle(archive: string, title: string, again = false): Promise<void> {
    if (!again && shown.value?.archive === archive && shown.value.title === title && !error.value) return
    const turn = ++turns.title
    loading.value = true
    error.value = undefined
    if (!again) issues.value = []
    shown.value = { archive, title }
    try {
      const found = await api.issues.ofTitle({ archive, title })
      if (turn === turns.title) issues.value = found
    } catch (problem) {
      if (turn === turns.title) error.value = problem
    }
    if (turn === turns.title) loading.value = false
  }

  async function loadDay(archive: string, date: string, again = false): Promise<void> {
    if (!again && day.value?.archive === archive && day.value.date === date) return
    const turn = ++turns.day
    dayError.value = undefined
    try {
      const found = await api.issues.ofDay({ archive, date })
      if (turn === turns.day) day.value = { archive, date, issues: found }
    } catch (problem) {
      if (turn === turns.day) dayError.value = problem
    }
  }

  /** Counts a query's hits on each day of a year, so that the calendar can show where they lie. */
  async function loadHits(archive: string, title: string, text: string | undefined, year: number): Promise<void> {
    const turn = ++turns.hits
    hits.value = undefined
    if (!text) return
    const counts = new Map<string, number>()
    const span = { from: `${year}-01-01`, to: `${year}-12-31` }
    try {
      for (let offset = 0; offset < hitsAtMost; offset += hitsAtOnce) {
        const query = { text, titles: [title], ...span, sort: 'oldest' as const, offset, limit: hitsAtOnce }
        const found = await api.search.find({ archive, query })
        if (turn !== turns.hits) return
        for (const hit of found.hits) counts.set(hit.date, (counts.get(hit.date) ?? 0) + hit.count)
        const complete = found.hits.length < hitsAtOnce
        hits.value = { counts: new Map(counts), complete }
        if (complete) return
      }
    } catch {
      // The search screen says what is wrong with a query; the calendar only stays untinted.
      if (turn === turns.hits) hits.value = undefined
    }
  }

  listen('archive.changed', ({ archive }) => {
    if (shown.value?.archive === archive) void loadTitle(archive, shown.value.title, true)
    if (day.value?.archive === archive) void loadDay(archive, day.value.date, true)
  })

  return { issues, loading, error, day, dayError, hits, byDate, dates, gaps, years, loadTitle, loadDay, loadHits }
})
