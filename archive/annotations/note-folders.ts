import { randomUUID } from 'node:crypto'
import { folderKinds, type FolderKind, type JsonObject, type NoteFolder } from './annotation-model.ts'
import { annotationContext } from './annotation-place.ts'
import { idOf, isObject, listOf, numberOf, textOf } from './json-value.ts'

/** Folders of notes: an `AnnotationCollection` (Web Annotation Data Model, section 5.1) with one page of ids in order. */

const kindProperty = 'banmian:folder'
/** What a folder says of itself is `as:summary` (Activity Vocabulary), which the context of W3C does not name. */
const summaryTerm: JsonObject = { summary: 'as:summary' }

export function newFolder(kind: FolderKind, name: string, at: string): JsonObject {
  return {
    '@context': [...annotationContext, summaryTerm],
    id: `urn:uuid:${randomUUID()}`,
    type: 'AnnotationCollection',
    label: name,
    [kindProperty]: kind,
    created: at,
    modified: at,
    total: 0,
    first: { type: 'AnnotationPage', items: [] },
  }
}

export function isFolder(record: JsonObject): boolean {
  return listOf(record['type']).includes('AnnotationCollection')
}

export function folderOf(record: JsonObject): NoteFolder {
  const first = record['first']
  const created = textOf(record['created'])
  return {
    id: textOf(record['id']),
    kind: folderKinds.find((kind) => kind === record[kindProperty]) ?? 'reading',
    name: textOf(record['label']),
    notes: isObject(first) ? listOf(first['items']).map((item) => idOf(item)) : [],
    comment: textOf(record['summary']),
    created,
    modified: textOf(record['modified']) || created,
  }
}

/** The folder with what is named changed; items that stay keep all they say. */
export function editedFolder(
  record: JsonObject,
  change: Partial<Pick<NoteFolder, 'kind' | 'name' | 'comment' | 'notes'>>,
  at: string,
): JsonObject {
  const edited: JsonObject = { ...record, modified: at }
  if (change.kind !== undefined) edited[kindProperty] = change.kind
  if (change.name !== undefined) edited['label'] = change.name
  if (change.comment !== undefined) {
    edited['summary'] = change.comment
    const contexts = listOf(record['@context'])
    if (!contexts.some((each) => isObject(each) && 'summary' in each)) edited['@context'] = [...contexts, summaryTerm]
  }
  if (change.notes === undefined) return edited
  const first = isObject(record['first']) ? record['first'] : { type: 'AnnotationPage' }
  const before = new Map(listOf(first['items']).map((item) => [idOf(item), item]))
  edited['first'] = { ...first, items: change.notes.map((id) => before.get(id) ?? id) }
  if (numberOf(record['total']) !== undefined) edited['total'] = change.notes.length
  return edited
}
