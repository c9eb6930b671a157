/** Tells, while work goes on, how long its present phase will take. */
export interface RemainingTime {
  /** Seconds left after this much of the phase; undefined while too little is known. */
  after: (progress: { phase: string; done: number; total: number }) => number | undefined
  /** What was measured is of no use any more: the work stood still. */
  restart: () => void
}

/** A shorter look would say nonsense. */
const shortestLook = 2000

export function remainingTime(now: () => number = Date.now): RemainingTime {
  let start: { phase: string; done: number; at: number } | undefined
  return {
    after: ({ phase, done, total }) => {
      if (start?.phase !== phase || done < start.done) start = { phase, done, at: now() }
      const [passed, items] = [now() - start.at, done - start.done]
      if (passed < shortestLook || items <= 0 || total <= done) return undefined
      return Math.round((passed / items) * (total - done)) / 1000
    },
    restart: () => {
      start = undefined
    },
  }
}
