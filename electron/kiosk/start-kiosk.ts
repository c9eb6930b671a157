import { app, ipcMain, Menu, powerMonitor } from 'electron'
import { join } from 'node:path'
import type { ChosenPolicy } from '../../archive/kiosk/policy-file.ts'
import { appOrigin, serveProtocols } from '../app-protocol.ts'
import type { KioskView } from '../bridge/kiosk-views.ts'
import { bridgeServer } from '../bridge-calls.ts'
import { broadcast, serveBridge, type Caller } from '../bridge-server.ts'
import { chosenPaths } from '../chosen-paths.ts'
import { noBooks } from '../clippings-books.ts'
import { guardEverything } from '../window-guard.ts'
import { papers } from '../window.ts'
import { startAgain } from './choose-kiosk.ts'
import { openCounters } from './counters.ts'
import { kioskDiagnostics } from './choose-kiosk.ts'
import { idleWatch } from './idle-watch.ts'
import { kioskBackground, refuse } from './kiosk-background.ts'
import { kioskBridge } from './kiosk-bridge.ts'
import { kioskService } from './kiosk-service.ts'
import { kioskTakeaway } from './kiosk-takeaway.ts'
import { freeMegabytes, machineWatch } from './machine-watch.ts'
import { monotonicClock } from './monotonic-clock.ts'
import { pinGate } from './pin-gate.ts'
import { watchRenderer } from './renderer-watch.ts'
import { shownArchives } from './shown-archives.ts'
import { visitSettings } from './visit-settings.ts'
import { visits } from './visits.ts'

interface KioskStart {
  chosen: ChosenPolicy
  /** Folder of the program's own data, and of its built parts. */
  data: string
  built: string
  log: (text: string) => void
  /** For messages that may hold what somebody wrote. */
  logError: (text: string) => void
  logTail: () => string[]
}

const lookEveryMs = 1000
const archivesEveryMs = 5000
const countersEveryMs = 60_000
const machineEveryMs = 60_000
/** Windows given up within ten minutes. */
const mostFallen = 5

/** The program as a reading-room screen: nothing but what the policy allows, and nothing of a visit after it. */
export function startKiosk({ chosen, data, built, log, logError, logTail }: KioskStart): void {
  const { policy } = chosen
  const preload = join(built, '../preload/preload.cjs')
  const own = join(data, 'kiosk')
  const cache = join(data, 'derived')
  const recovered = { renderer: 0, answer: 0, work: 0, archive: 0, clock: 0 }
  const sheetContents = new Set<number>()

  const { answers, worker, library, jobs } = kioskBackground({
    built,
    cache,
    own,
    recovered,
    counted: (client, counted) => {
      const asked = visit.window()
      if (asked?.webContents.id === client) broadcast([asked], 'search.counted', counted)
    },
    changed: () => void shown.look(),
    log,
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
  const { made, sheets, takeaway, home } = kioskTakeaway({
    ...{ policy, preload, cache, worker: worker.call, pathOf: library.pathOf },
    session: () => visit.session(),
    sheetContents,
    log: logError,
  })

  const fallen: number[] = []
  const restart = (why: string): void => {
    log(`started anew: ${why}`)
    visit.end()
    // A supervisor does it by itself, and would count a second program against us.
    if (process.env['BANMIAN_SUPERVISED'] !== '1') app.relaunch()
    void counters.keep().finally(() => app.exit(startAgain))
  }
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
    made: (window) => {
      watchRenderer(window, {
        clock: monotonicClock,
        recovered: () => (recovered.renderer += 1),
        giveUp: () => {
          endVisit('its page fell again and again')
          const now = monotonicClock()
          while ((fallen[0] ?? now) < now - 600_000) fallen.shift()
          // Windows anew do not help: perhaps the whole program anew does.
          if (fallen.push(now) > mostFallen) restart('one window after the other falls')
        },
        log,
      })
      window.webContents.on('console-message', (_event, level, message, line, source) => {
        if (Number(level) >= 3) logError(`interface: ${message} (${source}:${line})`)
      })
    },
    log: logError,
  })
  const locatePicture: Parameters<typeof serveProtocols>[1]['locate'] = async (picture) => {
    if (picture.kind === 'made') return { path: made.pathOf(picture.id) }
    shown.check(picture.archive)
    return library.ask(picture.archive, () => answers.call.locate(picture))
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

  const machine = machineWatch({
    clock: monotonicClock,
    timeOfDay: Date.now,
    memory: memoryOfAll,
    memoryLimit: policy.memoryLimit,
    free: () => freeMegabytes(data),
    busy: idle.busy,
    restart,
    clockChanged: () => (recovered.clock += 1),
    log,
  })
  app.on('child-process-gone', (_event, { type, name, reason }) => {
    if (type !== 'Utility' || reason !== 'clean-exit') log(`process gone: ${name ?? type} (${reason})`)
  })

  app.on('second-instance', () => log('a second start was ignored'))
  for (const name of ['open-file', 'open-url'] as const) app.on(name as 'open-url', (event) => event.preventDefault())

  const open = async (): Promise<void> => {
    Menu.setApplicationMenu(null)
    answers.start()
    guardEverything([appOrigin], () => undefined)
    serveBridge(server, { origins: [appOrigin], log: logError })
    // Nothing is dropped on a screen in a reading room.
    ipcMain.handle('dropped', () => undefined)
    await Promise.race([shown.look(), new Promise((resume) => setTimeout(resume, 3000))])
    await visit.begin()
    setInterval(idle.look, lookEveryMs)
    setInterval(() => void shown.look(), archivesEveryMs)
    setInterval(() => void machine.look(), machineEveryMs)
    setInterval(() => void counters.keep().catch(() => log('the counts cannot be kept')), countersEveryMs)
    for (const event of ['suspend', 'resume', 'lock-screen'] as const)
      powerMonitor.on(event as 'suspend', () => idle.busy() && endVisit(event))
  }
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      // Better no screen than half of one: whoever supervises it starts it again.
      logError(`kiosk not opened: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
      app.exit(startAgain)
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
