import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { IssueKey, OriginsView } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'

interface Asked {
  archive: string
  issue: IssueKey
  /** Of an article of it. */
  article?: string
}

/** Where the issue or the article that was asked about comes from. */
export const useOriginsStore = defineStore('origins', () => {
  const shown = ref(false)
  const asked = shallowRef<Asked>()
  const origins = shallowRef<OriginsView>()
  const problem = shallowRef<unknown>()

  async function ask(about: Asked): Promise<void> {
    asked.value = about
    origins.value = undefined
    problem.value = undefined
    shown.value = true
    const { title, date, edition } = about.issue
    const { archive, article } = about
    try {
      const read = await api.issues.origins({ archive, title, date, edition, ...(article && { article }) })
      if (asked.value === about) origins.value = read
    } catch (error) {
      if (asked.value === about) problem.value = error
    }
  }

  return { shown, asked, origins, problem, ask }
})
