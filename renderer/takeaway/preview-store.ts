import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Box } from '../../archive/model.ts'
import type { Paper, TakeawayJob } from '../../electron/bridge/print-sheet.ts'
import type { ArticleView, IssueKey, IssueView, SheetPreview } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import { joinedParts } from '../shared/joined-article.ts'
import { useNoticeStore } from '../shell/notice-store.ts'
import { partsOfArticle, partsOfPage, widthOfParts, type TakenPart } from './taken-parts.ts'
import { useTakeawayStore } from './takeaway-store.ts'

/** What is about to be taken along. */
export interface Taking {
  archive: string
  issue: IssueKey
  page: string
  article?: string
  box?: Box
}

/** A part of what can be taken, and whether it may be had as picture, text or both. */
export type Extent = 'page' | 'article' | 'box' | 'selection'

/** Print preview: what it shows is the very PDF that is printed or saved. */
export const usePreviewStore = defineStore('preview', () => {
  const notices = useNoticeStore()
  const takeaway = useTakeawayStore()
  const taking = shallowRef<Taking>()
  const issue = shallowRef<IssueView>()
  /** The article with its continued parts, in reading order. */
  const articles = shallowRef<ArticleView[]>([])
  const extent = ref<Extent>('page')
  const picture = ref(true)
  const text = ref(true)
  const paper = ref<Paper>({ size: 'A4', landscape: false })
  /** Selected in the article; it is no place, so it stands in no address. */
  const selection = ref('')
  const preview = shallowRef<SheetPreview>()
  const problem = shallowRef<unknown>()
  const busy = ref(false)
  let asked = 0

  const extents = computed<Extent[]>(() => {
    const { article, box } = taking.value ?? {}
    return [
      ...(box ? ['box' as const] : []),
      ...(article ? ['article' as const] : []),
      ...(article && selection.value ? ['selection' as const] : []),
      'page' as const,
    ]
  })
  const isText = computed(() => extent.value === 'article' || extent.value === 'selection')

  /** Parts of pages that belong to what is taken. */
  const parts = computed<TakenPart[]>(() => {
    if (!issue.value || !taking.value) return []
    if (isText.value) return partsOfArticle(issue.value, articles.value)
    return partsOfPage(issue.value, {
      page: taking.value.page,
      box: extent.value === 'box' ? taking.value.box : undefined,
    })
  })

  async function open(next: Taking): Promise<void> {
    const turn = ++asked
    taking.value = next
    preview.value = undefined
    problem.value = undefined
    try {
      const { archive, article: id } = next
      const { title, date, edition } = next.issue
      const name = { archive, title, date, edition }
      const read = (article: string) => api.article.read({ ...name, article })
      const [view, joined] = await Promise.all([
        api.issues.read(name),
        id === undefined ? [] : read(id).then((article) => joinedParts(article, read)),
      ])
      if (turn !== asked) return
      issue.value = view
      articles.value = joined
      extent.value = extents.value[0] ?? 'page'
      if (selection.value) extent.value = 'selection'
      paper.value = { ...paper.value, landscape: lies(parts.value) }
    } catch (error) {
      if (turn === asked) problem.value = error
    }
  }

  function job(language: TakeawayJob['language']): TakeawayJob | undefined {
    if (!taking.value) return undefined
    const { archive, issue: of, page, article, box } = taking.value
    return {
      archive,
      ...of,
      page,
      article: isText.value ? article : undefined,
      box: extent.value === 'box' ? box : undefined,
      selection: extent.value === 'selection' ? selection.value : undefined,
      picture: isText.value ? picture.value && extent.value === 'article' : true,
      text: isText.value && (text.value || extent.value === 'selection' || !picture.value),
      language,
    }
  }

  /** Lays the pages out anew; an answer to an older wish is dropped. */
  async function layOut(language: TakeawayJob['language']): Promise<void> {
    const wish = job(language)
    if (!wish) return
    const turn = ++asked
    busy.value = true
    problem.value = undefined
    try {
      const made = await api.takeaway.preview({ job: wish, paper: paper.value })
      if (turn === asked) preview.value = made
    } catch (error) {
      if (turn === asked) problem.value = error
    } finally {
      if (turn === asked) busy.value = false
    }
  }

  /** Does one thing with what is shown; a problem is said, and answers undefined. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    busy.value = true
    try {
      return await work()
    } catch (error) {
      notices.report(error)
      return undefined
    } finally {
      busy.value = false
    }
  }

  const print = (language: TakeawayJob['language']) =>
    attempt(async () => {
      const wish = job(language)
      return wish && api.takeaway.print({ job: wish, paper: paper.value })
    })
  const savePdf = (language: TakeawayJob['language'], name: string) =>
    attempt(async () => {
      const wish = job(language)
      return wish && api.takeaway.savePdf({ job: wish, paper: paper.value, name })
    })
  const savePicture = (language: TakeawayJob['language'], name: string, lines: string[]) =>
    attempt(async () => {
      const { archive, issue: of } = taking.value ?? {}
      if (archive === undefined || of === undefined) return undefined
      const cut = parts.value.map(({ page, box }) => ({ ...of, page: page.id, box }))
      return api.takeaway.savePicture({ archive, parts: cut, lines, width: widthOfParts(parts.value), language, name })
    })
  const facts = () =>
    attempt(async () => {
      const { archive, issue: of } = taking.value ?? {}
      if (archive === undefined || of === undefined) return []
      return takeaway.factsOf(archive, of, parts.value)
    })
  const saveOriginal = (name: string) =>
    attempt(async () => {
      const { archive, issue: of, page } = taking.value ?? {}
      if (archive === undefined || of === undefined || page === undefined) return undefined
      return api.takeaway.saveOriginal({ archive, ...of, page, name })
    })

  return {
    taking,
    issue,
    articles,
    extent,
    extents,
    isText,
    parts,
    picture,
    text,
    paper,
    selection,
    preview,
    problem,
    busy,
    open,
    layOut,
    print,
    savePdf,
    savePicture,
    saveOriginal,
    facts,
  }
})

/** Wider than high, all of it: a sheet on its side holds more of it. */
function lies(parts: TakenPart[]): boolean {
  const across = parts.map(({ page, box }) => (page.width * (box?.w ?? 1)) / (page.height * (box?.h ?? 1)))
  return parts.length === 1 && across.every((each) => each > 1.3)
}
