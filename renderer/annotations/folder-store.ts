import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { FolderKind, NoteFolder } from '../../archive/annotations/annotation-model.ts'
import { api, listen } from '../shared/api.ts'
import { inNameOrder } from '../shared/name-order.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/** The folders of notes: bookmarks, reading lists and clippings, each in its own order. */
export const useFolderStore = defineStore('folders', () => {
  const notices = useNoticeStore()
  const preferences = useSettingsStore()
  const kept = shallowRef<NoteFolder[]>([])
  const folders = computed(() => inNameOrder(kept.value, preferences.settings.language))

  async function tried<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await work()
    } catch (error) {
      notices.report(error)
      return undefined
    }
  }

  async function load(): Promise<void> {
    kept.value = (await tried(() => api.annotations.folders())) ?? kept.value
  }
  listen('annotations.changed', () => void load())

  const add = (kind: FolderKind, name: string): Promise<NoteFolder | undefined> =>
    tried(() => api.annotations.addFolder({ kind, name }))

  /** Puts a note at the end of a folder, or takes it out. */
  async function toggle(id: string, note: string): Promise<void> {
    const folder = (await tried(() => api.annotations.folders()))?.find((each) => each.id === id)
    if (!folder) return
    const notes = folder.notes.includes(note) ? folder.notes.filter((each) => each !== note) : [...folder.notes, note]
    await change(id, { notes })
  }

  async function change(
    id: string,
    edit: Partial<Pick<NoteFolder, 'kind' | 'name' | 'comment' | 'notes'>>,
  ): Promise<void> {
    await tried(() => api.annotations.editFolder({ id, ...edit }))
    await load()
  }

  /** Moves a note of a folder up or down by one. */
  async function move(id: string, note: string, by: 1 | -1): Promise<void> {
    const notes = folders.value.find((each) => each.id === id)?.notes ?? []
    const at = notes.indexOf(note)
    const to = at + by
    if (at < 0 || to < 0 || to >= notes.length) return
    await change(id, { notes: notes.toSpliced(at, 1).toSpliced(to, 0, note) })
  }

  /** Puts a note of a folder before another one; after the last one without. */
  async function place(id: string, note: string, before: string | undefined): Promise<void> {
    const notes = (folders.value.find((each) => each.id === id)?.notes ?? []).filter((each) => each !== note)
    const at = before === undefined ? -1 : notes.indexOf(before)
    await change(id, { notes: notes.toSpliced(at < 0 ? notes.length : at, 0, note) })
  }

  /** Puts notes at the end of a folder, those that are in it already left where they are. */
  async function take(id: string, notes: readonly string[]): Promise<void> {
    const there = folders.value.find((each) => each.id === id)?.notes ?? []
    await change(id, { notes: [...new Set([...there, ...notes])] })
  }

  async function remove(id: string): Promise<void> {
    await tried(() => api.annotations.removeFolder({ id }))
    await load()
  }

  return { folders, load, add, toggle, change, move, place, take, remove }
})
