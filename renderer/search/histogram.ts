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

/** Whether bars are years when nobody says what they shall be. */
export function spansManyYears(months: readonly { month: string }[]): boolean {
  return yearOf(months.at(-1)) - yearOf(months[0]) >= fewYears
}

const yearOf = (one: { month: string } | undefined): number => Number(one?.month.slice(0, 4) ?? 0)

/** Hits per month as bars without holes; per year where they span more than two years, unless `unit` says otherwise. */
export function barsOf(
  months: readonly { month: string; count: number }[],
  unit: 'year' | 'month' = spansManyYears(months) ? 'year' : 'month',
): Bar[] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (!first || !last) return []
  const byYear = unit === 'year'
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

/** Every month of the years that a chosen span touches, without holes; none when it is open or longer than three years. */
export function monthsOfRange(
  months: readonly { month: string; count: number }[],
  from: string | undefined,
  to: string | undefined,
): { month: string; count: number }[] {
  const first = from?.slice(0, 4)
  const last = to?.slice(0, 4)
  if (!first || !last || first > last || Number(last) - Number(first) > fewYears) return []
  const counts = new Map(months.map(({ month, count }) => [month, count]))
  return monthsBetween(`${first}-01`, `${last}-12`).map((month) => ({ month, count: counts.get(month) ?? 0 }))
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
