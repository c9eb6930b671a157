import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ArchiveError, fromFileError } from '../errors.ts'
import { bulkTermBuilder } from './bulk-terms.ts'
import { flexSearchTerms } from './flexsearch-terms.ts'
import { idSet, type IdSet } from './id-set.ts'
import { emptyManifest, hasManifest, readManifest, withRemoved, writeManifest } from './manifest.ts'
import type { Manifest, SegmentEntry } from './manifest.ts'
import { foldDocument, highestId, type FoldedDocument, type SearchDocument } from './search-document.ts'
import { segmentDocuments, segmentUnits } from './segment-format.ts'
import { documentsOf, segmentsToMerge } from './segment-merge.ts'
import { isDamage, openSegment, type Segment } from './segment-reader.ts'
import { writeSegment } from './segment-writer.ts'

/** From this many articles on the bulk writer is worth its arrays; below, FlexSearch's own `add` does the work. */
const bulkFrom = 500

export interface WriteOptions {
  signal?: AbortSignal
  /** Told how many articles are done, now and then. */
  onProgress?: (done: number) => void
  /** Which of the two writers to use; both write the same bytes. */
  writer?: 'flexsearch' | 'bulk'
}

/** An index that is being written. Nothing changes for readers until a call has succeeded. */
export interface SearchIndexWriter {
  /**
   * Adds articles, replacing those with the same ids, all or none. Answers how many.
   * Rejects with `cancelled`, `disk-full`, `read-only` and their like.
   */
  addDocuments(
    documents: Iterable<SearchDocument> | AsyncIterable<SearchDocument>,
    options?: WriteOptions,
  ): Promise<number>
  /** Removes articles. Answers how many were there. */
  removeDocuments(ids: Iterable<number>): number
  /** Merges small segments until there are few. Answers how many segments there are then. */
  merge(options?: Pick<WriteOptions, 'signal'>): Promise<number>
  /** Takes a damaged segment out of the index and answers the range of ids that must be added again. */
  dropSegment(name: string): [number, number] | undefined
}

function stopIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw new ArchiveError('cancelled')
}

function withSegment<T>(folder: string, name: string, use: (segment: Segment) => T): T {
  try {
    const segment = openSegment(join(folder, name))
    try {
      return use(segment)
    } finally {
      segment.close()
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    throw new ArchiveError('stale-index', { file: folder, reason: name }, { cause: error })
  }
}

/** The entries with the positions of these ids removed. */
function withoutIds(folder: string, entries: SegmentEntry[], gone: IdSet): SegmentEntry[] {
  return entries.map((entry) => {
    // A daily import has new ids: nothing to read.
    if (!gone.mayMeet(entry.ids)) return entry
    const positions = withSegment(folder, entry.name, ({ arrays }) => {
      const found: number[] = []
      arrays.ids.forEach((id, position) => gone.has(id) && found.push(position))
      return found
    })
    return withRemoved(entry, positions)
  })
}

/** Removes what killed runs left behind: files that the manifest does not list. */
function sweep(folder: string, manifest: Manifest): void {
  const listed = new Set(manifest.segments.map((entry) => entry.name))
  for (const name of readdirSync(folder)) {
    if (/^\d+\.segment(\.tmp)?$|^manifest\.json\.tmp$/.test(name) && !listed.has(name)) {
      try {
        rmSync(join(folder, name), { force: true })
      } catch {
        // A reader on Windows may still hold it: then the next run takes it.
      }
    }
  }
}

/** Sorted as in a segment; of articles with one id the last. */
function inOrder(documents: FoldedDocument[]): FoldedDocument[] {
  const byId = new Map(documents.map((document) => [document.id, document]))
  return [...byId.values()].sort((a, b) => a.day - b.day || a.id - b.id)
}

/**
 * Opens the index in `folder` for writing, or begins one. Whoever calls holds the archive's lock.
 * Throws `stale-index` when an index is there that this version cannot continue: begin `fresh` then, which replaces
 * the old one with the first success.
 */
export function createSearchIndex(folder: string, { fresh = false } = {}): SearchIndexWriter {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw fromFileError(error, folder)
  }
  let manifest = fresh || !hasManifest(folder) ? emptyManifest(nextFree(folder)) : readManifest(folder)
  if (!fresh) sweep(folder, manifest)
  const bulk = bulkTermBuilder()

  const replace = (changed: Manifest): void => {
    writeManifest(folder, changed)
    manifest = changed
    sweep(folder, manifest)
  }

  /** Writes a segment that no manifest lists yet. */
  const write = async (documents: FoldedDocument[], writer?: WriteOptions['writer']): Promise<SegmentEntry> => {
    const sorted = inOrder(documents)
    const isBulk = writer ? writer === 'bulk' : sorted.length >= bulkFrom
    const name = `${String(manifest.next).padStart(6, '0')}.segment`
    manifest = { ...manifest, next: manifest.next + 1 }
    const terms = isBulk ? bulk(sorted) : await flexSearchTerms(sorted)
    const bytes = writeSegment(join(folder, name), sorted, terms)
    const ids = sorted.map((document) => document.id)
    const days: [number, number] = [sorted[0]?.day ?? 0, sorted.at(-1)?.day ?? 0]
    const range: [number, number] = [
      ids.reduce((a, b) => Math.min(a, b), Infinity),
      ids.reduce((a, b) => Math.max(a, b), 0),
    ]
    return { name, bytes, documents: sorted.length, days, ids: range, removedCount: 0 }
  }

  const discard = (entries: SegmentEntry[]): void => {
    for (const entry of entries) rmSync(join(folder, entry.name), { force: true })
  }

  return {
    async addDocuments(documents, { signal, onProgress, writer } = {}) {
      const written: SegmentEntry[] = []
      const added = idSet()
      let batch: FoldedDocument[] = []
      let units = 0
      const flush = async (): Promise<void> => {
        if (batch.length === 0) return
        written.push(await write(batch, writer))
        batch = []
        units = 0
        await nextTurn()
      }
      try {
        stopIfCancelled(signal)
        let done = 0
        for await (const document of documents) {
          const folded = foldDocument(document)
          if (units + folded.text.length > segmentUnits || batch.length >= segmentDocuments) await flush()
          if (added.has(folded.id)) {
            // The same article twice in one import: rare, so the earlier one may cost something.
            batch = batch.filter((other) => other.id !== folded.id)
            const again = idSet()
            again.add(folded.id)
            const earlier = withoutIds(folder, written, again)
            written.splice(0, written.length, ...earlier)
          }
          added.add(folded.id)
          batch.push(folded)
          units += folded.text.length
          if (++done % 256 === 0) {
            onProgress?.(done)
            await nextTurn()
            stopIfCancelled(signal)
          }
        }
        await flush()
        stopIfCancelled(signal)
        onProgress?.(done)
        if (written.length === 0 && hasManifest(folder) && !fresh) return 0
        const kept = withoutIds(folder, manifest.segments, added)
        replace({ ...manifest, segments: [...kept, ...written] })
        return added.size()
      } catch (error) {
        discard(written)
        throw error
      }
    },

    removeDocuments(ids) {
      const gone = idSet()
      for (const id of ids) if (Number.isInteger(id) && id > 0 && id <= highestId) gone.add(id)
      const count = (entries: SegmentEntry[]): number => entries.reduce((sum, entry) => sum + entry.removedCount, 0)
      const before = count(manifest.segments)
      const segments = withoutIds(folder, manifest.segments, gone)
      const removed = count(segments) - before
      if (removed > 0) replace({ ...manifest, segments })
      return removed
    },

    async merge({ signal } = {}) {
      for (;;) {
        stopIfCancelled(signal)
        const merging = segmentsToMerge(manifest.segments)
        if (merging.length === 0) return manifest.segments.length
        const documents = merging.flatMap((entry) =>
          withSegment(folder, entry.name, (segment) => [...documentsOf(segment, entry)]),
        )
        const merged = documents.length > 0 ? [await write(documents, 'bulk')] : []
        if (signal?.aborted) discard(merged)
        stopIfCancelled(signal)
        const others = manifest.segments.filter((entry) => !merging.includes(entry))
        replace({ ...manifest, segments: [...others, ...merged] })
      }
    },

    dropSegment(name) {
      const entry = manifest.segments.find((candidate) => candidate.name === name)
      if (!entry) return undefined
      replace({ ...manifest, segments: manifest.segments.filter((other) => other !== entry) })
      return entry.ids
    },
  }
}

/** A file number above all that are there, so that a fresh index never writes over what a reader has open. */
function nextFree(folder: string): number {
  const numbers = readdirSync(folder).map((name) => Number(/^(\d+)\.segment/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers) + 1
}
