import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const largestLog = 2_000_000

const linesKept = 200

export interface Log {
  log: (text: string) => void
  /** The last lines of this start, newest last. */
  tail: () => string[]
}

/** Appends to the program's log, which is turned over at 2 MB and never leaves this machine. */
export function openLog(file: string): Log {
  const lines: string[] = []
  const log = (text: string): void => {
    const line = `${new Date().toISOString()} ${text}`
    lines.push(line)
    if (lines.length > linesKept) lines.shift()
    try {
      mkdirSync(dirname(file), { recursive: true })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) {
        rmSync(`${file}.1`, { force: true })
        renameSync(file, `${file}.1`)
      }
      appendFileSync(file, `${line}\n`)
    } catch {
      // A full or read-only disk must not take the program down with its log.
    }
  }
  return { log, tail: () => [...lines] }
}
