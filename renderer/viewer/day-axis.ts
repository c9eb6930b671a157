import { addDays, daysBetween } from '../shared/iso-date.ts'

/** A mark of the axis: pixels from its middle. */
export interface AxisMark {
  x: number
  /** ISO date of a month's or year's first day. */
  date: string
  isYear: boolean
}

/** The index of the day nearest to a date; `days` ascending, ISO dates. -1 when there are none. */
export function nearestDay(days: readonly string[], date: string): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((days[middle] ?? '') < date) low = middle + 1
    else high = middle
  }
  const after = days[low]
  const before = days[low - 1]
  if (after === undefined) return days.length - 1
  if (before === undefined) return 0
  return daysBetween(before, date) < daysBetween(date, after) ? low - 1 : low
}

/** Indexes (from, to exclusive) of the days seen on an axis of `width` pixels with `middle` in its middle. */
export function daysInSight(
  days: readonly string[],
  middle: string,
  width: number,
  dayWidth: number,
): { from: number; to: number } {
  const half = Math.ceil(width / 2 / dayWidth) + 1
  const first = addDays(middle, -half)
  const last = addDays(middle, half)
  let from = Math.max(nearestDay(days, first) - 1, 0)
  while (from < days.length && (days[from] ?? '') < first) from += 1
  let to = from
  while (to < days.length && (days[to] ?? '') <= last) to += 1
  return { from, to }
}

/** The months (or, where they would be too close, years) that begin in sight. */
export function axisMarks(middle: string, width: number, dayWidth: number): AxisMark[] {
  const half = Math.ceil(width / 2 / dayWidth) + 1
  const last = addDays(middle, half)
  const onlyYears = dayWidth * 30 < 44
  const marks: AxisMark[] = []
  let date = `${addDays(middle, -half).slice(0, onlyYears ? 4 : 7)}${onlyYears ? '-01' : ''}-01`
  while (date <= last) {
    marks.push({ x: daysBetween(middle, date) * dayWidth, date, isYear: date.slice(5, 7) === '01' })
    const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
    const next = onlyYears || month === 12 ? [year + 1, 1] : [year, month + 1]
    date = `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}-01`
  }
  return marks
}

/** The index a step on the axis leads to: one issue, or the nearest to a month further. */
export function steppedDay(days: readonly string[], index: number, step: 'issue' | 'month', sign: 1 | -1): number {
  if (step === 'issue') return Math.min(Math.max(index + sign, 0), days.length - 1)
  const here = days[index]
  if (here === undefined) return index
  const next = nearestDay(days, addDays(here, 30 * sign))
  return next === index ? steppedDay(days, index, 'issue', sign) : next
}
