import type { CDPSession, Locator, Page } from 'playwright/test'

/** Real touch events, as the screen sends them. */

export interface Finger {
  x: number
  y: number
}

export async function touch(session: CDPSession, type: string, fingers: Finger[]): Promise<void> {
  const touchPoints = fingers.map((finger, id) => ({ ...finger, id }))
  await session.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints })
}
/** Moves fingers in small steps, as fingers do. */
export async function glide(session: CDPSession, from: Finger[], to: Finger[], steps = 10): Promise<void> {
  await touch(session, 'touchStart', from)
  for (let step = 1; step <= steps; step += 1) {
    const at = from.map((finger, index) => ({
      x: finger.x + ((to[index]!.x - finger.x) * step) / steps,
      y: finger.y + ((to[index]!.y - finger.y) * step) / steps,
    }))
    await touch(session, 'touchMove', at)
  }
  await touch(session, 'touchEnd', [])
}

/** One finger on the middle of something that can be seen, and off again. */
export async function tap(session: CDPSession, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await target.boundingBox())!
  await tapAt(session, { x: x + width / 2, y: y + height / 2 })
}

export async function tapAt(session: CDPSession, finger: Finger): Promise<void> {
  await touch(session, 'touchStart', [finger])
  await touch(session, 'touchEnd', [])
}

/** Two taps that follow each other as fast as the window takes them. */
export async function doubleTapAt(session: CDPSession, finger: Finger): Promise<void> {
  const taps = [[finger], [], [finger], []]
  await Promise.all(taps.map((on) => touch(session, on.length > 0 ? 'touchStart' : 'touchEnd', on)))
}

/** A hand at a window: everything it does is touch. */
export async function hand(window: Page) {
  const session = await window.context().newCDPSession(window)
  return { session, tap: (target: Locator) => tap(session, target), tapAt: (at: Finger) => tapAt(session, at) }
}
