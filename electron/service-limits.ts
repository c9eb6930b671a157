import { app } from 'electron'
import type { ServiceOptions } from './service-client.ts'

type Limits = Pick<ServiceOptions, 'name' | 'memory' | 'nursery' | 'growth' | 'most' | 'held'>

/** Megabytes that one of the program's processes holds; 0 for one that is gone. */
function heldMegabytes(pid: number): number {
  const own = app.getAppMetrics().find((process) => process.pid === pid)
  return Math.round((own?.memory.workingSetSize ?? 0) / 1024)
}

/** The background process that answers, and what it may take: V8 bounds only its heap, not what is decoded beside it. */
export const answering: Limits = { name: 'banmian-answer', memory: 1024, nursery: 4, most: 2500, held: heldMegabytes }

/** The one that imports, prepares and checks. It has time to look for garbage. */
export const working: Limits & Pick<ServiceOptions, 'patience'> = {
  name: 'banmian-work',
  memory: 2048,
  nursery: 4,
  growth: 20,
  // Pictures of a whole broadsheet are decoded in one go.
  patience: 300,
  most: 5000,
  held: heldMegabytes,
}
