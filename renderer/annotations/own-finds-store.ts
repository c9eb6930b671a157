import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Note } from '../../archive/annotations/annotation-model.ts'
import type { SearchHit, SearchQuery } from '../../archive/model.ts'
import { api, listen } from '../shared/api.ts'

const shownAtMost = 20

/** What of the reader's own answers a search: notes, and articles that hold the words only as they were corrected. */
export const useOwnFindsStore = defineStore('own-finds', () => {
  const notes = shallowRef<Note[]>([])
  const noteCount = ref(0)
  const corrected = shallowRef<SearchHit[]>([])
  let turn = 0
  let last: { archive: string; query: SearchQuery } | undefined

  async function ask(archive: string, query: SearchQuery): Promise<void> {
    const mine = ++turn
    last = { archive, query }
    if (query.text.trim() === '') return clear()
    const { text, titles, from, to } = query
    try {
      const [found, hits] = await Promise.all([
        api.annotations.find({ query: { text: plainWords(text), titles, from, to, limit: shownAtMost } }),
        // A query that is not finished is said to be wrong by the results themselves.
        api.annotations.corrected({ archive, query }).catch(() => []),
      ])
      if (mine !== turn) return
      notes.value = found.notes
      noteCount.value = found.total
      corrected.value = hits
    } catch {
      // The notes' own screen says what is wrong with them; a search of the archive goes on without.
      if (mine === turn) clear()
    }
  }

  function clear(): void {
    notes.value = []
    noteCount.value = 0
    corrected.value = []
  }

  listen('annotations.changed', () => {
    if (last) void ask(last.archive, last.query)
  })

  return { notes, noteCount, corrected, ask }
})

/** The words of a query without its signs: notes know no fields, operators or phrases. */
function plainWords(text: string): string {
  return text
    .replace(/[a-z]+:/gi, ' ')
    .replace(/\b(?:AND|OR|NOT)\b|["“”()（）*|]|(?:^|\s)-\S+/g, ' ')
    .trim()
}
