import type { TextSpan } from './article-text.ts'
import { getMeta, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { ArchiveError } from './errors.ts'
import type { ArticleKind } from './model.ts'
import { createSearchIndex } from './search/index-writer.ts'
import type { SearchDocument } from './search/search-document.ts'
import { openSearchIndex, type DamagedPart } from './search/search-index.ts'

interface IndexOptions {
  signal?: AbortSignal
  onProgress?: (progress: { phase: 'index'; done: number; total: number; file: string }) => void
  /** Reads every byte of the index for damage, not only what is needed to open it. */
  check?: boolean
}

/** Highest id that is in the index; stretches of ids, `[[1, 900]]`, that were lost with a damaged part. */
const marker = 'searched'
const lostMarker = 'search-lost'

type IdRange = [first: number, last: number]

/**
 * Adds to the search index what the catalogue has and it has not, takes out what is gone, and makes damaged parts
 * again. Adding an article twice does no harm, so a killed run is simply done again.
 */
export async function bringSearchUpToDate(
  database: CatalogueDatabase,
  folder: string,
  options: IndexOptions,
): Promise<void> {
  try {
    await bringUpToDate(database, folder, options)
  } catch (error) {
    // Damage that only shows while segments are merged: now it is looked for.
    if (!(error instanceof ArchiveError) || error.code !== 'stale-index' || options.check) throw error
    await bringUpToDate(database, folder, { ...options, check: true })
  }
}

async function bringUpToDate(database: CatalogueDatabase, folder: string, options: IndexOptions): Promise<void> {
  const { signal } = options
  const damaged = await damagedParts(folder, options)
  const fresh = damaged === undefined
  const writer = createSearchIndex(folder, { fresh })
  const done = fresh ? 0 : Number(getMeta(database, marker) ?? 0)
  const lost = fresh ? [] : (JSON.parse(getMeta(database, lostMarker) ?? '[]') as IdRange[])
  if (damaged && damaged.length > 0) {
    lost.push(...damaged.map(({ ids }) => ids))
    // Noted before they are dropped: a killed run must not forget them.
    setMeta(database, lostMarker, JSON.stringify(lost))
    for (const { name } of damaged) writer.dropSegment(name)
  }
  const removed = database.prepare('SELECT id FROM removed_articles').all() as { id: number }[]
  if (removed.length > 0) {
    if (!fresh) writer.removeDocuments(removed.map(({ id }) => id))
    database.exec('DELETE FROM removed_articles')
  }
  const highest = Number(
    (database.prepare('SELECT MAX(id) AS id FROM articles').get() as { id: number | null }).id ?? 0,
  )
  const ranges: IdRange[] = [...lost, [done + 1, highest]]
  const total = ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0)
  if (total > 0 || fresh) {
    await writer.addDocuments(documentsIn(database, ranges), {
      signal,
      onProgress: (added) => options.onProgress?.({ phase: 'index', done: added, total, file: '' }),
    })
    setMeta(database, lostMarker, '[]')
    setMeta(database, marker, String(Math.max(highest, done)))
    await writer.merge({ signal })
  }
  setMeta(database, marker, String(Math.max(highest, done)))
}

/** The damaged parts; undefined when there is no index that can be continued. */
async function damagedParts(folder: string, { check, signal }: IndexOptions): Promise<DamagedPart[] | undefined> {
  try {
    const index = await openSearchIndex(folder)
    try {
      return check ? await index.check(signal) : index.damaged()
    } finally {
      index.close()
    }
  } catch (error) {
    if (error instanceof ArchiveError && ['no-index', 'stale-index'].includes(error.code)) return undefined
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
