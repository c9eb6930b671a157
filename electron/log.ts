import { appendFileSync, mkdirSync, openSync, closeSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Four files of this size are kept: enough for months of troubles, too little to fill a disk. */
const largestLog = 1_000_000
const olderLogs = 3
const linesKept = 200

interface LogParts {
  file: string
  /** Takes out what says something about a person. */
  impersonal: (text: string) => string
}

/** The program's log; it never leaves this machine by itself. */
export interface Log {
  log: (text: string) => void
  /** The last 200 lines, the oldest of them first: those of earlier starts, too, where the file can be read. */
  tail: () => string[]
}

/**
 * Appends to the log, which is turned over at 1 MB: `FILE.1` is the one before, `FILE.3` the oldest. A folder that
 * cannot be written costs the log, not the program.
 */
export function openLog({ file, impersonal }: LogParts): Log {
  const turnOver = (): void => {
    rmSync(`${file}.${olderLogs}`, { force: true })
    for (let age = olderLogs - 1; age >= 0; age -= 1) {
      const from = age === 0 ? file : `${file}.${age}`
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${age + 1}`)
    }
  }
  const lines: string[] = []
  return {
    log: (text) => {
      const line = `${new Date().toISOString()} ${impersonal(text)}`
      lines.push(line)
      if (lines.length > linesKept) lines.shift()
      try {
        const size = statSync(file, { throwIfNoEntry: false })?.size
        if (size === undefined) mkdirSync(dirname(file), { recursive: true })
        else if (size > largestLog) turnOver()
        appendFileSync(file, `${line}\n`)
      } catch {
        // A full or read-only disk must not take the program down with its log.
      }
    },
    tail: () => {
      const newest = lastLines(file, linesKept)
      // Just turned over, what happened stands in the file before.
      const kept =
        newest.length < linesKept ? [...lastLines(`${file}.1`, linesKept - newest.length), ...newest] : newest
      return kept.length >= lines.length ? kept : [...lines]
    },
  }
}

const longestTail = 64_000

function lastLines(file: string, lines: number): string[] {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch {
    return []
  }
  try {
    const size = statSync(file).size
    const buffer = Buffer.alloc(Math.min(size, longestTail))
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length)
    const text = buffer.toString('utf8', 0, read)
    const whole = size > read ? text.slice(text.indexOf('\n') + 1) : text
    return whole.trimEnd().split('\n').filter(Boolean).slice(-lines)
  } catch {
    return []
  } finally {
    closeSync(descriptor)
  }
}
