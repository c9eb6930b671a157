import { app } from 'electron'
import type { KioskPolicy } from '../../archive/kiosk/policy.ts'
import { firstLanguage } from '../../archive/kiosk/policy.ts'
import { ArchiveError } from '../../archive/errors.ts'
import type { KioskRecovered, KioskView } from '../bridge/kiosk-views.ts'
import type { BridgeServer } from '../bridge-server.ts'
import type { AnswerService } from '../services.ts'
import type { Counters } from './counters.ts'
import type { IdleWatch } from './idle-watch.ts'
import type { Clock } from './monotonic-clock.ts'
import { freeMegabytes } from './machine-watch.ts'
import type { PinGate } from './pin-gate.ts'
import type { ShownArchives } from './shown-archives.ts'
import type { TakeHome } from './take-home.ts'

interface KioskParts {
  policy: KioskPolicy
  shown: ShownArchives
  counters: Counters
  gate: PinGate
  idle: IdleWatch
  takeHome: TakeHome
  answers: Pick<AnswerService, 'citePlace'>
  /** Asks about an archive, which is opened first where needed. */
  about: <Answer>(archive: string, question: () => Promise<Answer>) => Promise<Answer>
  clock: Clock
  recovered: KioskRecovered
  /** Megabytes that all processes hold. */
  memory: () => number
  profile: string
  logTail: () => string[]
  wipe: () => void
  changed: (view: KioskView) => void
  exit: () => void
  log: (text: string) => void
}

export interface KioskService {
  calls: BridgeServer['kiosk']
  view: () => KioskView
  staffIsIn: () => boolean
  /** The staff's time is over, or the visit. */
  staffOut: () => void
}

/** After the last touch of the staff. */
const staffMs = 180_000

/** What the calls of the reading-room screen do. */
export function kioskService(parts: KioskParts): KioskService {
  const { policy, shown, counters, gate, idle, takeHome, clock, log } = parts
  const started = { at: new Date().toISOString(), clock: clock() }
  let staffUntil = -Infinity
  const staffIsIn = (): boolean => clock() < staffUntil
  const refuseUnless = (allowed: boolean, call: string): void => {
    if (!allowed) throw new ArchiveError('kiosk-refused', { call })
  }
  const view = (): KioskView => ({
    name: policy.name,
    archives: shown.shown(),
    languages: policy.languages,
    language: firstLanguage(policy),
    theme: policy.theme,
    allow: policy.allow,
    idleSeconds: policy.idleSeconds,
    warningSeconds: policy.warningSeconds,
    printPages: policy.printPages,
    printPagesLeft: takeHome.left(),
    offline: shown.offline(),
  })
  const checkJobs = (jobs: { archive: string; title: string }[]): void => {
    for (const { archive, title } of jobs) shown.check(archive, title)
  }

  return {
    view,
    staffIsIn,
    staffOut: () => (staffUntil = -Infinity),
    calls: {
      read: async () => view(),
      touched: async () => {
        idle.touched()
        if (staffIsIn()) staffUntil = clock() + staffMs
        return undefined
      },
      wipe: async () => {
        parts.wipe()
        return undefined
      },
      cite: async ({ issue, ...input }) => {
        shown.check(input.archive, issue.title)
        return parts.about(input.archive, () => parts.answers.citePlace({ ...input, ...issue }))
      },
      print: async (wish) => {
        refuseUnless(policy.allow.print, 'kiosk.print')
        checkJobs(wish.jobs)
        const pages = await takeHome.print(wish)
        counters.add('printed', pages)
        return { pages, left: takeHome.left() }
      },
      stick: async () => policy.allow.takeHome.stick && takeHome.stick(),
      saveToStick: async (wish) => {
        refuseUnless(policy.allow.takeHome.stick, 'kiosk.saveToStick')
        checkJobs(wish.jobs)
        const files = await takeHome.save(wish)
        counters.add('saved', files.length)
        return { files }
      },
      enterPin: async ({ pin }) => {
        await gate.enter(pin)
        log('the staff is in')
        staffUntil = clock() + staffMs
        return undefined
      },
      status: async () => ({
        version: app.getVersion(),
        electron: process.versions['electron'] ?? '',
        started: started.at,
        running: Math.round((clock() - started.clock) / 1000),
        memory: parts.memory(),
        memoryLimit: policy.memoryLimit,
        free: (await freeMegabytes(parts.profile)) ?? 0,
        archives: shown.all().map(({ path, ...archive }) => ({
          ...archive,
          place: path,
          shown: shown.shown().includes(archive.id),
        })),
        ...counters.read(),
        recovered: { ...parts.recovered },
      }),
      log: async () => parts.logTail(),
      showArchives: async ({ archives }) => {
        shown.choose(archives)
        log(`the staff shows ${shown.shown().length} of ${shown.all().length} archives`)
        parts.changed(view())
        return view()
      },
      leaveStaff: async () => {
        staffUntil = -Infinity
        return undefined
      },
      exit: async () => {
        log('the staff ended the kiosk')
        parts.exit()
        return undefined
      },
    },
  }
}
