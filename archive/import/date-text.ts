/** Days of a month in the proleptic Gregorian calendar. */
function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1500 || year > 2200) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function iso(year: string, month: string, day: string): string | undefined {
  if (!isRealDate(Number(year), Number(month), Number(day))) return undefined
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const yearFirst = /(?<!\d)(\d{4})([-/._年])\s*(\d{1,2})(?:\2|月)\s*(\d{1,2})(?!\d)/
const together = /(?<!\d)(\d{4})(\d{2})(\d{2})(?=\d{2}(?!\d)|(?!\d))/
const yearLast = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/

/**
 * The day that a text of metadata or a file's name says, as ISO date: `1858-12-07`, `1898/02/14`, `01.08.1821` (day
 * first; month first only where it must be), `18451228`, `1862082501` (with an edition), `2024年1月3日`. Undefined for
 * years, spans and days that the calendar does not have.
 */
export function dateIn(text: string | undefined): string | undefined {
  if (!text) return undefined
  const first = yearFirst.exec(text)
  if (first) return iso(first[1] ?? '', first[3] ?? '', first[4] ?? '')
  const last = yearLast.exec(text)
  if (last) {
    const [, a = '', , b = '', year = ''] = last
    return iso(year, b, a) ?? iso(year, a, b)
  }
  const whole = together.exec(text)
  return whole ? iso(whole[1] ?? '', whole[2] ?? '', whole[3] ?? '') : undefined
}

/**
 * The date of issues whose source says none: an archive files by date. Such an issue carries `undated` in its metadata
 * and a warning `no-date`.
 */
export const unknownDate = '0001-01-01'
