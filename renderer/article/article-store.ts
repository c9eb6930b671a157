import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ArticleLook, ArticleView, IssueKey } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { joinedParts } from '../shared/joined-article.ts'
import { nextScale, SMALLEST, LARGEST, USUAL } from './text-scale.ts'

const MOST_KEPT = 40

/** The article that is read, and the size of its text. */
export const useArticleStore = defineStore('article', () => {
  const preferences = useSettingsStore()
  const article = shallowRef<ArticleView>()
  /** The article with what it goes on with and came from, in reading order. */
  const parts = shallowRef<ArticleView[]>([])
  /** Id of the article that is asked for, shown or not yet. */
  const wanted = ref('')
  const loading = ref(false)
  const problem = shallowRef<unknown>()

  const scale = computed(() => preferences.settings.articleScale)
  const atSmallest = computed(() => scale.value <= SMALLEST)
  const atLargest = computed(() => scale.value >= LARGEST)
  const atUsual = computed(() => scale.value === USUAL)

  const kept = new Map<string, ArticleView>()
  let asked = 0

  /** Reads an article of an issue. The one shown stays until then. */
  async function open(archive: string, issue: IssueKey, id: string): Promise<void> {
    const turn = ++asked
    wanted.value = id
    loading.value = true
    problem.value = undefined
    try {
      const read = await readArticle(archive, issue, id)
      const joined = await joinedParts(read, (part) => readArticle(archive, issue, part))
      if (turn !== asked) return
      article.value = read
      parts.value = joined
    } catch (error) {
      if (turn !== asked) return
      article.value = undefined
      problem.value = error
    } finally {
      if (turn === asked) loading.value = false
    }
  }

  /** An article's text, from memory when it was read before. */
  async function readArticle(archive: string, issue: IssueKey, id: string): Promise<ArticleView> {
    const name = [archive, issue.title, issue.date, issue.edition, id].join('/')
    const known = kept.get(name)
    if (known) return known
    const { title, date, edition } = issue
    const read = await api.article.read({ archive, title, date, edition, article: id })
    kept.set(name, read)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return read
  }

  function close(): void {
    asked++
    wanted.value = ''
    article.value = undefined
    parts.value = []
    problem.value = undefined
    loading.value = false
  }

  listen('archive.changed', () => kept.clear())

  const enlarge = () => preferences.change({ articleScale: nextScale(scale.value, 1) })
  const reduce = () => preferences.change({ articleScale: nextScale(scale.value, -1) })
  const resetScale = () => preferences.change({ articleScale: USUAL })

  const look = computed(() => preferences.settings.articleLook)
  const changeLook = (part: Partial<ArticleLook>) =>
    preferences.change({ articleLook: { ...preferences.settings.articleLook, ...part } })

  return {
    article,
    parts,
    look,
    changeLook,
    wanted,
    loading,
    problem,
    scale,
    atSmallest,
    atLargest,
    atUsual,
    open,
    readArticle,
    close,
    enlarge,
    reduce,
    resetScale,
  }
})
