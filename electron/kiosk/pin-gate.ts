import { readFileSync } from 'node:fs'
import { writeAtomic } from '../../archive/files.ts'
import { ArchiveError } from '../../archive/errors.ts'
import { pinMatches } from '../../archive/kiosk/pin-hash.ts'
import type { Clock } from './monotonic-clock.ts'

interface GateParts {
  /** JSON file that remembers wrong PINs, so that a restart is no way around a lock. */
  file: string
  /** Of the policy; without one nobody gets in. */
  hash: string | undefined
  clock: Clock
  log: (text: string) => void
}

export interface PinGate {
  /** Throws ArchiveError `wrong-pin` with the tries left, `pin-locked` with seconds, `kiosk-refused` without a PIN. */
  enter: (pin: string) => Promise<void>
}

interface Failures {
  count: number
  /** How often it was locked since the last right PIN. */
  locks: number
  /** Seconds of the lock, and when it began (ISO), while locked. */
  locked?: number
  since?: string
}

const tries = 5
const firstLock = 60
const longestLock = 3600
/** Between two tries, however they are sent. */
const pauseMs = 1000

/** The staff's way in: one try at a time, a pause between two, a lock after five that grows each time. */
export function pinGate({ file, hash, clock, log }: GateParts): PinGate {
  let failures = readFailures(file)
  let lockedUntil = clock() + remaining(failures, new Date()) * 1000
  let last = -Infinity
  let turn: Promise<void> = Promise.resolve()

  const keep = async (changed: Failures): Promise<void> => {
    failures = changed
    // A full disk must not open the gate, nor close it for good: what is in memory counts.
    await writeAtomic(file, `${JSON.stringify(failures)}\n`).catch(() => log('the count of wrong PINs cannot be kept'))
  }
  const attempt = async (pin: string): Promise<void> => {
    if (hash === undefined) throw new ArchiveError('kiosk-refused', { call: 'kiosk.enterPin' })
    const left = Math.ceil((lockedUntil - clock()) / 1000)
    if (left > 0) throw new ArchiveError('pin-locked', { seconds: left })
    const early = last + pauseMs - clock()
    if (early > 0) await new Promise((resume) => setTimeout(resume, early))
    // Counted before it is compared: whoever pulls the plug in between has used a try all the same.
    const count = failures.count + 1
    const locks = failures.locks + (count >= tries ? 1 : 0)
    const seconds = Math.min(firstLock * 2 ** (locks - 1), longestLock)
    const locked = count >= tries ? { locked: seconds, since: new Date().toISOString() } : {}
    await keep({ count: count >= tries ? 0 : count, locks, ...locked })
    const right = await pinMatches(pin, hash)
    last = clock()
    if (right) {
      await keep({ count: 0, locks: 0 })
      return
    }
    log(`wrong PIN (${count} of ${tries})`)
    if (count < tries) throw new ArchiveError('wrong-pin', { left: tries - count })
    lockedUntil = clock() + seconds * 1000
    log(`PIN locked for ${seconds} s`)
    throw new ArchiveError('pin-locked', { seconds })
  }
  return {
    enter: (pin) => {
      const mine = turn.then(() => attempt(pin))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

/** Seconds of a lock that are left; all of it when the clock stands before it began. */
function remaining({ locked, since }: Failures, now: Date): number {
  if (locked === undefined || since === undefined) return 0
  const passed = (now.getTime() - Date.parse(since)) / 1000
  return passed >= 0 ? Math.max(0, locked - passed) : locked
}

/** A file that is damaged was perhaps damaged on purpose: it counts as one lock. */
function readFailures(file: string): Failures {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { count: 0, locks: 0 }
  }
  try {
    const { count, locks, locked, since } = JSON.parse(text) as Partial<Failures>
    const numbers = [count, locks].every((each) => Number.isInteger(each) && Number(each) >= 0)
    if (!numbers) throw new Error('no counts')
    return { count: Number(count), locks: Number(locks), locked, since }
  } catch {
    return { count: 0, locks: 1, locked: firstLock, since: new Date().toISOString() }
  }
}
