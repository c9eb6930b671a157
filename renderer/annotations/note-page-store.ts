import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Note, PlacedNote } from '../../archive/annotations/annotation-model.ts'
import type { IssueKey, IssueView, PageView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'

/** The page a note stands on and the note as it stands there, for who sees it without going to the reader. */
export const useNotePageStore = defineStore('note-page', () => {
  const page = shallowRef<PageView>()
  const placed = shallowRef<PlacedNote>()
  /** Of the note that is shown. */
  const shown = ref('')
  let asked: { note: Note; archive: string } | undefined
  /** The issue that was read last: a note that is changed, or the next of the same issue, stands in it as well. */
  let read: { key: string; issue: Promise<IssueView> } | undefined
  let turn = 0

  function issueOf(name: IssueKey & { archive: string }): Promise<IssueView> {
    const key = JSON.stringify(name)
    if (read?.key !== key) read = { key, issue: api.issues.read(name) }
    return read.issue
  }

  /** Shows a note on its page in an archive of the shelf; nothing when it stands on no page, or is not at hand. */
  async function show(note: Note | undefined, archive: string | undefined): Promise<void> {
    const mine = ++turn
    asked = note && archive !== undefined ? { note, archive } : undefined
    if (!asked) read = undefined
    if (!asked || !note || note.place.date === '') return forget()
    if (shown.value !== note.id) forget()
    const { title, date, edition } = note.place
    const name = { archive: asked.archive, title, date, edition }
    try {
      const [issue, notes] = await Promise.all([issueOf(name), api.annotations.ofIssue(name)])
      if (mine !== turn) return
      const now = notes.find(({ id }) => id === note.id)
      const id = now?.pages[0] ?? note.place.page?.id
      page.value = issue.pages.find((each) => each.id === id) ?? issue.pages[0]
      placed.value = now
      shown.value = note.id
    } catch {
      // Why it cannot be read is said where it is opened.
      read = undefined
      if (mine === turn) forget()
    }
  }

  function forget(): void {
    page.value = undefined
    placed.value = undefined
    shown.value = ''
  }

  listen('archive.changed', () => (read = undefined))
  listen('annotations.changed', () => {
    if (asked) void show(asked.note, asked.archive)
  })

  return { page, placed, shown, show }
})
