import type { RouteLocationRaw } from 'vue-router'
import type { IssueKey, LinkPlace } from '../../electron/bridge/views.ts'

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

/** Where a link leads: as near as it says. */
export function linkedRoute(archive: string, place: LinkPlace = {}): RouteLocationRaw {
  const { title, issue, page, article, q, hit, view } = place
  if (issue && page) {
    const query = { article, q, hit: hit === undefined ? undefined : String(hit), view }
    return readerRoute(archive, issue, page, Object.fromEntries(Object.entries(query).filter(([, value]) => value)))
  }
  if (issue) return issueRoute(archive, issue)
  return q ? { name: 'search', params: { archive }, query: { q } } : calendarRoute(archive, title)
}

/** One value of a route's parameter or query: the router may give a list. */
export function single(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}
