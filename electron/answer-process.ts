import { ArchiveError } from '../archive/errors.ts'
import {
  issuesOfTitle,
  locatePagePicture,
  locatePhoto,
  newestIssues,
  openReading,
  readInfo,
  type IssueName,
  type Reading,
} from '../archive/reading.ts'
import { findInArchive, openArchiveSearch, type ArchiveSearch, type FoundArticles } from '../archive/archive-search.ts'
import { suggestQueries } from '../archive/search-suggestions.ts'
import {
  articleView,
  dayIssues,
  issueSummary,
  issueView,
  loadIssue,
  thumbnailUrl,
  type LoadedIssue,
} from './issue-views.ts'
import type { SearchView } from './bridge/views.ts'
import { searchView } from './search-view.ts'
import { searchesUnderWay } from './searches-under-way.ts'
import { hostService } from './service-host.ts'
import type { AnswerService } from './services.ts'

/** The answering process: what is on the shelf is opened once and asked often. */
interface OpenArchive {
  reading: Reading
  search: ArchiveSearch | undefined
  /** The issues read last: turning pages and opening articles stays within one. */
  issues: Map<string, Promise<LoadedIssue>>
}

const archives = new Map<string, OpenArchive>()
const issuesKept = 8

const service: AnswerService = {
  open: async ({ archive, path, cache }) => {
    const reading = await openReading(path, cache)
    closeArchive(archive)
    archives.set(archive, { reading, search: undefined, issues: new Map() })
    const { titles, totals } = readInfo(reading)
    const covers = newestIssues(reading, 3).flatMap((row) =>
      row.cover === null ? [] : [thumbnailUrl(archive, row.cover, row.coverThumbnail) ?? ''],
    )
    return { name: reading.declaration.name, titles, totals, covers, upToDate: reading.upToDate }
  },
  close: async ({ archive }) => {
    closeArchive(archive)
    return undefined
  },
  issuesOfTitle: async ({ archive, title }) =>
    issuesOfTitle(opened(archive).reading, title).map((row) => issueSummary(archive, row)),
  issuesOfDay: async ({ archive, date }) => dayIssues(archive, opened(archive).reading, date),
  readIssue: async ({ archive, ...name }) =>
    issueView(archive, opened(archive).reading, await keptIssue(archive, name)),
  readArticle: async ({ archive, article, ...name }) => articleView(archive, await keptIssue(archive, name), article),
  find: (input) => searches.find(input),
  suggest: async ({ archive, text }) => {
    const open = opened(archive)
    open.search ??= await openArchiveSearch(open.reading)
    return suggestQueries(open.search, text)
  },
  cancelFind: async ({ client }) => {
    searches.cancel(client)
    return undefined
  },
  locate: async ({ archive, kind, id, part }) => {
    const { reading } = opened(archive)
    return kind === 'photo' ? locatePhoto(reading, id, part) : locatePagePicture(reading, id, kind)
  },
}

const send = hostService(service, process.parentPort)

const searches = searchesUnderWay({
  ask: async ({ archive, query }, control) => {
    const open = opened(archive)
    const search = (open.search ??= await openArchiveSearch(open.reading))
    const view = (found: FoundArticles): SearchView => searchView(archive, open.reading, found)
    const { onPage, signal } = control
    const found = await findInArchive(search, query, { signal, onPage: (page) => onPage(view(page)) })
    if (search.index.damaged().length > 0) send({ type: 'damaged', archive })
    return view(found)
  },
  tell: (client, counted) => send({ type: 'counted', client, counted }),
})

function opened(archive: string): OpenArchive {
  const open = archives.get(archive)
  if (!open) throw new ArchiveError('not-found', { file: archive })
  return open
}

function closeArchive(archive: string): void {
  const open = archives.get(archive)
  open?.search?.close()
  open?.reading.close()
  archives.delete(archive)
}

function keptIssue(archive: string, { title, date, edition }: IssueName): Promise<LoadedIssue> {
  const { reading, issues } = opened(archive)
  const key = `${title}/${date}/${edition}`
  const kept = issues.get(key) ?? loadIssue(reading, { title, date, edition })
  // Asked again, it moves to the end; the one longest unasked goes first.
  issues.delete(key)
  issues.set(key, kept)
  kept.catch(() => issues.delete(key))
  const [oldest] = issues.keys()
  if (issues.size > issuesKept && oldest !== undefined) issues.delete(oldest)
  return kept
}
