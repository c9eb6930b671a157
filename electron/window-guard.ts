import { app, session, type Session } from 'electron'
import { isLocal, originOf, placeOf } from './origins.ts'

/**
 * Refuses, for everything this program ever opens: permissions, the network, downloads, navigation away, new windows
 * and webviews. `origins`: where the interface itself comes from. A link to a place of the interface that asks for a
 * window of its own (Ctrl+click, middle button) is handed to `openPlace`, the path behind its `#`.
 */
export function guardEverything(origins: readonly string[], openPlace: (path: string) => void): void {
  guardSession(session.defaultSession, origins)
  app.on('session-created', (created) => guardSession(created, origins))
  app.on('web-contents-created', (_event, contents) => {
    const stayHome = (event: { preventDefault: () => void; url: string }): void => {
      if (!origins.includes(originOf(event.url))) event.preventDefault()
    }
    contents.on('will-navigate', stayHome)
    contents.on('will-frame-navigate', stayHome)
    contents.on('will-redirect', stayHome)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      const path = placeOf(url, origins)
      if (path !== undefined && contents.getType() === 'window') openPlace(path)
      return { action: 'deny' }
    })
  })
}

function guardSession(guarded: Session, origins: readonly string[]): void {
  guarded.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  guarded.setPermissionCheckHandler(() => false)
  guarded.setDevicePermissionHandler(() => false)
  guarded.on('will-download', (event) => event.preventDefault())
  guarded.setSpellCheckerEnabled(false)
  guarded.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isLocal(details.url, origins) }))
}
