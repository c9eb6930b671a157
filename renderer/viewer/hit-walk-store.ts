import { ref } from 'vue'
import { defineStore } from 'pinia'
import { ArchiveError } from '../../archive/errors.ts'
import type { SearchQuery } from '../../archive/model.ts'
import type { IssueKey } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import { addDays } from '../shared/iso-date.ts'
import { issueAfterStep } from './hit-places.ts'
import { useViewerStore } from './viewer-store.ts'

/** Editions of one day that have a hit are not more. */
const MOST_OF_A_DAY = 200

/** An issue of the same title where the query stands, and a page of it. */
interface IssueFound {
  issue: IssueKey
  page: string
}

/** Walking from hit to hit over the issues of a title, and how near the page comes. */
export const useHitWalkStore = defineStore('hit-walk', () => {
  const viewerStore = useViewerStore()
  /** Each hit is shown at reading size; otherwise the page stays as large as it is. */
  const zooms = ref(false)
  /** The query that no other issue of the title has. */
  const alone = ref('')
  let looking = false

  /**
   * The next (1) or last (-1) issue of this title with a hit, in edition order, around the end of the title; undefined
   * when there is no other one.
   */
  async function otherIssue(step: 1 | -1): Promise<IssueFound | undefined> {
    const of = viewerStore.issue
    const text = viewerStore.query
    if (!of || text.trim() === '' || looking) return undefined
    looking = true
    try {
      const sort = step > 0 ? 'oldest' : 'newest'
      const day = addDays(of.date, step)
      const beyond = step > 0 ? { from: day } : { to: day }
      const stretches: Omit<SearchQuery, 'text'>[] = [
        { from: of.date, to: of.date, limit: MOST_OF_A_DAY },
        { ...beyond, limit: 1 },
        { limit: 1 },
      ]
      for (const [index, stretch] of stretches.entries()) {
        const query: SearchQuery = { text, titles: [of.title], sort, ...stretch }
        const { hits } = await api.search.find({ archive: viewerStore.archive, scope: 'reader', query })
        const keys = hits.map(({ issue, pageId, boxes }) => ({ issue, page: boxes[0]?.page ?? pageId }))
        const found = issueAfterStep(keys, of, step, index === 0)
        if (found) return found
      }
      alone.value = text
      return undefined
    } catch (error) {
      // A search that cannot be understood is explained where it is typed.
      if (!(error instanceof ArchiveError)) throw error
      return undefined
    } finally {
      looking = false
    }
  }

  return { zooms, alone, otherIssue }
})
