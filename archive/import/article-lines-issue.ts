import { createHash } from 'node:crypto'
import type { IssueDocument, Origin, Page } from '../model.ts'
import type { ArticleLine } from './article-line.ts'
import { comparablePageLabel, type PageLabel } from './page-label.ts'

/** Which issue the lines make. */
interface IssueOfLines {
  paper: string
  date: string
  edition: number
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** A name that can be an id is one, so that it can be typed on the command line. */
function titleId(name: string): string {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(name) ? name : `paper-${shortHash(name).slice(0, 8)}`
}

/** `und` is BCP 47 for a language that nobody told. */
function languageOf(lines: ArticleLine[]): string {
  const told = lines.find(({ language }) => language !== undefined)?.language
  const isHan = lines.some(({ article, paragraphs }) =>
    /\p{Script=Han}/u.test(article.headline + (paragraphs[0] ?? '')),
  )
  return told ?? (isHan ? 'zh-Hans' : 'und')
}

/** Pages as they are listed, the others in the order of their labels; labels that mean the same page are one. */
function pagesOf(lines: ArticleLine[], listed: PageLabel[]): Map<string, Page> {
  const labels = new Map<string, { label: string; name?: string }>()
  for (const { pages } of lines) {
    for (const page of pages) {
      const key = comparablePageLabel(page.label)
      const known = labels.get(key)
      if (!known || (known.name === undefined && page.name !== undefined))
        labels.set(key, { ...page, ...known, name: known?.name ?? page.name })
    }
  }
  const { compare } = new Intl.Collator('en', { numeric: true })
  const order = new Map(listed.map(({ label }, index) => [comparablePageLabel(label), index]))
  for (const { label, name } of listed) {
    const key = comparablePageLabel(label)
    labels.set(key, { label, name: name ?? labels.get(key)?.name })
  }
  const sorted = [...labels].sort(
    ([one, a], [other, b]) =>
      (order.get(one) ?? listed.length) - (order.get(other) ?? listed.length) || compare(a.label, b.label),
  )
  return new Map(
    sorted.map(([key, { label, name }], index) => [
      key,
      { id: `p${index + 1}`, label, ...(name ? { name } : {}), width: 0, height: 0, renditions: [], zones: [] },
    ]),
  )
}

/** The publisher's id, or one made of what the article says; the same line gives the same id wherever it stands. */
function articleIds() {
  const taken = new Set<string>()
  return ({ id, pages, article, paragraphs }: ArticleLine): string => {
    const wish = id ?? `line-${shortHash(JSON.stringify([pages[0]?.label, article.headline, paragraphs]))}`
    let free = wish
    for (let count = 2; taken.has(free); count++) free = `${wish}~${count}`
    taken.add(free)
    return free
  }
}

/**
 * The document of an issue from its lines. `listed`: its pages in their order, where the source says which there are;
 * `origins`: where each line was read.
 */
export function issueOfLines(
  lines: ArticleLine[],
  { paper, date, edition }: IssueOfLines,
  source: IssueDocument['source'],
  { listed = [], origins = [] }: { listed?: PageLabel[]; origins?: readonly Origin[] } = {},
): IssueDocument {
  const pages = pagesOf(lines, listed)
  const pageId = (label: string): string => pages.get(comparablePageLabel(label))?.id ?? 'p1'
  const idOf = articleIds()
  return {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleId(paper), name: paper, language: languageOf(lines) },
    date,
    edition,
    pages: [...pages.values()],
    articles: lines.map((line, at) => {
      const origin = origins[at]
      const ids = [...new Set(line.pages.map(({ label }) => pageId(label)))]
      const [page] = ids
      return {
        id: idOf(line),
        ...line.article,
        blocks: line.paragraphs.map((text) => ({ kind: 'paragraph' as const, text, page })),
        photos: [],
        pages: ids,
        ...(origin ? { origins: { '*': origin } } : {}),
        ...(Object.keys(line.metadata).length > 0 ? { metadata: line.metadata } : {}),
      }
    }),
    warnings: [],
    source,
    ...(origins[0] ? { origins: { '*': origins[0] } } : {}),
  }
}
