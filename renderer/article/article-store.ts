import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Point, TextLine } from '../../archive/model.ts'
import type { ArticleLook, ArticleView, IssueKey } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { joinedParts } from '../shared/joined-article.ts'
import { nextScale, SMALLEST, LARGEST, USUAL } from './text-scale.ts'

const MOST_KEPT = 40

interface Paragraph {
  article: string
  /** Index into the article's blocks. */
  block: number
}

/** A stretch of a paragraph, by offsets (UTF-16) into it. */
interface Stretch extends Paragraph {
  start: number
  end: number
}

/** The article that is read, and the size of its text. */
export const useArticleStore = defineStore('article', () => {
  const preferences = useSettingsStore()
  const article = shallowRef<ArticleView>()
  /** The article with what it goes on with and came from, in reading order. */
  const parts = shallowRef<ArticleView[]>([])
  /** Id of the article that is asked for, shown or not yet. */
  const wanted = ref('')
  /** Printed lines by article; an article that is not in it has only zones. */
  const lines = shallowRef<ReadonlyMap<string, TextLine[]>>(new Map())
  /** The paragraph that is read in the text, and the one that was pressed on the page. */
  const paragraph = shallowRef<Paragraph>()
  const pressed = shallowRef<Paragraph>()
  /** What is being read aloud. */
  const spoken = shallowRef<Stretch>()
  /** The columns of the open article are being walked through. */
  const walking = ref(false)
  /** Asked for from the article pane: the next or previous column on the page. */
  const walkAsked = shallowRef<{ direction: 1 | -1 }>({ direction: 1 })
  const loading = ref(false)
  const problem = shallowRef<unknown>()

  const scale = computed(() => preferences.settings.articleScale)
  const atSmallest = computed(() => scale.value <= SMALLEST)
  const atLargest = computed(() => scale.value >= LARGEST)
  const atUsual = computed(() => scale.value === USUAL)

  const kept = new Map<string, ArticleView>()
  let asked = 0
  let from: { archive: string; issue: IssueKey } | undefined
  /** Shown as it was delivered, without the reader's corrections. */
  const asDelivered = ref(false)
  let shown: { archive: string; issue: IssueKey; id: string } | undefined

  /** Reads an article of an issue. The one shown stays until then. */
  async function open(archive: string, issue: IssueKey, id: string): Promise<void> {
    const turn = ++asked
    from = { archive, issue }
    if (shown?.id !== id) asDelivered.value = false
    shown = { archive, issue, id }
    wanted.value = id
    loading.value = true
    problem.value = undefined
    try {
      const read = await readArticle(archive, issue, id)
      const joined = await joinedParts(read, (part) => readArticle(archive, issue, part))
      if (turn !== asked) return
      article.value = read
      parts.value = joined
      void readLines(archive, issue, joined)
    } catch (error) {
      if (turn !== asked) return
      article.value = undefined
      problem.value = error
    } finally {
      if (turn === asked) loading.value = false
    }
  }

  /** Where its lines stand is learnt after it is shown. */
  async function readLines(archive: string, { title, date, edition }: IssueKey, joined: ArticleView[]): Promise<void> {
    const turn = asked
    const read = joined.map(async ({ id }) => {
      // The text is read without them; what is wrong with the archive was met by reading it.
      const found = await api.article.lines({ archive, title, date, edition, article: id }).catch(() => [])
      return [id, found] as const
    })
    const found = await Promise.all(read)
    if (turn === asked) lines.value = new Map(found.filter(([, each]) => each.length > 0))
  }

  /** What is read now; on the page its lines are marked. */
  function readParagraph(next: Paragraph | undefined): void {
    if (next?.article !== paragraph.value?.article || next?.block !== paragraph.value?.block) paragraph.value = next
  }

  const linesOf = ({ article: id, block }: Paragraph) =>
    (lines.value.get(id) ?? []).filter((line) => line.block === block)
  /** Lines of what is read aloud. */
  const spokenLines = computed(() => {
    const said = spoken.value
    return said ? linesOf(said).filter(({ start, end }) => start < said.end && end > said.start) : []
  })
  /** Lines of what is read: aloud, else the paragraph. */
  const markedLines = computed(() => {
    if (spoken.value) return spokenLines.value
    return paragraph.value ? linesOf(paragraph.value) : []
  })

  /** The sentence that is read aloud; on the page its lines are marked. */
  const speak = (stretch: Stretch | undefined) => (spoken.value = stretch)

  /** A point of a page was pressed: the text goes to the paragraph that stands there. */
  function press(id: string, page: string, [x, y]: Point): void {
    const line = lines.value
      .get(id)
      ?.find(({ page: on, box }) => on === page && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h)
    if (line) pressed.value = { article: id, block: line.block }
  }

  const askWalk = (direction: 1 | -1) => (walkAsked.value = { direction })

  /** An article's text, from memory when it was read before. */
  async function readArticle(archive: string, issue: IssueKey, id: string): Promise<ArticleView> {
    const delivered = asDelivered.value
    const name = [archive, issue.title, issue.date, issue.edition, id, delivered].join('/')
    const known = kept.get(name)
    if (known) return known
    const { title, date, edition } = issue
    const read = await api.article.read({ archive, title, date, edition, article: id, asDelivered: delivered })
    kept.set(name, read)
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return read
  }

  /** What follows an article of the issue that is open, in reading order; undefined after the last. */
  async function following(id: string): Promise<string | undefined> {
    return from && (await readArticle(from.archive, from.issue, id)).next
  }

  function close(): void {
    asked++
    shown = undefined
    wanted.value = ''
    article.value = undefined
    parts.value = []
    lines.value = new Map()
    paragraph.value = undefined
    problem.value = undefined
    loading.value = false
  }

  listen('archive.changed', () => kept.clear())
  /** A note may correct the text: what is shown is read again, and stays where nothing is different. */
  listen('annotations.changed', () => {
    kept.clear()
    if (shown && article.value) void refresh(shown)
  })

  async function refresh({ archive, issue, id }: NonNullable<typeof shown>): Promise<void> {
    const turn = asked
    // What cannot be read now is still on the screen.
    const read = await readArticle(archive, issue, id).catch(() => undefined)
    const joined = read && (await joinedParts(read, (part) => readArticle(archive, issue, part)))
    if (turn !== asked || !joined || JSON.stringify(joined) === JSON.stringify(parts.value)) return
    article.value = read
    parts.value = joined
  }

  async function showDelivered(delivered: boolean): Promise<void> {
    asDelivered.value = delivered
    if (shown) await refresh(shown)
  }

  const enlarge = () => preferences.change({ articleScale: nextScale(scale.value, 1) })
  const reduce = () => preferences.change({ articleScale: nextScale(scale.value, -1) })
  const resetScale = () => preferences.change({ articleScale: USUAL })

  const look = computed(() => preferences.settings.articleLook)
  const changeLook = (part: Partial<ArticleLook>) =>
    preferences.change({ articleLook: { ...preferences.settings.articleLook, ...part } })

  return {
    article,
    parts,
    lines,
    paragraph,
    markedLines,
    pressed,
    press,
    readParagraph,
    spoken,
    spokenLines,
    speak,
    following,
    walkAsked,
    walking,
    askWalk,
    look,
    changeLook,
    asDelivered,
    showDelivered,
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
