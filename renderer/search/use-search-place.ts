import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import type { SearchHitView } from '../../electron/bridge/views.ts'
import { readerRoute, single } from '../shared/routes.ts'
import type { Question } from './search-store.ts'

export type Sorting = 'newest' | 'oldest' | 'relevance'

const isDate = (text: string | undefined) => (text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined)

/** The question and the chosen hit, as the address says. */
export function useSearchPlace() {
  const route = useRoute()
  const router = useRouter()

  const archive = computed(() => single(route.params.archive) ?? '')
  const text = computed(() => single(route.query.q) ?? '')
  const titles = computed(() => single(route.query.titles)?.split(',').filter(Boolean) ?? [])
  const from = computed(() => isDate(single(route.query.from)))
  const to = computed(() => isDate(single(route.query.to)))
  const sort = computed<Sorting>(() => {
    const wish = single(route.query.sort)
    return wish === 'oldest' || wish === 'relevance' ? wish : 'newest'
  })
  const hit = computed(() => Math.max(0, Number(single(route.query.hit) ?? 0) || 0))

  const question = computed<Question>(() => ({
    text: text.value,
    ...(titles.value.length && { titles: titles.value }),
    ...(from.value && { from: from.value }),
    ...(to.value && { to: to.value }),
    sort: sort.value,
  }))

  /** Changes the question; the first hit is chosen again. */
  function change(part: { q?: string; titles?: string[]; from?: string; to?: string; sort?: Sorting }): void {
    const next: LocationQueryRaw = { ...route.query, ...part, hit: undefined }
    if (part.titles) next.titles = part.titles.length ? part.titles.join(',') : undefined
    // A new query is a step one can go back from; a filter refines the present one.
    void (part.q === undefined ? router.replace({ query: next }) : router.push({ query: next }))
  }

  function choose(index: number): void {
    void router.replace({ query: { ...route.query, hit: index ? String(index) : undefined } })
  }

  function open(found: SearchHitView): void {
    const query = { article: found.articleId, q: text.value }
    void router.push(readerRoute(archive.value, found.issue, found.pageId, query))
  }

  return { archive, text, titles, from, to, sort, hit, question, change, choose, open }
}
