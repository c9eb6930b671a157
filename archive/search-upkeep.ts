import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TextSpan } from './article-text.ts'
import { getMeta, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { ArchiveError } from './errors.ts'
import { readWhole, writeAtomic } from './files.ts'
import type { ArticleKind } from './model.ts'
import { createSearchIndex } from './search/index-writer.ts'
import type { SearchDocument } from './search/search-document.ts'
import { openSearchIndex, type DamagedPart } from './search/search-index.ts'

interface IndexOptions {
  signal?: AbortSignal
  onProgress?: (progress: { phase: 'index'; done: number; total: number; file: string }) => void
}

/** Highest id of the catalogue's articles that the index holds. */
const marker = 'searched'
/** Stretches of ids, `[[1, 900]]`, that went with a damaged part and are not yet added again. */
const lostMarker = 'search-lost'
/** A name that each catalogue gets when it is made; the index over it has it in a file. */
const lineageKey = 'lineage'
const lineageFile = 'catalogue-lineage.txt'

/**
 * Adds to the search index what the catalogue has and it has not, and takes out what is gone, and makes damaged
 * parts again, those alone. Adding an article twice
 * does no harm, so a killed run is simply done again.
 */
export async function bringSearchUpToDate(
  database: CatalogueDatabase,
  folder: string,
  options: IndexOptions,
): Promise<void> {
  // Ids of a catalogue that was made anew mean other articles: nothing of an index over another one may stay.
  const lineage = lineageOf(database) ?? randomUUID()
  setMeta(database, lineageKey, lineage)
  const isOurs = (await indexedLineage(folder)) === lineage
  const damaged = isOurs ? await damagedParts(folder, options.signal) : undefined
  const fresh = damaged === undefined
  await addMissing(database, folder, { fresh, damaged: damaged ?? [] }, options)
  // An index that does not hold just the catalogue's articles was made for another state of it.
  if (!fresh && !(await isSearchWhole(database, folder))) {
    await addMissing(database, folder, { fresh: true, damaged: [] }, options)
  }
}

function lineageOf(database: CatalogueDatabase): string | undefined {
  return getMeta(database, lineageKey)
}

/** Which catalogue's ids the index in a folder holds; undefined while that is not sure. */
async function indexedLineage(folder: string): Promise<string | undefined> {
  return readWhole(join(folder, lineageFile)).then(String, () => undefined)
}

/** True when the index was made over another catalogue than this one: its ids mean other articles. */
export async function madeForOther(database: CatalogueDatabase, folder: string): Promise<boolean> {
  const [wanted, found] = [lineageOf(database), await indexedLineage(folder)]
  return wanted !== undefined && found !== undefined && wanted !== found
}

/** True when the search index can be opened and holds as many articles as the catalogue. */
export async function isSearchWhole(database: CatalogueDatabase, folder: string): Promise<boolean> {
  const row = database.prepare('SELECT COUNT(*) AS count FROM articles').get() as { count: number }
  try {
    const index = await openSearchIndex(folder)
    const isWhole = index.articles === row.count && index.damaged().length === 0
    index.close()
    return isWhole && !(await madeForOther(database, folder))
  } catch (error) {
    if (error instanceof ArchiveError) return false
    throw error
  }
}

/** What is there to begin with: nothing that can be used, or an index with parts that are damaged. */
interface IndexState {
  fresh: boolean
  damaged: DamagedPart[]
}

type IdRange = [first: number, last: number]

async function addMissing(
  database: CatalogueDatabase,
  folder: string,
  { fresh, damaged }: IndexState,
  options: IndexOptions,
): Promise<void> {
  // Killed from here on, the next run begins anew too.
  if (fresh) await rm(join(folder, lineageFile), { force: true })
  const writer = createSearchIndex(folder, { fresh })
  const done = fresh ? 0 : Number(getMeta(database, marker) ?? 0)
  const lost = fresh ? [] : (JSON.parse(getMeta(database, lostMarker) ?? '[]') as IdRange[])
  lost.push(...damaged.map(({ ids }) => ids))
  // Noted before they are dropped: a killed run must not forget them.
  setMeta(database, lostMarker, JSON.stringify(lost))
  for (const { name } of damaged) writer.dropSegment(name)
  const removed = database.prepare('SELECT id FROM removed_articles').all() as { id: number }[]
  if (removed.length > 0) {
    if (!fresh) writer.removeDocuments(removed.map(({ id }) => id))
    database.exec('DELETE FROM removed_articles')
  }
  const row = database.prepare('SELECT COALESCE(MAX(id), 0) AS id FROM articles').get() as { id: number }
  const highest = Math.max(row.id, done)
  const ranges: IdRange[] = [...lost, [done + 1, highest]]
  const total = ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0)
  if (total > 0 || fresh) {
    await writer.addDocuments(documentsIn(database, ranges), {
      signal: options.signal,
      onProgress: (added) => options.onProgress?.({ phase: 'index', done: added, total, file: '' }),
    })
    setMeta(database, lostMarker, '[]')
    setMeta(database, marker, String(highest))
    await writer.merge({ signal: options.signal })
  }
  setMeta(database, marker, String(highest))
  const lineage = lineageOf(database)
  if (fresh && lineage !== undefined) await writeAtomic(join(folder, lineageFile), lineage)
}

/**
 * Reads the whole index: a flipped bit would else be found by a reader, some day. Undefined when there is no index that
 * can be gone on with.
 */
async function damagedParts(folder: string, signal: AbortSignal | undefined): Promise<DamagedPart[] | undefined> {
  try {
    const index = await openSearchIndex(folder)
    try {
      return await index.check(signal)
    } finally {
      index.close()
    }
  } catch (error) {
    if (error instanceof ArchiveError && error.code !== 'cancelled') return undefined
    throw error
  }
}

function* documentsIn(database: CatalogueDatabase, ranges: IdRange[]): Generator<SearchDocument> {
  for (const [first, last] of ranges) if (last >= first) yield* documentsBetween(database, first, last)
}

function* documentsBetween(database: CatalogueDatabase, first: number, last: number): Generator<SearchDocument> {
  const rows = database
    .prepare(
      `SELECT articles.id, articles.text, articles.spans, articles.pages, articles.kind, articles.section, issues.title, issues.date, issues.id AS issue
       FROM articles JOIN issues ON issues.id = articles.issue WHERE articles.id BETWEEN ? AND ? ORDER BY articles.id`,
    )
    .iterate(first, last) as IterableIterator<ArticleRow>
  let issue = -1
  let labels = new Map<string, string>()
  let front: string | undefined
  for (const row of rows) {
    if (row.issue !== issue) {
      issue = row.issue
      const pages = database.prepare('SELECT local, label FROM pages WHERE issue = ? ORDER BY ord').all(issue)
      labels = new Map((pages as { local: string; label: string }[]).map(({ local, label }) => [local, label]))
      ;[front] = labels.keys()
    }
    const pages = JSON.parse(row.pages) as string[]
    yield {
      id: row.id,
      title: row.title,
      date: row.date,
      text: row.text,
      spans: JSON.parse(row.spans) as TextSpan[],
      pages: pages.flatMap((page) => labels.get(page) ?? []),
      frontPage: front !== undefined && pages.includes(front),
      kind: row.kind,
      section: row.section ?? undefined,
    }
  }
}

interface ArticleRow {
  id: number
  issue: number
  title: string
  date: string
  text: string
  spans: string
  pages: string
  kind: ArticleKind
  section: string | null
}
