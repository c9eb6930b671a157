import type { TextSpan } from './article-text.ts'
import { getMeta, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { ArchiveError } from './errors.ts'
import type { ArticleKind } from './model.ts'
import { createSearchIndex } from './search/index-writer.ts'
import type { SearchDocument } from './search/search-document.ts'
import { openSearchIndex } from './search/search-index.ts'

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
  const fresh = !(await isUsable(folder))
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

async function isUsable(folder: string): Promise<boolean> {
  try {
    const index = await openSearchIndex(folder)
    const whole = index.damaged().length === 0
    index.close()
    return whole
  } catch (error) {
    if (error instanceof ArchiveError) return false
    throw error
  }
}

function* newDocuments(database: CatalogueDatabase, after: number): Generator<SearchDocument> {
  const rows = database
    .prepare(
      `SELECT articles.id, articles.text, articles.spans, articles.pages, articles.kind, articles.section, issues.title, issues.date, issues.id AS issue
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
