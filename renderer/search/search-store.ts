import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { SearchQuery } from '../../archive/model.ts'
import type { IssueView, SearchHitView, SearchView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { problemCode } from '../shared/problem-sentence.ts'
import { countedSearch } from './counted-search.ts'

/** What is asked, without the page of results. */
export type Question = Omit<SearchQuery, 'offset' | 'limit'>

/** How many hits there are of each kind, to narrow by. */
export type FilterCounts = Pick<SearchView, 'months' | 'titles' | 'pages' | 'sections'>

/** What fills a screen, at every letter; then more at a time. */
const hitsAtFirst = 20
const hitsAtOnce = 50
const lateMs = 200
const noCounts: FilterCounts = { months: [], titles: [], pages: [], sections: [] }

/** Whether the question leaves out articles that hold its words. */
export function isNarrowed({ from, to, titles, kinds, pages, sections, withText, within }: Question): boolean {
  const lists = [titles, kinds, pages, sections]
  return Boolean(from || to || within || withText !== undefined || lists.some((list) => list?.length))
}

/** The question without what narrows it. */
const broadOf = ({ text, exactGlyphs, fuzzy }: Question): Question => ({ text, exactGlyphs, fuzzy })

/** The results of the present question, read page by page, and the page under the chosen hit. */
export const useSearchStore = defineStore('search', () => {
  const asked = shallowRef<{ archive: string; question: Question }>()
  const result = shallowRef<SearchView>()
  const hits = shallowRef<SearchHitView[]>([])
  /** Of the whole query, whatever is chosen: the bars must not vanish while one drags over them. */
  const counts = shallowRef<FilterCounts>(noCounts)
  const error = shallowRef<unknown>()
  const searching = ref(false)
  /** The words that the results on the screen answer. While others are asked they are said to be of before. */
  const answered = ref('')
  /** Position in the window's history at which the search screen was entered; 0 when it was the first thing. */
  const enteredAt = ref(0)
  /** The answer takes so long that one should be told. */
  const late = ref(false)
  let lateness: ReturnType<typeof setTimeout> | undefined
  watch(searching, (now) => {
    clearTimeout(lateness)
    late.value = false
    if (now) lateness = setTimeout(() => (late.value = true), lateMs)
  })
  const issue = shallowRef<{ archive: string; view: IssueView }>()
  const turns = { search: 0, issue: 0 }
  const find = countedSearch(api.search.find, listen, 'results')
  const count = countedSearch(api.search.find, listen, 'counts')
  /** What `counts` were counted for, and its words. */
  let wide = ''
  const countedFor = ref('')
  const ended = ref(false)
  const complete = computed(() => !result.value || hits.value.length >= result.value.total || ended.value)
  /** Archives whose index was found damaged: it is made again once without being asked. */
  const mended = new Set<string>()

  function sameAs(archive: string, question: Question): boolean {
    return JSON.stringify(asked.value) === JSON.stringify({ archive, question })
  }

  /** Asks anew, unless the answer is already here: coming back from the reader finds everything in place. */
  async function ask(archive: string, question: Question, again = false): Promise<void> {
    if (!again && sameAs(archive, question) && !error.value) return
    const turn = ++turns.search
    asked.value = { archive, question }
    error.value = undefined
    ended.value = false
    if (!question.text.trim()) {
      forget()
      searching.value = false
      await api.search.cancel({ scope: 'results' })
      return
    }
    searching.value = true
    try {
      const answer = find(archive, { ...question, offset: 0, limit: hitsAtFirst })
      const found = await answer.first
      if (turn !== turns.search) return
      result.value = found
      hits.value = found.hits
      answered.value = question.text
      // Of what only a look into the texts can find there may be none yet: further hits come with the whole answer.
      const isPart = found.counting && found.hits.length < hitsAtFirst
      searching.value = isPart
      if (!found.counting && !isNarrowed(question)) takeCounts(archive, question, found)
      const whole = await answer.whole
      if (turn !== turns.search) return
      // Further pages may be here already.
      if (isPart) {
        hits.value = whole.hits
        searching.value = false
      }
      result.value = whole
      if (whole.damaged) mend(archive)
      await widen(archive, question, whole, turn)
    } catch (problem) {
      if (turn !== turns.search || problemCode(problem) === 'cancelled') return
      error.value = problem
      forget()
    } finally {
      if (turn === turns.search) searching.value = false
    }
  }

  function forget(): void {
    result.value = undefined
    hits.value = []
    answered.value = ''
  }

  /** Counts over all dates and titles, for the filters, where the question itself is narrower. */
  async function widen(archive: string, question: Question, found: SearchView, turn: number): Promise<void> {
    if (wide === JSON.stringify([archive, broadOf(question)])) return
    const all = isNarrowed(question) ? await count(archive, { ...broadOf(question), limit: 1 }).whole : found
    if (turn === turns.search) takeCounts(archive, question, all)
  }

  function takeCounts(archive: string, question: Question, { months, titles, pages, sections }: SearchView): void {
    wide = JSON.stringify([archive, broadOf(question)])
    counts.value = { months, titles, pages, sections }
    countedFor.value = question.text
  }

  /** Has the damaged part of an index made again; what is asked is then asked anew (`archive.changed`). */
  function mend(archive: string): void {
    if (mended.has(archive)) return
    mended.add(archive)
    // The jobs say what became of it.
    api.jobs.prepare({ archive }).catch(() => undefined)
  }

  /** The next page of results. */
  async function more(): Promise<void> {
    const present = asked.value
    if (!present || searching.value || complete.value) return
    const turn = turns.search
    searching.value = true
    try {
      const query = { ...present.question, offset: hits.value.length, limit: hitsAtOnce }
      const found = await api.search.find({ archive: present.archive, query, scope: 'more' })
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
    const isShown = shown?.view.title === title && shown.view.date === date && shown.view.edition === edition
    if (shown?.archive === archive && isShown) return
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
    await api.search.cancel({ scope: 'results' })
  }

  listen('archive.changed', ({ archive }) => {
    if (asked.value?.archive !== archive) return
    wide = ''
    void ask(archive, asked.value.question, true)
  })

  const shown = {
    result,
    hits,
    counts,
    countedFor,
    error,
    searching,
    answered,
    asked,
    issue,
    complete,
    enteredAt,
    late,
  }
  return { ...shown, ask, more, showIssue, cancel }
})
