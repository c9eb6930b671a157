import { app, BrowserWindow, dialog, ipcMain, Menu } from 'electron'
import { join, resolve } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import { appOrigin, registerSchemes, serveProtocols } from './app-protocol.ts'
import type { OpenedArchive } from './bridge/views.ts'
import { toReply } from './bridge/reply.ts'
import { broadcast, serveBridge } from './bridge-server.ts'
import { bridgeServer } from './bridge-calls.ts'
import { chosenPaths } from './chosen-paths.ts'
import { openJobs } from './jobs.ts'
import { openLibrary } from './library.ts'
import { openLog } from './log.ts'
import { checkSender } from './origins.ts'
import { openKeptSearches } from './kept-searches.ts'
import { serviceClient } from './service-client.ts'
import type { AnswerService, WorkService } from './services.ts'
import { openSettings } from './settings.ts'
import { guardEverything } from './window-guard.ts'
import { openWindow } from './window.ts'

registerSchemes()
// As root the sandbox cannot work, and asking for it would end in a crash loop.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
for (const quiet of ['disable-background-networking', 'disable-component-update', 'no-pings', 'disable-sync']) {
  app.commandLine.appendSwitch(quiet)
}
// Nothing here has a name to look up or a peer to call: what slips past every other refusal finds no way out.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE localhost')
app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')

const log = openLog(join(app.getPath('userData'), 'logs', 'banmian.log'))
process.on('uncaughtException', (error) => log(`main: ${error.stack ?? error.message}`))
process.on('unhandledRejection', (reason) =>
  log(`main: ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}`),
)

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  const development = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const origins = development ? [appOrigin, new URL(development).origin] : [appOrigin]
  const data = app.getPath('userData')
  const cache = join(data, 'derived')
  const windows = (): BrowserWindow[] => BrowserWindow.getAllWindows()

  const answers = serviceClient<AnswerService>({
    entry: join(__dirname, 'answer-process.cjs'),
    name: 'banmian-answer',
    memory: 1024,
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
  const library = openLibrary({ file: join(data, 'library.json'), cache, answers: answers.call })
  const worker = serviceClient<WorkService>({
    entry: join(__dirname, 'work-process.cjs'),
    name: 'banmian-work',
    memory: 2048,
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
  const settings = openSettings(join(data, 'settings.json'), app.getPreferredSystemLanguages()[0] ?? app.getLocale())
  const chosen = chosenPaths()
  let requested = archiveIn(process.argv, process.cwd())

  const openAsked = async (path: string): Promise<OpenedArchive> => {
    const opened = await library.openPath(path)
    if (opened.state === 'unprepared') jobs.prepare({ archive: opened.id, path: opened.path, name: opened.name })
    return opened
  }
  const server = bridgeServer({
    library,
    jobs,
    settings,
    keptSearches: openKeptSearches(join(data, 'searches.json')),
    chosen,
    answers: answers.call,
    tilePage: (input) => worker.call.tilePage({ ...input, cache }),
    openAsked,
    takeRequested: () => {
      const path = requested
      requested = undefined
      return path
    },
    showOpenDialog: async (options) => {
      const owner = BrowserWindow.getFocusedWindow() ?? windows()[0]
      const { filePaths } = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options))
      return filePaths[0]
    },
    toggleFullScreen: (client) => {
      const window = windows().find((one) => one.webContents.id === client)
      const full = window ? !window.isFullScreen() : false
      window?.setFullScreen(full)
      return full
    },
    settingsChanged: (changed) => broadcast(windows(), 'settings.changed', changed),
  })

  const url = development ?? `${appOrigin}/index.html`
  const show = (): void => {
    openWindow({ preload: join(__dirname, '../preload/preload.cjs'), url, theme: settings.read().theme, log })
  }

  app.on('second-instance', (_event, argv, folder) => {
    const [window] = windows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
    openFromOutside(archiveIn(argv, folder))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (app.isReady()) openFromOutside(path)
    else requested = path
  })
  const openFromOutside = (path: string | undefined): void => {
    if (path === undefined) return
    openAsked(path).then(
      (opened) => broadcast(windows(), 'archive.open', opened),
      (error: unknown) => {
        log(`opening ${path}: ${String(error)}`)
        const { code, details } = toReply(error)
        broadcast(windows(), 'archive.refused', { code, details })
      },
    )
  }

  void app.whenReady().then(() => {
    // The shelf is asked for as soon as the window's page runs; meanwhile the process that knows it starts.
    answers.start()
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
    guardEverything(origins)
    serveProtocols(join(__dirname, '../renderer'), {
      locate: (picture) => library.ask(picture.archive, () => answers.call.locate(picture)),
    })
    serveBridge(server, { origins, log })
    ipcMain.handle('dropped', (event, path: unknown) => {
      checkSender(event, origins)
      if (typeof path !== 'string') throw new ArchiveError('bad-request', { reason: 'no path' })
      return chosen.add(path)
    })
    show()
    app.on('activate', () => windows().length === 0 && show())
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => {
    answers.stop()
    worker.stop()
  })
}

/** The archive named on a command line: the first word after the program that is no switch. */
function archiveIn(argv: readonly string[], folder: string): string | undefined {
  // Unpackaged, the first word is the app's own folder; switches may stand anywhere.
  const path = argv.slice(1).filter((word) => !word.startsWith('-'))[app.isPackaged ? 0 : 1]
  return path === undefined ? undefined : resolve(folder, path)
}
