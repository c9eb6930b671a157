import { app, ipcMain, Menu, powerMonitor, type WebContents } from 'electron'
import { join } from 'node:path'
import type { ChosenPolicy } from '../../archive/kiosk/policy-file.ts'
import { ArchiveError } from '../../archive/errors.ts'
import { writeAtomic } from '../../archive/files.ts'
import { appOrigin, serveProtocols } from '../app-protocol.ts'
import type { KioskView } from '../bridge/kiosk-views.ts'
import { bridgeServer } from '../bridge-calls.ts'
import { broadcast, serveBridge, type Caller } from '../bridge-server.ts'
import { chosenPaths } from '../chosen-paths.ts'
import { openJobs } from '../jobs.ts'
import { openLibrary } from '../library.ts'
import { noBooks } from '../clippings-books.ts'
import { madeFiles } from '../made-files.ts'
import { printSheets } from '../print-sheets.ts'
import { serviceClient } from '../service-client.ts'
import type { AnswerService, WorkService } from '../services.ts'
import { openTakeaway } from '../takeaway.ts'
import { guardEverything } from '../window-guard.ts'
import { openWindow, papers } from '../window.ts'
import { openCounters } from './counters.ts'
import { kioskDiagnostics } from './choose-kiosk.ts'
import { idleWatch } from './idle-watch.ts'
import { kioskBridge } from './kiosk-bridge.ts'
import { kioskService } from './kiosk-service.ts'
import { monotonicClock } from './monotonic-clock.ts'
import { pinGate } from './pin-gate.ts'
import { shownArchives } from './shown-archives.ts'
import { takeHome } from './take-home.ts'
import { visitSettings } from './visit-settings.ts'
import { visits } from './visits.ts'

interface KioskStart {
  chosen: ChosenPolicy
  /** Folder of the program's own data, and of its built parts. */
  data: string
  built: string
  log: (text: string) => void
  logTail: () => string[]
}

const lookEveryMs = 1000
const archivesEveryMs = 15_000
const countersEveryMs = 60_000
const refuse = async (): Promise<never> => {
  throw new ArchiveError('kiosk-refused', { call: 'dialog' })
}

/** The program as a reading-room screen: nothing but what the policy allows, and nothing of a visit after it. */
export function startKiosk({ chosen, data, built, log, logTail }: KioskStart): void {
  const { policy } = chosen
  const preload = join(built, '../preload/preload.cjs')
  const own = join(data, 'kiosk')
  const cache = join(data, 'derived')
  const recovered = { renderer: 0, answer: 0, work: 0, archive: 0, clock: 0 }
  const sheetContents = new Set<number>()

  const answers = serviceClient<AnswerService>({
    entry: join(built, 'answer-process.cjs'),
    name: 'banmian-answer',
    words: [join(own, 'notes')],
    memory: 1024,
    nursery: 4,
    onMessage: (message) => {
      const asked = visit.window()
      if (message.type === 'counted' && asked?.webContents.id === message.client)
        broadcast([asked], 'search.counted', message.counted)
      else if (message.type === 'log') log('answer: an error inside')
    },
    onCrash: (code) => {
      recovered.answer += 1
      log(`answering process ended with ${code}; it is started again`)
      library.forgetOpened()
      answers.start()
    },
  })
  const worker = serviceClient<WorkService>({
    entry: join(built, 'work-process.cjs'),
    name: 'banmian-work',
    memory: 2048,
    onMessage: (message) => {
      if (message.type === 'progress') jobs.onProgress(message.progress)
      else if (message.type === 'readable') jobs.onReadable(message.job)
      else if (message.type === 'log') log('work: an error inside')
    },
    onCrash: (code) => {
      recovered.work += 1
      log(`working process ended with ${code}; it is started again when it is needed`)
    },
  })
  const library = openLibrary({ file: join(own, 'library.json'), cache, answers: answers.call })
  const jobs = openJobs({
    worker: worker.call,
    cache,
    tell: () => undefined,
    imported: refuse,
    changed: (archive) => {
      library.reopen(archive).then(
        () => void shown.look(),
        (error: unknown) => log(`reopening ${archive}: ${String(error)}`),
      )
    },
  })
  const tellView = (view: KioskView): void => {
    const window = visit.window()
    if (window) broadcast([window], 'kiosk.changed', view)
  }
  const shown = shownArchives({
    policy,
    library,
    prepare: ({ id, path, name }) => void jobs.prepare({ archive: id, path, name }),
    log,
    changed: (ready) => {
      if (ready) recovered.archive += 1
      tellView(kiosk.view())
    },
  })
  const settings = visitSettings(policy)
  const counters = openCounters(join(own, 'counters.json'))
  const made = madeFiles(app.getPath('temp'))
  const sheets = printSheets({
    make: (hash) => {
      const window = openWindow({
        preload,
        url: `${appOrigin}/sheet.html#${hash}`,
        theme: 'light',
        hidden: true,
        session: visit.session(),
        log,
      })
      const { id } = window.webContents
      sheetContents.add(id)
      window.on('closed', () => sheetContents.delete(id))
      return window
    },
  })
  const takeaway = openTakeaway({
    worker: worker.call,
    sheets,
    made,
    cache,
    pathOf: library.pathOf,
    write: writeAtomic,
    showSaveDialog: refuse,
    documents: () => app.getPath('temp'),
  })
  const home = takeHome({
    sheets,
    pagesOf: async (pdf) => {
      const { folder, name } = made.reserve('pdf')
      const pages = await worker.call.drawPdf({ pdf, folder, name, width: 64, most: policy.printPages + 1 })
      return pages.length
    },
    quota: policy.printPages,
    printer: policy.printer,
    stickFolder: policy.stickFolder,
  })

  const endVisit = (why: string): void => {
    log(`visit ended: ${why}`)
    sheets.close()
    made.removeAll()
    settings.reset()
    home.reset()
    kiosk.staffOut()
    idle.reset()
    counters.add('visits')
    void visit.begin()
  }
  const idle = idleWatch({
    idleSeconds: policy.idleSeconds,
    warningSeconds: policy.warningSeconds,
    clock: monotonicClock,
    systemIdle: () => powerMonitor.getSystemIdleTime(),
    warn: (left) => {
      const window = visit.window()
      if (window) broadcast([window], 'kiosk.idle', { left })
    },
    over: () => endVisit('nobody is there'),
  })
  const kiosk = kioskService({
    policy,
    shown,
    counters,
    gate: pinGate({ file: join(own, 'pin.json'), hash: policy.pin, clock: monotonicClock, log }),
    idle,
    takeHome: home,
    answers: answers.call,
    about: (archive, question) => library.ask(archive, question),
    clock: monotonicClock,
    recovered,
    memory: memoryOfAll,
    profile: data,
    logTail,
    wipe: () => endVisit('by the visitor'),
    changed: tellView,
    exit: () => {
      visit.end()
      app.quit()
    },
    log,
  })
  const visit = visits({
    preload,
    url: `${appOrigin}/index.html`,
    paper: () => papers[policy.theme],
    serve: ({ protocol }) => serveProtocols(join(built, '../renderer'), { locate: locatePicture }, protocol),
    touched: idle.touched,
    made: ({ webContents }) => watchOver(webContents),
    log,
  })
  const locatePicture: Parameters<typeof serveProtocols>[1]['locate'] = async (picture) => {
    if (picture.kind === 'made') return { path: made.pathOf(picture.id) }
    shown.check(picture.archive)
    return library.ask(picture.archive, () => answers.call.locate(picture))
  }
  const watchOver = (contents: WebContents): void => {
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || contents.isDestroyed()) return
      recovered.renderer += 1
      log(`renderer gone: ${reason}; loaded again`)
      contents.reload()
    })
  }
  const server = kioskBridge({
    desk: bridgeServer({
      takeaway,
      books: noBooks,
      library,
      jobs,
      settings,
      keptSearches: { list: () => ({ recent: [], saved: [] }), note: refuse, keep: refuse, clear: refuse },
      chosen: chosenPaths(),
      answers: answers.call,
      tilePage: (input) => worker.call.tilePage({ ...input, cache }),
      openAsked: refuse,
      takeRequested: refuse,
      openWindow: () => undefined,
      showOpenDialog: refuse,
      showSaveDialog: refuse,
      work: worker.call,
      toggleFullScreen: () => true,
      notesChanged: () => undefined,
      settingsChanged: (changed) => {
        const window = visit.window()
        if (window) broadcast([window], 'settings.changed', changed)
      },
      kiosk: kiosk.calls,
      diagnostics: kioskDiagnostics,
    }),
    kiosk: kiosk.calls,
    shown,
    counters,
    allowSearch: policy.allow.search,
    callerOf: ({ client }: Caller) => {
      if (sheetContents.has(client)) return 'sheet'
      return visit.window()?.webContents.id === client ? 'visitor' : undefined
    },
    staffIsIn: kiosk.staffIsIn,
  })

  app.on('second-instance', () => log('a second start was ignored'))
  for (const name of ['open-file', 'open-url'] as const) app.on(name as 'open-url', (event) => event.preventDefault())

  void app.whenReady().then(async () => {
    Menu.setApplicationMenu(null)
    answers.start()
    guardEverything([appOrigin], () => undefined)
    serveBridge(server, { origins: [appOrigin], log })
    // Nothing is dropped on a screen in a reading room.
    ipcMain.handle('dropped', () => undefined)
    await Promise.race([shown.look(), new Promise((resume) => setTimeout(resume, 3000))])
    await visit.begin()
    setInterval(idle.look, lookEveryMs)
    setInterval(() => void shown.look(), archivesEveryMs)
    setInterval(() => void counters.keep().catch(() => log('the counts cannot be kept')), countersEveryMs)
    for (const event of ['suspend', 'resume', 'lock-screen'] as const)
      powerMonitor.on(event as 'suspend', () => idle.busy() && endVisit(event))
  })
  app.on('window-all-closed', () => undefined)
  app.on('will-quit', () => {
    made.removeAll()
    answers.stop()
    worker.stop()
  })
  app.on('before-quit', () => {
    visit.end()
    void counters.keep().catch(() => undefined)
  })
}

/** Megabytes that all processes of the program hold. */
function memoryOfAll(): number {
  const kilobytes = app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
  return Math.round(kilobytes / 1024)
}
