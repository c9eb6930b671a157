import { fromDatabaseError } from '../archive/catalogue.ts'
import { ArchiveError } from '../archive/errors.ts'
import {
  issuesOfTitle,
  locatePagePicture,
  locatePhoto,
  newestIssues,
  findIssue,
  openReading,
  pageLabelOf,
  holdsTitle,
  readInfo,
  readPageTiles,
  wordBoxesOf,
  type IssueName,
  type Reading,
} from '../archive/reading.ts'
import {
  daysInArchive,
  findInArchive,
  openArchiveSearch,
  type ArchiveSearch,
  type FoundArticles,
} from '../archive/search-catalogue.ts'
import { trendsInArchive } from '../archive/search-trends.ts'
import { annotationsService } from './annotations-service.ts'
import { answerCheck } from './answer-check.ts'
import { suggestQueries } from '../archive/search-suggestions.ts'
import { pageThroughTime } from '../archive/page-through-time.ts'
import { correctedIssue } from '../archive/annotations/text-corrections.ts'
import { textLines } from '../archive/text-lines.ts'
import { wordsInRanges } from '../archive/word-boxes.ts'
import {
  articleView,
  datedPage,
  dayIssues,
  issueGlance,
  issueSummary,
  issueView,
  loadIssue,
  thumbnailUrl,
  type LoadedIssue,
} from './issue-views.ts'
import type { SearchView } from './bridge/views.ts'
import { originsView } from './origins-view.ts'
import { searchView } from './search-view.ts'
import { searchesUnderWay } from './searches-under-way.ts'
import { hostService } from './service-host.ts'
import type { AnswerService } from './services.ts'

/** The answering process: what is on the shelf is opened once and asked often. */
interface OpenArchive {
  reading: Reading
  search: Promise<ArchiveSearch> | undefined
  /** The issues read last: turning pages and opening articles stays within one. */
  issues: Map<string, Promise<LoadedIssue>>
  /** Answers under way. What was opened again meanwhile is closed when the last of them is given. */
  users: number
  closing: boolean
}

const archives = new Map<string, OpenArchive>()
const issuesKept = 8

const { corrections, ...notes } = annotationsService({
  folder: process.argv.at(-1) ?? '',
  homeOf: ({ archive, title }) => {
    const all = [...archives]
    const same = all.find(([, { reading }]) => reading.declaration.id === archive)
    const held = same ?? all.find(([, { reading }]) => holdsTitle(reading, title))
    return held?.[0]
  },
  holds: (archive, title) => {
    const open = archives.get(archive)
    return open !== undefined && holdsTitle(open.reading, title)
  },
  readings: () => [...archives.values()].map(({ reading }) => reading),
  withIssue: ({ archive, ...name }, answer) =>
    using(archive, async (open) => {
      const { document, articles } = await keptIssue(open, name)
      return answer({ reading: open.reading, document, articles })
    }),
})

const service: AnswerService = {
  ...notes,
  open: async ({ archive, path, cache }) => {
    const reading = await openReading(path, cache)
    closeArchive(archive)
    archives.set(archive, { reading, search: undefined, issues: new Map(), users: 0, closing: false })
    const { titles, totals } = readInfo(reading)
    const covers = newestIssues(reading, 3).flatMap((row) =>
      row.cover === null ? [] : [thumbnailUrl(archive, row.cover, row.coverThumbnail) ?? ''],
    )
    const { id: identity, name } = reading.declaration
    return { identity, name, titles, totals, covers, upToDate: reading.upToDate }
  },
  close: async ({ archive }) => {
    closeArchive(archive)
    return undefined
  },
  issuesOfTitle: async ({ archive, title }) =>
    issuesOfTitle(opened(archive).reading, title).map((row) => issueSummary(archive, row)),
  pageThroughTime: async ({ archive, title, label }) =>
    pageThroughTime(opened(archive).reading, title, label).map((row) => datedPage(archive, row)),
  issuesOfDay: async ({ archive, date }) => dayIssues(archive, opened(archive).reading, date),
  glanceIssue: ({ archive, ...name }) => using(archive, async ({ reading }) => issueGlance(archive, reading, name)),
  readIssue: ({ archive, ...name }) =>
    using(archive, async (open) => {
      const loaded = await keptIssue(open, name)
      const made = corrections({ reading: open.reading, ...loaded }, { archive, ...name })
      return issueView(archive, open.reading, { ...loaded, document: correctedIssue(loaded.document, made) })
    }),
  readOrigins: ({ archive, article, ...name }) =>
    using(archive, async (open) => originsView(await keptIssue(open, name), article)),
  readArticle: ({ archive, article, asDelivered, ...name }) =>
    using(archive, async (open) => {
      const loaded = await keptIssue(open, name)
      const made = corrections({ reading: open.reading, ...loaded }, { archive, ...name })
      const own = (made.get(article) ?? []).map(({ note, was, now }) => ({ note, was, now }))
      const document = asDelivered ? loaded.document : correctedIssue(loaded.document, made)
      return { ...articleView(archive, { ...loaded, document }, article), ...(own.length > 0 && { corrections: own }) }
    }),
  articleLines: ({ archive, article, ...name }) =>
    using(archive, async (open) => {
      const { articles, document } = await keptIssue(open, name)
      const found = document.articles.find(({ id }) => id === article)
      const row = articles.get(article)
      const packed = row === undefined ? undefined : wordBoxesOf(open.reading, row)
      return found && packed ? textLines(found, wordsInRanges(packed, [[0, Number.MAX_SAFE_INTEGER]])) : []
    }),
  find: (input) => searches.find(input),
  findDays: (input) =>
    searches.only(input, (signal) =>
      using(input.archive, async (open) => daysInArchive(await searchOf(open), input.query, { signal })),
    ),
  trends: ({ archive, client, ...asked }) =>
    searches.only({ client, scope: 'trends' }, (signal) =>
      using(archive, async (open) => trendsInArchive(await searchOf(open), asked, signal)),
    ),
  suggest: ({ archive, text }) => using(archive, async (open) => suggestQueries(await searchOf(open), text)),
  cancelFind: async ({ client, scope }) => {
    searches.cancel(client, scope)
    return undefined
  },
  checkUp: () => answerCheck(archives),
  locate: ({ archive, kind, id, part }) =>
    using(archive, async ({ reading }) => {
      if (kind === 'made') throw new ArchiveError('missing-file', { file: `made ${id}` })
      if (kind === 'photo') return { path: await locatePhoto(reading, id, part) }
      return { path: await locatePagePicture(reading, id, kind) }
    }),
  namePage: ({ archive, page, ...name }) =>
    using(archive, async ({ reading }) => {
      const { id, titleName } = findIssue(reading, name)
      return { titleName, pageLabel: pageLabelOf(reading, id, page) }
    }),
  tiles: ({ archive, page, tiles, ...name }) =>
    using(archive, async ({ reading }) => readPageTiles(reading, findIssue(reading, name).id, page, tiles)),
}

const send = hostService(service, process.parentPort, (error) => fromDatabaseError(error, 'catalogue.sqlite'))

const searches = searchesUnderWay({
  ask: ({ archive, query }, { signal, onPage }) =>
    using(archive, async (open) => {
      const search = await searchOf(open)
      const view = (found: FoundArticles): SearchView => searchView(archive, open.reading, found)
      const control = { signal, partial: true, onPage: (page: FoundArticles) => onPage(view(page)) }
      return view(await findInArchive(search, query, control))
    }),
  tell: (client, counted) => send({ type: 'counted', client, counted }),
})

function opened(archive: string): OpenArchive {
  const open = archives.get(archive)
  if (!open) throw new ArchiveError('not-found', { file: archive })
  return open
}

/** The archive's search, opened once; of a damaged index what can be read, which every answer then says. */
async function searchOf(open: OpenArchive): Promise<ArchiveSearch> {
  open.search ??= openArchiveSearch(open.reading, { partial: true }).catch((error: unknown) => {
    open.search = undefined
    throw error
  })
  return open.search
}

function closeArchive(archive: string): void {
  const open = archives.get(archive)
  archives.delete(archive)
  if (!open) return
  open.closing = true
  closeUnused(open)
}

function closeUnused(open: OpenArchive): void {
  if (!open.closing || open.users > 0) return
  // Nobody uses it any more: by now it is open or could not be opened.
  open.search?.then((search) => search.close()).catch(() => undefined)
  open.reading.close()
}

/** Runs an answer that takes longer than a moment on an archive that stays open until it is given. */
async function using<Answer>(archive: string, answer: (open: OpenArchive) => Promise<Answer>): Promise<Answer> {
  const open = opened(archive)
  open.users += 1
  try {
    return await answer(open)
  } finally {
    open.users -= 1
    closeUnused(open)
  }
}

function keptIssue({ reading, issues }: OpenArchive, { title, date, edition }: IssueName): Promise<LoadedIssue> {
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
