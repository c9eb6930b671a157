import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { SearchQuery } from '../../archive/model.ts'
import type { IssueView, SearchHitView, SearchView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { problemCode } from '../shared/problem-sentence.ts'
import { countedSearch } from './counted-search.ts'

/** What is asked, without the page of results. */
export type Question = Omit<SearchQuery, 'offset' | 'limit'>

const hitsAtOnce = 50

/** Whether the question leaves out articles that hold its words. */
export function isNarrowed({ from, to, titles, kinds, pages, sections, withText, within }: Question): boolean {
  const lists = [titles, kinds, pages, sections]
  return Boolean(from || to || within || withText !== undefined || lists.some((list) => list?.length))
}

/** The results of the present question, read page by page, and the page under the chosen hit. */
export const useSearchStore = defineStore('search', () => {
  const asked = shallowRef<{ archive: string; question: Question }>()
  const result = shallowRef<SearchView>()
  const hits = shallowRef<SearchHitView[]>([])
  /** Months of the whole query, whatever range is chosen: the bars must not vanish while one drags over them. */
  const months = shallowRef<SearchView['months']>([])
  const titles = shallowRef<SearchView['titles']>([])
  const pages = shallowRef<SearchView['pages']>([])
  const error = shallowRef<unknown>()
  const searching = ref(false)
  const issue = shallowRef<{ archive: string; view: IssueView }>()
  const turns = { search: 0, issue: 0 }
  const find = countedSearch(api.search.find, listen)
  let wide = ''

  const complete = computed(() => !result.value || hits.value.length >= result.value.total || ended.value)
  const ended = ref(false)

  function sameAs(archive: string, question: Question): boolean {
    return JSON.stringify(asked.value) === JSON.stringify({ archive, question })
  }

  /** Asks anew, unless the answer is already here: coming back from the reader finds everything in place. */
  async function ask(archive: string, question: Question, again = false): Promise<void> {
    // A count that another search of this window ended is begun anew.
    if (!again && sameAs(archive, question) && !error.value && !result.value?.counting) return
    const turn = ++turns.search
    asked.value = { archive, question }
    error.value = undefined
    ended.value = false
    if (!question.text.trim()) {
      result.value = undefined
      hits.value = []
      searching.value = false
      return
    }
    searching.value = true
    try {
      const answer = find(archive, { ...question, offset: 0, limit: hitsAtOnce })
      const found = await answer.first
      if (turn !== turns.search) return
      result.value = found
      hits.value = found.hits
      searching.value = false
      const whole = await answer.whole
      if (turn !== turns.search) return
      // Further pages may be here already.
      result.value = whole
      await widen(archive, question, whole, turn)
    } catch (problem) {
      if (turn !== turns.search || problemCode(problem) === 'cancelled') return
      error.value = problem
      result.value = undefined
      hits.value = []
    } finally {
      if (turn === turns.search) searching.value = false
    }
  }

  /** Counts over all dates and titles, for the filters, where the question itself is narrower. */
  async function widen(archive: string, question: Question, found: SearchView, turn: number): Promise<void> {
    const { exactGlyphs, fuzzy, text } = question
    const broad = { text, exactGlyphs, fuzzy }
    const whole = JSON.stringify([archive, broad])
    const narrowed = isNarrowed(question)
    if (!narrowed) {
      wide = whole
      months.value = found.months
      titles.value = found.titles
      pages.value = found.pages
    } else if (wide !== whole) {
      const all = await find(archive, { ...broad, limit: 1 }).whole
      if (turn !== turns.search) return
      wide = whole
      months.value = all.months
      titles.value = all.titles
      pages.value = all.pages
    }
  }

  /** The next page of results. */
  async function more(): Promise<void> {
    const present = asked.value
    // The next page would end the counting of this one.
    if (!present || searching.value || complete.value || result.value?.counting) return
    const turn = turns.search
    searching.value = true
    try {
      const query = { ...present.question, offset: hits.value.length, limit: hitsAtOnce }
      const found = await find(present.archive, query).first
      if (turn !== turns.search) return
      ended.value = found.hits.length === 0
      hits.value = [...hits.value, ...found.hits]
    } catch (problem) {
      if (turn === turns.search && problemCode(problem) !== 'cancelled') error.value = problem
    } finally {
      if (turn === turns.search) searching.value = false
    }
  }

  /** The issue of a hit, for the picture of its page. */
  async function showIssue(archive: string, hit: SearchHitView): Promise<void> {
    const { title, date, edition } = hit.issue
    const shown = issue.value
    if (
      shown?.archive === archive &&
      shown.view.title === title &&
      shown.view.date === date &&
      shown.view.edition === edition
    )
      return
    const turn = ++turns.issue
    try {
      const view = await api.issues.read({ archive, title, date, edition })
      if (turn === turns.issue) issue.value = { archive, view }
    } catch {
      // The preview stays empty; the reader says what is wrong when the hit is opened.
      if (turn === turns.issue) issue.value = undefined
    }
  }

  async function cancel(): Promise<void> {
    turns.search++
    searching.value = false
    await api.search.cancel()
  }

  listen('archive.changed', ({ archive }) => {
    if (asked.value?.archive !== archive) return
    wide = ''
    void ask(archive, asked.value.question, true)
  })

  return { result, hits, months, titles, pages, error, searching, issue, complete, ask, more, showIssue, cancel }
})
