import type { PageRow, Reading } from './reading.ts'

/** The page of one day with a given label. */
export interface DatedPageRow extends Pick<PageRow, 'id' | 'image' | 'thumbnail' | 'width' | 'height'> {
  date: string
  edition: number
  /** Id of the page within its issue. */
  local: string
}

/**
 * The pages of a title that have the same page label (`01`, `A03`) in each issue that has one, ascending by date and
 * edition. Where an issue has several, the first.
 */
export function pageThroughTime(reading: Reading, title: string, label: string): DatedPageRow[] {
  const rows = reading.database
    .prepare(
      `SELECT issues.date, issues.edition, pages.local, pages.id, pages.image, pages.thumbnail, pages.width, pages.height
       FROM pages JOIN issues ON issues.id = pages.issue
       WHERE issues.title = ? AND pages.label = ? ORDER BY issues.date, issues.edition, pages.ord`,
    )
    .all(title, label) as DatedPageRow[]
  return rows.filter(({ date, edition }, index) => {
    const before = rows[index - 1]
    return before?.date !== date || before.edition !== edition
  })
}
