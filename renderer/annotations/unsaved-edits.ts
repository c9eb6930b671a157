import { defineStore } from 'pinia'
import { ArchiveError } from '../../archive/errors.ts'
import type { Note, NoteEdit } from '../../archive/annotations/annotation-model.ts'
import { api } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/**
 * What is written in notes and not yet on the disk: typed a moment ago, or refused. It is shown in its note whatever is
 * read from the disk in between, goes along with the next change of that note, and is tried again as soon as anything
 * can be saved. A window does not close over it without a word.
 */
export const useUnsavedEdits = defineStore('unsaved-edits', () => {
  const notices = useNoticeStore()
  const waiting = new Map<string, NoteEdit>()
  /** It was said that words would be lost: whoever closes the window now means it. */
  let isWarned = false

  /** Keeps what is being written until it is saved. */
  function write(id: string, change: NoteEdit): void {
    waiting.set(id, { ...waiting.get(id), ...change })
    isWarned = false
  }

  /** Saves a change with what waits for the same note. Throws what the saving throws; then it waits. */
  async function save(id: string, change: NoteEdit): Promise<void> {
    write(id, change)
    await send(id)
    // Others wait on where they are refused again.
    await sendAll().catch(() => undefined)
  }

  async function send(id: string): Promise<void> {
    const edit = waiting.get(id)
    if (!edit) return
    await api.annotations.edit({ id, edit })
    // What was written meanwhile waits on.
    const rest = Object.entries(waiting.get(id) ?? {}).filter(([name, value]) => edit[name as keyof NoteEdit] !== value)
    if (rest.length === 0) waiting.delete(id)
    else waiting.set(id, Object.fromEntries(rest))
    isWarned = false
  }

  async function sendAll(): Promise<void> {
    for (const id of [...waiting.keys()]) await send(id)
  }

  /** Notes as they were read, with what waits for them. */
  function shown<Shown extends Note>(notes: Shown[]): Shown[] {
    if (waiting.size === 0) return notes
    return notes.map((note) => (waiting.has(note.id) ? { ...note, ...waiting.get(note.id) } : note))
  }

  /** The note is gone. */
  const drop = (id: string): void => void waiting.delete(id)

  window.addEventListener('beforeunload', (event) => {
    if (waiting.size === 0 || isWarned) return
    event.preventDefault()
    sendAll().then(
      () => window.close(),
      () => {
        isWarned = true
        notices.report(new ArchiveError('notes-unsaved'))
      },
    )
  })

  return { write, save, shown, drop }
})
