import { articleText } from './article-text.ts'
import type { ImportWarning, IssueDocument, Totals } from './model.ts'
import { countWords } from './word-count.ts'

/** Adds an issue to totals, and its warnings to theirs. */
export function countIssue(totals: Totals & { warnings: ImportWarning[] }, issue: IssueDocument): void {
  totals.issues += 1
  totals.pages += issue.pages.length
  totals.articles += issue.articles.length
  for (const warning of issue.warnings) totals.warnings.push(warning)
  for (const page of issue.pages) totals.zones += page.zones.length
  for (const article of issue.articles) totals.words += countWords(articleText(article).text)
}
