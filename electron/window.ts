import { BrowserWindow, nativeTheme, type Rectangle, type Session } from 'electron'
import type { ThemeName } from './bridge/views.ts'

/** What a window shows before its page is drawn: the paper of the theme. */
export const papers: Record<Exclude<ThemeName, 'system'>, string> = {
  light: '#FBF8F2',
  dark: '#191816',
  sepia: '#F4ECD8',
  contrast: '#FFFFFF',
}

interface WindowParts {
  preload: string
  url: string
  theme: ThemeName
  bounds?: Rectangle
  /** Nobody ever sees it: it only lays out what is printed. */
  hidden?: boolean
  /** The default one when it is not said. */
  session?: Session
  log: (text: string) => void
}

/** A reader's window: sandboxed, isolated, shown when its first page is drawn. */
export function openWindow({ preload, url, theme, bounds, hidden = false, session, log }: WindowParts): BrowserWindow {
  const named = theme === 'system' ? (nativeTheme.shouldUseDarkColors ? 'dark' : 'light') : theme
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...bounds,
    minWidth: 360,
    minHeight: 400,
    show: false,
    // What is printed lies on white, margins and all.
    backgroundColor: hidden ? '#FFFFFF' : papers[named],
    autoHideMenuBar: true,
    title: '版面 Banmian',
    webPreferences: {
      ...(session && { session }),
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      v8CacheOptions: 'bypassHeatCheck',
    },
  })
  if (!hidden) window.once('ready-to-show', () => window.show())
  let restarts = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`renderer gone: ${reason}`)
    if (reason === 'clean-exit' || window.isDestroyed() || restarts >= 3) return
    restarts += 1
    window.webContents.reload()
  })
  window.webContents.on('console-message', (_event, level, message, line, source) => {
    // Level 3 is an error in the interface: a bug that keeps its place in the log.
    if (Number(level) >= 3) log(`interface: ${message} (${source}:${line})`)
  })
  void window.webContents.setVisualZoomLevelLimits(1, 1)
  void window.loadURL(url)
  return window
}
