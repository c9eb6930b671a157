import { fold } from '../search/folding.ts'
import { inTransaction, setMeta } from '../catalogue.ts'
import type { JsonObject } from './annotation-model.ts'
import { noteOf } from './annotation-record.ts'
import { operationsIn, type NotesDatabase } from './notes-database.ts'
import { isObject, textOf } from './json-value.ts'

/**
 * What can be done to the notes, each whole or not at all: a change of records, the undoing of the last one, the
 * redoing of the last one undone. The same operations, read from the journal, rebuild a lost database.
 */

/** One record before and after; null: not there. */
export interface ChangePart {
  record: string
  before: string | null
  after: string | null
}

export type Operation =
  | { n: number; do: 'change'; at: string; origin: string; label: string; parts: ChangePart[] }
  | { n: number; do: 'undo' | 'redo'; at: string }

/** What an operation touched; `label` is that of the change that was made, undone or redone. */
export interface OperationOutcome {
  label: string
  records: string[]
}

/** Runs an operation. Undefined: there is nothing to undo or to redo. */
export function runOperation(database: NotesDatabase, operation: Operation): OperationOutcome | undefined {
  let outcome: OperationOutcome | undefined
  inTransaction(database, () => {
    outcome = operation.do === 'change' ? runChange(database, operation) : runStep(database, operation.do)
    if (outcome) setMeta(database, 'operations', String(operation.n))
  })
  return outcome
}

/** The number of the next operation. */
export const nextOperation = (database: NotesDatabase): number => operationsIn(database) + 1

function runChange(
  database: NotesDatabase,
  { at, origin, label, parts }: Extract<Operation, { do: 'change' }>,
): OperationOutcome {
  // What was undone before cannot be redone after something new, but its words stay in the file.
  database.prepare("UPDATE changes SET state = 'dropped' WHERE state = 'undone'").run()
  const { lastInsertRowid: change } = database
    .prepare("INSERT INTO changes (at, origin, label, state) VALUES (?, ?, ?, 'done')")
    .run(at, origin, label)
  const add = database.prepare('INSERT INTO change_parts (change, ord, record, before, after) VALUES (?, ?, ?, ?, ?)')
  parts.forEach(({ record, before, after }, index) => add.run(change, index, record, before, after))
  for (const { record, after } of parts) writeRecord(database, record, after)
  return { label, records: parts.map(({ record }) => record) }
}

function runStep(database: NotesDatabase, step: 'undo' | 'redo'): OperationOutcome | undefined {
  const found = database
    .prepare(
      step === 'undo'
        ? "SELECT seq, label FROM changes WHERE state = 'done' ORDER BY seq DESC LIMIT 1"
        : "SELECT seq, label FROM changes WHERE state = 'undone' ORDER BY seq LIMIT 1",
    )
    .get() as { seq: number; label: string } | undefined
  if (!found) return undefined
  const parts = partsOf(database, found.seq)
  const ordered = step === 'undo' ? parts.reverse() : parts
  for (const { record, before, after } of ordered) writeRecord(database, record, step === 'undo' ? before : after)
  database.prepare('UPDATE changes SET state = ? WHERE seq = ?').run(step === 'undo' ? 'undone' : 'done', found.seq)
  return { label: found.label, records: parts.map(({ record }) => record) }
}

function partsOf(database: NotesDatabase, change: number): ChangePart[] {
  return database
    .prepare('SELECT record, before, after FROM change_parts WHERE change = ? ORDER BY ord')
    .all(change) as ChangePart[]
}

function writeRecord(database: NotesDatabase, id: string, json: string | null): void {
  database.prepare('DELETE FROM tags WHERE record = ?').run(id)
  if (json === null) {
    database.prepare('DELETE FROM records WHERE id = ?').run(id)
    return
  }
  const parsed: unknown = JSON.parse(json)
  const record: JsonObject = isObject(parsed) ? parsed : {}
  const row = record['type'] === 'AnnotationCollection' ? folderRow(record) : noteRow(record)
  database
    .prepare(
      `INSERT OR REPLACE INTO records (id, type, json, issue, title, title_name, date, page, kind, modified, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      row.type,
      json,
      row.issue,
      row.title,
      row.titleName,
      row.date,
      row.page,
      row.kind,
      textOf(record['modified']),
      row.text,
    )
  const addTag = database.prepare('INSERT OR IGNORE INTO tags (record, tag) VALUES (?, ?)')
  for (const tag of row.tags) addTag.run(id, tag)
}

interface Row {
  type: 'folder' | 'note'
  issue: string
  title: string
  titleName: string
  date: string
  page: string
  kind: string
  text: string
  tags: string[]
}

function folderRow(record: JsonObject): Row {
  const text = fold(textOf(record['label']))
  return { type: 'folder', issue: '', title: '', titleName: '', date: '', page: '', kind: '', text, tags: [] }
}

function noteRow(record: JsonObject): Row {
  const note = noteOf(record)
  const { title, titleName, date, page } = note.place
  const words = [
    note.comment,
    note.correction,
    note.quote?.exact,
    note.place.article?.headline,
    page?.name,
    ...note.tags,
  ]
  return {
    type: 'note',
    issue: issueKey(note.place),
    title,
    titleName,
    date,
    page: page?.label ?? '',
    kind: note.kind,
    text: fold(words.filter((each) => each !== undefined && each !== '').join('\n')),
    tags: note.tags,
  }
}

/** The name under which the notes of an issue are found. */
export function issueKey({ title, date, edition }: { title: string; date: string; edition: number }): string {
  return title === '' ? '' : `${title}/${date}/${edition}`
}
