import Database from 'libsql'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { ArchiveError } from './errors.ts'

/**
 * The catalogue: what an archive's issue documents say, in SQLite, so that nothing has to be read to draw a calendar.
 * Derived: it can be thrown away and made again at any time.
 */
const catalogueVersion = 4

export type CatalogueDatabase = InstanceType<typeof Database>

/**
 * What a title holds is counted with each of its issues, so that an archive of decades opens as fast as one of a day.
 * Issues are added and removed, never changed.
 */
const keepTotals = (change: 'INSERT' | 'DELETE', issue: 'NEW' | 'OLD', sign: '+' | '-'): string => `
CREATE TRIGGER totals_after_${change.toLowerCase()} AFTER ${change} ON issues BEGIN
  UPDATE titles SET issues = issues ${sign} 1, pages = pages ${sign} ${issue}.pages,
    articles = articles ${sign} ${issue}.articles, zones = zones ${sign} ${issue}.zones,
    words = words ${sign} ${issue}.words
  WHERE id = ${issue}.title;
END;`

const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE titles (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL,
  issues INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0, articles INTEGER NOT NULL DEFAULT 0,
  zones INTEGER NOT NULL DEFAULT 0, words INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, date TEXT NOT NULL, edition INTEGER NOT NULL,
  number TEXT, supplement TEXT, document TEXT NOT NULL, sha256 TEXT NOT NULL,
  pages INTEGER NOT NULL, articles INTEGER NOT NULL, zones INTEGER NOT NULL, words INTEGER NOT NULL,
  problem TEXT
);
CREATE UNIQUE INDEX issues_by_date ON issues (title, date, edition);
${keepTotals('INSERT', 'NEW', '+')}
${keepTotals('DELETE', 'OLD', '-')}
CREATE INDEX issues_by_day ON issues (date);
CREATE TABLE pages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue INTEGER NOT NULL, local TEXT NOT NULL, ord INTEGER NOT NULL,
  label TEXT NOT NULL, name TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  image TEXT, image_derived INTEGER NOT NULL DEFAULT 0, thumbnail TEXT, tiles TEXT,
  pictured INTEGER NOT NULL DEFAULT 0, problem TEXT
);
CREATE UNIQUE INDEX pages_by_issue ON pages (issue, ord);
CREATE INDEX pages_without_pictures ON pages (pictured) WHERE pictured = 0;
CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue INTEGER NOT NULL, local TEXT NOT NULL, ord INTEGER NOT NULL,
  page TEXT NOT NULL, pages TEXT NOT NULL, kind TEXT NOT NULL, section TEXT, headline TEXT NOT NULL, text TEXT NOT NULL, spans TEXT NOT NULL, boxes TEXT NOT NULL
);
CREATE UNIQUE INDEX articles_by_issue ON articles (issue, ord);
CREATE TABLE removed_articles (id INTEGER PRIMARY KEY);
CREATE TABLE word_boxes (article INTEGER PRIMARY KEY, data BLOB NOT NULL);
`

/** Opens a catalogue for writing and makes it when absent or made by another version of this program. */
export function openCatalogueForWriting(file: string): CatalogueDatabase {
  mkdirSync(dirname(file), { recursive: true })
  let database = new Database(file)
  if (readVersion(database) !== catalogueVersion || !isWhole(database)) {
    database.close()
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    database = new Database(file)
    database.exec(schema)
    setMeta(database, 'version', String(catalogueVersion))
  }
  // Not WAL: one file alone has to be readable from read-only media and from network shares.
  database.pragma('journal_mode = TRUNCATE')
  database.pragma('synchronous = NORMAL')
  database.pragma('busy_timeout = 10000')
  return database
}

/** A catalogue that lost pages or was overwritten is derived data: it is made again. */
function isWhole(database: CatalogueDatabase): boolean {
  try {
    const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string } | undefined
    return row?.quick_check === 'ok'
  } catch (error) {
    if (isCorruption(error)) return false
    throw error
  }
}

/** True when SQLite says that the file is not what it wrote. */
export function isCorruption(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database|SQLITE_(CORRUPT|NOTADB)/i.test(messageOf(error))
}

/** An error of SQLite as the sentence a user understands; anything else comes back as it is. */
export function fromDatabaseError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof ArchiveError) return error
  if (isCorruption(error))
    return new ArchiveError('stale-index', { file, reason: 'catalogue.sqlite' }, { cause: error })
  const message = messageOf(error)
  if (/database or disk is full|SQLITE_FULL/i.test(message)) {
    return new ArchiveError('disk-full', { file }, { cause: error })
  }
  if (/readonly database|SQLITE_READONLY/i.test(message)) {
    return new ArchiveError('read-only', { file }, { cause: error })
  }
  return error
}

function messageOf(error: Error): string {
  return `${(error as Error & { code?: string }).code ?? ''} ${error.message}`
}

/** Opens a catalogue for reading; undefined when there is none this program can read. */
export function openCatalogueForReading(file: string): CatalogueDatabase | undefined {
  // libsql 0.5 ignores `readonly` and `fileMustExist`: it would make an empty file here.
  if (!existsSync(file)) return undefined
  try {
    const database = new Database(file)
    database.pragma('query_only = ON')
    database.pragma('busy_timeout = 10000')
    if (readVersion(database) === catalogueVersion) return database
    database.close()
  } catch {
    // Absent, cut off or another kind of file: it is derived data, the caller has it made again.
  }
  return undefined
}

function readVersion(database: CatalogueDatabase): number | undefined {
  try {
    return Number(getMeta(database, 'version'))
  } catch {
    return undefined
  }
}

/**
 * Runs `work` whole or not at all. Not libsql's own: on a full disk SQLite rolls back by itself, and libsql then throws
 * that there is nothing to roll back instead of what happened.
 */
export function inTransaction(database: CatalogueDatabase, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    try {
      database.exec('ROLLBACK')
    } catch {
      // Nothing left to roll back.
    }
    throw error
  }
}

/** A value of the catalogue's own table. */
export function getMeta(database: CatalogueDatabase, key: string): string | undefined {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined
  return row?.value
}

export function setMeta(database: CatalogueDatabase, key: string, value: string): void {
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    .run(key, value)
}
