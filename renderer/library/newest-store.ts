import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DayIssue, LibraryEntry } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'

/** How many issues of an archive there is room for. */
export const newestShown = 3

/** The newest issues of the archives on the shelf, for a window that has room for them. */
export const useNewestStore = defineStore('newest', () => {
  const issues = shallowRef<ReadonlyMap<string, DayIssue[]>>(new Map())
  /** What each was read of: an archive that was changed is read again. */
  const read = new Map<string, string>()

  async function load(entry: LibraryEntry): Promise<void> {
    const { id, titles, totals, covers } = entry
    const state = JSON.stringify([totals, covers, titles.map(({ id: title, last }) => [title, last])])
    if (read.get(id) === state) return
    read.set(id, state)
    try {
      const found = await newestOf(entry)
      if (read.get(id) === state) issues.value = new Map(issues.value).set(id, found)
    } catch {
      // What is wrong with the archive its card says; its next change asks again.
      if (read.get(id) === state) read.delete(id)
    }
  }

  return { issues, load }
})

/** The last issue of each newspaper; where those are few, the issues before the newest as well. */
async function newestOf({ id: archive, titles }: LibraryEntry): Promise<DayIssue[]> {
  const latest = [...titles].sort((one, other) => other.last.localeCompare(one.last)).slice(0, newestShown)
  const days = new Map<string, Promise<DayIssue[]>>()
  const dayOf = (date: string): Promise<DayIssue[]> => {
    const asked = days.get(date) ?? api.issues.ofDay({ archive, date })
    days.set(date, asked)
    return asked
  }
  const lastOf = async ({ id, last }: (typeof latest)[number]) =>
    (await dayOf(last)).findLast((issue) => issue.title === id)
  const found = (await Promise.all(latest.map(lastOf))).filter((issue) => issue !== undefined)
  let oldest = found[0]
  while (oldest && found.length < newestShown) {
    const { title, date, edition } = oldest
    const { previous } = await api.issues.glance({ archive, title, date, edition })
    if (!previous) break
    oldest = (await dayOf(previous.date)).find(
      (issue) => issue.title === previous.title && issue.edition === previous.edition,
    )
    if (oldest) found.push(oldest)
  }
  return found.sort((one, other) => other.date.localeCompare(one.date))
}
