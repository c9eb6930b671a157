import { makeDeepLink } from '../../archive/deep-link.ts'
import type { IssueView, PageFacts } from '../../electron/bridge/views.ts'
import type { TakenPart } from './taken-parts.ts'

interface Words {
  t: (key: string, values?: Record<string, string | number>) => string
  date: (iso: string) => string
}

/**
 * Where something was taken from, so that it can be found again and checked: title, date, pages, headline; the archive's
 * id and the short sha-256 of each page's picture; a link. `facts`: one of each page, in the order of the parts.
 */
export function sourceLines(
  issue: Pick<IssueView, 'title' | 'titleName' | 'date' | 'edition' | 'number'>,
  parts: TakenPart[],
  facts: PageFacts[],
  { headline, article }: { headline?: string; article?: string },
  { t, date }: Words,
): string[] {
  const labels = parts.map(({ page }) =>
    [t('shared.pageNumber', { label: page.label }), page.name].filter(Boolean).join(' '),
  )
  const number = issue.number && t('shared.issueNumber', { number: issue.number })
  const [first] = parts
  const [known] = facts
  if (!first || !known) return []
  const link = makeDeepLink({
    archive: known.identity,
    title: issue.title,
    date: issue.date,
    edition: issue.edition,
    page: first.page.label || first.page.id,
    article,
    region: article === undefined ? first.box : undefined,
  })
  const hashes = [...new Set(facts.map(({ hash }) => hash))].join(' ')
  return [
    [issue.titleName, date(issue.date), number, ...new Set(labels)].filter(Boolean).join('　'),
    headline ? t('takeaway.headlineOf', { headline }) : '',
    `${t('takeaway.archiveOf', { name: known.archiveName, id: known.identity })}　sha-256 ${hashes}`,
    link,
  ].filter(Boolean)
}

/** A name for a file: `焦城日报-2013-01-10-第23版-标题`. */
export function fileName(
  issue: Pick<IssueView, 'titleName' | 'date'>,
  labels: string[],
  headline: string | undefined,
  t: Words['t'],
): string {
  const pages = [...new Set(labels)].map((label) => t('takeaway.pageInName', { label }))
  const short = headline ? [...headline].slice(0, 30).join('') : ''
  return [issue.titleName, issue.date, ...pages, short].filter(Boolean).join('-')
}

/** The text of an article as it is pasted elsewhere, with its source below. */
export function plainArticle(
  parts: { kicker?: string; headline: string; subtitle?: string; byline?: string; texts: string[] }[],
  lines: string[],
): string {
  const [first] = parts
  const head = [first?.kicker, first?.headline, first?.subtitle, first?.byline].filter(Boolean)
  const body = parts.flatMap(({ texts }) => texts)
  return [head.join('\n'), body.join('\n'), lines.join('\n')].filter(Boolean).join('\n\n')
}
