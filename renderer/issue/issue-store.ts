import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { IssueGlance, IssueKey, IssueView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { sameIssue } from '../shared/same-issue.ts'
import { scrollRest } from './scroll-rest.ts'

/**
 * The document of an issue of thousands of pages is read when its first screen has had time to be seen, and nobody
 * scrolls: while it is read, thumbnails wait.
 */
const BEFORE_THE_REST_MS = 250

/** The issue whose overview is shown. */
export const useIssueStore = defineStore('issue', () => {
  const issue = shallowRef<IssueView>()
  /** What is known of it before it is read. */
  const glance = shallowRef<IssueGlance>()
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
      if (!issue.value || !sameIssue(issue.value, key)) {
        const seen = await api.issues.glance({ archive, ...key })
        if (mine !== turn) return
        glance.value = seen
        const isLarge = seen.pages.length < seen.pageCount
        if (isLarge) await scrollRest(BEFORE_THE_REST_MS)
        if (mine !== turn) return
      }
      const read = await api.issues.read({ archive, ...key })
      if (mine === turn) issue.value = read
    } catch (problem) {
      if (mine !== turn) return
      issue.value = glance.value = undefined
      error.value = problem
    }
    if (mine === turn) loading.value = false
  }

  listen('archive.changed', ({ archive }) => {
    if (shown?.archive === archive) void load(archive, shown.key)
  })

  return { issue, glance, error, loading, load }
})
