import type { ZoneBox } from './catalogue-writer.ts'
import { ArchiveError } from './errors.ts'
import { hitBoxes } from './hit-boxes.ts'
import type { SearchHit, SearchQuery, SearchResult } from './model.ts'
import type { Reading } from './reading.ts'
import { madeForOther } from './search-upkeep.ts'
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

/** Opens the search of an archive. Throws ArchiveError `no-index` and `stale-index`. */
export async function openArchiveSearch(reading: Reading): Promise<ArchiveSearch> {
  const text = reading.database.prepare('SELECT text FROM articles WHERE id = ?')
  const readText = (id: number): string | undefined => (text.get(id) as { text: string } | undefined)?.text
  const folder = reading.derived.search
  const index = await openSearchIndex(folder, { readText })
  try {
    refuseDamaged(index.damaged(), folder)
    if (await madeForOther(reading.database, folder)) {
      throw new ArchiveError('stale-index', { file: folder, reason: 'catalogue.sqlite' })
    }
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
