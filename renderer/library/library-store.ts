import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { LibraryEntry, LinkPlace, OpenedArchive, OpenRequest } from '../../electron/bridge/views.ts'
import { api, droppedToken, listen } from '../shared/api.ts'
import { problemCode } from '../shared/problem-sentence.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { useDeskStore } from '../jobs/desk-store.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/** The archives this user knows, and those that are open. */
export const useLibraryStore = defineStore('library', () => {
  const entries = shallowRef<LibraryEntry[]>([])
  const loaded = ref(false)
  const error = shallowRef<unknown>()
  const archives = shallowRef<ReadonlyMap<string, OpenedArchive>>(new Map())
  /** A sample archive came with the program. */
  const hasSample = ref(false)
  const opening = new Map<string, Promise<OpenedArchive>>()
  let show: (opened: OpenedArchive, place?: LinkPlace) => void = () => undefined

  const notices = useNoticeStore()

  async function refresh(): Promise<void> {
    try {
      // Drawn as it was last seen; whether it still is so, the disks say a moment later.
      if (!loaded.value) {
        entries.value = await api.library.shelf()
        loaded.value = entries.value.length > 0
      }
      entries.value = await api.library.list()
      error.value = undefined
    } catch (problem) {
      error.value = problem
    }
    loaded.value = true
  }

  function keep(archive: OpenedArchive): OpenedArchive {
    archives.value = new Map(archives.value).set(archive.id, archive)
    return archive
  }

  /** What is known of an archive that was opened. */
  const opened = computed(() => (id: string) => archives.value.get(id))

  /** Opens an archive of the shelf, once. */
  function open(id: string): Promise<OpenedArchive> {
    const known = archives.value.get(id)
    if (known) return Promise.resolve(known)
    const begun = opening.get(id) ?? api.library.open({ archive: id }).then(keep)
    opening.set(id, begun)
    void begun.finally(() => opening.delete(id)).catch(() => undefined)
    return begun
  }

  /** The system's dialog, then the archive itself. */
  async function chooseAndShow(): Promise<void> {
    try {
      const archive = await api.library.choose()
      if (archive) showOpened(archive)
    } catch (problem) {
      notices.report(problem)
    }
  }

  /** Opens what was dropped; a source that is no archive yet is offered for import. */
  async function openDropped(file: File, offerText: string, showImport: () => void): Promise<void> {
    const chosen = await droppedToken(file)
    if (!chosen) return
    try {
      showOpened(await api.library.openChosen({ token: chosen.token }))
    } catch (problem) {
      const importable = problemCode(problem) === 'not-an-archive'
      const run = () => {
        useDeskStore().add([chosen])
        showImport()
      }
      notices.report(problem, importable ? { text: offerText, run } : undefined)
    }
  }

  /** Opens the sample archive that came with the program, and has the first steps proposed on it, unless they were. */
  async function trySample(): Promise<void> {
    try {
      const archive = await api.library.openSample()
      const preferences = useSettingsStore()
      const { state, done } = preferences.settings.firstSteps
      if (state === 'waiting') await preferences.change({ firstSteps: { state: 'shown', done: [...done] } })
      showOpened(archive)
    } catch (problem) {
      notices.report(problem)
    }
  }

  async function lookForSample(): Promise<void> {
    hasSample.value = await api.library.hasSample().catch(() => false)
  }

  function showOpened(archive: OpenedArchive, place?: LinkPlace): void {
    show(keep(archive), place)
    void refresh()
  }

  const showRequested = ({ archive, place }: OpenRequest) => showOpened(archive, place)

  async function forget(id: string): Promise<void> {
    try {
      await api.library.forget({ archive: id })
    } catch (problem) {
      notices.report(problem)
    }
    await refresh()
  }

  /** `showArchive` is called for each archive or place asked for, from the dialog, by drop or from outside. */
  function listenForRequests(showArchive: (opened: OpenedArchive, place?: LinkPlace) => void): void {
    show = showArchive
    listen('archive.open', showRequested)
    listen('archive.refused', (problem) => notices.report(problem))
    listen('archive.changed', ({ archive }) => {
      const rest = new Map(archives.value)
      const known = rest.delete(archive)
      void refresh()
      if (known) void api.library.open({ archive }).then(keep, () => (archives.value = rest))
    })
    void api.library.requested().then(
      (requested) => requested && showRequested(requested),
      (problem: unknown) => notices.report(problem),
    )
  }

  return {
    entries,
    loaded,
    error,
    opened,
    hasSample,
    lookForSample,
    trySample,
    refresh,
    open,
    chooseAndShow,
    openDropped,
    forget,
    listenForRequests,
  }
})
