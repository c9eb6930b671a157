import type { Page } from 'playwright/test'
import { expect } from 'playwright/test'
import { copySample, test } from './app.ts'

/** Opens the reader at an address below the archive's own. */
async function read(window: Page, address: string): Promise<void> {
  await window.waitForFunction(() => /\/a\/[0-9a-f]{16}/.test(location.hash))
  await window.evaluate((rest) => {
    const [archive = ''] = /^#\/a\/[0-9a-f]{16}/.exec(location.hash) ?? []
    location.hash = `${archive}${rest}`
  }, address)
  await window.locator('.openseadragon-canvas canvas').first().waitFor()
}

test('the page is turned with its zones, filtered, and fills the screen', async ({ start, folder }) => {
  const { window, app } = await start([copySample(folder)])
  await read(window, '/r/jcrb/2013-01-10/1/p1')
  const zone = window.locator('.zone').first()
  await zone.waitFor({ state: 'attached' })
  const upright = await zone.boundingBox()
  await window.keyboard.press('r')
  await expect(async () => {
    const turned = await zone.boundingBox()
    expect((turned?.height ?? 0) > (turned?.width ?? 0)).toBe((upright?.width ?? 0) > (upright?.height ?? 0))
  }).toPass()
  await window.keyboard.press('Shift+R')

  await window.keyboard.press('i')
  await window.getByRole('button', { name: '去底色' }).click()
  const picture = window.locator('.openseadragon-canvas canvas').first()
  await expect(picture).toHaveCSS('filter', /grayscale/)
  await window.getByRole('button', { name: '恢复原样' }).click()
  await expect(picture).toHaveCSS('filter', 'none')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('button', { name: '版面显示' })).toBeFocused()

  await window.keyboard.press('F11')
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen()))
    .toBe(true)
})

test('a continued article is one flow, and what is converted is copied as printed', async ({ start, folder }) => {
  const { window } = await start([copySample(folder)])
  await read(window, '/r/jcrb/2008-12-26/1/p1?article=100003')
  await expect(window.locator('.page-mark')).toHaveText('（转第03版）')
  await expect(window.locator('aside.article-pane')).not.toContainText('（下转第03版）')

  await window.keyboard.press('Shift+T')
  await window.getByRole('button', { name: '繁体', exact: true }).click()
  const body = window.locator('.text-blocks p').first()
  await expect(body).toContainText('產')
  await window.keyboard.press('Escape')
  const [shown, copied] = await body.evaluate((paragraph) => {
    getSelection()?.selectAllChildren(paragraph)
    const clipboardData = new DataTransfer()
    paragraph.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
    return [getSelection()?.toString() ?? '', clipboardData.getData('text/plain')]
  })
  expect(copied).toHaveLength(shown.length)
  expect(copied).toContain('产')
  await window.locator('.page-mark button').click()
  await expect(window).toHaveURL(/\/p3\?article=100047/)
})
