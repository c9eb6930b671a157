import { statfs } from 'node:fs/promises'
import type { Clock } from './monotonic-clock.ts'

interface MachineParts {
  clock: Clock
  /** The time of day, in milliseconds. */
  timeOfDay: () => number
  /** Megabytes that all processes hold, and from where on that is too much. */
  memory: () => number
  memoryLimit: number
  /** Megabytes free where the profile is; undefined when it cannot be told. */
  free: () => Promise<number | undefined>
  /** Somebody is there now. */
  busy: () => boolean
  /** Ends and starts the program anew. */
  restart: (why: string) => void
  clockChanged: () => void
  log: (text: string) => void
}

const leastFree = 200
const largestDrift = 5000
/** Above it nobody is waited for: the system would end the program in the middle of a page. */
const urgent = 1.5

/** What happens to a machine that runs for months. `look` is to be called about once a minute. */
export function machineWatch(parts: MachineParts): { look: () => Promise<void> } {
  const { clock, timeOfDay, log } = parts
  let offset = timeOfDay() - clock()
  let full = false
  return {
    look: async () => {
      const drift = timeOfDay() - clock() - offset
      if (Math.abs(drift) > largestDrift) {
        offset += drift
        parts.clockChanged()
        log(`the clock was changed by ${Math.round(drift / 1000)} s; nothing here counts by it`)
      }
      const free = await parts.free()
      const scarce = free !== undefined && free < leastFree
      if (scarce !== full)
        log(scarce ? `the disk is nearly full (${free} MB)` : `there is room on the disk again (${free} MB)`)
      full = scarce
      const memory = parts.memory()
      if (memory <= parts.memoryLimit) return
      if (!parts.busy() || memory > parts.memoryLimit * urgent) parts.restart(`${memory} MB of memory in use`)
    },
  }
}

/** Megabytes free in a folder; undefined when it cannot be told. */
export async function freeMegabytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && Math.round((found.bavail * found.bsize) / 1e6)
}
