import type { TrendMonth, TrendQuery, Trends } from './model.ts'
import { findInArchive, type ArchiveSearch } from './search-catalogue.ts'

/**
 * Articles that answer each of some queries, by month, beside what the archive holds of that month. Of some titles, or of
 * all when none is named. Throws ArchiveError `bad-query`, `stale-index`, `cancelled`.
 */
export async function trendsInArchive(
  search: ArchiveSearch,
  { queries, titles = [] }: { queries: readonly string[]; titles?: readonly string[] },
  signal?: AbortSignal,
): Promise<Trends> {
  const found: TrendQuery[] = []
  let damaged = false
  for (const text of queries) {
    const query = { text, limit: 0, ...(titles.length > 0 && { titles: [...titles] }) }
    const { total, months, damaged: isDamaged } = await findInArchive(search, query, { signal, partial: true })
    damaged ||= isDamaged
    found.push({ text, total, months: Object.fromEntries(months.map(({ month, count }) => [month, count])) })
  }
  return { months: monthsOf(search, titles), queries: found, damaged }
}

function monthsOf({ reading }: ArchiveSearch, titles: readonly string[]): TrendMonth[] {
  const where = titles.length > 0 ? `WHERE title IN (${titles.map(() => '?').join(',')})` : ''
  return reading.database
    .prepare(
      `SELECT substr(date, 1, 7) AS month, COUNT(*) AS issues, SUM(articles) AS articles, SUM(words) AS words
       FROM issues ${where} GROUP BY 1 ORDER BY 1`,
    )
    .all(...titles)
    .map((row) => {
      const { month, issues, articles, words } = row as TrendMonth
      return { month, issues, articles, words }
    })
}
