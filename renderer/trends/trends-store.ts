import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { TrendsView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { problemCode } from '../shared/problem-sentence.ts'

/** How often queries are answered over time. */
export const useTrendsStore = defineStore('trends', () => {
  const trends = shallowRef<TrendsView>()
  const problem = shallowRef<unknown>()
  const counting = ref(false)
  /** Name of the file that was saved last. */
  const saved = ref('')
  let turn = 0
  let asked: { archive: string; queries: readonly string[]; titles: readonly string[] } | undefined

  async function ask(archive: string, queries: readonly string[], titles: readonly string[]): Promise<void> {
    const mine = ++turn
    asked = { archive, queries, titles }
    problem.value = undefined
    saved.value = ''
    if (queries.length === 0) {
      trends.value = undefined
      counting.value = false
      return
    }
    counting.value = true
    try {
      const found = await api.search.trends({ archive, queries: [...queries], titles: [...titles] })
      if (mine === turn) trends.value = found
    } catch (error) {
      if (mine === turn && problemCode(error) !== 'cancelled') problem.value = error
    } finally {
      if (mine === turn) counting.value = false
    }
  }

  async function save(name: string, extension: 'csv' | 'svg', text: string): Promise<void> {
    try {
      saved.value = (await api.takeaway.saveText({ name, extension, text })) ?? ''
    } catch (error) {
      problem.value = error
    }
  }

  /** Nobody looks any more: what is under way is not shown, and nothing is counted anew. */
  function forget(): void {
    turn += 1
    asked = undefined
    counting.value = false
  }

  // What stands on the screen may be the error of an index that is now made.
  listen('archive.changed', ({ archive }) => {
    if (asked?.archive === archive) void ask(archive, asked.queries, asked.titles)
  })

  return { trends, problem, counting, saved, ask, forget, save }
})
