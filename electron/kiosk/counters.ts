import { readFileSync } from 'node:fs'
import { writeAtomic } from '../../archive/files.ts'
import type { KioskCounts } from '../bridge/kiosk-views.ts'

/** How much this screen is used, by day. Nobody's words, titles or times are in it. */
export interface Counters {
  add: (what: keyof KioskCounts, number?: number) => void
  read: () => { today: KioskCounts; total: KioskCounts }
  /** Writes what was counted; called now and then, and at the end. */
  keep: () => Promise<void>
}

const none: KioskCounts = { visits: 0, pages: 0, articles: 0, searches: 0, printed: 0, saved: 0 }
const names = Object.keys(none) as (keyof KioskCounts)[]
const daysKept = 400

export function openCounters(
  file: string,
  today: () => string = () => new Date().toISOString().slice(0, 10),
): Counters {
  const days = new Map(Object.entries(readDays(file)))
  let changed = false
  const of = (day: string): KioskCounts => days.get(day) ?? none
  return {
    add: (what, number = 1) => {
      const day = today()
      days.set(day, { ...of(day), [what]: of(day)[what] + number })
      changed = true
    },
    read: () => {
      const total = { ...none }
      for (const counts of days.values()) for (const name of names) total[name] += counts[name]
      return { today: of(today()), total }
    },
    keep: async () => {
      if (!changed) return
      changed = false
      const kept = [...days].sort(([one], [other]) => one.localeCompare(other)).slice(-daysKept)
      await writeAtomic(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
    },
  }
}

/** What is damaged in the file is begun anew. */
function readDays(file: string): Record<string, KioskCounts> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Partial<Record<string, unknown>>>
    const days = Object.entries(value).filter(([day]) => /^\d{4}-\d{2}-\d{2}$/.test(day))
    return Object.fromEntries(days.map(([day, counts]) => [day, countsOf(counts)]))
  } catch {
    return {}
  }
}

function countsOf(value: Partial<Record<string, unknown>>): KioskCounts {
  const numbers = names.map((name) => [name, Number.isSafeInteger(value?.[name]) ? Number(value[name]) : 0])
  return { ...none, ...(Object.fromEntries(numbers) as Partial<KioskCounts>) }
}
