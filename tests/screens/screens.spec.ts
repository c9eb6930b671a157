import { Transformer } from '@napi-rs/image'
import type { ElectronApplication, Page } from 'playwright/test'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from '../e2e/app.ts'
import { kioskBase, startKiosk } from '../e2e/kiosk.ts'
import { kioskScreens } from '../e2e/kiosk-screens.ts'
import { goTo, openedBase } from '../e2e/steps.ts'
import { makeNotes, screens } from '../e2e/screens.ts'
import { sampleArchive } from '../e2e/app.ts'
import { contactSheet, type Thumbnail } from './contact-sheet.ts'

/**
 * `npm run screens`: a picture of every screen in every language, theme and size, full in out/screens/, small on one
 * sheet for each size in docs/pictures/. Language, theme and size change while the app runs, as they do for a reader.
 */

const root = resolve(import.meta.dirname, '../..')
const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
const themes = ['light', 'sepia', 'dark', 'contrast'] as const
const sizes = [
  { width: 1024, height: 600, thumbnail: 200 },
  { width: 1440, height: 900, thumbnail: 200 },
  { width: 1080, height: 1920, thumbnail: 128 },
]
const only = process.env['BANMIAN_SCREENS']?.split(',')

async function appearance(window: Page, language: string, theme: string): Promise<void> {
  await window.evaluate((part) => globalThis.window.banmian.call['settings']!['change']!(part), { language, theme })
  await window.waitForFunction(
    ([lang, name]) => document.documentElement.lang === lang && document.documentElement.dataset['theme'] === name,
    [language, theme],
  )
  await settled(window)
}

/** Nothing moves any more, and the pictures in view are there. */
async function settled(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const inView = (image: HTMLImageElement) => {
      const { top, bottom } = image.getBoundingClientRect()
      return bottom >= 0 && top <= innerHeight
    }
    await Promise.all([...document.images].filter(inView).map((image) => image.decode().catch(() => undefined)))
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ending.map((each) => each.finished.catch(() => undefined)))
  })
  await window.locator('.papers img.is-old').waitFor({ state: 'detached' })
}

async function resize(app: ElectronApplication, window: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [first] = BrowserWindow.getAllWindows()
      first?.setMinimumSize(1, 1)
      first?.setContentSize(...size)
    },
    [width, height] as [number, number],
  )
  await window.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height])
}

/** One screen, as it is, in every language and theme. */
async function pictures(window: Page, row: number, name: string, size: (typeof sizes)[number]): Promise<Thumbnail[]> {
  // No pointer lies on a picture that is no picture of pointing.
  await window.mouse.move(1, 1)
  await window.waitForTimeout(500)
  const made: Thumbnail[] = []
  for (const [group, language] of languages.entries()) {
    for (const [at, theme] of themes.entries()) {
      await appearance(window, language, theme)
      const picture = await window.screenshot()
      const file = join(root, 'out/screens', nameOf(size), `${name}-${language}-${theme}.jpg`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, await new Transformer(picture).jpeg(85))
      const reduced = new Transformer(picture).resize(size.thumbnail, smallHeight(size))
      made.push({ row, column: group * themes.length + at, group, pixels: await reduced.rawPixels() })
    }
  }
  return made
}

async function writeSheet(name: string, size: (typeof sizes)[number], thumbnails: Thumbnail[]): Promise<void> {
  if (thumbnails.length === 0) return
  const sheet = await contactSheet(thumbnails, size.thumbnail, smallHeight(size))
  writeFileSync(join(root, only ? 'out/screens' : 'docs/pictures', `${name}-${nameOf(size)}.webp`), sheet)
}

const nameOf = ({ width, height }: (typeof sizes)[number]): string => `${width}x${height}`
const smallHeight = ({ width, height, thumbnail }: (typeof sizes)[number]): number =>
  Math.round((thumbnail * height) / width)

for (const size of sizes) {
  const { width, height } = size
  test(`${nameOf(size)}: every screen, language and theme`, async ({ start, folder }) => {
    test.setTimeout(900_000)
    const archive = join(folder, '焦城报业示例')
    cpSync(sampleArchive(), archive, { recursive: true })
    const { app, window } = await start([archive])
    const base = await openedBase(window)
    await makeNotes(window, base)
    await resize(app, window, width, height)
    const thumbnails: Thumbnail[] = []
    const wanted = screens.filter(({ name }) => !only || only.includes(name))
    for (const [row, { name, show, leave }] of wanted.entries()) {
      await show({ app, window, base })
      thumbnails.push(...(await pictures(window, row, name, size)))
      await leave?.(window)
      await appearance(window, 'zh-Hans', 'light')
    }
    await writeSheet('screens', size, thumbnails)
  })

  test(`${nameOf(size)}: the reading room`, async ({ start, folder }) => {
    test.setTimeout(900_000)
    const wanted = kioskScreens.filter(({ name }) => !only || only.includes(`kiosk-${name}`))
    const archive = join(folder, '焦城报业示例')
    cpSync(sampleArchive(), archive, { recursive: true })
    const { window } = await startKiosk(start, folder, { archives: [archive], idleSeconds: 3000 })
    await window.setViewportSize({ width, height })
    await window.locator('.attract img').first().waitFor()
    const thumbnails: Thumbnail[] = []
    if (!only) thumbnails.push(...(await pictures(window, 0, 'kiosk-attract', size)))
    await window.locator('.attract').click({ position: { x: 300, y: 300 } })
    const base = await kioskBase(window)
    for (const { name, hash, sign } of wanted) {
      await goTo(window, hash(base))
      await window.locator(sign).first().waitFor({ state: 'attached' })
      thumbnails.push(...(await pictures(window, thumbnails.length / 12, `kiosk-${name}`, size)))
    }
    await writeSheet('kiosk-screens', size, thumbnails)
  })
}
