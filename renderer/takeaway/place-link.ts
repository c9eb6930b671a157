import { makeDeepLink } from '../../archive/deep-link.ts'
import type { Box } from '../../archive/model.ts'
import type { IssueView, OpenedArchive } from '../../electron/bridge/views.ts'
import type { ReaderPlace } from '../shared/use-reader-place.ts'

/** The link to a place in the reader. A page whose label others bear as well is named by its id too. */
export function linkToPlace(
  archive: Pick<OpenedArchive, 'name'> & { identity: string },
  issue: Pick<IssueView, 'title' | 'date' | 'edition' | 'pages'>,
  place: Pick<ReaderPlace, 'page' | 'article' | 'q' | 'hit' | 'view'>,
): string {
  const { title, date, edition } = issue
  const page = issue.pages.find(({ id }) => id === place.page)
  const alike = issue.pages.filter(({ label }) => label === page?.label).length
  return makeDeepLink({
    archive: archive.identity,
    name: archive.name,
    title,
    date,
    edition,
    page: page?.label,
    pageId: page && (alike > 1 || page.label === '') ? page.id : undefined,
    article: place.article,
    q: place.q,
    hit: place.hit,
    region: place.view === undefined ? undefined : regionOf(place.view),
  })
}

/** The part of the page in a view `x,y,w,h`, which may reach beyond it. */
function regionOf(view: string): Box | undefined {
  const [x = NaN, y = NaN, w = NaN, h = NaN] = view.split(',').map(Number)
  const left = Math.max(x, 0)
  const top = Math.max(y, 0)
  const region = { x: left, y: top, w: Math.min(x + w, 1) - left, h: Math.min(y + h, 1) - top }
  return region.w > 0 && region.h > 0 ? region : undefined
}
