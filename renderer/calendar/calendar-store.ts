import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DayIssue, IssueSummary } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { groupBy } from '../shared/grouping.ts'
import { gapDays, issuesPerYear } from './publication-days.ts'

/** The issues of the title in view, the issues of the chosen day, and the hits that tint the days. */
export const useCalendarStore = defineStore('calendar', () => {
  const issues = shallowRef<IssueSummary[]>([])
  const shown = ref<{ archive: string; title: string }>()
  const loading = ref(false)
  const error = shallowRef<unknown>()
  const day = shallowRef<{ archive: string; date: string; issues: DayIssue[] }>()
  const dayError = shallowRef<unknown>()
  /** How many articles of the title answer the query, by ISO date; undefined without a query. */
  const hits = shallowRef<ReadonlyMap<string, number>>()
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

  /** Counts the articles that answer a query on each day, so that the calendar can show where they lie. */
  async function loadHits(archive: string, title: string, text: string | undefined): Promise<void> {
    const turn = ++turns.hits
    if (!text) {
      hits.value = undefined
      return
    }
    try {
      const found = await api.search.days({ archive, query: { text, titles: [title] }, scope: 'calendar' })
      if (turn === turns.hits) hits.value = new Map(Object.entries(found))
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
