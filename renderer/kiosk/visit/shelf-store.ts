import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { TitleSummary } from '../../../archive/model.ts'
import type { IssueSummary, IssueView, LibraryEntry } from '../../../electron/bridge/views.ts'
import { api, listen } from '../../shared/api.ts'

/** A newspaper that visitors may read. */
export interface ShelfTitle extends TitleSummary {
  archive: string
  archiveName: string
}

/** The newspapers of all archives of the policy, and their issues. */
export const useShelfStore = defineStore('shelf', () => {
  const entries = shallowRef<LibraryEntry[]>([])
  const loaded = ref(false)
  const chosen = ref('')
  const issues = shallowRef<ReadonlyMap<string, IssueSummary[]>>(new Map())
  const asked = new Set<string>()

  const nameOf = ({ archive, id }: Pick<ShelfTitle, 'archive' | 'id'>) => `${archive}/${id}`
  const titles = computed<ShelfTitle[]>(() =>
    entries.value
      .filter((entry) => entry.state === 'ready')
      .flatMap((entry) => entry.titles.map((title) => ({ ...title, archive: entry.id, archiveName: entry.name })))
      .filter((title) => title.issues > 0),
  )
  /** The one whose issues are shown first. */
  const title = computed(() => titles.value.find((each) => nameOf(each) === chosen.value) ?? titles.value[0])
  const issuesOf = (of: ShelfTitle | undefined) => (of && issues.value.get(nameOf(of))) ?? []

  async function load(): Promise<void> {
    try {
      entries.value = await api.library.list()
    } finally {
      loaded.value = true
    }
  }

  /** Reads the issues of a title, once; one that cannot be read has none. */
  async function loadIssues(of: ShelfTitle): Promise<IssueSummary[]> {
    const name = nameOf(of)
    if (!asked.has(name)) {
      asked.add(name)
      const found = await api.issues.ofTitle({ archive: of.archive, title: of.id }).catch(() => undefined)
      if (found) issues.value = new Map(issues.value).set(name, found)
      else asked.delete(name)
    }
    return issuesOf(of)
  }

  function choose(of: ShelfTitle): void {
    chosen.value = nameOf(of)
  }

  /** The whole issue, for its front page; undefined when it cannot be read. */
  function read(archive: string, { title: of, date, edition }: IssueSummary): Promise<IssueView | undefined> {
    return api.issues.read({ archive, title: of, date, edition }).catch(() => undefined)
  }

  for (const event of ['archive.changed', 'kiosk.changed'] as const) {
    listen(event, () => {
      asked.clear()
      void load().catch(() => undefined)
    })
  }

  return { entries, loaded, titles, title, nameOf, issuesOf, load, loadIssues, choose, read }
})
