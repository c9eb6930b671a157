import Database from 'libsql'
import { ArchiveError } from '../errors.ts'
import { isCorruption, setMeta, getMeta, type CatalogueDatabase } from '../catalogue.ts'

/** The notes of a user in SQLite: canonical records, what can be asked of them, and every change. */

export type NotesDatabase = CatalogueDatabase

const notesVersion = 1
export const notesFileName = 'notes.sqlite'

const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE records (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, json TEXT NOT NULL,
  issue TEXT NOT NULL, title TEXT NOT NULL, title_name TEXT NOT NULL, date TEXT NOT NULL, page TEXT NOT NULL,
  kind TEXT NOT NULL, modified TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX records_by_issue ON records (issue);
CREATE INDEX records_by_type ON records (type, modified);
CREATE TABLE tags (record TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (record, tag)) WITHOUT ROWID;
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, origin TEXT NOT NULL, label TEXT NOT NULL, state TEXT NOT NULL
);
CREATE TABLE change_parts (
  change INTEGER NOT NULL, ord INTEGER NOT NULL, record TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (change, ord)
) WITHOUT ROWID;
`

/**
 * Opens the file, and makes it when it is new. Write-ahead log with full synchronisation: what was answered as saved
 * survives a power cut. Throws ArchiveError `damaged-document`, `newer-format`; others as SQLite says.
 */
export function openNotesDatabase(file: string): NotesDatabase {
  const database = new Database(file)
  try {
    database.pragma('busy_timeout = 10000')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    const problem = integrityProblem(database)
    if (problem !== undefined) throw new ArchiveError('damaged-document', { file, reason: problem })
    const tables = database.prepare("SELECT COUNT(*) AS n FROM sqlite_master WHERE type = 'table'").get() as {
      n: number
    }
    if (tables.n === 0) create(database)
    const version = Number(getMeta(database, 'version'))
    if (version > notesVersion) throw new ArchiveError('newer-format', { file, found: version, known: notesVersion })
    return database
  } catch (error) {
    database.close()
    if (isCorruption(error)) throw new ArchiveError('damaged-document', { file, reason: 'SQLite' }, { cause: error })
    throw error
  }
}

function create(database: NotesDatabase): void {
  database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`)
  setMeta(database, 'version', String(notesVersion))
}

/** What SQLite finds wrong in the whole file; undefined when nothing is. */
export function integrityProblem(database: NotesDatabase): string | undefined {
  const rows = database.prepare('PRAGMA integrity_check(3)').all() as { integrity_check: string }[]
  const found = rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
  return found.length > 0 ? found.join('; ') : undefined
}

/** How many operations the file holds: changes, undone and redone ones each counted. */
export function operationsIn(database: NotesDatabase): number {
  return Number(getMeta(database, 'operations') ?? 0)
}
