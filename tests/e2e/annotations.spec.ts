import { expect } from 'playwright/test'
import { test } from './app.ts'
import { button, openArchive, readPage } from './steps.ts'

const panel = '.notes-panel'

test('by keyboard alone: a region is made, written, tagged, moved, cited, undone, and is there after a restart', async ({
  start,
  folder,
}) => {
  const profile = `${folder}/mine`
  const first = await openArchive(start, undefined, profile)
  const { window, app, base } = first
  await readPage(window, base, 'p1')
  await window.keyboard.press('a')
  await expect(window.getByRole('status').filter({ hasText: '方向键' })).toBeVisible()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Control+ArrowRight', 'Enter'])
    await window.keyboard.press(key)
  const comment = window.getByRole('textbox', { name: '批注' })
  await expect(comment).toBeFocused()
  await window.keyboard.insertText('这一段**值得**细读 😀')
  await expect(window.locator('.saving')).toHaveText('已保存')

  const tags = window.getByLabel('标签', { exact: true })
  await tags.focus()
  await window.keyboard.insertText('产业')
  await window.keyboard.press('Enter')
  await expect(window.locator('.tag-field .tag')).toHaveText('产业')

  const mark = window.getByRole('listbox', { name: '本版的笔记' })
  await mark.focus()
  const placeOf = () => window.locator('.chosen-shape').getAttribute('d')
  const before = await placeOf()
  for (let count = 0; count < 5; count += 1) await window.keyboard.press('Shift+ArrowDown')
  const moved = await placeOf()
  expect(moved).not.toBe(before)
  await expect(window.locator('.saving')).toHaveText('已保存')
  await window.waitForTimeout(700)

  await window.keyboard.press('c')
  await expect(window.locator('.citation-line')).toContainText('[N].')
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/\[N\]\. .+, 2013-01-10/)

  await window.keyboard.press('Control+z')
  await expect.poll(placeOf).toBe(before)
  await window.keyboard.press('Control+Shift+z')
  await expect.poll(placeOf).toBe(moved)
  await app.close()

  const second = await openArchive(start, undefined, profile)
  await readPage(second.window, second.base, 'p1')
  await second.window.keyboard.press('m')
  const row = second.window.locator(`${panel} .note-row`)
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('值得')
  await expect(row).toContainText('产业')
  for (let count = 0; count < 4; count += 1) await second.window.keyboard.press('Control+z')
  await expect(row).toHaveCount(0)
  await second.window.keyboard.press('Control+Shift+z')
  await expect(second.window.locator('.chosen-shape')).toBeVisible()
})

test('by mouse: a frame, a polygon and a line are drawn, moved and taken away', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await button(window, '笔记栏').click()
  const sheet = (await window.locator('.page-canvas .sheet').boundingBox())!
  const at = (x: number, y: number): [number, number] => [sheet.x + x * sheet.width, sheet.y + y * sheet.height]
  await button(window, '矩形').click()
  await window.mouse.move(...at(0.1, 0.2))
  await window.mouse.down()
  await window.mouse.move(...at(0.3, 0.3), { steps: 5 })
  await window.mouse.up()
  await expect(window.locator('.chosen-shape')).toBeVisible()
  await expect(window.locator('.handle')).toHaveCount(8)
  await window.mouse.move(...at(0.2, 0.25))
  await window.mouse.down()
  await window.mouse.move(...at(0.25, 0.35), { steps: 5 })
  await window.mouse.up()
  const box = (await window.locator('.chosen-shape').boundingBox())!
  expect((box.x - sheet.x) / sheet.width).toBeCloseTo(0.15, 1)
  expect((box.y - sheet.y) / sheet.height).toBeCloseTo(0.3, 1)

  await button(window, '返回本版笔记').click()
  await button(window, '多边形').click()
  for (const [x, y] of [
    [0.1, 0.5],
    [0.3, 0.5],
    [0.2, 0.7],
  ] as const)
    await window.mouse.click(...at(x, y))
  await window.keyboard.press('Enter')
  await expect(window.locator('.handle')).toHaveCount(3)
  await button(window, '返回本版笔记').click()
  await expect(window.locator(`${panel} .note-row`)).toHaveCount(2)
  await window.mouse.click(...at(0.2, 0.5))
  await expect(window.locator('.handle')).toHaveCount(3)
  await button(window, '删除').click()
  await expect(window.locator(`${panel} .note-row`)).toHaveCount(1)
})

test('words that are selected in an article are marked there and on the page, and found from either', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.locator('.zone').first().focus()
  await window.keyboard.press('Enter')
  const paragraph = window.locator('.article-text .text-blocks p').first()
  await expect(paragraph).toBeVisible()
  const selected = await paragraph.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    let text = walker.nextNode() as Text
    while (text.length < 14) text = walker.nextNode() as Text
    const range = document.createRange()
    range.setStart(text, 2)
    range.setEnd(text, 14)
    getSelection()?.removeAllRanges()
    getSelection()?.addRange(range)
    return range.toString()
  })
  await button(window, '批注').click()
  await expect(window.locator(`${panel} .quote`)).toHaveText(selected)
  await expect(window.locator('.chosen-text')).toBeVisible()
  await expect
    .poll(() => window.evaluate(() => [...CSS.highlights.keys()].sort()))
    .toEqual(['note-chosen', 'note-indigo'])
  await button(window, '返回本版笔记').click()
  await window.locator(`${panel} .note-row`).click()
  await expect(window.locator(`${panel} .quote`)).toHaveText(selected)
})
