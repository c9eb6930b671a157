import { readdirSync, readFileSync } from 'node:fs'

/** What all processes of a program cost together, read from /proc. */
export interface ProcessCost {
  processes: number
  /** Processor time since each began, all threads, in milliseconds. */
  processorMs: number
  /** How often a thread woke up by itself since it began. */
  wakes: number
  /** Memory in MB; what several share is counted once (PSS). */
  memory: number
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It ended between the listing and the reading.
    return ''
  }
}

const numberAfter = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0)

/** A process and everything it started that still runs. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), numberAfter(read(`/proc/${name}/status`), 'PPid'))
  }
  const tree = [root]
  for (const each of tree) for (const [child, parent] of parents) if (parent === each) tree.push(child)
  return tree
}

/** Cost of the tree below a process, now. */
export function costOf(root: number): ProcessCost {
  const cost = { processes: 0, processorMs: 0, wakes: 0, memory: 0 }
  for (const pid of processTree(root)) {
    cost.processes += 1
    cost.memory += numberAfter(read(`/proc/${pid}/smaps_rollup`), 'Pss') / 1024
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      cost.processorMs += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e6
      cost.wakes += numberAfter(read(`/proc/${pid}/task/${thread}/status`), 'voluntary_ctxt_switches')
    }
  }
  return cost
}
