import type { HitBox } from '../../archive/model.ts'
import type { IssueKey, IssueView, SearchHitView } from '../../electron/bridge/views.ts'
import { sameIssue } from '../shared/same-issue.ts'

/** One place of an issue where the current query was found. */
export interface HitPlace extends HitBox {
  /** Article id within the issue. */
  article: string
}

/** The places of an issue's hits in reading order: by page, then by article, then as the text runs. */
export function hitPlaces(issue: IssueView, hits: SearchHitView[]): HitPlace[] {
  const pageOrder = new Map(issue.pages.map((page, index) => [page.id, index]))
  const articleOrder = new Map(issue.articles.map((article, index) => [article.id, index]))
  const last = Number.MAX_SAFE_INTEGER
  return hits
    .filter((hit) => sameIssue(hit.issue, issue))
    .flatMap((hit) => joined(hit.boxes).map((box) => ({ ...box, article: hit.articleId })))
    .filter((place) => pageOrder.has(place.page))
    .map((place, order) => ({ place, order }))
    .sort(
      (a, b) =>
        (pageOrder.get(a.place.page) ?? last) - (pageOrder.get(b.place.page) ?? last) ||
        (articleOrder.get(a.place.article) ?? last) - (articleOrder.get(b.place.article) ?? last) ||
        a.order - b.order,
    )
    .map(({ place }) => place)
}

/** How many places each page has. */
export function placesPerPage(places: HitPlace[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { page } of places) counts.set(page, (counts.get(page) ?? 0) + 1)
  return counts
}

/**
 * The place one means when none is named: the first of the open article, else the first of the page, else the first
 * one further on. -1 when there is none at all.
 */
export function placeToBeginWith(places: HitPlace[], pages: string[], page: string, article?: string): number {
  const here = places.findIndex((place) => place.page === page && place.article === article)
  if (here >= 0) return here
  const from = pages.indexOf(page)
  const next = places.findIndex((place) => pages.indexOf(place.page) >= from)
  return next >= 0 ? next : places.length - 1
}

/**
 * The issue a step leads to among those found. `sameDay`: they are all of the day of the one that is left, of which
 * only later (1) or earlier (-1) editions count.
 */
export function issueAfterStep<Found extends { issue: IssueKey }>(
  found: readonly Found[],
  left: IssueKey,
  step: 1 | -1,
  sameDay: boolean,
): Found | undefined {
  const others = found.filter(({ issue }) => !sameIssue(issue, left))
  if (!sameDay) return others[0]
  const beyond = others.filter(({ issue }) => (issue.edition - left.edition) * step > 0)
  return beyond.sort((one, other) => (one.issue.edition - other.issue.edition) * step)[0]
}

/**
 * The place a step leads to; below 0 or beyond the last one it leads out of the issue. The current place may stand on another page than the one
 * that is seen: then the step begins between the two.
 */
export function placeAfterStep(
  places: HitPlace[],
  pages: string[],
  page: string,
  current: number,
  step: 1 | -1,
): number {
  const at = pages.indexOf(places[current]?.page ?? '') - pages.indexOf(page)
  const forth = step > 0 && at > 0 ? 0 : step
  const next = current + (step < 0 && at < 0 ? 0 : forth)
  return next
}

/** Words of one phrase come as boxes side by side: on one line they are one place. */
function joined(boxes: HitBox[]): HitBox[] {
  const places: HitBox[] = []
  for (const box of boxes) {
    const before = places.at(-1)
    if (before && goesOn(before, box)) {
      const right = Math.max(before.x + before.w, box.x + box.w)
      const bottom = Math.max(before.y + before.h, box.y + box.h)
      const x = Math.min(before.x, box.x)
      const y = Math.min(before.y, box.y)
      places[places.length - 1] = { ...before, x, y, w: right - x, h: bottom - y }
    } else places.push(box)
  }
  return places
}

function goesOn(before: HitBox, box: HitBox): boolean {
  if (before.page !== box.page || before.precision !== 'word' || box.precision !== 'word') return false
  const sameLine = Math.abs(before.y + before.h / 2 - box.y - box.h / 2) < 0.5 * Math.min(before.h, box.h)
  const gap = box.x - before.x - before.w
  return sameLine && gap > -0.5 * box.h && gap < 0.6 * box.h
}
