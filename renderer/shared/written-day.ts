import { daysInMonth, isoOf } from './iso-date.ts'

/**
 * A day as people write it, as an ISO date: `2013`, `2013-1`, `2013年1月`, `2013.1.10`. Where month or day are left out,
 * the first or the last one is meant. Undefined when it is no date.
 */
export function parseDay(text: string, missing: 'first' | 'last'): string | undefined {
  const parts = /^\s*(\d{4})(?:\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?)?\D{0,2}$/.exec(text)
  if (!parts) return undefined
  const year = Number(parts[1])
  const month = parts[2] ? Number(parts[2]) : missing === 'first' ? 1 : 12
  if (month < 1 || month > 12) return undefined
  const days = daysInMonth(year, month)
  const day = parts[3] ? Number(parts[3]) : missing === 'first' ? 1 : days
  return day >= 1 && day <= days ? isoOf(year, month, day) : undefined
}
