import { fromDatabaseError, isCorruption } from '../catalogue.ts'
import { ArchiveError, fromWriteError } from '../errors.ts'
import type { JsonObject } from './annotation-model.ts'
import { canonicalText, isObject, textOf } from './json-value.ts'
import { journalledAfter, journalOperation, listBackups, writeBackup } from './notes-backups.ts'
import { operationsIn, type NotesDatabase } from './notes-database.ts'
import { backupFolder, openNotesFolder, type NotesTrouble } from './notes-opening.ts'
import {
  issueKey,
  nextOperation,
  runOperation,
  type ChangePart,
  type Operation,
  type OperationOutcome,
} from './notes-operations.ts'

/** Records to write and ids of records to take away, as one change. */
export interface NoteChange {
  put?: JsonObject[]
  remove?: string[]
  /** Who asked: `reader`, `import:FILE`. */
  origin: string
  /** What was done, a word for the interface: `add`, `edit`, `remove`, `import`. */
  label: string
}

/** The notes of a user. Everything is on the disk when a call returns. */
export interface NoteStore {
  readonly database: NotesDatabase
  readonly trouble: NotesTrouble | undefined
  read: (id: string) => JsonObject | undefined
  /** Every record, in the order of their ids. */
  all: () => JsonObject[]
  folders: () => JsonObject[]
  ofIssue: (issue: { title: string; date: string; edition: number }) => JsonObject[]
  /** The records of an issue that correct its text. */
  correctionsOf: (issue: { title: string; date: string; edition: number }) => JsonObject[]
  /** All records that correct a text, last changed first. */
  allCorrections: () => JsonObject[]
  /** Answers undefined when nothing would be different. Throws ArchiveError `disk-full`, `read-only`, `bad-request`. */
  change: (change: NoteChange) => OperationOutcome | undefined
  undo: () => OperationOutcome | undefined
  redo: () => OperationOutcome | undefined
  /** Labels of what can be undone and redone. */
  steps: () => { undo?: string; redo?: string }
  /** Throws ArchiveError `disk-full`, `read-only`. */
  backUp: () => void
  close: () => void
}

/** So many operations after the last backup make a new one due; and so does a new day. */
const operationsPerBackup = 200

/** Opens the notes in a folder of their own; errors as `openNotesFolder`. `now`: for tests. */
export function openNoteStore(folder: string, now: () => Date = () => new Date()): NoteStore {
  const { database, writable, trouble } = inWords(folder, () => openNotesFolder(folder))
  const backups = backupFolder(folder)
  let lastBackup = listBackups(backups)[0]

  const backUp = (): void => {
    if (!writable) throw new ArchiveError('read-only', { file: folder })
    lastBackup = inWords(backups, () => writeBackup(database, backups, now().toISOString()))
  }
  const backUpWhenDue = (): void => {
    const operations = operationsIn(database)
    if (operations === (lastBackup?.operations ?? 0)) return
    const isOld = lastBackup?.at.slice(0, 10) !== now().toISOString().slice(0, 10) && lastBackup !== undefined
    if (isOld || operations - (lastBackup?.operations ?? 0) >= operationsPerBackup) backUpIfPossible()
  }
  /** The copies are a second safety: what is saved is saved also where there is no room for them. */
  const backUpIfPossible = (): void => {
    try {
      backUp()
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
    }
  }
  const run = (operation: Operation): OperationOutcome | undefined => {
    if (!writable) throw new ArchiveError('read-only', { file: folder })
    const outcome = inWords(folder, () => runOperation(database, operation))
    if (!outcome) return undefined
    try {
      journalOperation(backups, lastBackup?.operations ?? 0, operation)
    } catch {
      // Saved all the same; the gap in the journal is closed by the next backup.
    }
    backUpWhenDue()
    return outcome
  }
  const text = (id: string): string | undefined =>
    (database.prepare('SELECT json FROM records WHERE id = ?').get(id) as { json: string } | undefined)?.json

  if (writable) {
    const since = lastBackup?.operations ?? 0
    const isJournalled = journalledAfter(backups, since).length >= operationsIn(database) - since
    if (trouble || !isJournalled) backUpIfPossible()
    else backUpWhenDue()
  }

  return {
    database,
    trouble,
    read: (id) => parsed(text(id)),
    all: () => rows(database, 'SELECT json FROM records ORDER BY id'),
    folders: () => rows(database, "SELECT json FROM records WHERE type = 'folder' ORDER BY id"),
    ofIssue: (issue) =>
      rows(database, "SELECT json FROM records WHERE type = 'note' AND issue = ? ORDER BY id", issueKey(issue)),
    correctionsOf: (issue) =>
      rows(database, "SELECT json FROM records WHERE kind = 'editing' AND issue = ? ORDER BY id", issueKey(issue)),
    allCorrections: () => rows(database, "SELECT json FROM records WHERE kind = 'editing' ORDER BY modified DESC, id"),
    change: ({ put = [], remove = [], origin, label }) => {
      const parts: ChangePart[] = []
      const concerned = new Set<string>()
      for (const [record, after] of [...put.map(named), ...remove.map((id) => [id, null] as const)]) {
        if (concerned.has(record)) throw new ArchiveError('bad-request', { reason: `${record} twice` })
        concerned.add(record)
        const before = text(record) ?? null
        if (!same(before, after)) parts.push({ record, before, after })
      }
      if (parts.length === 0) return undefined
      const at = now().toISOString()
      return run({ n: nextOperation(database), do: 'change', at, origin, label, parts })
    },
    undo: () => run({ n: nextOperation(database), do: 'undo', at: now().toISOString() }),
    redo: () => run({ n: nextOperation(database), do: 'redo', at: now().toISOString() }),
    steps: () => {
      const label = (sql: string): string | undefined =>
        (database.prepare(sql).get() as { label: string } | undefined)?.label
      return {
        undo: label("SELECT label FROM changes WHERE state = 'done' ORDER BY seq DESC LIMIT 1"),
        redo: label("SELECT label FROM changes WHERE state = 'undone' ORDER BY seq LIMIT 1"),
      }
    },
    backUp,
    close: () => {
      // libsql 0.5 leaves the log when it closes; one file alone is easier to copy.
      if (writable) database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}

function named(record: JsonObject): readonly [string, string] {
  const id = textOf(record['id'])
  if (id === '') throw new ArchiveError('bad-request', { reason: 'a record without id' })
  return [id, JSON.stringify(record)]
}

function same(before: string | null, after: string | null): boolean {
  if (before === after) return true
  const [one, other] = [parsed(before), parsed(after)]
  return one !== undefined && other !== undefined && canonicalText(one) === canonicalText(other)
}

function parsed(json: string | null | undefined): JsonObject | undefined {
  if (json === null || json === undefined) return undefined
  const value: unknown = JSON.parse(json)
  return isObject(value) ? value : undefined
}

function rows(database: NotesDatabase, sql: string, ...values: string[]): JsonObject[] {
  const found = database.prepare(sql).all(...values) as { json: string }[]
  return found.map(({ json }) => parsed(json)).filter((record) => record !== undefined)
}

/** Runs what touches the disk, and says what goes wrong there in the words of `ArchiveError`. */
function inWords<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (isCorruption(error)) throw new ArchiveError('damaged-document', { file, reason: 'SQLite' }, { cause: error })
    throw fromWriteError(fromDatabaseError(error, file), file)
  }
}
