import type { Box, Point } from '../../archive/model.ts'
import type { IssueView, PageView } from '../../electron/bridge/views.ts'

/** A part of a page that is taken along; without a box the whole page. */
export interface TakenPart {
  page: PageView
  box?: Box
}

/** White round an article, in fractions of the page's width: its outermost letters touch the edge of its zone. */
const room = 0.004

/**
 * What of its pages an article stands on, in reading order: the upright rectangle around its zones on each. Where the
 * source gives no zones the whole page is taken, since nothing else would be sure to hold it.
 */
export function partsOfArticle(
  issue: Pick<IssueView, 'pages'>,
  articles: { id: string; pages: string[] }[],
): TakenPart[] {
  return articles.flatMap(({ id, pages }) =>
    pages.flatMap((name): TakenPart[] => {
      const page = issue.pages.find((each) => each.id === name)
      if (!page) return []
      const points = page.zones.filter((zone) => zone.article === id).flatMap(({ polygon }) => polygon)
      return points.length === 0 ? [{ page }] : [{ page, box: around(points) }]
    }),
  )
}

/** The page that was asked for, or the part of it. */
export function partsOfPage(
  issue: Pick<IssueView, 'pages'>,
  { page, box }: { page: string; box?: Box | undefined },
): TakenPart[] {
  const found = issue.pages.find(({ id }) => id === page)
  return found ? [{ page: found, box }] : []
}

function around(points: Point[]): Box {
  const within = (value: number) => Math.min(Math.max(value, 0), 1)
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const x = within(Math.min(...xs) - room)
  const y = within(Math.min(...ys) - room)
  return { x, y, w: within(Math.max(...xs) + room) - x, h: within(Math.max(...ys) + room) - y }
}

/** Pixels across the widest part, as the page's picture has them. */
export function widthOfParts(parts: TakenPart[]): number {
  return Math.round(Math.max(...parts.map(({ page, box }) => page.width * (box?.w ?? 1))))
}
