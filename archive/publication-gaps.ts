const dayLength = 86_400_000
const weeksAround = 8

/**
 * The days on which an issue seems to be missing: days without one, between the first and the last issue, whose weekday
 * usually has one, that is on more than half of the same weekdays up to eight weeks before and after. The calendar
 * shows the same days. ISO dates, ascending; so is the answer.
 */
export function publicationGaps(dates: Iterable<string>): string[] {
  const published = new Set<number>()
  for (const date of dates) published.add(Date.parse(date) / dayLength)
  const days = [...published].filter((day) => Number.isInteger(day)).sort((one, other) => one - other)
  const [first = 0, last = -1] = [days[0], days.at(-1)]
  const gaps: string[] = []
  for (let day = first; day <= last; day += 1) {
    if (!published.has(day) && isUsual(day)) gaps.push(new Date(day * dayLength).toISOString().slice(0, 10))
  }
  return gaps

  function isUsual(day: number): boolean {
    let weekdays = 0
    let withIssue = 0
    for (let week = -weeksAround; week <= weeksAround; week += 1) {
      const other = day + week * 7
      if (week === 0 || other < first || other > last) continue
      weekdays += 1
      if (published.has(other)) withIssue += 1
    }
    return withIssue * 2 > weekdays
  }
}

/** Weekdays, 1 Monday to 7 Sunday, on which a title of these dates has hardly an issue: less than one in twenty. */
export function restDays(dates: readonly string[]): number[] {
  const counts = new Array<number>(7).fill(0)
  for (const date of dates) counts[weekday(date) - 1] = (counts[weekday(date) - 1] ?? 0) + 1
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined) return []
  const weeks = (Date.parse(last) - Date.parse(first)) / dayLength / 7
  // Of a title of which only single issues are here nothing can be said.
  if (weeks < 4 || dates.length < weeks) return []
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => (counts[day - 1] ?? 0) < weeks / 20)
}

/** ISO weekday of an ISO date. */
function weekday(date: string): number {
  return new Date(Date.parse(date)).getUTCDay() || 7
}

/** Dates that follow each other without a day between, as pairs of first and last. */
export function stretches(dates: readonly string[]): [first: string, last: string][] {
  const found: [string, string][] = []
  for (const date of dates) {
    const open = found.at(-1)
    if (open && Date.parse(date) - Date.parse(open[1]) === dayLength) open[1] = date
    else found.push([date, date])
  }
  return found
}
