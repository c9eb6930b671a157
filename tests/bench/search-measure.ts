/** How the parts of the search bench are measured. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { articles } from './search-material.ts'

/** p50 and p95 in ms by class of query. */
export type Times = Record<string, [p50: number, p95: number]>

export interface Measured {
  [name: string]: number | string | Times
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A source and the time that goes by outside of it: making the articles is no part of a build. */
export function timed<T>(
  source: Iterable<T>,
  count = articles,
): { items: Iterable<T>; rates: () => { rate: number; cpuRate: number } } {
  const [wallStart, cpuStart] = [performance.now(), cpuMs()]
  let [wall, cpu] = [0, 0]
  return {
    rates: () => ({
      rate: (count / (performance.now() - wallStart - wall)) * 1000,
      cpuRate: (count / (cpuMs() - cpuStart - cpu)) * 1000,
    }),
    items: (function* () {
      const iterator = source[Symbol.iterator]()
      for (;;) {
        const [wallBefore, cpuBefore] = [performance.now(), cpuMs()]
        const next = iterator.next()
        wall += performance.now() - wallBefore
        cpu += cpuMs() - cpuBefore
        if (next.done) return
        yield next.value
      }
    })(),
  }
}

/** The most memory the process has had in RAM, and what it has now. */
export const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
export const memoryMb = (): number => Math.round(process.memoryUsage().rss / 2 ** 20)

export const sizeMb = (folder: string, pattern: RegExp): number =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6

/**
 * Makes the system forget what it has read of the bench's files, those alone: others work on the machine too. False
 * where `dd` cannot (it is that of GNU).
 */
function forgetFiles(folder: string): boolean {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const script = 'for file; do dd if="$file" iflag=nocache count=0 status=none || exit 1; done'
  return spawnSync('sh', ['-c', script, 'sh', ...files], { stdio: 'ignore' }).status === 0
}

interface MeasureOptions {
  /** Queries of each class; all when absent. */
  most?: number
  /** Cold: nothing in the system's cache, and no second round. */
  cold?: boolean
  rounds?: number
}

/** p50 and p95 of each class in ms, of the best of the rounds for each query; empty when a cold run is not possible. */
export async function measure(
  folder: string,
  ask: (query: string) => Promise<void> | void,
  { most = Infinity, cold = false, rounds = cold ? 1 : 4 }: MeasureOptions = {},
): Promise<Times> {
  if (cold && !forgetFiles(folder)) return {}
  const result: Times = {}
  const classes = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as Record<string, string[]>
  for (const [name, list] of Object.entries(classes)) {
    // Other work on the machine, and the first touch of a file, stay out: a burst of it may last for all the rounds of
    // one query, were they not apart.
    const asked = list.slice(0, most)
    const times = asked.map(() => Infinity)
    for (let round = 0; round < rounds; round++) {
      for (const [place, query] of asked.entries()) {
        if (cold) forgetFiles(folder)
        const started = performance.now()
        await ask(query)
        times[place] = Math.min(times[place]!, performance.now() - started)
      }
    }
    if (times.length === 0) continue
    times.sort((a, b) => a - b)
    result[name] = [times[Math.floor(times.length / 2)]!, times[Math.floor(times.length * 0.95)]!]
  }
  return result
}
