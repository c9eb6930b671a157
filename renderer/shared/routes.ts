import type { RouteLocationRaw } from 'vue-router'
import type { IssueKey } from '../../electron/bridge/views.ts'

/** Where the overview of an issue is. */
export function issueRoute(archive: string, issue: IssueKey): RouteLocationRaw {
  const { title, date, edition } = issue
  return { name: 'issue', params: { archive, title, date, edition: String(edition) } }
}

/** Where a page is read, with the article that is open and the query whose hits are marked. */
export function readerRoute(
  archive: string,
  issue: IssueKey,
  page: string,
  query: Record<string, string | undefined> = {},
): RouteLocationRaw {
  const { title, date, edition } = issue
  return { name: 'reader', params: { archive, title, date, edition: String(edition), page }, query }
}

/** Where a title's calendar is, at a day. */
export function calendarRoute(archive: string, title?: string, day?: string, q?: string): RouteLocationRaw {
  return {
    name: 'calendar',
    params: { archive, ...(title && { title }) },
    query: { ...(day && { day }), ...(q && { q }) },
  }
}

/** One value of a route's parameter or query: the router may give a list. */
export function single(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}
