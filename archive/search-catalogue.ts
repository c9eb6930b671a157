import { ArchiveError } from './errors.ts'
import type { SearchHit, SearchPlace, SearchQuery, SearchResult } from './model.ts'
import type { Reading } from './reading.ts'
import { hitReader, textReader } from './search-hits.ts'
import { madeForOther } from './search-upkeep.ts'
import { openSearchIndex, type FindResult, type SearchIndex } from './search/search-index.ts'

/** The search index joined with the catalogue: from ids to articles, pages and boxes. */
export interface ArchiveSearch {
  readonly reading: Reading
  readonly index: SearchIndex
  readonly hitsOf: ReturnType<typeof hitReader>
  close: () => void
}

export interface FoundArticles extends SearchResult {
  /** Articles found per month, `YYYY-MM`, ascending. Empty before they are counted. */
  months: { month: string; count: number }[]
  /** Articles found per title, most first. */
  titles: { id: string; name: string; count: number }[]
  /** Articles found per page label, in the order of the labels. */
  pages: { label: string; count: number }[]
  /** Articles found per section as it is printed, most first. */
  sections: { name: string; count: number }[]
  /** True when a part of the index could not be read: its articles are missing here. */
  damaged: boolean
}

/** How an archive's search is opened and asked. */
interface DamageChoice {
  /** Answers what can be read of a damaged index and says so; else damage is `stale-index`. */
  partial?: boolean
}

/** A section is often the source as printed: there may be thousands. */
const mostSections = 60

/** What a search can be told besides its question. */
export interface FindControl extends DamageChoice {
  signal?: AbortSignal
  /** Told the first hits before the counting ends; `total` is then an upper bound, and nothing is counted yet. */
  onPage?: (found: FoundArticles) => void
}

/** Opens the search of an archive. Throws ArchiveError `no-index` and `stale-index`. */
export async function openArchiveSearch(reading: Reading, choice: DamageChoice = {}): Promise<ArchiveSearch> {
  const folder = reading.derived.search
  const index = await openSearchIndex(folder, textReader(reading.database))
  try {
    if (!choice.partial) refuseDamaged(index.damaged(), folder)
    if (await madeForOther(reading.database, folder)) {
      throw new ArchiveError('stale-index', { file: folder, reason: 'catalogue.sqlite' })
    }
  } catch (error) {
    index.close()
    throw error
  }
  return { reading, index, hitsOf: hitReader(reading.database), close: () => index.close() }
}

/** An answer that misses articles without saying so is worse than none. */
function refuseDamaged(damaged: { name: string }[], folder: string): void {
  const [first] = damaged
  if (first) throw new ArchiveError('stale-index', { file: folder, reason: first.name })
}

/** Finds articles. Throws ArchiveError `bad-query`, `bad-request`, `stale-index`, `cancelled`. */
export async function findInArchive(
  search: ArchiveSearch,
  query: SearchQuery,
  control: FindControl = {},
): Promise<FoundArticles> {
  const { text, within, ...options } = query
  const { reading } = search
  const answer = foundArticles(search, text)
  const { onPage, signal } = control
  const found = await search.index.find(text, {
    ...options,
    ...(within ? { ids: idsWithin(reading, within), from: within.date, to: within.date } : {}),
    signal,
    facets: true,
    onPage: onPage && ((page) => onPage(answer(page))),
  })
  if (!control.partial) refuseDamaged(found.damaged, reading.derived.search)
  return answer(found)
}

/** How many articles answer a query on each day, by ISO date. Throws what `findInArchive` throws. */
export async function daysInArchive(
  search: ArchiveSearch,
  query: SearchQuery,
  control: Pick<FindControl, 'signal'> = {},
): Promise<Record<string, number>> {
  const { text, within, ...options } = query
  const ids = within ? { ids: idsWithin(search.reading, within) } : {}
  const { days } = await search.index.find(text, { ...options, ...ids, ...control, limit: 0, facets: true })
  return days ?? {}
}

/** The articles of an issue, or of a page of it, or the one. */
function idsWithin({ database }: Reading, { title, date, edition, page, article }: SearchPlace): Set<number> {
  const rows = database
    .prepare(
      `SELECT articles.id, articles.local, articles.pages FROM articles JOIN issues ON issues.id = articles.issue
       WHERE issues.title = ? AND issues.date = ? AND issues.edition = ?`,
    )
    .all(title, date, edition) as { id: number; local: string; pages: string }[]
  const isMeant = (row: { local: string; pages: string }): boolean =>
    (article === undefined || row.local === article) &&
    (page === undefined || (JSON.parse(row.pages) as string[]).includes(page))
  return new Set(rows.filter(isMeant).map(({ id }) => id))
}

/** Makes the index's answer the archive's. The page before the counting is that after it or its beginning: hits are made once. */
function foundArticles({ reading, hitsOf }: ArchiveSearch, query: string): (found: FindResult) => FoundArticles {
  const made = new Map<number, SearchHit>()
  const section = reading.database.prepare('SELECT section FROM articles WHERE id = ?')
  const printed = (article: number): string | null =>
    (section.get(article) as { section: string | null } | undefined)?.section ?? null
  const { compare } = new Intl.Collator('en', { numeric: true })
  return (found) => {
    const titles = Object.entries(found.titles ?? {})
    const rows = titles.length > 0 ? reading.database.prepare('SELECT id, name FROM titles').all() : []
    for (const [id, hit] of hitsOf(found.hits.filter(({ id }) => !made.has(id)))) made.set(id, hit)
    const names = new Map((rows as { id: string; name: string }[]).map(({ id, name }) => [id, name]))
    return {
      query,
      total: found.total,
      exact: found.exact,
      ms: Math.round(found.ms * 10) / 10,
      hits: found.hits.flatMap(({ id }) => made.get(id) ?? []),
      months: Object.entries(found.months ?? {})
        .map(([month, count]) => ({ month, count }))
        .sort((one, other) => one.month.localeCompare(other.month)),
      titles: titles
        .map(([id, count]) => ({ id, name: names.get(id) ?? id, count }))
        .sort((one, other) => other.count - one.count),
      pages: Object.entries(found.pages ?? {})
        .map(([label, count]) => ({ label, count }))
        .sort((one, other) => compare(one.label, other.label)),
      sections: Object.entries(found.sections ?? {})
        .sort(([, one], [, other]) => other.count - one.count)
        .slice(0, mostSections)
        .map(([folded, { count, article }]) => ({ name: printed(article) ?? folded, count })),
      damaged: found.damaged.length > 0,
    }
  }
}
