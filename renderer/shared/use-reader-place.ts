import { computed } from 'vue'
import { useRoute, useRouter, type RouteLocationNormalizedLoaded, type RouteLocationRaw } from 'vue-router'
import type { IssueKey } from '../../electron/bridge/views.ts'
import { readerRoute, single } from './routes.ts'

/** Where a reader is: all of it stands in the address, so that history and links bring one back. */
export interface ReaderPlace {
  archive: string
  issue: IssueKey
  page: string
  /** Id of the open article. */
  article?: string
  /** The query whose hits are marked. */
  q?: string
  /** Which hit of the issue is the current one, from 0. */
  hit?: number
  /** The part of the page that is seen, `x,y,w,h` in fractions. */
  view?: string
  /** Id of the note that is chosen. */
  note?: string
  /** Two pages lie open as one sheet. */
  spread?: boolean
  /** Another page of the archive beside this one, `title/date/edition/page`. */
  beside?: string
  /** The axis of days is shown, on which one leafs through this page. */
  axis?: boolean
}

/** The place that a route of the reader names; undefined on any other route. */
export function placeOf(
  route: Pick<RouteLocationNormalizedLoaded, 'name' | 'params' | 'query'>,
): ReaderPlace | undefined {
  if (route.name !== 'reader') return undefined
  const { archive, title, date, edition, page } = route.params
  const hit = single(route.query['hit'])
  return {
    archive: String(archive),
    issue: { title: String(title), date: String(date), edition: Number(edition) },
    page: String(page ?? ''),
    article: single(route.query['article']),
    q: single(route.query['q']),
    hit: hit !== undefined && /^\d+$/.test(hit) ? Number(hit) : undefined,
    view: single(route.query['view']),
    note: single(route.query['note']),
    spread: single(route.query['spread']) === '1' || undefined,
    beside: single(route.query['beside']),
    axis: single(route.query['axis']) === '1' || undefined,
  }
}

/** The address of a place in the reader. */
export function routeOf({ archive, issue, page, ...rest }: ReaderPlace): RouteLocationRaw {
  const { article, q, hit, view, beside, note } = rest
  const query = {
    article,
    q,
    hit: hit === undefined ? undefined : String(hit),
    view,
    spread: rest.spread ? '1' : undefined,
    beside,
    axis: rest.axis ? '1' : undefined,
    note,
  }
  return readerRoute(archive, issue, page, Object.fromEntries(Object.entries(query).filter(([, value]) => value)))
}

/** The reader's place and the ways to another one. */
export function useReaderPlace() {
  const route = useRoute()
  const router = useRouter()
  const place = computed(() => placeOf(route))

  function changed(change: Partial<ReaderPlace>): RouteLocationRaw | undefined {
    return place.value && routeOf({ ...place.value, ...change })
  }

  /** Goes on to another place; one can come back from it. */
  async function visit(change: Partial<ReaderPlace>): Promise<void> {
    const target = changed(change)
    if (target) await router.push(target)
  }

  /** Says more exactly where one is, without a step in history. */
  async function refine(change: Partial<ReaderPlace>): Promise<void> {
    const target = changed(change)
    if (target) await router.replace(target)
  }

  /** Opens an article; stays on this page when the article stands on it. */
  function openArticle(article: string, pages: string[]): Promise<void> {
    const here = place.value?.page
    if (here !== undefined && pages.includes(here)) return visit({ article })
    return visit({ article, page: pages[0] ?? here ?? '', view: undefined, hit: undefined })
  }

  /** Closes the article: back, when that is where one came from, so that no step leads to the same place twice. */
  async function closeArticle(): Promise<void> {
    const target = changed({ article: undefined })
    if (!target) return
    const before = window.history.state as { back?: string } | null
    if (before?.back && withoutView(before.back) === withoutView(router.resolve(target).fullPath)) router.back()
    else await router.push(target)
  }

  return { place, changed, visit, refine, openArticle, closeArticle }
}

/** Two addresses that differ only in the part of the page that is seen are the same step. */
function withoutView(path: string): string {
  const [before = '', query = ''] = path.split('?')
  const kept = query.split('&').filter((part) => part && !part.startsWith('view='))
  return [before, ...kept.sort()].join('&')
}
