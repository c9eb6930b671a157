import { publicationGaps, restDays } from './publication-gaps.ts'
import { plainRow, type Reading } from './reading.ts'

/** What of a title is not there, or not whole. */
export interface TitleGaps {
  id: string
  name: string
  first: string
  last: string
  issues: number
  /** Weekdays, 1 Monday to 7 Sunday, on which it is never published. */
  never: number[]
  /** Days on which an issue seems to be missing, ISO, ascending. */
  missing: string[]
  /** Issues whose document or page files cannot be used, as `DATE/EDITION`. */
  damaged: string[]
  /** Issues without a word, as `DATE/EDITION`. */
  withoutText: string[]
}

interface GapRow {
  title: string
  name: string
  date: string
  edition: number
  words: number
  problem: string | null
  spoiled: number
}

/** The gap list of every title, the one with most issues first. */
export function listGaps(reading: Reading): TitleGaps[] {
  const rows = reading.database
    .prepare(
      `SELECT issues.title, titles.name, date, edition, issues.words, issues.problem,
         EXISTS (SELECT 1 FROM pages WHERE pages.issue = issues.id AND pages.problem IS NOT NULL) AS spoiled
       FROM issues JOIN titles ON titles.id = issues.title ORDER BY issues.title, date, edition`,
    )
    .all()
    .map((row) => plainRow<GapRow>(row))
  const byTitle = new Map<string, GapRow[]>()
  for (const row of rows) {
    const list = byTitle.get(row.title)
    if (list) list.push(row)
    else byTitle.set(row.title, [row])
  }
  const named = ({ date, edition }: GapRow): string => `${date}/${edition}`
  return [...byTitle]
    .map(([id, issues]) => {
      const dates = issues.map(({ date }) => date)
      const broken = issues.filter(({ problem, spoiled }) => problem !== null || spoiled)
      return {
        id,
        name: issues[0]?.name ?? id,
        first: dates[0] ?? '',
        last: dates.at(-1) ?? '',
        issues: issues.length,
        never: restDays(dates),
        missing: publicationGaps(dates),
        damaged: broken.map(named),
        withoutText: issues.filter(({ words, problem }) => words === 0 && problem === null).map(named),
      }
    })
    .sort((one, other) => other.issues - one.issues)
}
