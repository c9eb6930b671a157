import type { IssueDocument } from './model.ts'

/** From this day on 人民日报 and with it nearly all papers on the mainland were set in lines; before, in columns. */
const setInLines = '1956-01-01'

/**
 * Whether the pages of an issue follow each other from right to left. What the source says counts (IIIF Presentation 3,
 * `viewingDirection`); else Chinese and Japanese papers of the time when they were set in columns did.
 */
export function readsFromRight(
  issue: Pick<IssueDocument, 'viewingDirection' | 'metadata' | 'title' | 'date'>,
): boolean {
  const { metadata, title, date } = issue
  const said = issue.viewingDirection ?? metadata?.['viewingDirection']
  if (said === 'right-to-left') return true
  if (typeof said === 'string') return false
  return /^(zh|ja)\b/.test(title.language) && date < setInLines
}
