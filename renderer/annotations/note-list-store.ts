import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { FoundNotes, Note, NoteEdit, NoteQuery } from '../../archive/annotations/annotation-model.ts'
import { api, listen } from '../shared/api.ts'
import type { Saving } from './annotation-store.ts'
import { useUnsavedEdits } from './unsaved-edits.ts'

const PAGE = 100
const none: FoundNotes = { total: 0, notes: [], tags: [], titles: [], kinds: [] }

/** All notes of the user, as asked for on their screen. */
export const useNoteListStore = defineStore('note-list', () => {
  const unsaved = useUnsavedEdits()
  const found = shallowRef<FoundNotes>(none)
  const problem = shallowRef<unknown>()
  const saving = ref<Saving>('none')
  const saveProblem = shallowRef<unknown>()
  /** The note that `saving` speaks of; empty: of none in particular. */
  const savingOf = ref('')
  let query: NoteQuery = {}
  let asked = 0

  async function ask(next: NoteQuery): Promise<void> {
    query = next
    await read(PAGE)
  }

  async function read(limit: number): Promise<void> {
    const turn = ++asked
    try {
      const answer = await api.annotations.find({ query: { ...query, limit } })
      if (turn !== asked) return
      found.value = { ...answer, notes: unsaved.shown(answer.notes) }
      problem.value = undefined
    } catch (error) {
      if (turn === asked) problem.value = error
    }
  }

  /** The next ones of the list. */
  async function more(): Promise<void> {
    const turn = asked
    const have = found.value.notes.length
    if (have >= found.value.total) return
    const answer = await api.annotations.find({ query: { ...query, offset: have, limit: PAGE } }).catch(() => undefined)
    if (turn !== asked || !answer) return
    found.value = { ...found.value, notes: [...found.value.notes, ...unsaved.shown(answer.notes)] }
  }

  listen('annotations.changed', () => void read(Math.min(Math.max(found.value.notes.length, PAGE), 500)))

  async function saved(work: () => Promise<unknown>, of = ''): Promise<boolean> {
    saving.value = 'saving'
    savingOf.value = of
    try {
      await work()
      saving.value = 'saved'
      saveProblem.value = undefined
      return true
    } catch (error) {
      saving.value = 'failed'
      saveProblem.value = error
      return false
    }
  }

  const edit = (id: string, change: NoteEdit): Promise<boolean> => {
    found.value = {
      ...found.value,
      notes: found.value.notes.map((note): Note => (note.id === id ? { ...note, ...change } : note)),
    }
    return saved(() => unsaved.save(id, change), id)
  }
  const remove = (ids: string[]): Promise<boolean> =>
    saved(async () => {
      await api.annotations.remove({ ids })
      ids.forEach(unsaved.drop)
    })
  const undo = (): Promise<boolean> => saved(() => api.annotations.undo())
  const redo = (): Promise<boolean> => saved(() => api.annotations.redo())

  return { found, problem, saving, savingOf, saveProblem, ask, more, edit, remove, undo, redo }
})
