import type { Box, Point, ZoneKind } from '../../archive/model.ts'
import type { ArticleHead, PageView } from '../../electron/bridge/views.ts'

/** All zones of one article on one page: they light up and open together, and are one stop for Tab. */
export interface ZoneGroup {
  article: string
  headline: string
  polygons: Point[][]
  /** Around all of them. */
  box: Box
}

/** A zone that no article was delivered for: it opens nothing, and is still a part of the page with a name. */
export interface LooseZone {
  id: string
  kind: ZoneKind
  /** Which of its kind on the page, from 1, as the source lists them. */
  number: number
  polygon: Point[]
  box: Box
}

/** The zones of a page that no article was delivered for: sources that only draw and classify (W3C annotations). */
export function looseZones(page: PageView): LooseZone[] {
  const counts = new Map<ZoneKind, number>()
  return page.zones.flatMap(({ id, kind, polygon, article }): LooseZone[] => {
    if (article !== undefined) return []
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    return [{ id, kind, number, polygon, box: boxAround(polygon) }]
  })
}

/** The zone without article at a point of the page: of overlapping ones the smallest. */
export function looseZoneAt(zones: LooseZone[], [x, y]: Point): LooseZone | undefined {
  const area = ({ box }: LooseZone) => box.w * box.h
  return zones
    .filter(({ polygon }) => inside(polygon, x, y))
    .reduce<LooseZone | undefined>((least, each) => (least && area(least) <= area(each) ? least : each), undefined)
}

/** The articles of a page with their zones, in reading order. Zones without article are `looseZones`. */
export function zoneGroups(page: PageView, articles: ArticleHead[]): ZoneGroup[] {
  return articlesOf(page.id, articles).flatMap((article) => {
    // A stand-in for the whole page would cover everything that can be pointed at.
    if (article.kind === 'page') return []
    const polygons = page.zones.filter((zone) => zone.article === article.id).map((zone) => zone.polygon)
    if (polygons.length === 0) return []
    return [{ article: article.id, headline: article.headline, polygons, box: boxAround(polygons.flat()) }]
  })
}

/** The articles that stand on a page, in reading order. */
export function articlesOf(page: string, articles: ArticleHead[]): ArticleHead[] {
  return articles.filter((article) => article.pages.includes(page))
}

/** The article at a point of the page: of overlapping zones the smallest, which is the one meant. */
export function articleAt(groups: ZoneGroup[], [x, y]: Point): string | undefined {
  let found: { article: string; area: number } | undefined
  for (const { article, polygons } of groups)
    for (const polygon of polygons) {
      if (!inside(polygon, x, y)) continue
      const { w, h } = boxAround(polygon)
      if (!found || w * h < found.area) found = { article, area: w * h }
    }
  return found?.article
}

function inside(polygon: Point[], x: number, y: number): boolean {
  let within = false
  let previous = polygon.at(-1)
  for (const corner of polygon) {
    if (previous && corner[1] > y !== previous[1] > y) {
      const crossing = ((previous[0] - corner[0]) * (y - corner[1])) / (previous[1] - corner[1]) + corner[0]
      if (x < crossing) within = !within
    }
    previous = corner
  }
  return within
}

/** The upright rectangle around points. */
function boxAround(points: Point[]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y }
}
