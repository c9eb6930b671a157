import { app } from 'electron'

/** Megabytes that a background process may hold of everything: V8 bounds only its heap, not what is decoded beside it. */
export const mostMegabytes = { answering: 2500, working: 5000 }

/** Megabytes that one of the program's processes holds; 0 for one that is gone. */
export function heldMegabytes(pid: number): number {
  const own = app.getAppMetrics().find((process) => process.pid === pid)
  return Math.round((own?.memory.workingSetSize ?? 0) / 1024)
}
