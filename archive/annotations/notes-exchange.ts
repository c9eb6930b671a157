import { mkdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { noteOf } from './annotation-record.ts'
import { csvOf, htmlOf, jsonLdByIssue, jsonLdOf, markdownOf, markdownVault } from './annotations-export.ts'
import { importLimits, planImport, previewOf, readAnnotations, runImport } from './annotations-import.ts'
import type { ExportForm, ImportPreview, JsonObject, MergeWay, NoteQuery } from './annotation-model.ts'
import { itemOfNote } from './citation-item.ts'
import { cite } from './citations.ts'
import { findRecords } from './note-queries.ts'
import type { NoteStore } from './note-store.ts'
import { ArchiveError, fromFileError } from '../errors.ts'
import { writeAtomic } from '../files.ts'

interface ExportInput {
  query: NoteQuery
  form: ExportForm
  /** File, or folder for forms of several files; absolute. */
  path: string
  /** Its heading, in the words of the interface. */
  title: string
  language: string
}

/**
 * Writes the notes of a query; answers how many there were. Throws ArchiveError `disk-full`, `read-only`.
 * `pictures`: of notes by their ids, as `data:` URLs.
 */
export async function exportNotes(
  store: NoteStore,
  { query, form, path, title, language }: ExportInput,
  pictures: (records: readonly JsonObject[]) => Promise<Map<string, string>>,
): Promise<number> {
  const records = findRecords(store, query)
  const notes = records.map((record) => noteOf(record))
  switch (form) {
    case 'jsonld-issues':
    case 'vault': {
      const files = form === 'vault' ? markdownVault(notes) : jsonLdByIssue(records)
      await mkdir(path, { recursive: true })
      for (const [name, text] of files) await writeAtomic(join(path, name), text)
      break
    }
    case 'jsonld':
      // Folders go along only with everything: of a part they would name what is not there.
      await writeAtomic(path, jsonLdOf(records, isEverything(query) ? store.folders() : [], title))
      break
    case 'csv':
      await writeAtomic(path, csvOf(notes))
      break
    case 'markdown':
      await writeAtomic(path, markdownOf(notes, title))
      break
    case 'html':
      await writeAtomic(path, htmlOf(notes, { title, language, pictures: await pictures(records) }))
      break
    default:
      await writeAtomic(path, `${cite(notes.filter((note) => note.place.date !== '').map(itemOfNote), form)}\n`)
  }
  return notes.length
}

function isEverything({ sort: _sort, ...conditions }: NoteQuery): boolean {
  return Object.values(conditions).every(
    (value) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0),
  )
}

/** Says what bringing a file in would do. Throws ArchiveError `too-large`, `bad-annotations`, `not-found`. */
export async function previewImport(store: NoteStore, path: string): Promise<ImportPreview> {
  const read = readAnnotations(await bounded(path), basename(path))
  return previewOf(planImport(store, read.records), read, basename(path))
}

/** Brings a file in; answers how many records were written. Errors as `previewImport`. */
export async function importFile(store: NoteStore, path: string, way: MergeWay): Promise<number> {
  const { records } = readAnnotations(await bounded(path), basename(path))
  return runImport(store, planImport(store, records), way, basename(path))
}

/** A file is measured before it is read: a hundred gigabytes shall not fill the memory first. */
async function bounded(path: string): Promise<Uint8Array> {
  const file = basename(path)
  try {
    const { size } = await stat(path)
    if (size > importLimits.bytes) throw new ArchiveError('too-large', { file, size, limit: importLimits.bytes })
    return await readFile(path)
  } catch (error) {
    throw fromFileError(error, file)
  }
}
