import type { Box } from '../../archive/model.ts'
import type { ArticleHead, PageView } from '../../electron/bridge/views.ts'

/** The head of an article as it stands on its page. */
export interface HeadlineCut {
  article: ArticleHead
  page: PageView
  /** What is cut out, in fractions of the page. */
  box: Box
  /** Width of the cut over its height, on paper. */
  aspect: number
}

/** A cut in its place on the wall, CSS pixels. */
export interface PlacedCut extends HeadlineCut {
  x: number
  width: number
}

/** The head of an article is about this part of the width of its zone high: a line or two of headline, and its kicker. */
const headOfWidth = 0.3
/** Of a column hardly wider than a word the head is higher, of one across the page lower; page heights. */
const leastHeight = 0.045
const mostHeight = 0.13
const fallbackAspect = 1.4
const leastAspect = 1.1
const mostAspect = 5.5

/** The heads of an issue's articles, cut from the zones where they begin; articles without a zone have none. */
export function headlineCuts(pages: readonly PageView[], articles: readonly ArticleHead[]): HeadlineCut[] {
  const byId = new Map(pages.map((page) => [page.id, page]))
  return articles.flatMap((article) => {
    const page = byId.get(article.pages[0] ?? '')
    if (!page?.image || (article.kind !== 'article' && article.kind !== 'photo')) return []
    const zone = topZone(page, article.id)
    if (!zone || zone.w <= 0 || zone.h <= 0) return []
    const pageAspect = page.width > 0 && page.height > 0 ? page.height / page.width : fallbackAspect
    const wanted = Math.min(Math.max((zone.w * headOfWidth) / pageAspect, leastHeight), mostHeight)
    const box = { ...zone, h: Math.min(zone.h, wanted) }
    const aspect = box.w / (box.h * pageAspect)
    return [{ article, page, box, aspect: Math.min(Math.max(aspect, leastAspect), mostAspect) }]
  })
}

/** Where an article begins: of its zones on the page the highest, within the page. */
function topZone(page: PageView, article: string): Box | undefined {
  const boxes = page.zones.filter((zone) => zone.article === article).map((zone) => around(zone.polygon))
  return boxes.sort((one, other) => one.y - other.y || one.x - other.x)[0]
}

function around(polygon: readonly [number, number][]): Box {
  const within = (value: number) => Math.min(Math.max(value, 0), 1)
  const xs = polygon.map(([x]) => within(x))
  const ys = polygon.map(([, y]) => within(y))
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y }
}

/** Lays cuts in rows of one height that fill the width, in order; the last row keeps its own widths. */
export function wallRows(cuts: readonly HeadlineCut[], width: number, height: number, gap: number): PlacedCut[][] {
  const rows: PlacedCut[][] = []
  let row: HeadlineCut[] = []
  const widthOf = (list: readonly HeadlineCut[]) => list.reduce((sum, cut) => sum + cut.aspect * height, 0)
  const lay = (list: readonly HeadlineCut[], isLast: boolean): void => {
    const room = width - gap * (list.length - 1)
    const natural = widthOf(list)
    const stretch = isLast ? Math.min(1, room / natural) : room / natural
    let x = 0
    rows.push(
      list.map((cut) => {
        const placed = { ...cut, x, width: cut.aspect * height * stretch }
        x += placed.width + gap
        return placed
      }),
    )
  }
  for (const cut of cuts) {
    row.push(cut)
    if (widthOf(row) + gap * (row.length - 1) < width) continue
    lay(row, false)
    row = []
  }
  if (row.length > 0) lay(row, true)
  return rows
}
