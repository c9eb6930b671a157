import type { IssueView } from '../../electron/bridge/views.ts'

/** An issue after the tiles of one of its pages were made. */
export function sharpened(issue: IssueView, id: string): IssueView {
  const pages = issue.pages.map((page) =>
    page.id === id && page.tiles ? { ...page, tiles: { ...page.tiles, made: true } } : page,
  )
  return { ...issue, pages }
}
