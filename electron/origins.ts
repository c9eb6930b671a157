import { ArchiveError } from '../archive/errors.ts'

/** The parts of Electron's invoke event that say who calls. */
export interface SenderEvent {
  sender: { mainFrame: unknown }
  senderFrame: { url: string } | null
}

/** Only the main frame of our own page may call: not a frame in it, not a page someone navigated to. */
export function checkSender(event: SenderEvent, origins: readonly string[]): void {
  const frame = event.senderFrame
  const known = frame && frame === event.sender.mainFrame && origins.includes(originOf(frame.url))
  if (!known) throw new ArchiveError('bad-request', { reason: 'unknown sender' })
}

/** `URL.origin` is `null` for schemes that URL does not know. */
export function originOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : ''
}

/** The place of the interface that a URL of ours names, the path behind its `#`; undefined for any other URL. */
export function placeOf(url: string, origins: readonly string[]): string | undefined {
  if (!origins.includes(originOf(url))) return undefined
  const { pathname, hash } = new URL(url)
  const own = pathname === '/' || pathname === '/index.html'
  return own && /^#\/\S{0,2000}$/.test(hash) ? hash.slice(1) : undefined
}

/** Whether a request stays within this program. */
export function isLocal(url: string, origins: readonly string[]): boolean {
  const scheme = url.slice(0, url.indexOf(':') + 1).toLowerCase()
  if (['app:', 'archive:', 'data:', 'blob:', 'devtools:'].includes(scheme)) return true
  // The development server, over http and its web socket.
  return origins.some((origin) => origin.startsWith('http:') && sameHost(url, origin))
}

function sameHost(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return (protocol === 'http:' || protocol === 'ws:') && host === new URL(origin).host
}
