import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { ArchiveError } from '../../archive/errors.ts'
import type { IssueView, PageView } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import type { BesidePlace } from './beside-place.ts'
import { sameIssue } from '../shared/same-issue.ts'
import { sharpened } from './sharpened-issue.ts'
import type { ReadTiles } from './tile-loading.ts'

/** The page that stands beside the one that is read, to compare them. */
export const useBesideStore = defineStore('beside', () => {
  const issue = shallowRef<IssueView>()
  const pageId = ref('')
  const problem = shallowRef<unknown>()
  let archive = ''
  let asked = 0

  const page = computed(() => {
    const pages = issue.value?.pages
    return pages?.find((each) => each.id === pageId.value) ?? pages?.[0]
  })
  const index = computed(() => issue.value?.pages.findIndex((each) => each.id === page.value?.id) ?? -1)

  /** Shows a page; what is shown stays until it is there. */
  async function show(nextArchive: string, wanted: BesidePlace): Promise<void> {
    const turn = ++asked
    if (!issue.value || archive !== nextArchive || !sameIssue(issue.value, wanted.issue)) {
      try {
        const read = await api.issues.read({ archive: nextArchive, ...wanted.issue })
        if (turn !== asked) return
        archive = nextArchive
        issue.value = read
        problem.value = undefined
      } catch (error) {
        if (turn !== asked) return
        issue.value = undefined
        problem.value = error
      }
    }
    pageId.value = wanted.page
  }

  /** Has the tiles of a large page made, if they are not there. */
  async function sharpen(): Promise<void> {
    const [of, shown] = [issue.value, page.value]
    if (!of || !shown?.tiles || shown.tiles.made) return
    const { title, date, edition } = of
    try {
      await api.issues.makeTiles({ archive, title, date, edition, page: shown.id })
      if (issue.value && sameIssue(issue.value, of)) issue.value = sharpened(issue.value, shown.id)
    } catch (error) {
      // The reduced picture stays.
      if (!(error instanceof ArchiveError)) throw error
    }
  }

  /** How tiles of a page of that issue are read. */
  function tilesOf({ id }: PageView): ReadTiles {
    const [at, of] = [archive, issue.value]
    return async (tiles) => {
      if (!of) return []
      const { title, date, edition } = of
      return api.issues.tiles({ archive: at, title, date, edition, page: id, tiles })
    }
  }

  return { issue, page, index, problem, show, sharpen, tilesOf }
})
