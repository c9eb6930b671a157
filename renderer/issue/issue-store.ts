import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { IssueKey, IssueView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'

/** The issue whose overview is shown. */
export const useIssueStore = defineStore('issue', () => {
  const issue = shallowRef<IssueView>()
  const error = shallowRef<unknown>()
  const loading = ref(false)
  let shown: { archive: string; key: IssueKey } | undefined
  let turn = 0

  async function load(archive: string, key: IssueKey): Promise<void> {
    const mine = ++turn
    shown = { archive, key }
    loading.value = true
    error.value = undefined
    try {
      const read = await api.issues.read({ archive, ...key })
      if (mine === turn) issue.value = read
    } catch (problem) {
      if (mine !== turn) return
      issue.value = undefined
      error.value = problem
    }
    if (mine === turn) loading.value = false
  }

  listen('archive.changed', ({ archive }) => {
    if (shown?.archive === archive) void load(archive, shown.key)
  })

  return { issue, error, loading, load }
})
