import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DayIssue, IssueSummary, SearchHitView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { groupBy } from '../shared/grouping.ts'
import { gapDays, issuesPerYear } from './publication-days.ts'

const mostFound = 60

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
  /** The articles of the chosen day, of any title, that answer the query. */
  const found = shallowRef<SearchHitView[]>([])
  const turns = { title: 0, day: 0, hits: 0, found: 0 }

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

  /** Finds the articles of a day that answer the query, as many as its shelf has room for. */
  async function loadFound(archive: string, date: string, text: string | undefined): Promise<void> {
    const turn = ++turns.found
    found.value = []
    if (!text) return
    try {
      const query = { text, from: date, to: date, sort: 'relevance' as const, limit: mostFound }
      const answer = await api.search.find({ archive, query, scope: 'calendar-day' })
      if (turn === turns.found) found.value = answer.hits
    } catch {
      // Untinted, as the days are.
      if (turn === turns.found) found.value = []
    }
  }

  listen('archive.changed', ({ archive }) => {
    if (shown.value?.archive === archive) void loadTitle(archive, shown.value.title, true)
    if (day.value?.archive === archive) void loadDay(archive, day.value.date, true)
  })

  const days = { issues, loading, error, day, dayError, hits, found, byDate, dates, gaps, years }
  return { ...days, loadTitle, loadDay, loadHits, loadFound }
})
