import { defineStore } from 'pinia'
import type { Note, NoteEdit } from '../../archive/annotations/annotation-model.ts'
import { api } from '../shared/api.ts'

/**
 * What was written in notes and could not be saved. It is shown in its note whatever is read from the disk in between,
 * goes along with the next change of that note, and is tried again as soon as anything can be saved.
 */
export const useUnsavedEdits = defineStore('unsaved-edits', () => {
  const waiting = new Map<string, NoteEdit>()

  /** Saves a change with what waits for the same note. Throws what the saving throws; then it waits. */
  async function save(id: string, change: NoteEdit): Promise<void> {
    const whole = { ...waiting.get(id), ...change }
    waiting.set(id, whole)
    await api.annotations.edit({ id, edit: whole })
    settle(id, whole)
    for (const [other, edit] of waiting) {
      if (other !== id) await api.annotations.edit({ id: other, edit }).then(() => settle(other, edit))
    }
  }

  /** Forgets what is on the disk now; what was written meanwhile waits on. */
  function settle(id: string, saved: NoteEdit): void {
    const rest = Object.entries(waiting.get(id) ?? {}).filter(
      ([name, value]) => saved[name as keyof NoteEdit] !== value,
    )
    if (rest.length === 0) waiting.delete(id)
    else waiting.set(id, Object.fromEntries(rest))
  }

  /** Notes as they were read, with what waits for them. */
  function shown<Shown extends Note>(notes: Shown[]): Shown[] {
    if (waiting.size === 0) return notes
    return notes.map((note) => (waiting.has(note.id) ? { ...note, ...waiting.get(note.id) } : note))
  }

  /** The note is gone. */
  const drop = (id: string): void => void waiting.delete(id)

  return { save, shown, drop }
})
