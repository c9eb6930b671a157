import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const largestLog = 2_000_000

/** Appends to the program's log, which is turned over at 2 MB and never leaves this machine. */
export function openLog(file: string): (text: string) => void {
  mkdirSync(dirname(file), { recursive: true })
  return (text) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) {
        rmSync(`${file}.1`, { force: true })
        renameSync(file, `${file}.1`)
      }
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`)
    } catch {
      // A full or read-only disk must not take the program down with its log.
    }
  }
}
