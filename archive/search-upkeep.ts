import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TextSpan } from './article-text.ts'
import { getMeta, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { ArchiveError } from './errors.ts'
import { readWhole, writeAtomic } from './files.ts'
import { createSearchIndex } from './search/index-writer.ts'
import type { SearchDocument } from './search/search-document.ts'
import { openSearchIndex } from './search/search-index.ts'

interface IndexOptions {
  signal?: AbortSignal
  onProgress?: (progress: { phase: 'index'; done: number; total: number; file: string }) => void
}

/** Highest id of the catalogue's articles that the index holds. */
const marker = 'searched'
/** A name that each catalogue gets when it is made; the index over it has it in a file. */
const lineageKey = 'lineage'
const lineageFile = 'catalogue-lineage.txt'

/**
 * Adds to the search index what the catalogue has and it has not, and takes out what is gone. Adding an article twice
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
  const fresh = (await indexedLineage(folder)) !== lineage || !(await isUsable(folder, options.signal))
  await addMissing(database, folder, fresh, options)
  // An index that does not hold just the catalogue's articles was made for another state of it.
  if (!fresh && !(await isSearchWhole(database, folder))) await addMissing(database, folder, true, options)
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

async function addMissing(
  database: CatalogueDatabase,
  folder: string,
  fresh: boolean,
  options: IndexOptions,
): Promise<void> {
  // Killed from here on, the next run begins anew too.
  if (fresh) await rm(join(folder, lineageFile), { force: true })
  const writer = createSearchIndex(folder, { fresh })
  const done = fresh ? 0 : Number(getMeta(database, marker) ?? 0)
  const removed = database.prepare('SELECT id FROM removed_articles').all() as { id: number }[]
  if (removed.length > 0) {
    if (!fresh) writer.removeDocuments(removed.map(({ id }) => id))
    database.exec('DELETE FROM removed_articles')
  }
  const { highest, total } = database
    .prepare('SELECT TOTAL(id > ?) AS total, COALESCE(MAX(id), 0) AS highest FROM articles')
    .get(done) as { highest: number; total: number }
  if (total > 0 || fresh) {
    await writer.addDocuments(newDocuments(database, done), {
      signal: options.signal,
      onProgress: (added) => options.onProgress?.({ phase: 'index', done: added, total, file: '' }),
    })
    await writer.merge({ signal: options.signal })
  }
  setMeta(database, marker, String(highest))
  const lineage = lineageOf(database)
  if (fresh && lineage !== undefined) await writeAtomic(join(folder, lineageFile), lineage)
}

/** Reads the whole index: a flipped bit would else be found by a reader, some day. */
async function isUsable(folder: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const index = await openSearchIndex(folder)
    try {
      return (await index.check(signal)).length === 0
    } finally {
      index.close()
    }
  } catch (error) {
    if (error instanceof ArchiveError && error.code !== 'cancelled') return false
    throw error
  }
}

function* newDocuments(database: CatalogueDatabase, after: number): Generator<SearchDocument> {
  const rows = database
    .prepare(
      `SELECT articles.id, articles.text, articles.spans, articles.pages, issues.title, issues.date, issues.id AS issue
       FROM articles JOIN issues ON issues.id = articles.issue WHERE articles.id > ? ORDER BY articles.id`,
    )
    .iterate(after) as IterableIterator<ArticleRow>
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
}
