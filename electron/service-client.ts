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
  nursery?: number
  onMessage: (message: Exclude<ServiceMessage, { type: 'reply' }>) => void
  /** Called when the process ended without being asked to. It is started again by the next request. */
  onCrash: (code: number) => void
}

export interface ServiceClient<Service> {
  call: Service
  /** Starts the process before the first request, so that it is ready when one comes. */
  start: () => void
  stop: () => void
  /** Process id while it runs. */
  pid: () => number | undefined
}

type Pending = (reply: Reply<unknown>) => void

/**
 * A background process as functions. It is started by the first request, and again after a crash; requests under way
 * then fail with `background-stopped`.
 */
export function serviceClient<Service extends object>(options: ServiceOptions): ServiceClient<Service> {
  let child: UtilityProcess | undefined
  let stopping = false
  let count = 0
  const pending = new Map<number, Pending>()

  const start = (): UtilityProcess => {
    const started = utilityProcess.fork(options.entry, options.words ?? [], {
      serviceName: options.name,
      execArgv: [
        `--max-old-space-size=${options.memory}`,
        ...(options.nursery === undefined ? [] : [`--max-semi-space-size=${options.nursery}`]),
      ],
      env: { LANG: process.env['LANG'] ?? 'C.UTF-8', BANMIAN_PROCESS: options.name },
      stdio: 'inherit',
    })
    started.on('message', (message: ServiceMessage) => {
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
      child?.kill()
    },
    pid: () => child?.pid,
  }
}
