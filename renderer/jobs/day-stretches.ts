import { dateOfIso } from '../shared/iso-date.ts'

const dayLength = 86_400_000

/** ISO dates, ascending, as stretches of days that follow each other. */
export function dayStretches(dates: readonly string[]): [first: string, last: string][] {
  const found: [string, string][] = []
  for (const date of dates) {
    const open = found.at(-1)
    if (open && dateOfIso(date).getTime() - dateOfIso(open[1]).getTime() === dayLength) open[1] = date
    else found.push([date, date])
  }
  return found
}
