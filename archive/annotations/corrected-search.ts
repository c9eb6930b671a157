import { articleText } from '../article-text.ts'
import type { HitBox, SearchHit, SearchQuery } from '../model.ts'
import { fold } from '../search/folding.ts'
import { answers, originalOccurrences, type TextRange } from '../search/occurrences.ts'
import { parseQuery, positivePhrases } from '../search/query-language.ts'
import { foldDocument } from '../search/search-document.ts'
import { markedPieces, snippet } from '../search/snippet.ts'
import { hitsOfSpan, type IssueText } from './placed-notes.ts'
import { correctedArticle, correctedText, type TextCorrection } from './text-corrections.ts'

/**
 * The hit of an article that answers a query as it was corrected, and does not as it was delivered: the index knows the
 * delivered text alone. Undefined when it is none. Throws ArchiveError `bad-query`.
 */
export function correctedHit(
  issue: IssueText,
  id: string,
  corrections: readonly TextCorrection[],
  query: SearchQuery,
): SearchHit | undefined {
  const { document } = issue
  const article = document.articles.find((each) => each.id === id)
  if (!article || !isWithin(issue, id, query)) return undefined
  const labels = article.pages.map((page) => document.pages.find((each) => each.id === page)?.label ?? '')
  const delivered = articleText(article)
  const read = articleText(correctedArticle(article, corrections))
  const about = {
    id: issue.articles.get(id) ?? 1,
    title: document.title.id,
    date: document.date,
    pages: labels,
    frontPage: article.pages[0] === document.pages[0]?.id,
    kind: article.kind,
    section: article.section,
  }
  const parsed = parseQuery(query.text)
  const [before, now] = [foldDocument({ ...about, ...delivered }), foldDocument({ ...about, ...read })]
  if (!answers(parsed, now.text, now) || answers(parsed, before.text, before)) return undefined
  const ranges = originalOccurrences(positivePhrases(parsed), read.text, now)
  const headline = read.spans.find(({ field }) => field === 'headline') ?? { start: 0, end: 0 }
  const body = read.spans.find(({ field }) => field === 'body' || field === 'caption')
  const pageId = article.pages[0] ?? ''
  const page = document.pages.find((each) => each.id === pageId)
  return {
    article: `${document.title.id}/${document.date}/${document.edition}#${id}`,
    title: document.title.id,
    titleName: document.title.name,
    date: document.date,
    edition: document.edition,
    page: page?.label ?? '',
    pageId,
    pageName: page?.name ?? '',
    headline: correctedArticle(article, corrections).headline,
    headlineParts: markedPieces(read.text, ranges, headline.start, headline.end),
    snippet: snippet(read.text, ranges, body?.start),
    boxes: ranges.flatMap(([start, end]: TextRange) => {
      const { toOriginal, toCorrected } = correctedText(delivered.text, corrections)
      const place = toOriginal(start, end)
      const back = toCorrected(place.start, place.end)
      // A correction has no places within it: of a part of it the whole of what it replaces is marked.
      const isPart = back.start < start || back.end > end
      return hitsOfSpan(issue, article, place.start, place.end).map((box): HitBox =>
        isPart && box.precision === 'word' ? { ...box, precision: 'line' } : box,
      )
    }),
    count: ranges.length,
  }
}

/** Whether the query's filters let an article pass. */
function isWithin({ document }: IssueText, id: string, query: SearchQuery): boolean {
  const { titles, from, to, kinds, pages, sections, within, withText } = query
  const article = document.articles.find((each) => each.id === id)
  if (!article) return false
  const { date, edition, title } = document
  const labels = article.pages.flatMap((page) => document.pages.find((each) => each.id === page)?.label ?? [])
  const isOne = (list: readonly string[] | undefined, values: readonly string[]): boolean =>
    !list?.length || values.some((value) => list.map((each) => fold(each)).includes(fold(value)))
  const isThere =
    !within ||
    (within.title === title.id &&
      within.date === date &&
      within.edition === edition &&
      (within.page === undefined || article.pages.includes(within.page)) &&
      (within.article === undefined || within.article === id))
  return (
    isThere &&
    isOne(titles, [title.id]) &&
    (from === undefined || date >= from) &&
    (to === undefined || date <= to) &&
    isOne(kinds, [article.kind]) &&
    isOne(pages, labels) &&
    isOne(sections, article.section === undefined ? [] : [article.section]) &&
    (withText === undefined || withText === article.blocks.length > 0)
  )
}
