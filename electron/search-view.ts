import type { FoundArticles } from '../archive/search-catalogue.ts'
import type { Reading } from '../archive/reading.ts'
import type { SearchView } from './bridge/views.ts'
import { thumbnailUrl } from './issue-views.ts'

/** A search's answer as the result list shows it. */
export function searchView(archive: string, reading: Reading, found: FoundArticles): SearchView {
  const thumbnail = reading.database.prepare(
    `SELECT pages.id, pages.thumbnail FROM pages JOIN issues ON issues.id = pages.issue
     WHERE issues.title = ? AND issues.date = ? AND issues.edition = ? AND pages.local = ?`,
  )
  const languages = new Map(
    (reading.database.prepare('SELECT id, language FROM titles').all() as { id: string; language: string }[]).map(
      ({ id, language }) => [id, language],
    ),
  )
  return {
    ...found,
    counting: false,
    hits: found.hits.map((hit) => {
      const row = thumbnail.get(hit.title, hit.date, hit.edition, hit.pageId) as
        { id: number; thumbnail: string | null } | undefined
      return {
        ...hit,
        issue: { title: hit.title, date: hit.date, edition: hit.edition },
        articleId: hit.article.slice(hit.article.indexOf('#') + 1),
        language: languages.get(hit.title) ?? 'und',
        thumbnail: row ? thumbnailUrl(archive, row.id, row.thumbnail) : undefined,
      }
    }),
  }
}
