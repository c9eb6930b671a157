import { dateIn } from './date-text.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = `(${months.join('|')})[a-z]*`
const dayMonthYear = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\.? ${monthName}\\.?,? (\\d{4})(?!\\d)`, 'i')
const monthDayYear = new RegExp(`\\b${monthName}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, 'i')

/** The day as ISO date; undefined when the calendar does not have it: 31 February is no day in March. */
function existing(year: string, month: string | number, day: string): string | undefined {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined
}

const monthNumber = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1

/** `二〇二四年一月十五日` with digits. */
function withDigits(text: string): string {
  const digit = (character: string): number => '〇一二三四五六七八九'.indexOf(character)
  return text
    .replace(/[零○]/g, '〇')
    .replace(/[〇一二三四五六七八九]{4}(?=年)/, (year) => [...year].map(digit).join(''))
    .replace(/([一二三]?)(十?)([一二三四五六七八九]?)(?=[月日])/g, (_, tens: string, ten: string, ones: string) => {
      if (ten === '') return tens || ones ? String(digit(tens || ones)) : ''
      return String((tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0))
    })
}

/**
 * The day that a value says, as ISO date: `2013-01-10`, `2013/1/10`, `2013.1.10`, `20130110`, `2013年1月10日`,
 * `二〇一三年一月十日`, in full width too, with or without a time of day behind it; `10 January 2013`,
 * `Jan 10, 2013`, `10.01.2013`. Undefined for anything else, also for days that the calendar does not have.
 */
export function isoDateOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = withDigits(String(value).normalize('NFKC').trim().slice(0, 100))
  const match =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text) ??
    /^(\d{4}) ?(年) ?(\d{1,2}) ?月 ?(\d{1,2}) ?日/.exec(text) ??
    /^(\d{4})()(\d{2})(\d{2})(?!\d)/.exec(text)
  if (match) {
    const [, year = '', , month = '', day = ''] = match
    return existing(year, month, day)
  }
  const [, day = '', name = '', year = ''] = dayMonthYear.exec(text) ?? []
  if (year) return existing(year, monthNumber(name), day)
  const [, first = '', date = '', last = ''] = monthDayYear.exec(text) ?? []
  if (last) return existing(last, monthNumber(first), date)
  return /^\d{1,2}[-/.]/.test(text) ? dateIn(text) : undefined
}
