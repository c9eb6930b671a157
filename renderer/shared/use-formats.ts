import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { dateOfIso } from './iso-date.ts'

const tags: Record<string, string> = { 'zh-Hans': 'zh-Hans-CN', 'zh-Hant': 'zh-Hant-TW', en: 'en-US' }

/** Dates and numbers in the language of the interface. */
export function useFormats() {
  const { locale, t } = useI18n()
  const formats = computed(() => {
    const tag = tags[locale.value] ?? 'en-US'
    // Calendar and digits stay as the papers print them, whatever the system prefers.
    const day = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(tag, { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn', ...options })
    return {
      number: new Intl.NumberFormat(tag),
      list: new Intl.ListFormat(tag, { style: 'narrow' }),
      date: day({ dateStyle: 'long' }),
      dateShort: day({ year: 'numeric', month: 'short', day: 'numeric' }),
      weekday: day({ weekday: 'long' }),
      weekdayNarrow: day({ weekday: 'narrow' }),
      month: day({ month: locale.value === 'en' ? 'long' : 'numeric' }),
      monthShort: day({ month: locale.value === 'en' ? 'short' : 'numeric' }),
      yearMonth: day({ year: 'numeric', month: 'long' }),
      monthDay: day({ month: 'long', day: 'numeric' }),
    }
  })
  const chinese = computed(() => locale.value !== 'en')

  return {
    number: (value: number) => formats.value.number.format(value),
    /** 长江、黄河和淮河 · Yangtze, Huai, Yellow River */
    list: (parts: readonly string[]) => formats.value.list.format(parts),
    /** A text with a `{count}`, in its plural form. */
    counted: (key: string, count: number) => t(key, { count: formats.value.number.format(count) }, count),
    /** 2013年1月10日 · January 10, 2013 */
    date: (iso: string) => formats.value.date.format(dateOfIso(iso)),
    /** 2013年1月10日 · Jan 10, 2013 */
    dateShort: (iso: string) => formats.value.dateShort.format(dateOfIso(iso)),
    /** 2013年1月10日 星期四 · Thursday, January 10, 2013 */
    dateWithWeekday: (iso: string) => {
      const date = formats.value.date.format(dateOfIso(iso))
      const weekday = formats.value.weekday.format(dateOfIso(iso))
      return chinese.value ? `${date} ${weekday}` : `${weekday}, ${date}`
    },
    weekday: (iso: string) => formats.value.weekday.format(dateOfIso(iso)),
    /** 1月10日 · January 10 */
    monthDay: (iso: string) => formats.value.monthDay.format(dateOfIso(iso)),
    /** 1月 · January */
    month: (month: number) => formats.value.month.format(new Date(Date.UTC(2000, month - 1, 1))),
    /** 1月 · Jan */
    monthShort: (month: number) => formats.value.monthShort.format(new Date(Date.UTC(2000, month - 1, 1))),
    yearMonth: (iso: string) => formats.value.yearMonth.format(dateOfIso(iso)),
    /** 一 or M, Monday first. */
    weekdayNarrow: (fromMonday: number) =>
      formats.value.weekdayNarrow.format(new Date(Date.UTC(2024, 0, 1 + fromMonday))),
    /** 2004—2024, or one year. */
    years: (first: string, last: string) => {
      const [from, to] = [first.slice(0, 4), last.slice(0, 4)]
      if (from === to) return from
      return chinese.value ? `${from}—${to}` : `${from}–${to}`
    },
  }
}
