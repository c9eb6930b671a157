import type { Clock } from './monotonic-clock.ts'

interface IdleParts {
  idleSeconds: number
  warningSeconds: number
  clock: Clock
  /** Seconds since the system saw any input. */
  systemIdle: () => number
  /** Called once a second while the question stands; undefined when somebody came back. */
  warn: (left: number | undefined) => void
  /** Nobody answered: the visit is over. */
  over: () => void
}

export interface IdleWatch {
  /** Somebody did something; a pointer that only moved begins no visit. */
  touched: (how?: 'pressed' | 'moved') => void
  /** Looks at the clock; to be called about once a second. */
  look: () => void
  /** A new visit begins: nobody is there yet, and nobody is asked before somebody was. */
  reset: () => void
  /** Whether somebody touched the screen since the visit began. */
  busy: () => boolean
}

/**
 * Notices that a visitor left. What the system says of its idle time is a hint only: on some displays it is always 0,
 * so it counts from when it was once seen to grow.
 */
export function idleWatch({ idleSeconds, warningSeconds, clock, systemIdle, warn, over }: IdleParts): IdleWatch {
  let last: number | undefined
  let warned = false
  let grew = false
  let before = 0

  const touched = (how: 'pressed' | 'moved' = 'pressed'): void => {
    // A screen that was only walked past has no visit to end.
    if (how === 'moved' && last === undefined) return
    last = clock()
    if (warned) warn(undefined)
    warned = false
  }
  /** Whether the system saw somebody since the last look. */
  const seen = (): boolean => {
    const idle = systemIdle()
    const active = grew && (idle < before || idle < 1)
    if (idle >= 2) grew = true
    before = idle
    return active
  }
  return {
    touched,
    look: () => {
      if (seen()) touched('moved')
      if (last === undefined) return
      const quiet = (clock() - last) / 1000
      if (quiet < idleSeconds) return
      const left = Math.ceil(idleSeconds + warningSeconds - quiet)
      if (left > 0) {
        warned = true
        warn(left)
      } else {
        last = undefined
        warned = false
        over()
      }
    },
    reset: () => {
      last = undefined
      warned = false
    },
    busy: () => last !== undefined,
  }
}
