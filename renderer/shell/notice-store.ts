import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { problemCode } from '../shared/problem-sentence.ts'

/** Something to say that belongs to no screen; `offer` is the way out, if there is one. */
export interface Notice {
  id: number
  error: unknown
  offer?: { text: string; run: () => void }
}

/** What went wrong outside of a screen's own place for it. */
export const useNoticeStore = defineStore('notice', () => {
  const notices = shallowRef<Notice[]>([])
  let next = 0

  /** Shows an error until it is closed. What the user cancelled is no error. */
  function report(error: unknown, offer?: Notice['offer']): void {
    const code = problemCode(error)
    if (code === 'cancelled') return
    if (code === undefined || code === 'internal') window.console.warn(error)
    notices.value = [...notices.value.slice(-2), { id: next++, error, offer }]
  }

  function close(id: number): void {
    notices.value = notices.value.filter((each) => each.id !== id)
  }

  return { notices, report, close }
})
