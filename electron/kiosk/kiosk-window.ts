import { BrowserWindow, type Display, type Session } from 'electron'
import { allowedKey } from './allowed-keys.ts'

/** What is taken out of the page: whatever opens a window of the system's own, or asks for a device. */
const disabledFeatures = [
  'FileSystemAccessLocal',
  'FileSystemAccess',
  'DocumentPictureInPictureAPI',
  'PictureInPictureAPI',
  'EyeDropperAPI',
  'WebShare',
  'PaymentRequest',
  'Presentation',
  'RemotePlayback',
  'Notifications',
  'WebUSB',
  'WebHID',
  'Serial',
  'WebBluetooth',
].join(',')

interface LockedParts {
  display: Display
  paper: string
  /** Of the visit; a cover has none. */
  visit?: { session: Session; preload: string }
  /** Whether the program itself is ending, or the window is to make room for the next. */
  mayClose: (window: BrowserWindow) => boolean
  /** A key, a touch, a click; or only that the pointer moved, which it also does under a window that appears. */
  touched: (how: 'pressed' | 'moved') => void
}

/** A window that fills a display and that no key, click or gesture leaves, closes or opens up. */
export function lockedWindow({ display, paper, visit, mayClose, touched }: LockedParts): BrowserWindow {
  const window = new BrowserWindow({
    ...display.bounds,
    kiosk: true,
    fullscreen: true,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    closable: false,
    alwaysOnTop: true,
    skipTaskbar: true,
    // A cover takes no keys away from the visitor's window.
    focusable: visit !== undefined,
    autoHideMenuBar: true,
    show: false,
    backgroundColor: paper,
    title: '版面 Banmian',
    webPreferences: {
      ...(visit && { session: visit.session, preload: visit.preload, additionalArguments: ['--banmian-kiosk'] }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      disableBlinkFeatures: disabledFeatures,
      // An attract screen that fell asleep would not notice the first touch; nothing here runs on a battery.
      backgroundThrottling: false,
    },
  })
  const { webContents } = window
  webContents.on('before-input-event', (event, input) => {
    touched('pressed')
    if (!allowedKey(input)) event.preventDefault()
  })
  webContents.on('input-event', (_event, { type }) => {
    if (/^(mouseDown|mouseWheel|touchStart|pointerDown|gestureTap|rawKeyDown|keyDown)/.test(type)) touched('pressed')
    else if (type === 'mouseMove' || type === 'touchMove') touched('moved')
  })
  webContents.on('context-menu', (event) => event.preventDefault())
  webContents.on('devtools-opened', () => webContents.closeDevTools())
  webContents.on('zoom-changed', () => webContents.setZoomLevel(0))
  void webContents.setVisualZoomLevelLimits(1, 1)
  window.on('app-command', (event) => event.preventDefault())
  window.on('system-context-menu', (event) => event.preventDefault())
  window.on('close', (event) => {
    if (!mayClose(window)) event.preventDefault()
  })
  const fill = (): void => {
    if (window.isDestroyed() || mayClose(window)) return
    if (!window.isKiosk() || !window.isFullScreen()) window.setKiosk(true)
    if (window.isMinimized()) window.restore()
  }
  // The window manager has to be done with what it does before it can be undone.
  const soon = (): void => void setTimeout(fill, 50)
  for (const event of [
    'leave-full-screen',
    'leave-html-full-screen',
    'minimize',
    'unmaximize',
    'restore',
    'hide',
  ] as const)
    window.on(event as 'minimize', soon)
  window.on('blur', () => setTimeout(() => !window.isDestroyed() && visit && !mayClose(window) && window.focus(), 200))
  return window
}
