import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fittingBounds } from './window-bounds.ts'

/** Where the last used window stood. */
interface WindowState {
  bounds: Rectangle
  maximized: boolean
}

interface WindowsParts {
  /** JSON file that remembers where the window stood. */
  file: string
  /** Makes a window that shows a place of the interface, the path behind its `#`. */
  make: (path: string, bounds: Rectangle | undefined) => BrowserWindow
  /** The reader closed the last one; windows nobody sees may still be open. */
  lastClosed: () => void
  log: (text: string) => void
}

export interface ReaderWindows {
  /** All that are open, the one used last first. */
  all: () => BrowserWindow[]
  /** The one with this client's contents. */
  of: (client: number) => BrowserWindow | undefined
  /** Opens one more. Undefined when there are so many that more would only take memory. */
  open: (path?: string) => BrowserWindow | undefined
  /** Brings the one used last to the front; answers it. */
  focus: () => BrowserWindow | undefined
}

/** A page fills a window of its own memory; more than anyone can look at. */
const mostWindows = 24
const offset = 28
const settledMs = 1000

/** The windows a reader has open. The first stands where the last one stood; each further one a little beside. */
export function readerWindows({ file, make, lastClosed, log }: WindowsParts): ReaderWindows {
  let used: BrowserWindow[] = []

  const remember = (window: BrowserWindow): void => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      // At once: after the last window the program ends.
      writeFileSync(`${file}.tmp`, `${JSON.stringify(state)}\n`)
      renameSync(`${file}.tmp`, file)
    } catch (error) {
      log(`window state: ${String(error)}`)
    }
  }
  const remembered = (): WindowState | undefined => {
    try {
      const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<WindowState>
      const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
      const bounds = fittingBounds(state.bounds, areas)
      return bounds && { bounds, maximized: state.maximized === true }
    } catch {
      return undefined
    }
  }

  return {
    all: () => [...used],
    of: (client) => used.find((window) => window.webContents.id === client),
    open: (path = '/') => {
      if (used.length >= mostWindows) return undefined
      const [beside] = used
      const state = beside ? undefined : remembered()
      const { x, y, width, height } = beside?.getNormalBounds() ?? { x: 0, y: 0, width: 0, height: 0 }
      const bounds = beside ? { x: x + offset, y: y + offset, width, height } : state?.bounds
      const window = make(path, bounds)
      if (state?.maximized) window.once('ready-to-show', () => window.maximize())
      used.unshift(window)
      window.on('focus', () => (used = [window, ...used.filter((each) => each !== window)]))
      // Not only when it is closed: a session that ends or a power cut asks no window.
      let settling: NodeJS.Timeout | undefined
      const settle = (): void => {
        clearTimeout(settling)
        settling = setTimeout(() => !window.isDestroyed() && remember(window), settledMs)
      }
      window.on('resize', settle)
      window.on('move', settle)
      window.on('close', () => remember(window))
      window.on('closed', () => {
        used = used.filter((each) => each !== window)
        if (used.length === 0) lastClosed()
      })
      return window
    },
    focus: () => {
      const [window] = used
      if (window?.isMinimized()) window.restore()
      window?.focus()
      return window
    },
  }
}
