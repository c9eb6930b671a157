import type { TextSpan } from './article-text.ts'
import type { ZoneBox } from './catalogue-writer.ts'
import { getMeta, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { ArchiveError } from './errors.ts'
import { hitBoxes } from './hit-boxes.ts'
import type { SearchHit, SearchQuery, SearchResult } from './model.ts'
import type { Reading } from './reading.ts'
import { createSearchIndex } from './search/index-writer.ts'
import type { SearchDocument } from './search/search-document.ts'
import { openSearchIndex, type FoundArticle, type SearchIndex } from './search/search-index.ts'
import { snippet } from './search/snippet.ts'

/** The search index joined with the catalogue: from ids to articles, pages and boxes. */
export interface ArchiveSearch {
  readonly reading: Reading
  readonly index: SearchIndex
  close: () => void
}

export interface FoundArticles extends SearchResult {
  /** Articles found per month, `YYYY-MM`, ascending. */
  months: { month: string; count: number }[]
  /** Articles found per title, most first. */
  titles: { id: string; name: string; count: number }[]
}

interface IndexOptions {
  signal?: AbortSignal
  onProgress?: (progress: { phase: 'index'; done: number; total: number; file: string }) => void
}

const marker = 'searched'

/**
 * Adds to the search index what the catalogue has and it has not, and takes out what is gone. Adding an article twice
 * does no harm, so a killed run is simply done again.
 */
export async function bringSearchUpToDate(
  database: CatalogueDatabase,
  folder: string,
  options: IndexOptions,
): Promise<void> {
  // Ids of a catalogue that was made anew mean other articles: nothing of an index over the old one may stay.
  const fresh = getMeta(database, marker) === undefined || !(await isUsable(folder, options.signal))
  await addMissing(database, folder, fresh, options)
  // An index that does not hold just the catalogue's articles was made for another state of it.
  if (!fresh && !(await isSearchWhole(database, folder))) await addMissing(database, folder, true, options)
}

/** True when the search index can be opened and holds as many articles as the catalogue. */
export async function isSearchWhole(database: CatalogueDatabase, folder: string): Promise<boolean> {
  const row = database.prepare('SELECT COUNT(*) AS count FROM articles').get() as { count: number }
  try {
    const index = await openSearchIndex(folder)
    index.close()
    return index.articles === row.count && index.damaged().length === 0
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

/** Opens the search of an archive. Throws ArchiveError `no-index` and `stale-index`. */
export async function openArchiveSearch(reading: Reading): Promise<ArchiveSearch> {
  const text = reading.database.prepare('SELECT text FROM articles WHERE id = ?')
  const readText = (id: number): string | undefined => (text.get(id) as { text: string } | undefined)?.text
  const folder = reading.derived.search
  const index = await openSearchIndex(folder, { readText })
  try {
    refuseDamaged(index.damaged(), folder)
  } catch (error) {
    index.close()
    throw error
  }
  return { reading, index, close: () => index.close() }
}

/** An answer that misses articles without saying so is worse than none: the index is quickly made again. */
function refuseDamaged(damaged: { name: string }[], folder: string): void {
  const [first] = damaged
  if (first) throw new ArchiveError('stale-index', { file: folder, reason: first.name })
}

/** Finds articles. Throws ArchiveError `bad-query`, `stale-index`, `cancelled`. */
export async function findInArchive(
  search: ArchiveSearch,
  query: SearchQuery,
  signal?: AbortSignal,
): Promise<FoundArticles> {
  const { text, ...options } = query
  const found = await search.index.find(text, { ...options, signal, facets: true })
  refuseDamaged(found.damaged, search.reading.derived.search)
  const names = new Map(
    (search.reading.database.prepare('SELECT id, name FROM titles').all() as { id: string; name: string }[]).map(
      ({ id, name }) => [id, name],
    ),
  )
  return {
    query: text,
    total: found.total,
    exact: found.exact,
    ms: Math.round(found.ms * 10) / 10,
    hits: found.hits.flatMap((hit) => searchHit(search.reading, hit)),
    months: Object.entries(found.months ?? {})
      .map(([month, count]) => ({ month, count }))
      .sort((one, other) => one.month.localeCompare(other.month)),
    titles: Object.entries(found.titles ?? {})
      .map(([id, count]) => ({ id, name: names.get(id) ?? id, count }))
      .sort((one, other) => other.count - one.count),
  }
}

interface HitRow {
  local: string
  pages: string
  headline: string
  text: string
  boxes: string
  title: string
  titleName: string
  date: string
  edition: number
  issue: number
  words: Uint8Array | null
}

/** Nothing for an article that went away after the index was opened. */
function searchHit(reading: Reading, found: FoundArticle): SearchHit[] {
  const row = reading.database
    .prepare(
      `SELECT articles.local, articles.pages, articles.headline, articles.text, articles.boxes, articles.issue,
         issues.title, titles.name AS titleName, issues.date, issues.edition, word_boxes.data AS words
       FROM articles JOIN issues ON issues.id = articles.issue JOIN titles ON titles.id = issues.title
       LEFT JOIN word_boxes ON word_boxes.article = articles.id WHERE articles.id = ?`,
    )
    .get(found.id) as HitRow | undefined
  if (!row) return []
  const pages = JSON.parse(row.pages) as string[]
  const boxes = hitBoxes(found.ranges, pages, row.words ?? undefined, JSON.parse(row.boxes) as ZoneBox[])
  const pageId = boxes[0]?.page ?? pages[0] ?? ''
  const page = reading.database
    .prepare('SELECT label, name FROM pages WHERE issue = ? AND local = ?')
    .get(row.issue, pageId) as { label: string; name: string } | undefined
  return [
    {
      article: `${row.title}/${row.date}/${row.edition}#${row.local}`,
      title: row.title,
      titleName: row.titleName,
      date: row.date,
      edition: row.edition,
      page: page?.label ?? '',
      pageId,
      pageName: page?.name ?? '',
      headline: row.headline,
      snippet: snippet(row.text, found.ranges),
      boxes,
      count: found.count,
    },
  ]
}
