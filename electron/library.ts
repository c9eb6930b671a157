import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { ArchiveError, type ErrorCode } from '../archive/errors.ts'
import { writeAtomic } from '../archive/files.ts'
import type { TitleSummary, Totals } from '../archive/model.ts'
import type { ArchiveState, LibraryEntry, OpenedArchive, ReadingPlace } from './bridge/views.ts'
import type { AnsweredArchive, AnswerService } from './services.ts'

/** An archive on the shelf as kept on disk; what it held is remembered, so that the shelf is drawn without it. */
interface ShelfEntry {
  id: string
  /** The archive's own id, once it was read. */
  identity?: string
  path: string
  opened: string
  name: string
  titles: TitleSummary[]
  totals: Totals
  /** URLs of the front pages it was last seen with. */
  covers?: string[]
  lastRead?: ReadingPlace
  /** It came with the program, and is where the program is now: a single-file package is elsewhere at each start. */
  shipped?: true
}

export interface Library {
  list: () => Promise<LibraryEntry[]>
  /** As it was last seen: nothing on disk is looked at. */
  shelf: () => LibraryEntry[]
  /** Opens and puts on the shelf. `state` says when it has to be prepared first. */
  openPath: (path: string) => Promise<OpenedArchive>
  open: (id: string) => Promise<OpenedArchive>
  /** Opens again what changed on disk, when it is on the shelf. */
  reopen: (id: string) => Promise<void>
  /**
   * Opens the archive with this own id; of several copies the one opened last that is there. Undefined when none is on
   * the shelf. Throws what keeps it from being opened.
   */
  openIdentity: (identity: string) => Promise<OpenedArchive | undefined>
  forget: (id: string) => Promise<void>
  keepPlace: (id: string, place: ReadingPlace) => Promise<void>
  /**
   * Asks about an archive of the shelf: it is opened first where the answering process does not have it, and asked once
   * more when that process is lost meanwhile.
   */
  ask: <Answer>(id: string, question: () => Promise<Answer>) => Promise<Answer>
  /** The answering process was lost, and with it everything that was open. */
  forgetOpened: () => void
  /** Throws ArchiveError `not-found` for an archive that is not on the shelf. */
  pathOf: (id: string) => string
}

interface LibraryParts {
  /** JSON file of the shelf. */
  file: string
  /** Folder for derived data of archives that cannot be written. */
  cache: string
  answers: AnswerService
  /** Paths that an administrator put on every shelf. */
  given?: readonly string[]
  /** Folder of the sample archive that came with the program. */
  sample?: string
}

const none: Totals = { issues: 0, pages: 0, articles: 0, zones: 0, words: 0 }
/** A share that sleeps must not keep the whole shelf waiting. */
const patience = 4000

/** The id of an archive on this shelf: of its place, since copies of one archive may stand side by side. */
export function shelfId(path: string): string {
  const id = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16)
  // Pictures have it as the host of their URL, where digits alone would be read as an IPv4 address.
  return /[a-f]/.test(id) ? id : `a${id.slice(1)}`
}

export function openLibrary({ file, cache, answers, given = [], sample }: LibraryParts): Library {
  const shelf = new Map(
    [...given.map(unseen), ...readShelf(file).map((entry) => whereItIs(entry, sample))].map((entry) => [
      entry.id,
      entry,
    ]),
  )
  const opened = new Map<string, AnsweredArchive>()
  const opening = new Map<string, Promise<AnsweredArchive>>()

  const save = async (): Promise<void> => {
    const entries = [...shelf.values()].sort(newestFirst)
    await writeAtomic(file, `${JSON.stringify({ version: 1, archives: entries }, null, 2)}\n`)
  }
  const entryOf = (id: string): ShelfEntry => {
    const entry = shelf.get(id)
    if (!entry) throw new ArchiveError('not-found', { file: id })
    return entry
  }
  const answer = async (entry: ShelfEntry): Promise<AnsweredArchive> => {
    const found = await answers.open({ archive: entry.id, path: entry.path, cache })
    opened.set(entry.id, found)
    const { identity, name, titles, totals, covers } = found
    Object.assign(entry, { identity, name, titles, totals, covers })
    return found
  }
  /** Once, however many pictures ask for it together. */
  const ensureOpen = async (id: string): Promise<void> => {
    if (opened.has(id)) return
    const begun = opening.get(id) ?? answer(entryOf(id)).finally(() => opening.delete(id))
    opening.set(id, begun)
    await begun
  }
  const open = async (entry: ShelfEntry): Promise<OpenedArchive> => {
    const found = await answer(entry).catch((error: unknown) => {
      if (error instanceof ArchiveError && stateOf(error.code) === 'unprepared') return undefined
      throw error
    })
    entry.opened = new Date().toISOString()
    if (entry.path === sample) entry.shipped = true
    shelf.set(entry.id, entry)
    await save()
    const { id, identity, path, lastRead, name, titles, totals } = entry
    const state: ArchiveState = found?.upToDate ? 'ready' : 'unprepared'
    return { id, identity, path, lastRead, state, name, titles, totals }
  }
  const openIdentity = async (identity: string): Promise<OpenedArchive | undefined> => {
    // A shelf of an older version does not know the archives' own ids yet.
    for (const entry of shelf.values()) if (entry.identity === undefined) await answer(entry).catch(() => undefined)
    const copies = [...shelf.values()].filter((entry) => entry.identity === identity).sort(newestFirst)
    let problem: unknown
    for (const entry of copies) {
      try {
        return await open(entry)
      } catch (error) {
        problem ??= error
      }
    }
    if (problem) throw problem
    return undefined
  }

  const look = async (entry: ShelfEntry): Promise<LibraryEntry> => {
    const { id } = entry
    try {
      const found = opened.get(id) ?? (await answer(entry))
      const { covers, upToDate } = found
      const fresh = { name: found.name, titles: found.titles, totals: found.totals }
      return { ...seen(entry), ...fresh, covers, state: upToDate ? 'ready' : 'unprepared' }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      const problem = { code: error.code, details: error.details }
      return { ...seen(entry), covers: [], state: stateOf(error.code), problem }
    }
  }

  return {
    list: async () => {
      const entries = [...shelf.values()].sort(newestFirst)
      return Promise.all(entries.map((entry) => within(patience, look(entry), () => late(entry))))
    },
    shelf: () => [...shelf.values()].sort(newestFirst).map((entry) => ({ ...seen(entry), state: 'ready' })),
    openPath: (path) => open(shelf.get(shelfId(path)) ?? unseen(path)),
    open: async (id) => open(entryOf(id)),
    openIdentity,
    reopen: async (id) => {
      const entry = shelf.get(id)
      if (!entry) return
      await answer(entry)
      await save()
    },
    forget: async (id) => {
      shelf.delete(id)
      opened.delete(id)
      await answers.close({ archive: id })
      await save()
    },
    keepPlace: async (id, place) => {
      entryOf(id).lastRead = place
      await save()
    },
    forgetOpened: () => opened.clear(),
    ask: async (id, question) => {
      try {
        await ensureOpen(id)
        return await question()
      } catch (error) {
        if (!(error instanceof ArchiveError && error.code === 'background-stopped')) throw error
        await ensureOpen(id)
        return question()
      }
    },
    pathOf: (id) => entryOf(id).path,
  }
}

const newestFirst = (one: ShelfEntry, other: ShelfEntry): number => other.opened.localeCompare(one.opened)

function stateOf(code: ErrorCode): ArchiveState {
  if (code === 'no-index' || code === 'stale-index') return 'unprepared'
  return code === 'not-found' || code === 'unreadable-file' ? 'offline' : 'damaged'
}

function late(entry: ShelfEntry): LibraryEntry {
  const problem = { code: 'not-found', details: { file: entry.path } }
  return { ...seen(entry), covers: [], state: 'offline', problem }
}

/** What the shelf shows of an archive before anybody looked whether it is there. */
function seen({ id, path, name, titles, totals, lastRead, covers = [] }: ShelfEntry): Omit<LibraryEntry, 'state'> {
  return { id, path, name, titles, totals, lastRead, covers, sample: basename(path) === 'sample-archive' }
}

function whereItIs(entry: ShelfEntry, sample: string | undefined): ShelfEntry {
  if (!entry.shipped || sample === undefined || entry.path === sample) return entry
  return { ...entry, id: shelfId(sample), path: sample, covers: [] }
}

function unseen(path: string): ShelfEntry {
  const name = basename(resolve(path))
  return { id: shelfId(path), path: resolve(path), opened: '', name, titles: [], totals: none }
}

function within<Result>(ms: number, work: Promise<Result>, otherwise: () => Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const clock = new Promise<Result>((resolveLate) => {
    timer = setTimeout(() => resolveLate(otherwise()), ms)
  })
  return Promise.race([work, clock]).finally(() => clearTimeout(timer))
}

function readShelf(file: string): ShelfEntry[] {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as { archives?: unknown }
    return Array.isArray(value.archives) ? (value.archives as ShelfEntry[]).filter((entry) => isEntry(entry)) : []
  } catch {
    return []
  }
}

function isEntry(entry: Partial<ShelfEntry>): boolean {
  return typeof entry.id === 'string' && typeof entry.path === 'string' && entry.id === shelfId(entry.path)
}
