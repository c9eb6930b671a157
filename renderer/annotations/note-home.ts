import type { RouteLocationRaw } from 'vue-router'
import type { Note } from '../../archive/annotations/annotation-model.ts'
import { useLibraryStore } from '../library/library-store.ts'
import { readerRoute } from '../shared/routes.ts'

/** Where a note is read on its page: in the first archive of the shelf that holds its newspaper. */
export function useNoteHome() {
  const library = useLibraryStore()
  void library.refresh()

  /** The archive's id on the shelf. */
  function archiveOf({ place }: Note): string | undefined {
    return library.entries.find((entry) => entry.titles.some((title) => title.id === place.title))?.id
  }

  function routeOf(note: Note): RouteLocationRaw | undefined {
    const { id, place } = note
    const archive = archiveOf(note)
    if (archive === undefined || place.date === '') return undefined
    return readerRoute(archive, place, place.page?.id ?? 'p1', { note: id })
  }
  return { archiveOf, routeOf }
}
