import { setPagePicture } from './catalogue-writer.ts'
import { inTransaction, type CatalogueDatabase } from './catalogue.ts'
import type { PagePictureResult } from './page-pictures.ts'

/** Pages noted at once. */
const mostWaiting = 64
/** No reader waits longer for a page that is made, in milliseconds. */
const longestWait = 500

/** Notes what became of pages in the catalogue. */
export interface PictureNotes {
  /** Notes a page, soon. Throws what went wrong when earlier pages were noted. */
  add: (page: number, result: PagePictureResult) => void
  /** Notes every page that waits, now. Throws the same. */
  flush: () => void
}

/**
 * Notes pages in batches: a transaction waits for the disk three times, which takes longer than the picture of many a
 * page. What is lost with a killed process is looked up again next time, not made again: its files are there.
 */
export function notePictures(database: CatalogueDatabase): PictureNotes {
  const waiting: [page: number, result: PagePictureResult][] = []
  let timer: NodeJS.Timeout | undefined
  let failure: { error: unknown } | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (failure) throw failure.error
    if (waiting.length === 0) return
    const batch = waiting.splice(0)
    try {
      inTransaction(database, () => batch.forEach(([page, result]) => setPagePicture(database, page, result)))
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  const flushLate = (): void => {
    try {
      flush()
    } catch {
      // Thrown by the next call.
    }
  }
  const add = (page: number, result: PagePictureResult): void => {
    if (failure) throw failure.error
    waiting.push([page, result])
    if (waiting.length >= mostWaiting) flush()
    else timer ??= setTimeout(flushLate, longestWait)
  }
  return { add, flush }
}
