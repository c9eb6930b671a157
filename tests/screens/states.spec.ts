import type { ElectronApplication, Page } from 'playwright/test'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { sampleArchive, test } from '../e2e/app.ts'
import { makeNotes, screens } from '../e2e/screens.ts'
import { goTo, openedBase, pageDrawn, resize } from '../e2e/steps.ts'
import type { Thumbnail } from './contact-sheet.ts'
import { appearance, nameOf, only, pictures, writeSheet, type Look, type Size } from './picture-taking.ts'

/**
 * `npm run screens`, its second part: what the sheets of every screen do not show. Text of 200 % on the screens that are read
 * most, pages beside each other, a page through time and the walk through the columns; a window as narrow as 1,280 pixels at
 * 400 %; the colours of the system.
 */

interface Running {
  app: ElectronApplication
  window: Page
  base: string
}
interface State {
  name: string
  show: (running: Running) => Promise<void>
  leave?: (window: Page) => Promise<void>
}

const looks: Look[] = [
  { language: 'zh-Hans', theme: 'light', group: 0 },
  { language: 'zh-Hant', theme: 'dark', group: 0 },
  { language: 'en', theme: 'contrast', group: 0 },
  { language: 'en', theme: 'light', group: 0 },
]
const few: Look[] = [
  { language: 'zh-Hans', theme: 'light', group: 0 },
  { language: 'en', theme: 'dark', group: 0 },
]
const wide = { width: 1920, height: 1080, thumbnail: 320 }
const sizes: Size[] = [
  { width: 1024, height: 600, thumbnail: 320 },
  wide,
  { width: 1080, height: 1920, thumbnail: 200 },
]
const scaled = async (window: Page, interfaceScale: number) => {
  await window.evaluate((part) => globalThis.window.banmian.call['settings']!['change']!(part), { interfaceScale })
  const size = interfaceScale === 100 ? '' : `${interfaceScale}%`
  await window.waitForFunction((is) => document.documentElement.style.fontSize === is, size)
}

/** Screens of the list, in text of 200 %. */
const enlarged = ['reader', 'reader-notes', 'calendar', 'issue', 'search', 'settings', 'notes'].map((name): State => {
  const screen = screens.find((each) => each.name === name)!
  return {
    name: `${name}-200`,
    show: async (running) => {
      await scaled(running.window, 200)
      await screen.show(running)
    },
    leave: async (window) => {
      await screen.leave?.(window)
      await scaled(window, 100)
    },
  }
})
const pressed = (name: string, key: string, sign: string, address = 'p2'): State => ({
  name,
  show: async ({ window, base }) => {
    await goTo(window, `${base}/r/jcrb/2013-01-10/1/${address}`)
    await pageDrawn(window, 2500)
    await window.locator('.openseadragon-canvas').first().focus()
    await window.keyboard.press(key)
    await window.locator(sign).first().waitFor()
  },
  leave: async (window) => window.keyboard.press(key),
})
const arranged: State[] = [
  pressed('spread', 'd', '.sheet.is-spread'),
  pressed('beside', 'k', '.beside-pane img, .beside-pane canvas'),
  pressed('axis', 'y', '[role=slider][aria-valuetext]', 'p1'),
  {
    name: 'columns',
    show: async ({ window, base }) => {
      await goTo(window, `${base}/r/jcrb/2013-01-10/1/p1?article=100688`)
      await pageDrawn(window, 2500)
      await window.locator('aside.article-pane h2').waitFor()
      await window.locator('.openseadragon-canvas').first().focus()
      await window.keyboard.press('Space')
      await window.waitForTimeout(800)
    },
    leave: async (window) => window.keyboard.press('Escape'),
  },
]

async function opened(
  start: (words: string[]) => Promise<{ app: ElectronApplication; window: Page }>,
  folder: string,
): Promise<Running> {
  const archive = join(folder, '焦城报业示例')
  cpSync(sampleArchive(), archive, { recursive: true })
  const { app, window } = await start([archive])
  const base = await openedBase(window)
  await makeNotes(window, base)
  return { app, window, base }
}

/** Takes the pictures of those states that are wanted. */
async function walk(running: Running, all: readonly State[], size: Size, at: readonly Look[]): Promise<void> {
  const thumbnails: Thumbnail[] = []
  for (const [row, { name, show, leave }] of wantedOf(all).entries()) {
    await show(running)
    thumbnails.push(...(await pictures(running.window, row, name, size, at)))
    await leave?.(running.window)
    await appearance(running.window, { language: 'zh-Hans', theme: 'light' })
  }
  await writeSheet('states', size, thumbnails, all.length)
}
const wantedOf = (states: readonly State[]): State[] => states.filter(({ name }) => !only || only.includes(name))

for (const size of sizes) {
  test(`${nameOf(size)}: large text and the ways to arrange pages`, async ({ start, folder }) => {
    test.setTimeout(600_000)
    const states = [...enlarged, ...arranged]
    test.skip(wantedOf(states).length === 0)
    const running = await opened(start, folder)
    await resize(running.app, running.window, size.width, size.height)
    await walk(running, states, size, looks)
  })
}

test('320 × 512, as 1280 × 2048 at 400 %: what is text flows', async ({ start, folder }) => {
  test.setTimeout(600_000)
  const flowing = screens.filter(({ flows }) => flows)
  const states = flowing.map((screen): State => ({ ...screen, name: `${screen.name}-narrow` }))
  test.skip(wantedOf(states).length === 0)
  const running = await opened(start, folder)
  const size = { width: 320, height: 512, thumbnail: 160 }
  await resize(running.app, running.window, size.width, size.height)
  await walk(running, states, size, few)
})

test('the colours of the system', async ({ start, folder }) => {
  test.setTimeout(600_000)
  const states = screens.map((screen): State => ({ ...screen, name: `${screen.name}-forced` }))
  test.skip(wantedOf(states).length === 0)
  const running = await opened(start, folder)
  await running.window.emulateMedia({ forcedColors: 'active' })
  const size = { width: 1280, height: 800, thumbnail: 320 }
  await resize(running.app, running.window, size.width, size.height)
  await walk(running, states, size, few)
})
