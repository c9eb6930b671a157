import type { ElectronApplication } from 'playwright/test'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Who listens for what must not be asked. */
export interface Canary {
  port: number
  /** Connections that reached it. */
  hits: number
  close: () => void
}

export async function canary(): Promise<Canary> {
  const server = createServer((_request, answer) => answer.end('reached'))
  const bird = { port: 0, hits: 0, close: () => server.close() }
  server.on('connection', () => (bird.hits += 1))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  bird.port = (server.address() as AddressInfo).port
  return bird
}

const listening = '0A'

/**
 * The internet sockets that the program's processes hold (Linux), as `tcp LOCAL REMOTE`; those by which the test drives
 * it, its two debugging ports and what is connected to them, are left out.
 */
export async function socketsOf(app: ElectronApplication): Promise<string[]> {
  const pids = await app.evaluate(({ app: program }) => program.getAppMetrics().map(({ pid }) => pid))
  const own = new Set(pids.flatMap(inodesOf))
  const sockets = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((words) => own.has(words[9] ?? ''))
      .map(([, local = '', remote = '', state = '']) => ({ kind, local, remote, state })),
  )
  const portOf = (address: string): string => address.split(':').at(-1)!
  const driven = new Set(sockets.filter(({ state }) => state === listening).map(({ local }) => portOf(local)))
  if (driven.size === 0) throw new Error('the sockets of the program cannot be seen from here')
  if (driven.size > 2) return sockets.map(({ kind, local, remote }) => `${kind} ${local} ${remote}`)
  return sockets
    .filter(({ local }) => !driven.has(portOf(local)))
    .map(({ kind, local, remote }) => `${kind} ${local} ${remote}`)
}

function inodesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? []
      } catch {
        // Closed in between.
        return []
      }
    })
  } catch {
    // A process that has ended, or one whose sandbox lets nobody look: it cannot open a socket either.
    return []
  }
}
