import {
  app,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  type BrowserWindow,
  type OpenDialogOptions,
  type SaveDialogOptions,
  type SaveDialogReturnValue,
} from 'electron'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ArchiveError, explain } from '../archive/errors.ts'
import { appOrigin, registerSchemes, serveProtocols } from './app-protocol.ts'
import { writeAtomic } from '../archive/files.ts'
import { isDeepLink } from '../archive/deep-link.ts'
import type { OpenedArchive } from './bridge/views.ts'
import { toReply } from './bridge/reply.ts'
import { broadcast, serveBridge } from './bridge-server.ts'
import { bridgeServer } from './bridge-calls.ts'
import { openClippingsBooks } from './clippings-books.ts'
import { chosenPaths } from './chosen-paths.ts'
import { openDiagnostics } from './diagnostics.ts'
import { impersonalText } from './impersonal.ts'
import { openJobs } from './jobs.ts'
import { openLibrary } from './library.ts'
import { openLog } from './log.ts'
import { madeFiles } from './made-files.ts'
import { checkSender } from './origins.ts'
import { openKeptSearches } from './kept-searches.ts'
import { openRequests, requestedWord } from './open-requests.ts'
import { chosenProfile, isWritable, placesIn } from './places.ts'
import { printSheets } from './print-sheets.ts'
import { readerWindows } from './reader-windows.ts'
import { serviceClient } from './service-client.ts'
import type { AnswerService, WorkService } from './services.ts'
import { answering, working } from './service-limits.ts'
import { readSettingsPolicy, settingsPolicyFile } from './settings-policy.ts'
import { openSettings } from './settings.ts'
import { shippedSample } from './shipped-sample.ts'
import { openTakeaway } from './takeaway.ts'
import { guardEverything } from './window-guard.ts'
import { deskKiosk, kioskPolicy, startAgain, wrongStart } from './kiosk/choose-kiosk.ts'
import { nameless } from './kiosk/nameless.ts'
import { startKiosk } from './kiosk/start-kiosk.ts'
import { openWindow } from './window.ts'

registerSchemes()
const profile = chosenProfile({
  argv: process.argv,
  folder: process.cwd(),
  program: app.isPackaged ? process.execPath : undefined,
  image: process.env['APPIMAGE'] ?? process.env['PORTABLE_EXECUTABLE_FILE'],
})
if (profile.folder !== undefined) {
  for (const name of ['userData', 'sessionData'] as const) app.setPath(name, profile.folder)
}
const places = placesIn(app.getPath('userData'))
app.setPath('crashDumps', places.crashes)
// As root the sandbox cannot work, and asking for it would end in a crash loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
for (const quiet of ['disable-background-networking', 'disable-component-update', 'no-pings', 'disable-sync']) {
  app.commandLine.appendSwitch(quiet)
}
// Voices of Linux come from speech-dispatcher, which is asked when somebody wants to listen and not before.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher')
// Nothing here has a name to look up or a peer to call: what slips past every other refusal finds no way out.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE localhost')
app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')

const impersonal = impersonalText({ program: join(__dirname, '../..'), data: places.data, home: homedir() })
const { log, tail } = openLog({ file: join(places.logs, 'banmian.log'), impersonal })
const kiosk = kioskPolicy({ argv: process.argv, folder: process.cwd(), built: __dirname, log })
// In a reading room an error must not keep what somebody wrote.
const logError = (text: string): void => log(kiosk === undefined ? text : nameless(text))
// With a handler of our own no dialog is shown, and the program goes on.
process.on('uncaughtException', (error) => logError(`main: ${error.stack ?? error.message}`))
process.on('unhandledRejection', (reason) =>
  logError(`main: ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}`),
)
if (kiosk === 'refused') app.exit(wrongStart)
else if (!isWritable(places.data)) refuseStart()
else if (!app.requestSingleInstanceLock()) app.quit()
else if (kiosk) startKiosk({ chosen: kiosk, data: places.data, built: __dirname, log, logError, logTail: tail })
else start()

/** Without a place for notes and settings, what a reader does would be lost without a word. */
function refuseStart(): void {
  const error = new ArchiveError('profile-unwritable', { file: places.data })
  process.stderr.write(`banmian: ${error.message}\n`)
  // In a reading room a dialog is a way out; its supervisor tries again.
  if (kiosk) return app.exit(startAgain)
  const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
  dialog.showErrorBox(
    '版面 Banmian',
    languages.map((language) => explain(error.code, error.details, language)).join('\n\n'),
  )
  app.exit(wrongStart)
}

function start(): void {
  // Kept on this machine alone. A kiosk has none: they hold parts of the memory of a visit.
  crashReporter.start({ uploadToServer: false, compress: false, ignoreSystemCrashHandler: true })
  const development = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const origins = development ? [appOrigin, new URL(development).origin] : [appOrigin]
  const { data, derived: cache } = places
  const policy = readSettingsPolicy(
    (app.isPackaged ? undefined : process.env['BANMIAN_POLICY']) ?? settingsPolicyFile(process.platform, process.env),
  )
  if (policy.problem !== undefined) log(`policy ${policy.file ?? ''}: ${policy.problem}`)
  const url = development ?? `${appOrigin}/index.html`
  const preload = join(__dirname, '../preload/preload.cjs')
  const reader = readerWindows({
    file: join(data, 'window.json'),
    make: (path, bounds) => openWindow({ preload, url: `${url}#${path}`, theme: settings.read().theme, bounds, log }),
    lastClosed: () => sheets.close(),
    log,
  })
  const windows = (): BrowserWindow[] => reader.all()

  const answers = serviceClient<AnswerService>({
    entry: join(__dirname, 'answer-process.cjs'),
    ...answering,
    words: [places.notes],
    patience: 60,
    log,
    onMessage: (message) => {
      if (message.type === 'counted') {
        const asked = windows().filter((window) => window.webContents.id === message.client)
        broadcast(asked, 'search.counted', message.counted)
      } else if (message.type === 'log') log(`answer: ${message.text}`)
    },
    onCrash: (code) => {
      log(`answering process ended with ${code}`)
      library.forgetOpened()
    },
  })
  const sample = shippedSample({
    packaged: app.isPackaged,
    resources: process.resourcesPath,
    project: app.getAppPath(),
  })
  const library = openLibrary({
    file: join(data, 'library.json'),
    cache,
    answers: answers.call,
    given: policy.archives,
    sample,
  })
  const worker = serviceClient<WorkService>({
    entry: join(__dirname, 'work-process.cjs'),
    ...working,
    log,
    onMessage: (message) => {
      if (message.type === 'progress') jobs.onProgress(message.progress)
      else if (message.type === 'readable') jobs.onReadable(message.job)
      else if (message.type === 'log') log(`work: ${message.text}`)
    },
    onCrash: (code) => log(`working process ended with ${code}`),
  })
  const jobs = openJobs({
    worker: worker.call,
    cache,
    tell: (job) => broadcast(windows(), 'job.progress', job),
    imported: (path) => library.openPath(path),
    changed: (archive) => {
      library.reopen(archive).then(
        () => broadcast(windows(), 'archive.changed', { archive }),
        (error: unknown) => log(`reopening ${archive}: ${String(error)}`),
      )
    },
  })
  const settings = openSettings({
    file: join(data, 'settings.json'),
    systemLanguage: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    policy,
  })
  const chosen = chosenPaths()
  let requested = requestedWord(process.argv, { folder: process.cwd(), packaged: app.isPackaged })

  const openAsked = async (path: string): Promise<OpenedArchive> => {
    const opened = await library.openPath(path)
    if (opened.state === 'unprepared') prepare(opened)
    return opened
  }
  const prepare = ({ id, path, name }: OpenedArchive): void => void jobs.prepare({ archive: id, path, name })
  const requests = openRequests({ library, answers: answers.call, openPath: openAsked, prepare })
  const made = madeFiles(app.getPath('temp'))
  const sheets = printSheets({
    make: (hash) =>
      openWindow({
        preload,
        url: `${development ?? appOrigin}/sheet.html#${hash}`,
        theme: 'light',
        hidden: true,
        log,
      }),
  })
  const showSaveDialog = (client: number, options: SaveDialogOptions): Promise<SaveDialogReturnValue> => {
    const owner = reader.of(client)
    return owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options)
  }
  const takeaway = openTakeaway({
    worker: worker.call,
    sheets,
    made,
    cache,
    pathOf: library.pathOf,
    write: writeAtomic,
    showSaveDialog,
    documents: () => app.getPath('documents'),
  })
  const showOpenDialog = async (options: OpenDialogOptions): Promise<string[]> => {
    const [owner] = windows()
    const { filePaths } = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options))
    return filePaths
  }
  const diagnostics = openDiagnostics({
    ...{ places, profile, policy, settings, library, impersonal, showOpenDialog },
    answers: answers.call,
    log: { log, tail },
    contents: () => windows().map((window) => window.webContents.getOSProcessId()),
  })
  const books = openClippingsBooks({
    answers: answers.call,
    worker: worker.call,
    sheets,
    made,
    cache,
    pathOf: library.pathOf,
    openShelf: () => library.list(),
    write: writeAtomic,
    showSaveDialog,
    progress: (done, total) => broadcast(windows(), 'book.progress', { done, total }),
  })
  const server = bridgeServer({
    takeaway,
    books,
    library,
    jobs,
    settings,
    keptSearches: openKeptSearches(join(data, 'searches.json')),
    chosen,
    answers: answers.call,
    tilePage: (input) => worker.call.tilePage({ ...input, cache }),
    openAsked,
    sample,
    takeRequested: async () => {
      const word = requested
      requested = undefined
      return word === undefined ? undefined : requests.open(word)
    },
    openWindow: (path) => void reader.open(path),
    showOpenDialog,
    diagnostics,
    showSaveDialog: async (options) => {
      const [owner] = windows()
      const { filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options))
      return filePath || undefined
    },
    work: worker.call,
    toggleFullScreen: (client) => {
      const window = reader.of(client)
      const full = window ? !window.isFullScreen() : false
      window?.setFullScreen(full)
      return full
    },
    notesChanged: (ids) => broadcast(windows(), 'annotations.changed', { ids }),
    settingsChanged: (changed) => broadcast(windows(), 'settings.changed', changed),
    kiosk: deskKiosk,
  })

  app.on('second-instance', (_event, argv, folder) => {
    reader.focus()
    openFromOutside(requestedWord(argv, { folder, packaged: app.isPackaged }))
  })
  // macOS hands over files and links by events, the first ones before the app is ready.
  for (const name of ['open-file', 'open-url'] as const) {
    app.on(name as 'open-url', (event, word) => {
      event.preventDefault()
      if (app.isReady()) openFromOutside(word)
      else requested = word
    })
  }
  /** In the window used last: the others keep what they show. */
  const openFromOutside = (word: string | undefined): void => {
    if (word === undefined) return
    requests.open(word).then(
      (request) => broadcast(windows().slice(0, 1), 'archive.open', request),
      (error: unknown) => {
        // Not the link: what is sought stands in it.
        log(`opening ${isDeepLink(word) ? 'a link' : word}: ${String(error)}`)
        const { code, details } = toReply(error)
        broadcast(windows().slice(0, 1), 'archive.refused', { code, details })
      },
    )
  }

  void app.whenReady().then(() => {
    // The shelf is drawn as it was last seen, before anybody is asked; an archive is not, so who knows it starts now.
    if (requested !== undefined) answers.start()
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
    // Linux and macOS learn it from the package; Windows from the program that was installed, not from a portable one.
    const installed = app.isPackaged && process.env['PORTABLE_EXECUTABLE_DIR'] === undefined
    if (installed && process.platform === 'win32') app.setAsDefaultProtocolClient('banmian')
    guardEverything(origins, (path) => void reader.open(path))
    serveProtocols(join(__dirname, '../renderer'), {
      locate: async (picture) =>
        picture.kind === 'made'
          ? { path: made.pathOf(picture.id) }
          : library.ask(picture.archive, () => answers.call.locate(picture)),
    })
    serveBridge(server, { origins, log })
    ipcMain.handle('dropped', (event, path: unknown) => {
      checkSender(event, origins)
      if (typeof path !== 'string') throw new ArchiveError('bad-request', { reason: 'no path' })
      return chosen.add(path)
    })
    reader.open()
    app.on('activate', () => windows().length === 0 && reader.open())
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => {
    made.removeAll()
    answers.stop()
    worker.stop()
  })
}
