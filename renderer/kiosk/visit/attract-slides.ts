import type { IssueSummary, IssueView, PageView } from '../../../electron/bridge/views.ts'
import { onThisDay, recentIssues } from './days-of-note.ts'
import { zoneGroups } from '../../viewer/zone-groups.ts'
import type { ShelfTitle } from './shelf-store.ts'

/** A front page as it is shown while nobody is there. */
export interface Slide {
  key: string
  image: string
  width: number
  height: number
  titleName: string
  language: string
  date: string
  headline: string
  onThisDay: boolean
}

/** Where issues and their front pages come from. */
interface Source {
  loadIssues: (title: ShelfTitle) => Promise<IssueSummary[]>
  read: (archive: string, issue: IssueSummary) => Promise<IssueView | undefined>
}

const MOST = 10
const MOST_OF_TITLE = 4

/** The pages to show, one after the other as they are read: of each title the last issue, then this day's of other years. */
export async function* attractSlides(
  titles: readonly ShelfTitle[],
  today: string,
  source: Source,
): AsyncGenerator<Slide> {
  const seen = new Set<string>()
  const wishes: { title: ShelfTitle; issue: IssueSummary; onThisDay: boolean }[] = []
  for (const title of titles) {
    const issues = await source.loadIssues(title)
    const days = onThisDay(issues, today).slice(0, MOST_OF_TITLE - 1)
    wishes.push(...days.map((issue) => ({ title, issue, onThisDay: true })))
    const [latest] = recentIssues(issues, today)
    if (latest) wishes.push({ title, issue: latest.issue, onThisDay: false })
  }
  wishes.sort((one, other) => Number(other.onThisDay) - Number(one.onThisDay))
  for (const { title, issue, onThisDay: isDay } of wishes.slice(0, MOST)) {
    const view = await source.read(title.archive, issue)
    const front = view?.pages[0]
    const image = front?.image ?? front?.thumbnail
    const key = [title.archive, issue.title, issue.date, issue.edition].join('/')
    if (!view || !front || !image || seen.has(key)) continue
    seen.add(key)
    yield {
      key,
      image,
      width: front.width,
      height: front.height,
      titleName: view.titleName,
      language: view.language,
      date: issue.date,
      headline: mainHeadline(view, front),
      onThisDay: isDay,
    }
  }
}

/** Of the article that takes the most room on the page. */
function mainHeadline(issue: IssueView, page: PageView): string {
  const articles = issue.articles.filter(({ kind, headline }) => kind === 'article' && headline)
  const sized = zoneGroups(page, articles).map(({ headline, box }) => ({ headline, area: box.w * box.h }))
  return sized.sort((one, other) => other.area - one.area)[0]?.headline ?? ''
}
