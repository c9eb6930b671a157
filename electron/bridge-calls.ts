import { clipboard, type OpenDialogOptions, type SaveDialogOptions } from 'electron'
import { basename } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import { annotationsBridge } from './annotations-bridge.ts'
import type { IssueKey, OpenedArchive, OpenRequest, Settings } from './bridge/views.ts'
import type { BridgeServer } from './bridge-server.ts'
import type { ClippingsBooks } from './clippings-books.ts'
import type { ChosenPaths } from './chosen-paths.ts'
import type { Jobs } from './jobs.ts'
import type { KeptSearchStore } from './kept-searches.ts'
import { shelfId, type Library } from './library.ts'
import type { AnswerService, WorkService, WorkSource } from './services.ts'
import { loadSettings, saveSettings } from './settings-file.ts'
import type { SettingsStore } from './settings.ts'
import type { Takeaway } from './takeaway.ts'

export interface BridgeParts {
  library: Library
  jobs: Jobs
  settings: SettingsStore
  keptSearches: KeptSearchStore
  chosen: ChosenPaths
  answers: AnswerService
  /** Makes the tiles of a page in the working process. */
  tilePage: (input: { path: string; issue: IssueKey; page: string }) => Promise<undefined>
  /** Opens a path and prepares it when needed. */
  openAsked: (path: string) => Promise<OpenedArchive>
  /** Folder of the sample archive that came with the program. */
  sample?: string
  /** What the command line asked for, once. */
  takeRequested: () => Promise<OpenRequest | undefined>
  /** Results and previews, straight from the working process. */
  work: Pick<WorkService, 'result' | 'saveReport' | 'preview'>
  /** The paths chosen; none when the user changed their mind. */
  showOpenDialog: (options: OpenDialogOptions) => Promise<string[]>
  showSaveDialog: (options: SaveDialogOptions) => Promise<string | undefined>
  /** Of the window with this client's contents. */
  toggleFullScreen: (client: number) => boolean
  takeaway: Takeaway
  books: ClippingsBooks
  /** A window more, at a place of the interface. */
  openWindow: (path: string) => void
  settingsChanged: (settings: Settings) => void
  notesChanged: (ids: string[]) => void
  /** At a desk there is no kiosk: all but `read` are refused. */
  kiosk: BridgeServer['kiosk']
  diagnostics: BridgeServer['diagnostics']
}

type ImportTarget = { kind: 'archive'; archive: string } | { kind: 'chosen'; token: string }

/** What each call of the contract does: hands it to whoever knows. */
export function bridgeServer(parts: BridgeParts): BridgeServer {
  const { library, jobs, settings, chosen, answers, openAsked } = parts
  /** An answer about an archive of the shelf. */
  const about = async <Answer>(archive: string, question: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await library.ask(archive, question)
    } catch (error) {
      // What was derived is lost or damaged: it is made again at once, and whoever asked is told why to ask again.
      if (error instanceof ArchiveError && (error.code === 'no-index' || error.code === 'stale-index')) {
        const path = library.pathOf(archive)
        jobs.prepare({ archive, path, name: basename(path) })
      }
      throw error
    }
  }

  const placeOf = (target: ImportTarget): string =>
    target.kind === 'archive' ? library.pathOf(target.archive) : chosen.pathOf(target.token)
  const sourcesOf = (tokens: string[], options: Record<string, Record<string, string>> = {}): WorkSource[] =>
    tokens.map((token) => ({ token, path: chosen.pathOf(token), options: options[token] ?? {} }))

  return {
    library: {
      list: () => library.list(),
      shelf: async () => library.shelf(),
      choose: async () => {
        const [path] = await parts.showOpenDialog({ properties: ['openDirectory'] })
        return path === undefined ? undefined : openAsked(path)
      },
      openChosen: ({ token }) => openAsked(chosen.pathOf(token)),
      open: ({ archive }) => openAsked(library.pathOf(archive)),
      forget: async ({ archive }) => {
        await library.forget(archive)
        return undefined
      },
      hasSample: async () => parts.sample !== undefined,
      openSample: async () => {
        if (parts.sample === undefined) throw new ArchiveError('not-found', { file: 'sample-archive' })
        return openAsked(parts.sample)
      },
      requested: () => parts.takeRequested(),
    },
    issues: {
      ofTitle: (input) => about(input.archive, () => answers.issuesOfTitle(input)),
      pageThroughTime: (input) => about(input.archive, () => answers.pageThroughTime(input)),
      ofDay: (input) => about(input.archive, () => answers.issuesOfDay(input)),
      glance: (input) => about(input.archive, () => answers.glanceIssue(input)),
      read: (input) => about(input.archive, () => answers.readIssue(input)),
      origins: (input) => about(input.archive, () => answers.readOrigins(input)),
      makeTiles: async ({ archive, page, title, date, edition }) => {
        await parts.tilePage({ path: library.pathOf(archive), issue: { title, date, edition }, page })
        return undefined
      },
      tiles: (input) => about(input.archive, () => answers.tiles(input)),
      keepPlace: async ({ archive, page, ...issue }) => {
        const names = await about(archive, () => answers.namePage({ archive, ...issue, page }))
        await library.keepPlace(archive, { ...issue, page, ...names })
        return undefined
      },
    },
    article: {
      read: (input) => about(input.archive, () => answers.readArticle(input)),
      lines: (input) => about(input.archive, () => answers.articleLines(input)),
    },
    search: {
      find: (input, { client }) => about(input.archive, () => answers.find({ ...input, client })),
      days: (input, { client }) => about(input.archive, () => answers.findDays({ ...input, client })),
      trends: (input, { client }) => about(input.archive, () => answers.trends({ ...input, client })),
      suggest: (input) => about(input.archive, () => answers.suggest(input)),
      cancel: ({ scope }, { client }) => answers.cancelFind({ client, scope }),
    },
    searches: {
      list: async ({ archive }) => parts.keptSearches.list(archive),
      note: async ({ archive, text }) => {
        await parts.keptSearches.note(archive, text)
        return undefined
      },
      keep: async ({ archive, text, kept }) => {
        await parts.keptSearches.keep(archive, text, kept)
        return undefined
      },
      clear: async ({ archive }) => {
        await parts.keptSearches.clear(archive)
        return undefined
      },
    },
    annotations: annotationsBridge({
      answers,
      about,
      changed: parts.notesChanged,
      copy: (text) => clipboard.writeText(text),
      chosen,
      books: parts.books,
      openShelf: () => library.list(),
      showOpenDialog: parts.showOpenDialog,
      showSaveDialog: parts.showSaveDialog,
      language: () => settings.read().language,
    }),
    kiosk: parts.kiosk,
    diagnostics: parts.diagnostics,
    takeaway: {
      copy: async ({ text }) => {
        clipboard.writeText(text)
        return undefined
      },
      facts: (page) => parts.takeaway.facts(page),
      cut: (part) => parts.takeaway.cut(part),
      preview: (input) => parts.takeaway.preview(input),
      print: (input) => parts.takeaway.print(input),
      savePdf: (input, { client }) => parts.takeaway.savePdf(input, client),
      savePicture: (input, { client }) => parts.takeaway.savePicture(input, client),
      saveText: (input, { client }) => parts.takeaway.saveText(input, client),
      saveOriginal: (input, { client }) => parts.takeaway.saveOriginal(input, client),
    },
    window: {
      toggleFullScreen: async (_nothing, { client }) => parts.toggleFullScreen(client),
      open: async ({ path }) => {
        parts.openWindow(path)
        return undefined
      },
    },
    settings: settingsCalls(parts),
    jobs: {
      list: async () => jobs.list(),
      cancel: async ({ job }) => {
        await jobs.cancel(job)
        return undefined
      },
      pause: async ({ job, paused }) => {
        await jobs.pause(job, paused)
        return undefined
      },
      result: ({ job }) => parts.work.result({ job }),
      saveReport: async ({ job }) => {
        const file = await parts.showSaveDialog({
          defaultPath: 'banmian-report.html',
          filters: [
            { name: 'HTML', extensions: ['html'] },
            { name: 'CSV', extensions: ['csv'] },
          ],
        })
        if (file === undefined) return false
        await parts.work.saveReport({ job, file, language: settings.read().language })
        return true
      },
      chooseSources: async ({ kind }) => {
        const what = kind === 'folder' ? 'openDirectory' : 'openFile'
        const paths = await parts.showOpenDialog({ properties: [what, 'multiSelections'] })
        return paths.map((path) => chosen.add(path))
      },
      chooseTarget: async () => {
        const [path] = await parts.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
        return path === undefined ? undefined : chosen.add(path)
      },
      examine: async ({ sources, target, options }) =>
        jobs.examine({ sources: sourcesOf(sources, options), target: target && placeOf(target) }),
      preview: async ({ source, options }) => {
        const [given] = sourcesOf([source], { [source]: options })
        return given && parts.work.preview({ source: given })
      },
      import: async ({ sources, target, options, whenThere, inPlace }) => {
        const path = placeOf(target)
        return jobs.import({
          sources: sourcesOf(sources, options),
          target: path,
          archive: shelfId(path),
          name: basename(path),
          whenThere,
          inPlace,
          language: settings.read().language,
        })
      },
      prepare: async ({ archive }) => {
        const path = library.pathOf(archive)
        return jobs.prepare({ archive, path, name: basename(path) })
      },
      recognise: async ({ archive, scripts }) => {
        const path = library.pathOf(archive)
        return jobs.recognise({ archive, path, name: basename(path), scripts })
      },
    },
  }
}

function settingsCalls({ settings, ...parts }: BridgeParts): BridgeServer['settings'] {
  const told = async (changing: Promise<Settings>): Promise<Settings> => {
    const changed = await changing
    parts.settingsChanged(changed)
    return changed
  }
  const filters = [{ name: 'JSON', extensions: ['json'] }]
  return {
    read: async () => settings.read(),
    locked: async () => settings.locked(),
    change: (part) => told(settings.change(part)),
    reset: () => told(settings.restore()),
    save: async () => {
      const path = await parts.showSaveDialog({ defaultPath: 'banmian-settings.json', filters })
      if (path === undefined) return undefined
      await saveSettings(path, settings.read())
      return basename(path)
    },
    load: async () => {
      const [path] = await parts.showOpenDialog({ properties: ['openFile'], filters })
      return path === undefined ? undefined : told(settings.change(loadSettings(path)))
    },
  }
}
