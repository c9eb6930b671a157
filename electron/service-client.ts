import { utilityProcess, type UtilityProcess } from 'electron'
import { ArchiveError } from '../archive/errors.ts'
import { fromReply, type Reply } from './bridge/reply.ts'
import type { ServiceMessage } from './services.ts'

export interface ServiceOptions {
  /** File of the process, absolute. */
  entry: string
  name: string
  /** Words for its command line. */
  words?: string[]
  /** Largest JavaScript heap in MB. */
  memory: number
  /** Largest half of the space for what is short-lived, in MB. What it has grown to is never given back. */
  nursery: number
  /** By how many percent what is kept may grow before it is gone through for garbage; V8's own measure when not said. */
  growth?: number
  /** Seconds for which it may be silent while something was asked of it; after them it hangs, and is ended. */
  patience: number
  /** Megabytes that it may hold of everything; with more it is ended. */
  most: number
  /** Megabytes that a process holds. */
  held: (pid: number) => number
  log: (text: string) => void
  onMessage: (message: Exclude<ServiceMessage, { type: 'reply' | 'alive' }>) => void
  /** Called when the process ended without being asked to. It is started again by the next request. */
  onCrash: (code: number) => void
}

export interface ServiceClient<Service> {
  call: Service
  /** Starts the process before the first request, so that it is ready when one comes. */
  start: () => void
  stop: () => void
}

type Pending = (reply: Reply<unknown>) => void

const longestBeatMs = 5000

/** Electron hears V8's flags in no other way: given as they are, they are passed over without a word. */
function heapFlags({ memory, nursery, growth }: Pick<ServiceOptions, 'memory' | 'nursery' | 'growth'>): string {
  const flags = [`--max-old-space-size=${memory}`, `--max-semi-space-size=${nursery}`]
  if (growth !== undefined) flags.push(`--heap-growing-percent=${growth}`)
  return `--js-flags=${flags.join(' ')}`
}

/**
 * A background process as functions. It is started by the first request, and again after a crash; requests under way
 * then fail with `background-stopped`. One that hangs or takes more memory than it may is ended.
 */
export function serviceClient<Service extends object>(options: ServiceOptions): ServiceClient<Service> {
  let child: UtilityProcess | undefined
  let stopping = false
  let count = 0
  let heard = 0
  const pending = new Map<number, Pending>()

  let beat: NodeJS.Timeout | undefined

  /** Only while something is asked of it, and once after that: a program in which nothing happens has no timers. */
  const look = (): void => {
    const megabytes = child?.pid === undefined ? 0 : options.held(child.pid)
    if (megabytes > options.most) {
      options.log(`${options.name} holds ${megabytes} MB, more than ${options.most}: ended`)
      child?.kill()
    } else if (pending.size === 0) {
      clearInterval(beat)
      beat = undefined
    } else if (performance.now() - heard > options.patience * 1000) {
      options.log(`${options.name} hangs: ended`)
      child?.kill()
    } else child?.postMessage({ id: 0, method: 'alive', input: undefined })
  }
  const start = (): UtilityProcess => {
    const started = utilityProcess.fork(options.entry, options.words ?? [], {
      serviceName: options.name,
      execArgv: [heapFlags(options)],
      env: { LANG: process.env['LANG'] ?? 'C.UTF-8', BANMIAN_PROCESS: options.name },
      stdio: 'inherit',
    })
    started.on('message', (message: ServiceMessage) => {
      heard = performance.now()
      if (message.type === 'alive') return
      if (message.type !== 'reply') return options.onMessage(message)
      pending.get(message.id)?.(message.reply)
      pending.delete(message.id)
    })
    started.on('exit', (code) => {
      if (child === started) child = undefined
      for (const settle of pending.values()) settle({ ok: false, code: 'background-stopped', details: {} })
      pending.clear()
      if (!stopping) options.onCrash(code)
    })
    return started
  }

  const request = async (method: string, input: unknown): Promise<unknown> => {
    if (stopping) throw new ArchiveError('background-stopped')
    child ??= start()
    if (pending.size === 0) heard = performance.now()
    beat ??= setInterval(look, Math.min(longestBeatMs, options.patience * 250))
    const id = (count += 1)
    const reply = new Promise<Reply<unknown>>((resolve) => pending.set(id, resolve))
    child.postMessage({ id, method, input })
    return fromReply(await reply)
  }

  const call = new Proxy({} as Service, {
    get: (_target, method) => (typeof method === 'string' ? (input: unknown) => request(method, input) : undefined),
  })
  return {
    call,
    start: () => {
      if (!stopping) child ??= start()
    },
    stop: () => {
      stopping = true
      clearInterval(beat)
      child?.kill()
    },
  }
}
