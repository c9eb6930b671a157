import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { BookForm, BookStyle } from '../../archive/annotations/annotation-model.ts'
import type { NoteQuery } from '../../archive/annotations/annotation-model.ts'
import type { SavedBook } from '../../electron/bridge/annotation-views.ts'
import { api, listen } from '../shared/api.ts'

/** A clippings book in the making. */
export const useBookStore = defineStore('clippings-book', () => {
  const busy = ref(false)
  /** Pictures cut so far. */
  const progress = shallowRef<{ done: number; total: number }>()
  const saved = shallowRef<SavedBook>()
  const problem = shallowRef<unknown>()
  listen('book.progress', (now) => (progress.value = now))

  async function save(wish: { query: NoteQuery; form: BookForm; title: string; style: BookStyle }): Promise<void> {
    busy.value = true
    forget()
    try {
      saved.value = await api.annotations.saveBook(wish)
    } catch (error) {
      problem.value = error
    } finally {
      busy.value = false
      progress.value = undefined
    }
  }

  /** What came of the last one is no longer said. */
  function forget(): void {
    saved.value = undefined
    problem.value = undefined
    progress.value = undefined
  }

  return { busy, progress, saved, problem, save, forget }
})
