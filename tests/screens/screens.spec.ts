import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { sampleArchive, test } from '../e2e/app.ts'
import { kioskBase, startKiosk } from '../e2e/kiosk.ts'
import { kioskScreens } from '../e2e/kiosk-screens.ts'
import { makeNotes, screens } from '../e2e/screens.ts'
import { openedBase, resize } from '../e2e/steps.ts'
import type { Thumbnail } from './contact-sheet.ts'
import { appearance, nameOf, only, pictures, writeSheet, type Look } from './picture-taking.ts'

/**
 * `npm run screens`: a picture of every screen in every language, theme and size, full in out/screens/, small on one
 * sheet for each size in docs/pictures/. Language, theme and size change while the app runs, as they do for a reader.
 */

const looks = (['zh-Hans', 'zh-Hant', 'en'] as const).flatMap((language, group) =>
  (['light', 'sepia', 'dark', 'contrast'] as const).map((theme): Look => ({ language, theme, group })),
)
const sizes = [
  { width: 1024, height: 600, thumbnail: 200 },
  { width: 1440, height: 900, thumbnail: 200 },
  { width: 1080, height: 1920, thumbnail: 128 },
]
const isWanted = (name: string): boolean => !only || only.includes(name)

for (const size of sizes) {
  const { width, height } = size
  test(`${nameOf(size)}: every screen, language and theme`, async ({ start, folder }) => {
    test.setTimeout(900_000)
    const wanted = screens.filter(({ name }) => isWanted(name))
    test.skip(wanted.length === 0)
    const archive = join(folder, '焦城报业示例')
    cpSync(sampleArchive(), archive, { recursive: true })
    const { app, window } = await start([archive])
    const base = await openedBase(window)
    await makeNotes(window, base)
    await resize(app, window, width, height)
    const thumbnails: Thumbnail[] = []
    for (const [row, { name, show, leave }] of wanted.entries()) {
      await show({ app, window, base })
      thumbnails.push(...(await pictures(window, row, name, size, looks)))
      await leave?.(window)
      await appearance(window, { language: 'zh-Hans', theme: 'light' })
    }
    await writeSheet('screens', size, thumbnails, screens.length)
  })

  test(`${nameOf(size)}: the reading room`, async ({ start, folder }) => {
    test.setTimeout(900_000)
    const wanted = kioskScreens.filter(({ name }) => isWanted(`kiosk-${name}`))
    test.skip(wanted.length === 0)
    const archive = join(folder, '焦城报业示例')
    cpSync(sampleArchive(), archive, { recursive: true })
    const { window } = await startKiosk(start, folder, { archives: [archive], idleSeconds: 3000 })
    await window.setViewportSize({ width, height })
    await window.locator('.attract img').first().waitFor()
    const thumbnails: Thumbnail[] = []
    const base = await kioskBase(window)
    for (const [row, { name, show, leave }] of wanted.entries()) {
      await show(window, base)
      thumbnails.push(...(await pictures(window, row, `kiosk-${name}`, size, looks)))
      await appearance(window, { language: 'zh-Hans', theme: 'light' })
      await leave?.(window)
    }
    await writeSheet('kiosk-screens', size, thumbnails, kioskScreens.length)
  })
}
