import { createHash } from 'node:crypto'
import { ArchiveError } from '../errors.ts'
import type { ImportPreview, Json, JsonObject, MergeWay, RecordWords, SkipReason } from './annotation-model.ts'
import { noteOf } from './annotation-record.ts'
import { canonicalText, isObject, listOf, textOf } from './json-value.ts'
import { folderOf, isFolder } from './note-folders.ts'
import type { NoteStore } from './note-store.ts'

/** Largest file, in bytes; most records in it; largest record, in characters; deepest nesting. */
export const importLimits = { bytes: 64 << 20, records: 200_000, record: 4_000_000, depth: 64, skipped: 1000 }

export interface SkippedRecord {
  /** Its id, or its number in the file. */
  name: string
  reason: SkipReason
}

/** The records of a file, each once. */
export interface ReadAnnotations {
  records: JsonObject[]
  skipped: SkippedRecord[]
  /** Passed over altogether, also those that are not named. */
  skippedCount: number
}

/**
 * Reads W3C annotations from JSON: one, a list, an `AnnotationPage`, an `AnnotationCollection` or an export of this
 * program. Throws ArchiveError `too-large` and `bad-annotations`; `file`: its name, for the sentence.
 */
export function readAnnotations(content: Uint8Array, file: string): ReadAnnotations {
  if (content.byteLength > importLimits.bytes) {
    throw new ArchiveError('too-large', { file, size: content.byteLength, limit: importLimits.bytes })
  }
  const found = recordsIn(parse(content, file))
  if (!found) throw new ArchiveError('bad-annotations', { file, reason: 'no annotations' })
  if (found.length > importLimits.records) {
    throw new ArchiveError('bad-annotations', { file, reason: `${found.length} > ${importLimits.records}` })
  }
  const read: ReadAnnotations = { records: [], skipped: [], skippedCount: 0 }
  const skip = (name: string, reason: SkipReason): void => {
    read.skippedCount += 1
    if (read.skipped.length < importLimits.skipped) read.skipped.push({ name, reason })
  }
  const byId = new Map<string, JsonObject>()
  found.forEach((value, index) => {
    const name = (isObject(value) && textOf(value['id']).slice(0, 200)) || `#${index + 1}`
    const reason = isObject(value) ? problemOf(value) : 'not-an-annotation'
    if (reason || !isObject(value)) return skip(name, reason ?? 'not-an-annotation')
    const record = withId(value)
    const id = textOf(record['id'])
    const before = byId.get(id)
    if (before && canonicalText(before) !== canonicalText(record)) {
      // Of two that claim to be the same the later one stays; the other is named.
      skip(name, 'duplicate-id')
      if (textOf(before['modified']) >= textOf(record['modified'])) return
    }
    byId.set(id, record)
  })
  read.records = [...byId.values()]
  return read
}

function parse(content: Uint8Array, file: string): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return JSON.parse(text) as Json
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : ''
    throw new ArchiveError('bad-annotations', { file, reason }, { cause: error })
  }
}

function recordsIn(value: Json): Json[] | undefined {
  if (Array.isArray(value)) return value.flatMap((each) => (isContainer(each) ? (recordsIn(each) ?? []) : [each]))
  if (!isObject(value)) return undefined
  const folders = listOf(value['banmian:folders'])
  if (isContainer(value)) {
    const first = value['first']
    const items = isObject(first) ? first['items'] : value['items']
    const own = listOf(items).filter((item) => typeof item !== 'string')
    // A collection of ids alone is a folder of ours.
    if (own.length === 0 && value['banmian:folder'] !== undefined) return [value]
    return [...own, ...folders]
  }
  return value['type'] === undefined && value['target'] === undefined ? undefined : [value]
}

function isContainer(value: Json): value is JsonObject {
  if (!isObject(value)) return false
  const types = listOf(value['type'])
  return types.includes('AnnotationPage') || types.includes('AnnotationCollection')
}

function problemOf(record: JsonObject): SkipReason | undefined {
  if (isTooDeep(record)) return 'too-deep'
  if (JSON.stringify(record).length > importLimits.record) return 'too-large'
  if (isFolder(record)) return undefined
  if (!listOf(record['type']).includes('Annotation')) return 'not-an-annotation'
  const target = listOf(record['target'])[0]
  const hasTarget = typeof target === 'string' ? target !== '' : isObject(target)
  return hasTarget ? undefined : 'no-target'
}

function isTooDeep(value: Json): boolean {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > importLimits.depth) return true
    level = level.flatMap((each) => (Array.isArray(each) ? each : isObject(each) ? Object.values(each) : []))
  }
  return false
}

/** A record without an id gets one of its content, so that the same file brought again changes nothing. */
function withId(record: JsonObject): JsonObject {
  const id = textOf(record['id'])
  if (id !== '' && id.length <= 2000) return record
  const sum = createHash('sha256').update(canonicalText(record)).digest('hex')
  return { ...record, id: `urn:banmian:sha256:${sum.slice(0, 40)}` }
}

/** What bringing records in would do. */
export interface ImportPlan {
  added: JsonObject[]
  same: number
  /** Newer than the one that is here. */
  changed: ImportPair[]
  /** Both changed: here later than there, or at the same time otherwise. */
  conflicts: ImportPair[]
}

export interface ImportPair {
  mine: JsonObject
  theirs: JsonObject
}

export function planImport(store: NoteStore, records: JsonObject[]): ImportPlan {
  const plan: ImportPlan = { added: [], same: 0, changed: [], conflicts: [] }
  for (const theirs of records) {
    const mine = store.read(textOf(theirs['id']))
    if (!mine) plan.added.push(theirs)
    else if (canonicalText(mine) === canonicalText(theirs)) plan.same += 1
    else if (textOf(theirs['modified']) > textOf(mine['modified'])) plan.changed.push({ mine, theirs })
    else plan.conflicts.push({ mine, theirs })
  }
  return plan
}

/** Brings a plan about, as one change that can be undone. Answers how many records were written. */
export function runImport(store: NoteStore, plan: ImportPlan, way: MergeWay, file: string): number {
  const put = [...plan.added]
  const copy = ({ theirs }: ImportPair): JsonObject => {
    const { id: _id, ...rest } = theirs
    return withId({ ...rest, 'banmian:copyOf': textOf(theirs['id']) })
  }
  if (way === 'both') put.push(...[...plan.changed, ...plan.conflicts].map(copy))
  if (way === 'newer' || way === 'theirs') put.push(...plan.changed.map(({ theirs }) => theirs))
  if (way === 'theirs') put.push(...plan.conflicts.map(({ theirs }) => theirs))
  store.change({ put, origin: `import:${file}`, label: 'import' })
  return put.length
}

const mostPairs = 100
const mostSkipped = 200

/** A plan in words, for the one who decides. */
export function previewOf(plan: ImportPlan, read: ReadAnnotations, file: string): ImportPreview {
  const pairs = [
    ...plan.conflicts.map((pair) => ({ ...pair, conflict: true })),
    ...plan.changed.map((pair) => ({ ...pair, conflict: false })),
  ]
  return {
    file,
    added: plan.added.length,
    same: plan.same,
    changed: plan.changed.length,
    conflicts: plan.conflicts.length,
    pairs: pairs
      .slice(0, mostPairs)
      .map(({ mine, theirs, conflict }) => ({ mine: inWords(mine), theirs: inWords(theirs), conflict })),
    skipped: read.skipped.slice(0, mostSkipped),
    skippedCount: read.skippedCount,
  }
}

function inWords(record: JsonObject): RecordWords {
  if (isFolder(record)) {
    const { id, name, comment, modified } = folderOf(record)
    return { id, title: name, comment, tags: [], modified }
  }
  const { id, comment, tags, modified, place, quote } = noteOf(record)
  const shown = comment.length > 2000 ? `${comment.slice(0, 2000)}…` : comment
  return { id, title: quote?.exact ?? place.article?.headline ?? place.titleName, comment: shown, tags, modified }
}
