import type { BrowserWindow } from 'electron'
import type { Clock } from './monotonic-clock.ts'

interface WatchParts {
  clock: Clock
  /** Counted, for the staff. */
  recovered: () => void
  /** It falls again and again: a fresh window takes its place. */
  giveUp: () => void
  log: (text: string) => void
}

const beatMs = 2000
/** A page that answers nothing for so long is as good as crashed. */
const patienceMs = 8000
const shortMs = 60_000
const mostFalls = 3
/** No world of the page's own, so that nothing in it can answer in its place. */
const world = 999

/** Sees to it that a visitor's page is there and answers: loaded again after a crash, after a hang, after a failed load. */
export function watchRenderer(window: BrowserWindow, { clock, recovered, giveUp, log }: WatchParts): void {
  const { webContents: contents } = window
  const falls: number[] = []
  let answered = clock()
  let asking = false
  let down = false

  const again = (why: string): void => {
    if (window.isDestroyed() || down) return
    down = true
    recovered()
    const now = clock()
    falls.push(now)
    const many = falls.filter((fall) => now - fall < shortMs).length
    log(`page: ${why}; ${many > mostFalls ? 'a fresh window' : 'loaded again'}`)
    setTimeout(
      () => {
        down = false
        answered = clock()
        if (window.isDestroyed()) return
        if (many > mostFalls) giveUp()
        else contents.reload()
      },
      250 * 2 ** (many - 1),
    )
  }
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') again(`its process is gone (${reason})`)
  })
  contents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    // -3: another load took its place.
    if (isMainFrame && code !== -3) again(`not loaded (${code})`)
  })
  const hangs = (): void => {
    log('page: hangs')
    answered = clock()
    contents.forcefullyCrashRenderer()
  }
  window.on('unresponsive', hangs)
  const beat = setInterval(() => {
    if (down || contents.isLoading() || contents.isCrashed()) {
      answered = clock()
      return
    }
    if (clock() - answered > patienceMs) return hangs()
    if (asking) return
    asking = true
    contents
      .executeJavaScriptInIsolatedWorld(world, [{ code: '1' }])
      .then(
        () => (answered = clock()),
        () => undefined,
      )
      .finally(() => (asking = false))
  }, beatMs)
  contents.on('render-process-gone', () => (asking = false))
  window.on('closed', () => clearInterval(beat))
}
