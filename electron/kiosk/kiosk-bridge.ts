import { ArchiveError } from '../../archive/errors.ts'
import type { Bridge } from '../bridge/contract.ts'
import type { BridgeServer, Caller } from '../bridge-server.ts'
import type { Counters } from './counters.ts'
import type { ShownArchives } from './shown-archives.ts'
import { mayCall, sheetCalls, staffCalls, visitorCalls } from './visitor-calls.ts'

interface KioskBridgeParts {
  /** What the calls do for a reader at a desk. */
  desk: BridgeServer
  /** The calls of the reading-room screen itself. */
  kiosk: BridgeServer['kiosk']
  shown: ShownArchives
  counters: Counters
  allowSearch: boolean
  /** Whether the caller is the window of the visit, a sheet that is laid out for it, or a window of the past. */
  callerOf: (caller: Caller) => 'visitor' | 'sheet' | undefined
  staffIsIn: () => boolean
}

type AnyCall = (input: unknown, caller: Caller) => Promise<unknown>

/** The bridge of a reading-room screen: what visitors may call, within what the policy shows; all else is refused. */
export function kioskBridge(parts: KioskBridgeParts): BridgeServer {
  const { desk } = parts
  const open = visitorView(parts)
  const guarded = Object.entries(desk).map(([group, methods]) => {
    const calls = Object.keys(methods as Record<string, AnyCall>).map((method) => {
      const call = `${group}.${method}`
      const run = (open as unknown as Record<string, Record<string, AnyCall>>)[group]?.[method]
      const guard: AnyCall = async (input, caller) => {
        const who = parts.callerOf(caller)
        const list = who === 'visitor' ? visitorCalls : who === 'sheet' ? sheetCalls : {}
        if (!run || !mayCall(list, group, method)) throw new ArchiveError('kiosk-refused', { call })
        if (group === 'search' && !parts.allowSearch) throw new ArchiveError('kiosk-refused', { call })
        const forStaff = group === 'kiosk' && staffCalls.some((each) => each === method)
        if (forStaff && !parts.staffIsIn()) throw new ArchiveError('staff-only', { call })
        return run(input, caller)
      }
      return [method, guard]
    })
    return [group, Object.fromEntries(calls)]
  })
  return Object.fromEntries(guarded) as BridgeServer
}

/** The desk's calls as a visitor has them: nothing kept, nothing beyond the policy's archives and titles. */
function visitorView({ desk, kiosk, shown, counters }: KioskBridgeParts): BridgeServer {
  const within = <Input extends { archive: string; title?: string }, Answer>(
    call: (input: Input, caller: Caller) => Promise<Answer>,
    counted?: Parameters<Counters['add']>[0],
  ) => {
    return async (input: Input, caller: Caller): Promise<Answer> => {
      shown.check(input.archive, input.title)
      const answer = await call(input, caller)
      if (counted) counters.add(counted)
      return answer
    }
  }
  return {
    ...desk,
    kiosk,
    library: {
      ...desk.library,
      list: () => shown.list(),
      shelf: () => shown.list(),
      open: ({ archive }) => shown.open(archive),
      hasSample: async () => false,
      requested: async () => undefined,
    },
    issues: {
      ofTitle: within(desk.issues.ofTitle),
      ofDay: async (input, caller) => {
        shown.check(input.archive)
        return (await desk.issues.ofDay(input, caller)).filter(({ title }) => shown.sees(title))
      },
      pageThroughTime: within(desk.issues.pageThroughTime),
      glance: within(desk.issues.glance),
      read: within(desk.issues.read),
      origins: within(desk.issues.origins),
      makeTiles: within(desk.issues.makeTiles),
      tiles: within(desk.issues.tiles),
      // Counted, and forgotten.
      keepPlace: within<Parameters<Bridge['issues']['keepPlace']>[0], undefined>(async () => undefined, 'pages'),
    },
    article: {
      read: within(desk.article.read, 'articles'),
      lines: within(desk.article.lines),
    },
    search: {
      find: async (input, caller) => {
        shown.check(input.archive)
        const found = await desk.search.find({ ...input, query: shown.narrowed(input.query) }, caller)
        // Further hits of the same search are no search more.
        if (!input.query.offset && (input.scope ?? 'results') === 'results') counters.add('searches')
        return found
      },
      days: async (input, caller) => {
        shown.check(input.archive)
        return desk.search.days({ ...input, query: shown.narrowed(input.query) }, caller)
      },
      trends: within(desk.search.trends),
      // The words come from the whole archive: those of a title that is hidden would tell what it says.
      suggest: shown.hidesTitles ? within(async () => []) : within(desk.search.suggest),
      cancel: (input, caller) => desk.search.cancel(input, caller),
    },
    annotations: { ...desk.annotations, state: async () => ({}), ofIssue: async () => [] },
    takeaway: { ...desk.takeaway, facts: within(desk.takeaway.facts), cut: within(desk.takeaway.cut) },
  }
}
