import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveError } from '../../archive/errors.ts'
import type { SearchQuery, TitleSummary } from '../../archive/model.ts'
import type { KioskPolicy } from '../../archive/kiosk/policy.ts'
import type { ArchiveState, LibraryEntry, OpenedArchive } from '../bridge/views.ts'
import { shelfId, type Library } from '../library.ts'

export interface PolicyArchive {
  id: string
  path: string
  name: string
  state: ArchiveState
}

interface ShownParts {
  policy: Pick<KioskPolicy, 'archives' | 'titles'>
  library: Library
  /** Makes catalogue and index of an archive that came without. */
  prepare: (archive: OpenedArchive) => void
  log: (text: string) => void
  /** Something can be read that could not before, or the other way round. */
  changed: (recovered: boolean) => void
}

/** What of the policy's archives and titles visitors see. */
export interface ShownArchives {
  /** Opens what can be opened; to be called at the start and every few seconds. */
  look: () => Promise<void>
  all: () => PolicyArchive[]
  shown: () => string[]
  /** Throws ArchiveError `not-found` for one that the policy does not name. */
  choose: (archives: string[]) => void
  offline: () => boolean
  list: () => Promise<LibraryEntry[]>
  open: (archive: string) => Promise<OpenedArchive>
  /** Throws ArchiveError `not-found` for an archive or a title that visitors do not see. */
  check: (archive: string, title?: string) => void
  sees: (title: string) => boolean
  /** The policy keeps titles of its archives from visitors. */
  hidesTitles: boolean
  /** The query, within the titles that visitors see. */
  narrowed: (query: SearchQuery) => SearchQuery
}

export function shownArchives({ policy, library, prepare, log, changed }: ShownParts): ShownArchives {
  const known = new Map<string, PolicyArchive>(
    policy.archives.map((path) => {
      const id = shelfId(path)
      return [id, { id, path, name: '', state: 'offline' }]
    }),
  )
  let chosen = [...known.keys()]
  const sees = (title: string): boolean => policy.titles?.includes(title) ?? true
  const check = (archive: string, title?: string): void => {
    if (!chosen.includes(archive)) throw new ArchiveError('not-found', { file: archive })
    if (title !== undefined && !sees(title)) throw new ArchiveError('not-found', { file: title })
  }
  const titlesOf = (titles: TitleSummary[]): TitleSummary[] => titles.filter(({ id }) => sees(id))
  /** Without the folder, which is nobody's business, and the place that another visitor read last. */
  const bare = <Entry extends LibraryEntry | OpenedArchive>(entry: Entry): Entry => ({
    ...entry,
    path: '',
    lastRead: undefined,
    titles: titlesOf(entry.titles),
  })
  const note = (archive: PolicyArchive, state: ArchiveState, name: string, why: string): void => {
    const before = archive.state
    Object.assign(archive, { state, name: name || archive.name })
    if (before === state) return
    log(`archive ${archive.path}: ${state}${why && ` (${why})`}`)
    changed(state === 'ready')
  }
  const lookAt = async (archive: PolicyArchive): Promise<void> => {
    if (!(await isThere(archive.path))) return note(archive, 'offline', '', 'not there')
    if (archive.state === 'ready') return
    try {
      const opened = await library.openPath(archive.path)
      if (opened.state === 'unprepared') prepare(opened)
      note(archive, opened.state, opened.name, '')
    } catch (error) {
      const code = error instanceof ArchiveError ? error.code : 'internal'
      note(archive, ['not-found', 'unreadable-file'].includes(code) ? 'offline' : 'damaged', '', code)
    }
  }

  return {
    look: async () => {
      for (const archive of known.values()) await lookAt(archive)
    },
    all: () => [...known.values()].map((archive) => ({ ...archive })),
    shown: () => [...chosen],
    choose: (archives) => {
      const unknown = archives.find((id) => !known.has(id))
      if (unknown !== undefined) throw new ArchiveError('not-found', { file: unknown })
      chosen = [...known.keys()].filter((id) => archives.includes(id))
    },
    offline: () => chosen.every((id) => known.get(id)?.state !== 'ready'),
    list: async () => {
      const entries = new Map((await library.list()).map((entry) => [entry.id, entry]))
      return chosen.flatMap((id) => {
        const entry = entries.get(id)
        const state = known.get(id)?.state ?? 'offline'
        return entry ? [{ ...bare(entry), state }] : []
      })
    },
    open: async (archive) => {
      check(archive)
      return bare(await library.open(archive))
    },
    check,
    sees,
    hidesTitles: policy.titles !== undefined,
    narrowed: (query) => {
      if (policy.titles === undefined) return query
      const wanted = query.titles?.filter(sees) ?? policy.titles
      // A query for hidden titles alone finds nothing, rather than everything.
      return { ...query, titles: wanted.length > 0 ? wanted : ['\0'] }
    },
  }
}

/** A share that sleeps answers late, one that died never. */
const patienceMs = 4000

/** Whether an archive stands at a path now. */
async function isThere(path: string): Promise<boolean> {
  const found = access(join(path, 'banmian.json')).then(
    () => true,
    () => false,
  )
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patienceMs).unref())
  return Promise.race([found, late])
}
