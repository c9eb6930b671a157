import { ref } from 'vue'
import { defineStore } from 'pinia'
import { ArchiveError } from '../../archive/errors.ts'
import type { IssueKey, PageFacts } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import { useLibraryStore } from '../library/library-store.ts'
import { useNoticeStore } from '../shell/notice-store.ts'
import type { TakenPart } from './taken-parts.ts'

const SAID_MS = 5000

/** What a reader takes along, and what is said when it is done. */
export const useTakeawayStore = defineStore('takeaway', () => {
  const library = useLibraryStore()
  const notices = useNoticeStore()
  /** A sentence that goes away by itself. */
  const said = ref('')
  /** A rectangle of the page is being chosen. */
  const choosingRegion = ref(false)
  let saying: ReturnType<typeof setTimeout> | undefined

  function say(text: string): void {
    clearTimeout(saying)
    said.value = text
    saying = setTimeout(() => (said.value = ''), SAID_MS)
  }

  /** The archive with its own id. Throws ArchiveError `no-index` while it could not be read. */
  async function identified(archive: string) {
    const { identity, name, path } = await library.open(archive)
    if (identity === undefined) throw new ArchiveError('no-index', { file: path })
    return { identity, name }
  }

  /** What is known of the pages' files, one of each part. */
  function factsOf(archive: string, issue: IssueKey, parts: TakenPart[]): Promise<PageFacts[]> {
    const { title, date, edition } = issue
    return Promise.all(parts.map(({ page }) => api.takeaway.facts({ archive, title, date, edition, page: page.id })))
  }

  /** Puts a text into the clipboard and says so. */
  async function copy(text: string | Promise<string>, done: string): Promise<void> {
    try {
      await api.takeaway.copy({ text: await text })
      say(done)
    } catch (problem) {
      notices.report(problem)
    }
  }

  const openWindow = (path: string) => api.window.open({ path }).catch((problem: unknown) => notices.report(problem))

  return { said, say, choosingRegion, identified, factsOf, copy, openWindow }
})
