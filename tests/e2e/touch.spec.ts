import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { doubleTapAt, glide, type Finger } from './fingers.ts'
import { button, openArchive, percentOf, readPage } from './steps.ts'

/** The page under fingers: real touch events, as the screen sends them. */

const middleOf = async (window: Page): Promise<Finger> => {
  const { x, y, width, height } = (await window.locator('.page-host').boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}

test('two fingers enlarge, a double tap goes to 1:1 and back, and a swipe turns only the whole page', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p2')
  const session = await window.context().newCDPSession(window)
  const { x, y } = await middleOf(window)
  const label = window.locator('.page-link.is-current .page-label')
  const fitted = await percentOf(window)

  await glide(session, [{ x: x + 120, y }], [{ x: x - 120, y }])
  await expect(label, 'a swipe to the left turns on').toHaveText('03')
  await glide(session, [{ x: x - 120, y }], [{ x: x + 120, y }])
  await expect(label).toHaveText('02')

  const spread = (gap: number): Finger[] => [
    { x: x - gap, y },
    { x: x + gap, y },
  ]
  await glide(session, spread(40), spread(130))
  await expect.poll(() => percentOf(window)).toBeGreaterThan(fitted * 1.5)
  await glide(session, [{ x: x + 120, y }], [{ x: x - 120, y }])
  await expect(label, 'enlarged, a finger moves the page and does not turn it').toHaveText('02')
  await button(window, '整版').click()
  await expect.poll(() => percentOf(window)).toBe(fitted)

  // A second tap that a busy machine sees too late is no double tap: it is made again.
  await expect(async () => {
    await doubleTapAt(session, { x, y })
    await expect.poll(() => percentOf(window), { timeout: 2000 }).toBe(100)
  }).toPass()
  await expect(async () => {
    await doubleTapAt(session, { x, y })
    await expect.poll(() => percentOf(window), { timeout: 2000 }).toBe(fitted)
  }).toPass()
})
