import type { RouteLocationRaw } from 'vue-router'
import type { Note } from '../../archive/annotations/annotation-model.ts'
import { useLibraryStore } from '../library/library-store.ts'
import { readerRoute } from '../shared/routes.ts'

/** Where a note is read on its page: in the first archive of the shelf that holds its newspaper. */
export function useNoteHome() {
  const library = useLibraryStore()
  void library.refresh()

  function routeOf({ id, place }: Note): RouteLocationRaw | undefined {
    const home = library.entries.find((entry) => entry.titles.some((title) => title.id === place.title))
    if (!home || place.date === '') return undefined
    return readerRoute(home.id, place, place.page?.id ?? 'p1', { note: id })
  }
  return { routeOf }
}
