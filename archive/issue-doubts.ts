import { explain, type Details, type ErrorCode } from './errors.ts'
import { issueName } from './import-merging.ts'
import type { ImportWarning, IssueDocument, Page } from './model.ts'

/** The first newspapers are of 1605. */
const firstNewspaper = '1605-01-01'

/** What looks wrong about an issue that could be read: nothing an importer can know, but a librarian would ask about. */
export function doubtsOf(issue: IssueDocument, today: string): ImportWarning[] {
  const file = issueName(issue)
  const doubts: ImportWarning[] = []
  const doubt = (code: ErrorCode, details: Details = {}): void => {
    doubts.push({ file, code, message: explain(code, { file, ...details }), details })
  }
  if (issue.date > today || issue.date < firstNewspaper) doubt('doubtful-date', { date: issue.date })
  const absent = missingLabels(issue.pages.map(({ label }) => label))
  if (absent.length > 0) doubt('doubtful-pages', { pages: absent.join(', ') })
  const bare = issue.pages.filter((page) => page.renditions.length === 0)
  if (bare.length > 0) doubt('no-picture', { pages: labels(bare) })
  const isSilent = issue.articles.every(({ blocks, photos, headline }) => !blocks.length && !photos.length && !headline)
  if (isSilent) doubt('doubtful-silence')
  return doubts
}

function labels(pages: Page[]): string {
  return pages.map(({ label }) => label).join(', ')
}

/** Labels that a row of numbered pages leaps over: 01 02 04 lacks 03. Each letter has a row of its own. */
function missingLabels(found: string[]): string[] {
  const rows = new Map<string, { numbers: Set<number>; width: number }>()
  for (const label of found) {
    const [, letters = '', digits] = /^(\D{0,3})(\d{1,3})$/.exec(label) ?? []
    if (digits === undefined) return []
    const row = rows.get(letters) ?? { numbers: new Set<number>(), width: digits.length }
    row.numbers.add(Number(digits))
    rows.set(letters, row)
  }
  return [...rows].flatMap(([letters, { numbers, width }]) => {
    const highest = Math.max(...numbers)
    // A scan of loose pages is no row.
    if (highest > 2 * numbers.size + 1) return []
    const all = Array.from({ length: highest }, (_, at) => at + 1)
    return all.filter((number) => !numbers.has(number)).map((number) => letters + String(number).padStart(width, '0'))
  })
}

/** Issues with less than half the pages their title usually has. */
export function thinIssues(issues: readonly { name: string; pages: number }[]): ImportWarning[] {
  if (issues.length < 5) return []
  const sorted = issues.map(({ pages }) => pages).sort((one, other) => one - other)
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0
  return issues
    .filter(({ pages }) => pages * 2 < usual)
    .map(({ name: file, pages }) => {
      const details = { pages, usual }
      return { file, code: 'doubtful-thin', message: explain('doubtful-thin', { file, ...details }), details }
    })
}
