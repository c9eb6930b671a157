import Database from 'libsql'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { manifestEntries } from './bag.ts'
import { fromDatabaseError, type CatalogueDatabase } from './catalogue.ts'
import { fromWriteError } from './errors.ts'

const schema = `
CREATE TABLE files (place BLOB PRIMARY KEY, held TEXT, staged TEXT, size INTEGER) WITHOUT ROWID;
CREATE TABLE spellings (spelling TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE copies (source TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE taken (source TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
`

/** Rows that are in memory at a time while all are gone through. */
const rowsAtATime = 1000

/** Files of a manifest that are written at a time: each call of the database costs more than a row. */
const rowsPerInsert = 200

/** A staged file as the commit needs it. */
export interface StagedFile {
  sha256: string
  /** Bytes. */
  size: number
}

interface FileRow {
  place: ArrayBuffer | Uint8Array
  held: string | null
  staged: string | null
}

type Value = string | number | Buffer

/** Names that differ only in case or in how accents are written are one name on Windows and macOS. */
function spelling(place: string): string {
  return place.normalize('NFC').toLowerCase()
}

/** SQLite compares bytes: these stand in the order of JavaScript's strings, which is that of a manifest. */
function keyOf(place: string): Buffer {
  return Buffer.from(place, 'utf16le').swap16()
}

function placeOf(key: ArrayBuffer | Uint8Array): string {
  return Buffer.from(new Uint8Array(key)).swap16().toString('utf16le')
}

/** Nobody else knows the file: no lock of SQLite's is needed. */
function addressOf(file: string): string {
  return process.platform === 'win32' ? file : `${pathToFileURL(file).href}?nolock=1`
}

const folderName = 'banmian-import-'
/** A folder that is older was left by a program that was ended: an import looks at its own all the time. */
const leftAfter = 24 * 60 * 60 * 1000

/** Where systems keep files open until they are closed, what was left there before is removed now. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(folderName))) {
    const folder = join(tmpdir(), name)
    try {
      if (Date.now() - statSync(folder).mtimeMs > leftAfter) rmSync(folder, { recursive: true, force: true })
    } catch {
      // In use, or another user's.
    }
  }
}

/**
 * What an import has to know of every file until its commit: what the archive holds, what is staged, which names are
 * taken, what a killed run has copied. In SQLite, in a temporary file without a name: in maps it grew by a kilobyte a
 * file. Made anew by every import, so that nothing of it is trusted after a crash, and on no slow or full disk.
 *
 * Its methods throw ArchiveError `disk-full` or `read-only` when the disk refuses.
 */
export class ImportTables {
  readonly #database: CatalogueDatabase
  readonly #file: string
  readonly #statements = new Map<string, ReturnType<CatalogueDatabase['prepare']>>()

  private constructor(file: string) {
    this.#file = file
    this.#database = new Database(addressOf(file))
  }

  /**
   * The tables of an import into the bag at `bag`. Throws ArchiveError `damaged-document`, `missing-file`,
   * `unreadable-file`; `disk-full`, `read-only` of the folder for temporary files.
   */
  static async make(bag: string): Promise<ImportTables> {
    sweep()
    const folder = mkdtempSync(join(tmpdir(), folderName))
    const file = join(folder, 'tables.sqlite')
    let tables: ImportTables | undefined
    try {
      tables = new ImportTables(file)
      tables.#database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; ${schema}`)
      // A name that is gone already leaves nothing behind, however the program ends.
      if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true })
      await tables.#load(bag)
      return tables
    } catch (error) {
      tables?.close()
      rmSync(folder, { recursive: true, force: true })
      throw fromWriteError(fromDatabaseError(error, file), file)
    }
  }

  async #load(bag: string): Promise<void> {
    let rows: Value[] = []
    const write = (): void => {
      const places = Array.from({ length: rows.length / 2 }, () => '(?, ?)').join(', ')
      if (places !== '') this.#run(`INSERT OR REPLACE INTO files (place, held) VALUES ${places}`, rows)
      rows = []
    }
    this.#database.exec('BEGIN')
    for await (const [place, sha256] of manifestEntries(bag)) {
      rows.push(keyOf(place), sha256)
      this.reserve(place)
      if (rows.length === rowsPerInsert * 2) write()
    }
    write()
    this.#database.exec('COMMIT')
  }

  /** The sha-256 of a file that the archive holds. */
  held(place: string): string | undefined {
    return this.#row(place)?.held ?? undefined
  }

  /** The sha-256 of a file that is staged. */
  staged(place: string): string | undefined {
    return this.#row(place)?.staged ?? undefined
  }

  stage(place: string, { sha256, size }: StagedFile): void {
    const change = 'ON CONFLICT (place) DO UPDATE SET staged = excluded.staged, size = excluded.size'
    this.#run(`INSERT INTO files (place, staged, size) VALUES (?, ?, ?) ${change}`, [keyOf(place), sha256, size])
  }

  /** What the commit is going to change: files and bytes that are staged, and files the archive holds then. */
  totals(): { staged: number; bytes: number; next: number } {
    const row = this.#first<{ staged: number; bytes: number | null; next: number }>(
      'SELECT COUNT(staged) AS staged, SUM(size) AS bytes, COUNT(*) AS next FROM files',
      [],
    )
    return { staged: row?.staged ?? 0, bytes: row?.bytes ?? 0, next: row?.next ?? 0 }
  }

  /** Staged files that take the place of one the archive holds. */
  *replaced(): Generator<string> {
    for (const { place } of this.#all('held IS NOT NULL AND staged IS NOT NULL')) yield placeOf(place)
  }

  /** Path and sha-256 of every file the archive holds after the commit, sorted as manifests are. */
  *next(): Generator<[place: string, sha256: string]> {
    for (const { place, held, staged } of this.#all('TRUE')) yield [placeOf(place), staged ?? held ?? '']
  }

  /** The place, held, staged or reserved, whose name is this one on systems that see no case. */
  spelledLike(place: string): string | undefined {
    const spelled = spelling(place)
    if (this.#row(spelled)) return spelled
    return this.#first<{ place: string }>('SELECT place FROM spellings WHERE spelling = ?', [spelled])?.place
  }

  /** Keeps a name from being given to another file. One that is spelled as it is compared needs no row of its own. */
  reserve(place: string): void {
    const spelled = spelling(place)
    if (spelled !== place) this.#run('INSERT OR REPLACE INTO spellings VALUES (?, ?)', [spelled, place])
  }

  /** What was noted of the copy of a file of the source, by this run or one that was killed. */
  copyOf(source: string): string | undefined {
    return this.#first<{ record: string }>('SELECT record FROM copies WHERE source = ?', [source])?.record
  }

  noteCopy(source: string, record: string): void {
    this.#run('INSERT OR REPLACE INTO copies VALUES (?, ?)', [source, record])
  }

  /** Where this run has put a file of the source. */
  takenTo(source: string): string | undefined {
    return this.#first<{ place: string }>('SELECT place FROM taken WHERE source = ?', [source])?.place
  }

  take(source: string, place: string): void {
    this.#run('INSERT OR REPLACE INTO taken VALUES (?, ?)', [source, place])
  }

  /** The database gives the file back when its statements have been collected, on some systems only then. */
  close(): void {
    this.#statements.clear()
    if (this.#database.open) this.#database.close()
    try {
      rmSync(dirname(this.#file), { recursive: true, force: true })
    } catch {
      // Windows keeps it open until then; the next import sweeps.
    }
  }

  #row(place: string): FileRow | undefined {
    return this.#first<FileRow>('SELECT held, staged FROM files WHERE place = ?', [keyOf(place)])
  }

  *#all(condition: string): Generator<FileRow> {
    let after: Buffer = Buffer.alloc(0)
    for (;;) {
      const rows = this.#rows<FileRow>(
        `SELECT place, held, staged FROM files WHERE place > ? AND ${condition} ORDER BY place LIMIT ${rowsAtATime}`,
        [after],
      )
      yield* rows
      const last = rows.at(-1)
      if (!last) return
      after = Buffer.from(new Uint8Array(last.place))
    }
  }

  /** Not `all`: libsql keeps a kilobyte of its own for each such call until the event loop turns. */
  #first<Row>(sql: string, values: Value[]): Row | undefined {
    return this.#try(() => this.#prepared(sql).get(values) as Row | undefined)
  }

  #rows<Row>(sql: string, values: Value[]): Row[] {
    return this.#try(() => this.#prepared(sql).all(values) as Row[])
  }

  #run(sql: string, values: Value[]): void {
    this.#try(() => this.#prepared(sql).run(values))
  }

  #prepared(sql: string): ReturnType<CatalogueDatabase['prepare']> {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, known)
    return known
  }

  #try<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw fromDatabaseError(error, this.#file)
    }
  }
}
