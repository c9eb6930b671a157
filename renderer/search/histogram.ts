/** A bar of the hits over time: a year, or a month when the years are few. */
export interface Bar {
  /** `2013` or `2013-05`. */
  label: string
  from: string
  to: string
  count: number
}

const fewYears = 2

function monthsBetween(first: string, last: string): string[] {
  const at = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
  return Array.from({ length: at(last) - at(first) + 1 }, (_, step) => {
    const month = at(first) + step
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

/** Hits per month as bars without holes; per year where they span more than two years. */
export function barsOf(months: readonly { month: string; count: number }[]): Bar[] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (!first || !last) return []
  const byYear = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) >= fewYears
  const bars = new Map<string, Bar>()
  for (const month of monthsBetween(first, last)) {
    const label = byYear ? month.slice(0, 4) : month
    if (bars.has(label)) continue
    bars.set(label, {
      label,
      from: byYear ? `${label}-01-01` : `${label}-01`,
      to: byYear ? `${label}-12-31` : lastDayOf(label),
      count: 0,
    })
  }
  for (const { month, count } of months) {
    const bar = bars.get(byYear ? month.slice(0, 4) : month)
    if (bar) bar.count += count
  }
  return [...bars.values()]
}

function lastDayOf(month: string): string {
  const day = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  return `${month}-${String(day).padStart(2, '0')}`
}

/** The dates that a drag from one bar to another means. */
export function rangeOf(bars: readonly Bar[], one: number, other: number): { from: string; to: string } | undefined {
  const from = bars[Math.min(one, other)]?.from
  const to = bars[Math.max(one, other)]?.to
  return from && to ? { from, to } : undefined
}

/** Whether a bar lies in the chosen range; without a range every bar does. */
export function inRange(bar: Bar, from: string | undefined, to: string | undefined): boolean {
  return (!from || bar.to >= from) && (!to || bar.from <= to)
}
