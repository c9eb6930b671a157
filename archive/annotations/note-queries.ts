import { fold } from '../search/folding.ts'
import type { FoundNotes, JsonObject, NoteKind, NoteQuery } from './annotation-model.ts'
import { noteOf } from './annotation-record.ts'
import { isObject } from './json-value.ts'
import { folderOf } from './note-folders.ts'
import type { NoteStore } from './note-store.ts'
import type { NotesDatabase } from './notes-database.ts'

const most = 500

type List = 'tags' | 'titles' | 'kinds'

/** The notes that answer a query, with counts of what it could be narrowed by. */
export function findNotes(store: NoteStore, query: NoteQuery): FoundNotes {
  const { database } = store
  const inFolder = query.folder === undefined ? undefined : folderNotes(store, query.folder)
  const { where, values } = conditions(query, inFolder)
  const { total } = database.prepare(`SELECT COUNT(*) AS total FROM records WHERE ${where}`).get(...values) as {
    total: number
  }
  const limit = Math.min(query.limit ?? 100, most)
  const offset = query.offset ?? 0
  const rows = inFolder
    ? inOrder(database, where, values, inFolder).slice(offset, offset + limit)
    : (database
        .prepare(`SELECT json FROM records WHERE ${where} ORDER BY ${orderOf(query)} LIMIT ? OFFSET ?`)
        .all(...values, limit, offset) as { json: string }[])
  return { total, notes: rows.map(({ json }) => noteOf(object(json))), ...countsOf(database, query, inFolder) }
}

/** The annotations that answer a query, as stored, in its order; for those who carry them out. */
export function findRecords(store: NoteStore, query: NoteQuery): JsonObject[] {
  const inFolder = query.folder === undefined ? undefined : folderNotes(store, query.folder)
  const { where, values } = conditions(query, inFolder)
  const rows = inFolder
    ? inOrder(store.database, where, values, inFolder)
    : (store.database.prepare(`SELECT json FROM records WHERE ${where} ORDER BY ${orderOf(query)}`).all(...values) as {
        json: string
      }[])
  return rows.map(({ json }) => object(json))
}

function orderOf({ sort }: NoteQuery): string {
  return sort === 'place' ? 'title, date, page, id' : 'modified DESC, id'
}

function folderNotes(store: NoteStore, id: string): string[] {
  const record = store.read(id)
  return record ? folderOf(record).notes : []
}

function inOrder(database: NotesDatabase, where: string, values: string[], order: string[]): { json: string }[] {
  const rows = database.prepare(`SELECT id, json FROM records WHERE ${where}`).all(...values) as {
    id: string
    json: string
  }[]
  const byId = new Map(rows.map((row) => [row.id, row]))
  return order.flatMap((id) => byId.get(id) ?? [])
}

function conditions(query: NoteQuery, inFolder?: string[], without?: List): { where: string; values: string[] } {
  const parts = ["type = 'note'"]
  const values: string[] = []
  const add = (part: string, ...given: string[]): void => {
    parts.push(part)
    values.push(...given)
  }
  for (const word of (query.text ?? '').split(/\s+/)) if (word !== '') add('instr(text, ?) > 0', fold(word))
  const oneOf = (list: string[] | undefined, part: (places: string) => string): void => {
    if (list && list.length > 0) add(part(list.map(() => '?').join(',')), ...list)
  }
  if (without !== 'tags') {
    oneOf(query.tags, (places) => `id IN (SELECT record FROM tags WHERE tag IN (${places}))`)
  }
  if (without !== 'titles') oneOf(query.titles, (places) => `title IN (${places})`)
  if (without !== 'kinds') oneOf(query.kinds, (places) => `kind IN (${places})`)
  if (query.from !== undefined) add('date >= ?', query.from)
  if (query.to !== undefined) add("date <= ? AND date <> ''", query.to)
  if (query.linkedWith !== undefined) {
    // A link is the other note's id in the record, as JSON writes it.
    const { linkedWith } = query
    const named = `instr((SELECT json FROM records WHERE id = ?), '"' || id || '"') > 0`
    add(`id <> ? AND (${named} OR instr(json, ?) > 0)`, linkedWith, linkedWith, JSON.stringify(linkedWith))
  }
  if (inFolder) add('id IN (SELECT value FROM json_each(?))', JSON.stringify(inFolder))
  return { where: parts.join(' AND '), values }
}

function countsOf(
  database: NotesDatabase,
  query: NoteQuery,
  inFolder?: string[],
): Pick<FoundNotes, 'tags' | 'titles' | 'kinds'> {
  const count = <Row>(list: List, sql: (where: string) => string): Row[] => {
    const { where, values } = conditions(query, inFolder, list)
    return database.prepare(sql(where)).all(...values) as Row[]
  }
  const tags = count<{ tag: string; count: number }>(
    'tags',
    (where) =>
      `SELECT tag, COUNT(*) AS count FROM tags WHERE record IN (SELECT id FROM records WHERE ${where})
       GROUP BY tag ORDER BY count DESC, tag LIMIT 200`,
  )
  const titles = count<{ id: string; name: string; count: number }>(
    'titles',
    (where) =>
      `SELECT title AS id, MAX(title_name) AS name, COUNT(*) AS count FROM records WHERE ${where} AND title <> ''
       GROUP BY title ORDER BY count DESC, title LIMIT 200`,
  )
  const kinds = count<{ kind: NoteKind; count: number }>(
    'kinds',
    (where) => `SELECT kind, COUNT(*) AS count FROM records WHERE ${where} GROUP BY kind ORDER BY count DESC`,
  )
  return {
    tags: tags.map(({ tag, count: n }) => ({ tag, count: n })),
    titles: titles.map(({ id, name, count: n }) => ({ id, name, count: n })),
    kinds: kinds.map(({ kind, count: n }) => ({ kind, count: n })),
  }
}

function object(json: string): JsonObject {
  const value: unknown = JSON.parse(json)
  return isObject(value) ? value : {}
}
