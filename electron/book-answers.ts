import type { Clipping, ClippingsBook } from '../archive/annotations/book-model.ts'
import { clippingOf } from '../archive/annotations/clippings-book.ts'
import type { JsonObject } from '../archive/annotations/annotation-model.ts'
import { noteOf } from '../archive/annotations/annotation-record.ts'
import { folderOf, isFolder } from '../archive/annotations/note-folders.ts'
import { findRecords } from '../archive/annotations/note-queries.ts'
import type { NoteStore } from '../archive/annotations/note-store.ts'
import { ArchiveError } from '../archive/errors.ts'
import type { BookInput } from './annotations-answers.ts'
import { issueCorrections } from './corrections-answers.ts'
import type { ServiceParts } from './annotations-service.ts'

/** A clippings book of the notes of a query, in its order. A note whose archive is not at hand keeps its words. */
export async function clippingsBook(
  store: NoteStore,
  { query, title, language, style }: BookInput,
  { homeOf, withIssue }: Pick<ServiceParts, 'homeOf' | 'withIssue'>,
): Promise<ClippingsBook> {
  const record = query.folder === undefined ? undefined : store.read(query.folder)
  const folder = record && isFolder(record) ? folderOf(record) : undefined
  const clippings: Clipping[] = []
  for (const each of findRecords(store, query)) clippings.push(await clipping(each))
  return { title, preface: folder?.comment ?? '', made: new Date().toISOString().slice(0, 10), language, clippings }

  async function clipping(each: JsonObject): Promise<Clipping> {
    const { place } = noteOf(each)
    const archive = place.date === '' ? undefined : homeOf(place)
    if (archive === undefined) return clippingOf(each, style)
    const { title: name, date, edition } = place
    try {
      return await withIssue({ archive, title: name, date, edition }, async (issue) =>
        clippingOf(each, style, {
          issue,
          archive,
          corrections: issueCorrections(() => store, issue, { title: name, date, edition }),
        }),
      )
    } catch (error) {
      // The issue is gone or damaged: the note is not.
      if (error instanceof ArchiveError) return clippingOf(each, style)
      throw error
    }
  }
}
