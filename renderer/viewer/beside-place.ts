import type { IssueKey } from '../../electron/bridge/views.ts'

/** A page that stands beside another one. */
export interface BesidePlace {
  issue: IssueKey
  page: string
}

/** A page as the address names it: `title/date/edition/page`. */
export function besideText({ issue, page }: BesidePlace): string {
  return [issue.title, issue.date, String(issue.edition), page].join('/')
}

/** The page that an address names; undefined when it names none. */
export function besideFrom(text: string): BesidePlace | undefined {
  const [, title, date, edition, page] = /^([^/]+)\/(\d{4}-\d{2}-\d{2})\/(\d{1,3})\/(.*)$/.exec(text) ?? []
  if (!title || !date || !edition) return undefined
  return { issue: { title, date, edition: Number(edition) }, page: page ?? '' }
}
