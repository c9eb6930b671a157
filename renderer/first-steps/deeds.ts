import { firstStepNames, type FirstStep, type FirstSteps } from '../../electron/bridge/first-steps.ts'

/** What can be seen of the reader's doing, at one moment. */
export interface Sight {
  /** The issue in the reader and the page that is open; empty: none. */
  issue: string
  page: string
  /** A part of the page is enlarged. */
  enlarged: boolean
  /** Id of the article that is read. */
  article: string
  /** Words that were searched and found. */
  found: string
  /** How many notes and bookmarks stand in the issue. */
  notes: number
  /** The last of what was noted is on the disk: the notes of earlier days that are read are no deed. */
  saved: boolean
}

/** Which step somebody took between two moments. Enlarging is half of one: it ends with the page being whole again. */
export function deedsBetween(before: Sight, now: Sight): FirstStep[] {
  const same = before.issue !== '' && before.issue === now.issue
  const did: Record<FirstStep, boolean> = {
    turn: same && before.page !== '' && now.page !== '' && before.page !== now.page,
    zoom: same && before.page === now.page && before.enlarged && !now.enlarged,
    article: now.article !== '' && before.article !== now.article,
    search: now.found !== '' && before.found !== now.found,
    note: same && now.saved && now.notes > before.notes,
  }
  return firstStepNames.filter((step) => did[step])
}

/** The steps with what was done; over when nothing is left. Undefined when nothing of it is new. */
export function withDeeds({ state, done }: FirstSteps, deeds: readonly FirstStep[]): FirstSteps | undefined {
  const fresh = deeds.filter((step) => !done.includes(step))
  if (state !== 'shown' || fresh.length === 0) return undefined
  const all = firstStepNames.filter((step) => done.includes(step) || fresh.includes(step))
  return { state: all.length === firstStepNames.length ? 'over' : 'shown', done: all }
}

/** The step to propose; undefined when all were taken. */
export function nextStep({ done }: FirstSteps): FirstStep | undefined {
  return firstStepNames.find((step) => !done.includes(step))
}
