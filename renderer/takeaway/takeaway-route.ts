import type { RouteLocationRaw } from 'vue-router'
import type { Box } from '../../archive/model.ts'
import type { IssueKey } from '../../electron/bridge/views.ts'

/** Where a page, an article or a part of a page is printed and saved. */
export function takeawayRoute(
  archive: string,
  { title, date, edition }: IssueKey,
  page: string,
  { article, box }: { article?: string; box?: Box } = {},
): RouteLocationRaw {
  const written = box && [box.x, box.y, box.w, box.h].map((value) => value.toFixed(6)).join(',')
  return {
    name: 'takeaway',
    params: { archive, title, date, edition: String(edition), page },
    query: { ...(article && { article }), ...(written && { box: written }) },
  }
}
