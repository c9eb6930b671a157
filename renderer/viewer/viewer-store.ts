import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { ArchiveError } from '../../archive/errors.ts'
import type { IssueKey, IssueView, PageFilter, PageView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { sameIssue } from '../shared/same-issue.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { hitPlaces, placesPerPage, placeToBeginWith, type HitPlace } from './hit-places.ts'
import { isPlain, plainFilter } from './page-filter.ts'
import { openedAt } from './page-spread.ts'
import { sharpened } from './sharpened-issue.ts'
import type { ReadTiles } from './tile-loading.ts'
import { articlesOf, zoneGroups, type ZoneGroup } from './zone-groups.ts'

const MOST_HITS = 200
const SETTLED_MS = 600

/** The issue in the reader, the page that is shown, and what the current query found in it. */
export const useViewerStore = defineStore('viewer', () => {
  const archive = ref('')
  const issue = shallowRef<IssueView>()
  const pageId = ref('')
  const loading = ref(false)
  const problem = shallowRef<unknown>()
  /** The article whose zones and headlines light up, pointed at in either place. */
  const lit = ref('')
  const query = ref('')
  const places = shallowRef<HitPlace[]>([])
  /** The query is still being looked up in this issue. */
  const finding = ref(false)
  const currentPlace = ref(-1)
  /** Ids of large pages whose tiles are being made, and of those whose tiles could not be made. */
  const sharpening = shallowRef<ReadonlySet<string>>(new Set())
  const blurred = shallowRef<ReadonlySet<string>>(new Set())

  const pageIndex = computed(() => {
    const index = issue.value?.pages.findIndex((page) => page.id === pageId.value) ?? -1
    return Math.max(index, 0)
  })
  const page = computed(() => issue.value?.pages[pageIndex.value])
  /** Two pages lie open as one sheet. */
  const spread = ref(false)
  const opened = computed(() => {
    const [index, count] = [pageIndex.value, issue.value?.pages.length ?? 0]
    return spread.value && count > 1 ? openedAt(index, count) : { first: index, last: index }
  })
  /** The pages that lie open, in reading order. */
  const openPages = computed(() => issue.value?.pages.slice(opened.value.first, opened.value.last + 1) ?? [])
  const nextPage = computed(() => issue.value?.pages[opened.value.last + 1])
  const previousPage = computed(() => {
    const { first } = opened.value
    const before = spread.value ? openedAt(first - 1, issue.value?.pages.length ?? 0).first : first - 1
    return first > 0 ? issue.value?.pages[before] : undefined
  })
  /** What may come next, with the pages that would lie beside it. */
  const nearPages = computed(() => {
    const { first, last } = opened.value
    const around = spread.value ? [last + 1, last + 2, first - 1, first - 2] : [last + 1, first - 1]
    return around.flatMap((index) => issue.value?.pages[index] ?? [])
  })
  const articlesHere = computed(() =>
    issue.value && page.value ? articlesOf(page.value.id, issue.value.articles) : [],
  )
  const zones = computed(() => (page.value ? zonesOf(page.value) : []))
  const hitCounts = computed(() => placesPerPage(places.value))

  const preferences = useSettingsStore()
  const filterName = computed(() => `${archive.value}/${issue.value?.title ?? ''}`)
  /** Whether pages follow each other from right to left: as the source says, or as the reader decided. */
  const rightToLeft = computed(() => {
    const chosen = preferences.settings.pageOrders[filterName.value]
    return chosen ? chosen === 'rtl' : (issue.value?.rightToLeft ?? false)
  })

  function choosePageOrder(order: 'ltr' | 'rtl'): void {
    const { [filterName.value]: _before, ...others } = preferences.settings.pageOrders
    const isUsual = (order === 'rtl') === (issue.value?.rightToLeft ?? false)
    void preferences.change({ pageOrders: isUsual ? others : { ...others, [filterName.value]: order } })
  }

  function zonesOf(of: PageView): ZoneGroup[] {
    return issue.value ? zoneGroups(of, issue.value.articles) : []
  }

  /** How the pictures of this title are shown. */
  const filter = computed(
    () => trying.value?.[filterName.value] ?? preferences.settings.pageFilters[filterName.value] ?? plainFilter,
  )
  /** A filter a hand is still moving. */
  const trying = shallowRef<Record<string, PageFilter>>()

  /** Seen at once; kept by `keepFilter`, so that a slider that is moved writes once. */
  function changeFilter(part: Partial<PageFilter>): void {
    trying.value = { [filterName.value]: { ...filter.value, ...part } }
  }

  function keepFilter(): void {
    const changed = trying.value?.[filterName.value]
    trying.value = undefined
    if (!changed) return
    const { [filterName.value]: _before, ...others } = preferences.settings.pageFilters
    const pageFilters = isPlain(changed) ? others : { ...others, [filterName.value]: changed }
    void preferences.change({ pageFilters })
  }

  const toggleFullScreen = () => api.window.toggleFullScreen()

  // A reply that comes after a newer question is dropped.
  let asked = 0
  let lastWish: { archive: string; key: IssueKey; page: string } | undefined
  let searched = 0
  let settling: ReturnType<typeof setTimeout> | undefined

  /** Shows a page; reads its issue first when it is another one. What is shown stays until then. */
  async function show(nextArchive: string, key: IssueKey, wanted: string): Promise<void> {
    const turn = ++asked
    lastWish = { archive: nextArchive, key, page: wanted }
    if (!issue.value || archive.value !== nextArchive || !sameIssue(issue.value, key)) {
      loading.value = true
      try {
        const read = await api.issues.read({ archive: nextArchive, ...plain(key) })
        if (turn !== asked) return
        archive.value = nextArchive
        issue.value = read
        places.value = []
        query.value = ''
        blurred.value = new Set()
        problem.value = undefined
      } catch (error) {
        if (turn !== asked) return
        issue.value = undefined
        problem.value = error
      } finally {
        if (turn === asked) loading.value = false
      }
    }
    loading.value = false
    pageId.value = wanted
    lit.value = ''
    keepPlace()
  }

  function keepPlace(): void {
    clearTimeout(settling)
    settling = setTimeout(() => {
      if (!issue.value || !page.value) return
      const place = { archive: archive.value, ...plain(issue.value), page: page.value.id }
      // Not worth a word to the reader when it fails: the place is a convenience.
      api.issues.keepPlace(place).catch(() => undefined)
    }, SETTLED_MS)
  }

  /** Looks up where a query stands in this issue. */
  async function find(text: string): Promise<void> {
    const looking = ++searched
    if (text === query.value && (text === '' || places.value.length > 0)) return
    query.value = text
    places.value = []
    currentPlace.value = -1
    const of = issue.value
    finding.value = of !== undefined && text.trim() !== ''
    if (!of || !finding.value) return
    try {
      const found = await api.search.find({
        archive: archive.value,
        scope: 'reader',
        query: { text, titles: [of.title], from: of.date, to: of.date, limit: MOST_HITS },
      })
      if (looking === searched && of === issue.value) places.value = hitPlaces(of, found.hits)
    } catch (error) {
      // The page can be read without marks; a search that cannot be understood is explained where it is typed.
      if (!(error instanceof ArchiveError)) throw error
    } finally {
      if (looking === searched) finding.value = false
    }
  }

  /** Makes a place the current one; without a number, the one to begin with. */
  function choosePlace(index: number | undefined, article?: string): void {
    if (index !== undefined && places.value[index]) currentPlace.value = index
    else {
      const pages = issue.value?.pages.map((each) => each.id) ?? []
      currentPlace.value = placeToBeginWith(places.value, pages, pageId.value, article)
    }
  }

  /** Has the tiles of a large page made, if they are not there; what is shown gets them when they are. */
  async function sharpen(page: PageView): Promise<void> {
    const of = issue.value
    if (!of || !page.tiles || page.tiles.made || sharpening.value.has(page.id)) return
    sharpening.value = new Set([...sharpening.value, page.id])
    try {
      await api.issues.makeTiles({ archive: archive.value, ...plain(of), page: page.id })
      if (issue.value && sameIssue(issue.value, of)) issue.value = sharpened(issue.value, page.id)
    } catch (error) {
      // The reduced picture stays, and is said to be one.
      if (!(error instanceof ArchiveError)) throw error
      blurred.value = new Set([...blurred.value, page.id])
    } finally {
      sharpening.value = new Set([...sharpening.value].filter((id) => id !== page.id))
    }
  }

  /** How tiles of a page of this issue are read. */
  function tilesOf(page: PageView): ReadTiles {
    const at = issue.value && { archive: archive.value, ...plain(issue.value), page: page.id }
    return async (tiles) => (at ? api.issues.tiles({ ...at, tiles }) : [])
  }

  /** Reads the issue again after it changed (pictures made, an issue imported, a headline corrected); what is shown stays. */
  async function readAgain(): Promise<void> {
    const before = issue.value
    if (!before) return
    const turn = asked
    const read = await api.issues.read({ archive: archive.value, ...plain(before) })
    if (turn === asked && issue.value === before) issue.value = read
  }

  listen('archive.changed', (changed) => {
    // What could not be read may be there now: the catalogue was still being made.
    if (problem.value && lastWish?.archive === changed.archive) {
      void show(lastWish.archive, lastWish.key, lastWish.page)
      return
    }
    // A problem with it will be met and explained at the next turn of a page.
    if (changed.archive === archive.value) readAgain().catch(() => undefined)
  })

  return {
    archive,
    issue,
    readAgain,
    pageId,
    page,
    pageIndex,
    spread,
    openPages,
    previousPage,
    nextPage,
    nearPages,
    rightToLeft,
    choosePageOrder,
    zonesOf,
    articlesHere,
    zones,
    loading,
    problem,
    lit,
    query,
    places,
    finding,
    currentPlace,
    hitCounts,
    filter,
    changeFilter,
    keepFilter,
    toggleFullScreen,
    sharpening,
    blurred,
    sharpen,
    tilesOf,
    show,
    find,
    choosePlace,
  }
})

const plain = ({ title, date, edition }: IssueKey): IssueKey => ({ title, date, edition })
