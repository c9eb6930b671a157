import type { TakeawayJob } from '../../../electron/bridge/print-sheet.ts'
import type { ArticleView, InterfaceLanguage, IssueKey, IssueView, PageView } from '../../../electron/bridge/views.ts'

/** An article or a page that a visitor takes along. */
export interface TakenThing {
  archive: string
  issue: IssueKey
  page: string
  article?: string
  /** What it is called: a headline, or the page's name; may be empty. */
  heading: string
  titleName: string
  pageLabel: string
  language: string
  thumbnail?: string
}

const keyOf = ({ title, date, edition }: IssueKey): IssueKey => ({ title, date, edition })

export function pageThing(archive: string, issue: IssueView, page: PageView): TakenThing {
  return {
    archive,
    issue: keyOf(issue),
    page: page.id,
    heading: page.name,
    titleName: issue.titleName,
    pageLabel: page.label,
    language: issue.language,
    thumbnail: page.thumbnail,
  }
}

export function articleThing(archive: string, issue: IssueView, article: ArticleView): TakenThing {
  const page = issue.pages.find(({ id }) => id === article.pages[0])
  return {
    archive,
    issue: keyOf(issue),
    page: article.pages[0] ?? '',
    article: article.id,
    heading: article.headline,
    titleName: issue.titleName,
    pageLabel: page?.label ?? '',
    language: issue.language,
    thumbnail: page?.thumbnail,
  }
}

export function sameThing(one: TakenThing, other: TakenThing): boolean {
  const part = ({ archive, issue, page, article }: TakenThing) =>
    [archive, issue.title, issue.date, issue.edition, article ?? `page ${page}`].join('\n')
  return part(one) === part(other)
}

/** How it is laid out on paper: an article as text with its picture, a page as its picture. */
export function jobOf({ archive, issue, page, article }: TakenThing, language: InterfaceLanguage): TakeawayJob {
  return { archive, ...issue, page, article, picture: true, text: article !== undefined, language }
}
