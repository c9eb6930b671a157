import { daysInMonth, isoOf } from '../shared/iso-date.ts'

const forms = [
  // 2013-01-10, 2013/1/10, 2013.1.10, 2013年1月10日
  /^(?<year>\d{4})\s*[-/.年]\s*(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})\s*日?$/,
  // 20130110
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  // 2013-01, 2013年1月: its first day
  /^(?<year>\d{4})\s*[-/.年]\s*(?<month>\d{1,2})\s*月?$/,
  // 2013, 2013年: its first day
  /^(?<year>\d{4})\s*年?$/,
  // 1-10, 1月10日: of the year that is read
  /^(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})\s*日?$/,
]

/**
 * The ISO date that is meant by a date as people type it; `year` stands in where none is written. Undefined when it is no
 * date of the calendar.
 */
export function typedDate(text: string, year?: number): string | undefined {
  const plain = text.normalize('NFKC').trim()
  for (const form of forms) {
    const parts = form.exec(plain)?.groups
    if (!parts) continue
    const whole = Number(parts['year'] ?? year)
    const [month, day] = [Number(parts['month'] ?? 1), Number(parts['day'] ?? 1)]
    if (!(whole >= 1400 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(whole, month))) return undefined
    return isoOf(whole, month, day)
  }
  return undefined
}
