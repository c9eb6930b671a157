import { ArchiveError } from './errors.ts'

/** Long work asks it between its steps: it waits while paused, and ends when cancelled. */
export interface WorkPause {
  pause: () => void
  resume: () => void
}

/** What long work is given from outside. */
export interface WorkControl {
  signal?: AbortSignal
  /** Settles when work may go on: at once, but while it is paused. */
  whenAllowed?: () => Promise<void>
}

/** Waits while paused. Throws ArchiveError `cancelled` once the signal was given, paused or not. */
export async function passOn({ signal, whenAllowed }: WorkControl): Promise<void> {
  if (signal?.aborted) throw new ArchiveError('cancelled')
  await whenAllowed?.()
  if (signal?.aborted) throw new ArchiveError('cancelled')
}

/** A switch that holds work up, and what the work waits for. A signal ends the waiting too. */
export function openPause(signal?: AbortSignal): WorkPause & { whenAllowed: () => Promise<void> } {
  let allowed: Promise<void> | undefined
  let release: () => void = () => undefined
  const resume = (): void => {
    release()
    allowed = undefined
  }
  signal?.addEventListener('abort', resume)
  return {
    pause: () => {
      if (signal?.aborted) return
      allowed ??= new Promise((resolve) => (release = resolve))
    },
    resume,
    whenAllowed: () => allowed ?? Promise.resolve(),
  }
}
