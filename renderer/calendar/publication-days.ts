import { dateOfIso, isoOfDate } from '../shared/iso-date.ts'

const dayLength = 86_400_000
const weeksAround = 8

/** `issue`: one was published and is here. `gap`: one is missing. `none`: never published on that day. */
export type DayState = 'issue' | 'gap' | 'none'

/**
 * The days on which an issue seems to be missing: days without one between the first and the last issue whose weekday
 * usually has one, that is on more than half of the same weekdays up to eight weeks before and after.
 */
export function gapDays(dates: Iterable<string>): Set<string> {
  const published = new Set<number>()
  for (const date of dates) published.add(dateOfIso(date).getTime() / dayLength)
  const days = [...published].sort((one, other) => one - other)
  const first = days[0] ?? 0
  const last = days.at(-1) ?? -1

  const gaps = new Set<string>()
  for (let day = first; day <= last; day++) {
    if (!published.has(day) && usual(day)) gaps.add(isoOfDate(new Date(day * dayLength)))
  }
  return gaps

  function usual(day: number): boolean {
    let weekdays = 0
    let withIssue = 0
    for (let week = -weeksAround; week <= weeksAround; week++) {
      const other = day + week * 7
      if (week === 0 || other < first || other > last) continue
      weekdays++
      if (published.has(other)) withIssue++
    }
    return withIssue * 2 > weekdays
  }
}

/** How many issues each year has, from the first to the last year without a hole. */
export function issuesPerYear(dates: Iterable<string>): { year: number; count: number }[] {
  const counts = new Map<number, number>()
  for (const date of dates) {
    const year = Number(date.slice(0, 4))
    counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  const years = [...counts.keys()].sort((one, other) => one - other)
  const first = years[0] ?? 0
  const last = years.at(-1) ?? -1
  return Array.from({ length: last - first + 1 }, (_, at) => ({ year: first + at, count: counts.get(first + at) ?? 0 }))
}

/** How many hits each year has. */
export function hitsPerYear(days: ReadonlyMap<string, number>): ReadonlyMap<number, number> {
  const years = new Map<number, number>()
  for (const [date, count] of days) {
    const year = Number(date.slice(0, 4))
    years.set(year, (years.get(year) ?? 0) + count)
  }
  return years
}

/** The nearest dates of a sorted list before and after a day. */
export function neighboursOf(sorted: readonly string[], day: string): { before?: string; after?: string } {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < day) low = middle + 1
    else high = middle
  }
  return { before: sorted[low - 1], after: sorted[low] === day ? sorted[low + 1] : sorted[low] }
}

/**
 * Where a calendar opens: the last issue, or the last one of an earlier year when all that follows are a few stray
 * issues, which are no place to begin.
 */
export function firstShownDay(sorted: readonly string[]): string | undefined {
  const years = issuesPerYear(sorted)
  const most = Math.max(...years.map((each) => each.count))
  const year = years.findLast((each) => each.count >= 3 || each.count * 5 >= most)?.year
  return sorted.findLast((date) => Number(date.slice(0, 4)) === year)
}

/** How strongly a day's hits tint it: none, 1–2, 3–5, more. */
export function heatOf(hits: number): 0 | 1 | 2 | 3 {
  if (hits <= 0) return 0
  if (hits <= 2) return 1
  return hits <= 5 ? 2 : 3
}
