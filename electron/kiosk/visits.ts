import { clipboard, powerSaveBlocker, screen, session, type BrowserWindow, type Session } from 'electron'
import { lockedWindow } from './kiosk-window.ts'

interface VisitParts {
  preload: string
  url: string
  /** Colour of the paper before a page is drawn. */
  paper: () => string
  /** Serves the interface and the pictures in the visit's own session. */
  serve: (visit: Session) => void
  touched: (how: 'pressed' | 'moved') => void
  /** The window of a visit was made: whoever watches over windows does so. */
  made: (window: BrowserWindow) => void
  log: (text: string) => void
}

export interface Visits {
  /** The window of the visit that is under way. */
  window: () => BrowserWindow | undefined
  session: () => Session | undefined
  number: () => number
  /** A fresh window in a fresh session; the one before is destroyed, with all that was in it. */
  begin: () => Promise<void>
  /** All windows may close: the program ends. */
  end: () => void
}

/** A page that is not drawn by then is shown as it is: the one before must not stay. */
const patienceMs = 8000

/** The windows of the kiosk: the visitor's on the first display, covers on all others. One session for each visit. */
export function visits(parts: VisitParts): Visits {
  const { preload, url, paper, serve, touched, log } = parts
  const leaving = new WeakSet<BrowserWindow>()
  const covers = new Map<number, BrowserWindow>()
  let current: { window: BrowserWindow; session: Session } | undefined
  let ending = false
  let number = 0
  let turn: Promise<void> = Promise.resolve()
  const mayClose = (window: BrowserWindow): boolean => ending || leaving.has(window)

  const remove = (window: BrowserWindow | undefined): void => {
    if (!window || window.isDestroyed()) return
    leaving.add(window)
    window.destroy()
  }
  const cover = (): void => {
    const primary = screen.getPrimaryDisplay()
    const displays = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
    for (const [id, window] of covers) {
      if (displays.some((display) => display.id === id)) continue
      remove(window)
      covers.delete(id)
    }
    for (const display of displays) {
      const known = covers.get(display.id)
      if (known && !known.isDestroyed()) {
        known.setBounds(display.bounds)
        continue
      }
      const made = lockedWindow({ display, paper: paper(), mayClose, touched: () => undefined })
      made.showInactive()
      covers.set(display.id, made)
    }
    const own = current?.window
    if (own && !own.isDestroyed()) own.setBounds(primary.bounds)
  }
  /** Once, when there is a screen. */
  const watchDisplays = (): void => {
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed'] as const)
      screen.on(event as 'display-added', () => setTimeout(cover, 200))
    powerSaveBlocker.start('prevent-display-sleep')
  }

  const begin = async (): Promise<void> => {
    const before = current
    number += 1
    if (number === 1) watchDisplays()
    // No `persist:`: it lives in memory only, and nothing of the visit before is in it.
    const fresh = session.fromPartition(`visit-${number}`, { cache: false })
    serve(fresh)
    const visit = { session: fresh, preload }
    const window = lockedWindow({ display: screen.getPrimaryDisplay(), paper: paper(), visit, mayClose, touched })
    current = { window, session: fresh }
    parts.made(window)
    const shown = new Promise<void>((resolve) => {
      const clock = setTimeout(resolve, patienceMs)
      window.once('ready-to-show', () => {
        clearTimeout(clock)
        resolve()
      })
    })
    window.loadURL(url).catch((error: unknown) => log(`the page was not loaded: ${String(error)}`))
    await shown
    if (window.isDestroyed()) return
    window.show()
    window.setKiosk(true)
    window.focus()
    cover()
    remove(before?.window)
    if (before) await forget(before.session).catch((error: unknown) => log(`wiping: ${String(error)}`))
  }

  return {
    window: () => current?.window,
    session: () => current?.session,
    number: () => number,
    begin: () => {
      turn = turn.then(begin, begin)
      return turn
    },
    end: () => {
      ending = true
    },
  }
}

/** Takes away what a session held; it is in memory and never used again, so this is the second lock of two. */
async function forget(past: Session): Promise<void> {
  emptyClipboard()
  await Promise.all([
    past.clearStorageData(),
    past.clearCache(),
    past.clearCodeCaches({}),
    past.clearHostResolverCache(),
    past.clearAuthCache(),
  ])
  past.flushStorageData()
}

/** What was copied, and on Linux also what was only selected. */
function emptyClipboard(): void {
  void clipboard.clear()
  if (process.platform !== 'linux') return
  // Older Electrons have no clipboard of its own for it, and name it in a word that the types do not know any more.
  const selection = clipboard.selection as Electron.Clipboard | undefined
  if (selection) void selection.clear()
  else (clipboard as unknown as { clear: (which: string) => void }).clear('selection')
}
