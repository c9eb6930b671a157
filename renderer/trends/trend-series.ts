import type { TrendsView } from '../../electron/bridge/views.ts'

/** Hits over time as series of points, in what they are measured by. Pure. */

export const trendUnits = ['year', 'month'] as const
export type TrendUnit = (typeof trendUnits)[number]
/** Articles; articles per million words; hundredths of all articles. */
export const trendMeasures = ['articles', 'per-words', 'share'] as const
export type TrendMeasure = (typeof trendMeasures)[number]

export interface TrendPoint {
  /** `2013` or `2013-05`. */
  label: string
  /** ISO dates. */
  from: string
  to: string
  issues: number
  articles: number
  words: number
  /** Of each query, in their order: articles found. */
  counts: number[]
  /** The same as measured; undefined where the archive holds nothing to measure by. */
  values: (number | undefined)[]
}

/** Every year or month from the first to the last of the archive, also those it has nothing of. */
export function trendPoints(trends: TrendsView, unit: TrendUnit, measure: TrendMeasure): TrendPoint[] {
  const points = new Map<string, TrendPoint>()
  const [first, last] = [trends.months[0]?.month, trends.months.at(-1)?.month]
  if (first === undefined || last === undefined) return []
  for (const month of monthsBetween(first, last)) {
    const label = unit === 'year' ? month.slice(0, 4) : month
    if (points.has(label)) continue
    const [from, to] = unit === 'year' ? [`${label}-01-01`, `${label}-12-31`] : [`${label}-01`, lastDayOf(label)]
    const counts = trends.queries.map(() => 0)
    points.set(label, { label, from, to, issues: 0, articles: 0, words: 0, counts, values: [] })
  }
  for (const { month, issues, articles, words } of trends.months) {
    const point = points.get(unit === 'year' ? month.slice(0, 4) : month)
    if (!point) continue
    point.issues += issues
    point.articles += articles
    point.words += words
    trends.queries.forEach(
      ({ months }, index) => (point.counts[index] = (point.counts[index] ?? 0) + (months[month] ?? 0)),
    )
  }
  for (const point of points.values()) point.values = point.counts.map((count) => valueOf(count, point, measure))
  return [...points.values()]
}

function valueOf(count: number, { issues, articles, words }: TrendPoint, measure: TrendMeasure): number | undefined {
  // Nothing was published, or nothing is here: that is no zero.
  if (issues === 0) return undefined
  if (measure === 'articles') return count
  const whole = measure === 'share' ? articles : words
  return whole === 0 ? undefined : (count / whole) * (measure === 'share' ? 100 : 1_000_000)
}

function monthsBetween(first: string, last: string): string[] {
  const at = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
  return Array.from({ length: at(last) - at(first) + 1 }, (_, step) => {
    const month = at(first) + step
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

function lastDayOf(month: string): string {
  const day = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  return `${month}-${String(day).padStart(2, '0')}`
}

/** The table as CSV (RFC 4180) with a byte order mark: counts, and what they are measured against. */
export function trendsCsv(trends: TrendsView, points: readonly TrendPoint[]): string {
  const head = ['period', 'issues', 'articles', 'words', ...trends.queries.map(({ text }) => text)]
  const rows = points.map(({ label, issues, articles, words, counts }) => [label, issues, articles, words, ...counts])
  const lines = [head, ...rows].map((row) => row.map((value) => field(String(value))).join(','))
  return `\ufeff${lines.join('\r\n')}\r\n`
}

function field(value: string): string {
  // What a spreadsheet would run is made text.
  const safe = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
