import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import type { ArticleKind, SearchPlace } from '../../archive/model.ts'
import type { SearchHitView } from '../../electron/bridge/views.ts'
import { readerRoute, single } from '../shared/routes.ts'
import type { Question } from './search-store.ts'
import { namesAsText, namesFromText, withinAsText, withinFromText } from './search-within.ts'

export type Sorting = 'newest' | 'oldest' | 'relevance'

const kindNames: readonly ArticleKind[] = ['article', 'photo', 'advert', 'notice', 'page']

/** What of a question can be changed. */
interface QuestionChange {
  q?: string
  titles?: string[]
  from?: string
  to?: string
  sort?: Sorting
  exactGlyphs?: boolean
  fuzzy?: boolean
  kinds?: ArticleKind[]
  pages?: string[]
  sections?: string[]
  /** `undefined`: with text or without. */
  withText?: boolean
  within?: SearchPlace
}

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
  const exactGlyphs = computed(() => single(route.query.glyphs) === '1')
  const fuzzy = computed(() => single(route.query.fuzzy) === '1')
  const kinds = computed(() => {
    const wished = single(route.query.kinds)?.split(',') ?? []
    return kindNames.filter((kind) => wished.includes(kind))
  })
  const pages = computed(() => single(route.query.pages)?.split(',').filter(Boolean) ?? [])
  const sections = computed(() => namesFromText(single(route.query.sections)))
  const withText = computed(() => ({ 1: true, 0: false })[single(route.query.text) ?? ''])
  const within = computed(() => withinFromText(single(route.query.in)))
  const hit = computed(() => Math.max(0, Number(single(route.query.hit) ?? 0) || 0))

  const question = computed<Question>(() => ({
    text: text.value,
    ...(titles.value.length && { titles: titles.value }),
    ...(from.value && { from: from.value }),
    ...(to.value && { to: to.value }),
    ...(exactGlyphs.value && { exactGlyphs: true }),
    ...(fuzzy.value && { fuzzy: true }),
    ...(kinds.value.length && { kinds: kinds.value }),
    ...(pages.value.length && { pages: pages.value }),
    ...(sections.value.length && { sections: sections.value }),
    ...(withText.value !== undefined && { withText: withText.value }),
    ...(within.value && { within: within.value }),
    sort: sort.value,
  }))

  /**
   * Changes the question; the first hit is chosen again. What narrows is a step one can go back from; letters being
   * typed belong to one step.
   */
  function change(part: QuestionChange, isNewStep = true): Promise<unknown> {
    const { titles, exactGlyphs, fuzzy, kinds, pages, sections, withText, within, ...plain } = part
    const next: LocationQueryRaw = { ...route.query, ...plain, hit: undefined }
    for (const [name, list] of Object.entries({ titles, kinds, pages })) {
      if (list) next[name] = list.length ? list.join(',') : undefined
    }
    if (sections) next.sections = sections.length ? namesAsText(sections) : undefined
    if ('withText' in part) next.text = withText === undefined ? undefined : withText ? '1' : '0'
    if (exactGlyphs !== undefined) next.glyphs = exactGlyphs ? '1' : undefined
    if (fuzzy !== undefined) next.fuzzy = fuzzy ? '1' : undefined
    if ('within' in part) next.in = within && withinAsText(within)
    return isNewStep ? router.push({ query: next }) : router.replace({ query: next })
  }

  function choose(index: number): Promise<unknown> {
    return router.replace({ query: { ...route.query, hit: index ? String(index) : undefined } })
  }

  /** Opens a hit in the reader; coming back finds it chosen. */
  async function open(found: SearchHitView, index: number): Promise<void> {
    await choose(index)
    const query = { article: found.articleId, q: text.value }
    await router.push(readerRoute(archive.value, found.issue, found.pageId, query))
  }

  return {
    archive,
    text,
    titles,
    from,
    to,
    sort,
    exactGlyphs,
    fuzzy,
    kinds,
    pages,
    sections,
    withText,
    within,
    hit,
    question,
    change,
    choose,
    open,
  }
}
