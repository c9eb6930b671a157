import { storeToRefs } from 'pinia'
import { nextTick, onBeforeUnmount, watch } from 'vue'
import { sameIssue } from '../shared/same-issue.ts'
import { useReaderPlace } from '../shared/use-reader-place.ts'
import { useArticleStore } from '../article/article-store.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { besideText } from './beside-place.ts'
import { useHitWalkStore } from './hit-walk-store.ts'
import { placeAfterStep, type HitPlace } from './hit-places.ts'
import type { Fit } from './page-geometry.ts'
import type { PageCanvas } from './use-page-canvas.ts'
import { useViewerStore } from './viewer-store.ts'

export type ReaderTurning = ReturnType<typeof useReaderTurning>

/**
 * Keeps address, stores and canvas in step. The address is the truth: every way to another page, issue, article or hit
 * changes it, and this composable shows what it says.
 */
export function useReaderTurning(canvas: PageCanvas) {
  const viewerStore = useViewerStore()
  const articles = useArticleStore()
  const hitWalk = useHitWalkStore()
  const preferences = useSettingsStore()
  const { issue, page, places, currentPlace } = storeToRefs(viewerStore)
  const { place, visit, refine } = useReaderPlace()
  /** What this window wrote into the address, so that only other views are gone to. */
  let written: string | undefined
  /** From which side an issue is entered that a walk over the hits led to. */
  let entering: 1 | -1 | undefined

  watch(
    () => {
      const at = place.value
      return at && [at.archive, at.issue.title, at.issue.date, at.issue.edition, at.page].join('\n')
    },
    async (now) => {
      const at = place.value
      if (!now || !at) return
      // A link that names a part of the page means that part, and not where its query stands.
      const isLinked = at.view !== undefined && at.view !== written
      await viewerStore.show(at.archive, at.issue, at.page)
      await correctPage()
      await find(!isLinked)
    },
    { immediate: true },
  )

  watch(
    () => place.value?.q,
    () => find(),
  )

  watch(
    () => place.value?.spread,
    (now) => (viewerStore.spread = now === true),
    { immediate: true },
  )

  watch(
    () => [place.value?.article, issue.value] as const,
    ([article]) => {
      const at = place.value
      if (!at || !issue.value) return
      if (article) void articles.open(viewerStore.archive, issue.value, article)
      else articles.close()
    },
    { immediate: true },
  )

  watch(
    () => place.value?.hit,
    (hit) => hit !== undefined && hit !== currentPlace.value && viewerStore.choosePlace(hit),
  )

  watch(
    () => [place.value?.view, canvas.viewer.value, page.value] as const,
    async ([view, viewer]) => {
      if (!view || view === written || !viewer) return
      await nextTick()
      if (canvas.restore(view)) written = view
    },
    { immediate: true },
  )

  watch(canvas.rests, () => {
    const text = canvas.linkText() || undefined
    if (!place.value || text === place.value.view) return
    written = text
    void refine({ view: text })
  })

  // An article chosen in a list is to be seen on the page as well.
  watch([() => articles.wanted, page], async ([article]) => {
    await nextTick()
    const view = place.value?.view
    // A link that names a part of the page means that part.
    if (article && (!view || view === written)) showArticle()
  })

  onBeforeUnmount(() => articles.close())

  function showArticle(): void {
    const group = viewerStore.zones.find((each) => each.article === articles.wanted)
    if (group) canvas.revealStart(group.box)
  }

  async function correctPage(): Promise<void> {
    const at = place.value
    if (!at || !page.value || page.value.id === at.page) return
    await refine({ page: page.value.id })
  }

  async function find(bringIntoSight = true): Promise<void> {
    await viewerStore.find(place.value?.q ?? '')
    if (places.value.length === 0) return
    if (entering !== undefined && (await enter(entering))) return
    const isHere = places.value[currentPlace.value]?.page === page.value?.id
    if (!isHere || place.value?.hit !== undefined) viewerStore.choosePlace(place.value?.hit, place.value?.article)
    await nextTick()
    if (bringIntoSight) showPlace()
  }

  /** Goes to the first or last place of an issue; true when that is on another page, which then shows it. */
  async function enter(from: 1 | -1): Promise<boolean> {
    entering = undefined
    const index = from > 0 ? 0 : places.value.length - 1
    const first = places.value[index]
    if (!first) return false
    viewerStore.choosePlace(index)
    const isElsewhere = first.page !== page.value?.id
    await refine({ hit: index, page: first.page })
    return isElsewhere
  }

  function showPlace(): void {
    const current = places.value[currentPlace.value]
    if (!current || current.page !== page.value?.id) return
    if (hitWalk.zooms) canvas.enlarge(current)
    else canvas.reveal(current)
  }

  /** Each place of the query comes near, or the page stays as it is. */
  function toggleZoomToHits(): void {
    hitWalk.zooms = !hitWalk.zooms
    if (hitWalk.zooms) showPlace()
    else canvas.reset()
  }

  /** Two pages as one sheet, or one again. */
  function toggleSpread(): void {
    void visit({ spread: place.value?.spread ? undefined : true, beside: undefined, view: undefined })
  }

  /** Another page beside this one, to compare them; at first the one that follows. */
  function toggleBeside(): void {
    const at =
      issue.value?.pages[viewerStore.pageIndex + 1] ?? issue.value?.pages[viewerStore.pageIndex - 1] ?? page.value
    const beside = issue.value && at && besideText({ issue: issue.value, page: at.id })
    void visit({ beside: place.value?.beside ? undefined : beside, spread: undefined })
  }

  /** The axis of days under this page, or none. */
  function toggleAxis(): void {
    void refine({ axis: place.value?.axis ? undefined : true })
  }

  /** Turns to what lies left or right of the page, as it is bound. */
  function turnTowards(side: 'left' | 'right'): void {
    turnPage((side === 'right') === !viewerStore.rightToLeft ? 1 : -1)
  }

  function turnPage(step: 1 | -1): void {
    const next = step > 0 ? viewerStore.nextPage : viewerStore.previousPage
    if (next) void visit({ page: next.id, article: undefined, hit: undefined })
  }

  function turnIssue(step: 1 | -1): void {
    // Turned again before the issue is there: its neighbours are known when it is.
    if (issue.value && place.value && !sameIssue(issue.value, place.value.issue)) {
      watch(issue, () => turnIssue(step), { once: true })
      return
    }
    const next = step > 0 ? issue.value?.next : issue.value?.previous
    if (next) void visit({ issue: next, article: undefined, hit: undefined })
  }

  /** Walks the hits of the issue, over its pages, and on to the next issue that has any. */
  async function stepHit(step: 1 | -1): Promise<void> {
    if (viewerStore.query.trim() === '') return
    const pages = issue.value?.pages.map((each) => each.id) ?? []
    const index = placeAfterStep(places.value, pages, page.value?.id ?? '', currentPlace.value, step)
    const next = places.value[index] ?? (await leave(step))
    if (!next) return
    viewerStore.choosePlace(places.value.indexOf(next))
    const article = articles.wanted ? next.article : undefined
    const hit = places.value.indexOf(next)
    if (next.page === page.value?.id) {
      showPlace()
      await (article === place.value?.article ? refine({ hit }) : visit({ hit, article }))
    } else await visit({ page: next.page, hit, article })
  }

  /** Goes to the next issue with a hit; where there is none, answers the place with which this one begins again. */
  async function leave(step: 1 | -1): Promise<HitPlace | undefined> {
    const other = await hitWalk.otherIssue(step)
    if (!other) return places.value.at(step > 0 ? 0 : -1)
    entering = step
    await visit({ issue: other.issue, page: other.page, article: undefined, hit: undefined, view: undefined })
    return undefined
  }

  function fitTo(fit: Fit): void {
    canvas.fitTo(fit)
    if (fit !== 'page') showArticle()
    if (fit !== 'actual' && fit !== preferences.settings.fit) void preferences.change({ fit })
  }

  return {
    turnPage,
    turnTowards,
    turnIssue,
    toggleSpread,
    toggleBeside,
    toggleAxis,
    stepHit: (step: 1 | -1) => void stepHit(step),
    toggleZoomToHits,
    fitTo,
    clearQuery: () => void refine({ q: undefined, hit: undefined }),
  }
}
