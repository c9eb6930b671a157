import { Transformer } from '@napi-rs/image'
import type { ElectronApplication, Page } from 'playwright/test'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from '../e2e/app.ts'
import { openedBase } from '../e2e/steps.ts'
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

for (const { width, height, thumbnail } of sizes) {
  const size = `${width}x${height}`
  const small = Math.round((thumbnail * height) / width)
  test(`${size}: every screen, language and theme`, async ({ start, folder }) => {
    test.setTimeout(600_000)
    const archive = join(folder, '焦城报业示例')
    cpSync(sampleArchive(), archive, { recursive: true })
    const running = await start([archive])
    const { app, window } = running
    const base = await openedBase(window)
    await makeNotes(window, base)
    await resize(app, window, width, height)
    const thumbnails: Thumbnail[] = []
    const wanted = screens.filter(({ name }) => !only || only.includes(name))
    for (const [row, { name, show, leave }] of wanted.entries()) {
      await show({ app, window, base })
      // No pointer lies on a picture that is no picture of pointing.
      await window.mouse.move(1, 1)
      await window.waitForTimeout(500)
      for (const [group, language] of languages.entries()) {
        for (const [at, theme] of themes.entries()) {
          await appearance(window, language, theme)
          const picture = await window.screenshot()
          const file = join(root, 'out/screens', size, `${name}-${language}-${theme}.jpg`)
          mkdirSync(dirname(file), { recursive: true })
          writeFileSync(file, await new Transformer(picture).jpeg(85))
          const reduced = new Transformer(picture).resize(thumbnail, small)
          thumbnails.push({ row, column: group * themes.length + at, group, pixels: await reduced.rawPixels() })
        }
      }
      await leave?.(window)
      await appearance(window, 'zh-Hans', 'light')
    }
    const sheet = await contactSheet(thumbnails, thumbnail, small)
    writeFileSync(join(root, only ? 'out/screens' : 'docs/pictures', `screens-${size}.webp`), sheet)
  })
}
