import type { Article, Page } from '../model.ts'
import { comparablePageLabel } from './page-label.ts'

const label = '(第?\\s*[A-Za-z]{0,3}\\s*\\d{1,3}|第?\\s*[A-Za-z]?[一二三四五六七八九十]{1,3}|头)\\s*版'
const going = new RegExp(`(?:下转|转至?|续见)\\s*${label}`, 'g')
const coming = new RegExp(`(?:上接|紧接|接)\\s*${label}`, 'g')

function labelsIn(article: Article, pattern: RegExp): Set<string> {
  const text = [article.kicker, article.headline, article.subtitle, ...article.blocks.map((block) => block.text)].join(
    '\n',
  )
  return new Set([...text.matchAll(pattern)].map((match) => comparablePageLabel((match[1] ?? '').replace(/^第/, ''))))
}

/** Headlines of the two halves differ by the note itself: `（上接第01版）壮大产业集群`. */
function comparableHeadline(headline: string): string {
  return headline
    .replace(/[（(【[].{0,4}(?:下转|上接|紧接)[^）)】\]]*[）)】\]]/g, '')
    .replace(/[\s，。、：:！!？?“”"《》]/g, '')
}

/**
 * Joins articles that go on elsewhere: 下转第03版 with 上接第01版. The counterpart stands on the named page and has the
 * same headline, or is the only one there that comes from this page. Sets `continuedBy` and `continuedFrom`.
 */
export function joinContinuations(articles: Article[], pages: Page[]): void {
  const labelOf = new Map(pages.map((page) => [page.id, comparablePageLabel(page.label)]))
  const stands = (article: Article): Set<string> => new Set(article.pages.map((page) => labelOf.get(page) ?? ''))
  const departures = articles.map((article) => ({ article, to: labelsIn(article, going), on: stands(article) }))
  const arrivals = articles.map((article) => ({ article, from: labelsIn(article, coming), on: stands(article) }))
  const meets = (a: Set<string>, b: Set<string>): boolean => [...a].some((each) => b.has(each))
  for (const departure of departures) {
    if (departure.to.size === 0) continue
    const own = comparableHeadline(departure.article.headline)
    const there = arrivals.filter(
      ({ article, on }) => article !== departure.article && meets(on, departure.to) && !article.continuedFrom,
    )
    const expected = there.filter(({ from }) => meets(from, departure.on))
    const sameHeadline = (candidates: typeof there): typeof there =>
      candidates.filter(({ article }) => own !== '' && comparableHeadline(article.headline) === own)
    const rivals = departures.filter(({ to, on }) => meets(to, departure.to) && meets(on, departure.on))
    const only = expected.length === 1 && rivals.length === 1 ? expected[0] : undefined
    const found = sameHeadline(expected)[0] ?? sameHeadline(there)[0] ?? only
    if (!found) continue
    departure.article.continuedBy = found.article.id
    found.article.continuedFrom = departure.article.id
  }
}
