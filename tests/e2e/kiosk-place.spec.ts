import { expect } from 'playwright/test'
import { test } from './app.ts'
import { kioskBase, startKiosk } from './kiosk.ts'
import { button, goTo, resize } from './steps.ts'

/** The bar at the top says where one is, whole, on the smallest displays a reading room has. */

const longName = '第A23版　今日沁阳/新春特刊'

for (const [width, height] of [
  [1024, 600],
  [1024, 768],
] as const) {
  test(`${width} × ${height}: the place is whole in every language, in large text and with a long name`, async ({
    start,
    folder,
  }) => {
    const { app, window } = await startKiosk(start, folder)
    await window.locator('.attract').click({ position: { x: 300, y: 300 } })
    await window.locator('.start').waitFor()
    await resize(app, window, width, height)
    await button(window, '大字').click()
    await window.locator('html[data-size=large]').waitFor()
    await goTo(window, `${await kioskBase(window)}/r/jcrb/2013-01-10/1/p1`)
    const parts = window.locator('.visit-place p span')
    for (const language of ['zh-Hans', 'zh-Hant', 'en']) {
      if (language !== 'zh-Hans') await window.locator(`.ease [lang=${language}]`).click()
      await window.locator(`html[lang=${language}]`).waitFor()
      await expect(parts).toHaveCount(2)
      const written = await parts.last().textContent()
      for (const name of [written, longName]) {
        await parts.last().evaluate((part, text) => (part.textContent = text), name)
        await expect.poll(() => window.locator('.visit-place').evaluate(cutOff), `${language} ${name}`).toEqual([])
      }
      await parts.last().evaluate((part, text) => (part.textContent = text), written)
    }
  })
}

/** The texts of the place that are not seen to their end, and those that lie under what stands beside them. */
function cutOff(place: Element): string[] {
  const room = place.getBoundingClientRect()
  const beside = document.querySelector('.ease')?.getBoundingClientRect().left ?? 0
  return [...place.querySelectorAll('strong, span')].flatMap((part) => {
    const { right, bottom } = part.getBoundingClientRect()
    // A glyph may stand out of its line by a little; a line that is hidden is all of it.
    const line = Number.parseFloat(getComputedStyle(part).lineHeight)
    const isWhole = part.scrollHeight < part.clientHeight + line / 2 && part.scrollWidth <= part.clientWidth + 1
    const isSeen = right <= Math.min(room.right, beside) + 1 && bottom <= room.bottom + 1
    return isWhole && isSeen ? [] : [part.textContent ?? '']
  })
}
