import { expect } from 'playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './app.ts'
import { answerDialog, button, goTo, openArchive, readPage } from './steps.ts'

/** What stands around every screen: the palette of commands, the map of keys, the settings. */

test('the palette finds actions, places, days and words, by the keyboard, in three languages and by pinyin', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const palette = window.getByRole('dialog', { name: '命令与去处' })
  const lines = palette.getByRole('option')
  const ask = async (text: string) => {
    await window.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await window.keyboard.insertText(text)
  }

  await ask('bjl')
  await expect(lines.first()).toContainText('笔记栏')
  await window.keyboard.press('Escape')
  await expect(palette).toBeHidden()

  await ask('2013年1月11日')
  await expect(lines.first()).toContainText('2013年1月11日')
  await window.keyboard.press('Enter')
  await expect(window).toHaveURL(/\/jcrb\?day=2013-01-11/)
  await expect(palette).toBeHidden()

  // From within a field, too; words lead to a search.
  await window.keyboard.press('/')
  await ask('产业集聚区')
  await window.keyboard.press('Enter')
  await expect(window.locator('.results mark').first()).toBeVisible()

  await ask('外观 深')
  await window.keyboard.press('Enter')
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await ask('english')
  await window.keyboard.press('Enter')
  await expect(window.locator('html')).toHaveAttribute('lang', 'en')
  await window.keyboard.press('Control+k')
  const english = window.getByRole('dialog', { name: 'Commands and places' })
  await window.keyboard.insertText('zzzz qq')
  await expect(english.getByRole('option')).toHaveCount(1)
  await expect(english.getByRole('option')).toContainText('Search for “zzzz qq”')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+k')
  await window.keyboard.insertText('settings')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('an action of the palette does what its key does', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('Control+k')
  await window.keyboard.insertText('放大')
  const percent = () => window.locator('.reader-bar output').innerText()
  const before = await percent()
  await window.keyboard.press('Enter')
  await expect.poll(percent).not.toBe(before)
  await window.keyboard.press('Control+k')
  await window.keyboard.insertText('全部按键')
  await window.keyboard.press('Enter')
  const keys = window.getByRole('dialog', { name: '全部按键' })
  await expect(keys).toContainText('Ctrl K')
  await expect(keys).toContainText('上一期')
})

test('a palette that is opened again in the moment it closes stays open', async ({ start }) => {
  const { window } = await openArchive(start)
  await window.keyboard.press('Control+k')
  const palette = window.getByRole('dialog', { name: '命令与去处' })
  await expect(palette).toBeVisible()
  // Before the event of its closing has come: keys that follow each other while the machine is busy.
  const wasClosed = await palette.evaluate(async (dialog: HTMLDialogElement) => {
    const event = new Promise<void>((resolve) => dialog.addEventListener('close', () => resolve(), { once: true }))
    dialog.click()
    for (let turn = 0; dialog.open && turn < 100; turn += 1) await Promise.resolve()
    const wasClosed = !dialog.open
    const key = { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', key))
    await event
    return wasClosed
  })
  expect(wasClosed).toBe(true)
  await window.keyboard.insertText('设置')
  await expect(palette.getByRole('combobox')).toHaveValue('设置')
})

test('settings are found, exported, reset, taken back and imported; a file that is none is refused', async ({
  start,
  folder,
}) => {
  const running = await start()
  const { app, window } = running
  await window.locator('.empty').waitFor()
  await goTo(window, '#/settings')
  const html = window.locator('html')
  await window.getByRole('searchbox', { name: '查找设置' }).fill('纸色')
  await expect(window.locator('fieldset')).toHaveCount(1)
  await window.getByRole('radio', { name: '纸色' }).check({ force: true })
  await expect(html).toHaveAttribute('data-theme', 'sepia')
  await window.getByRole('searchbox', { name: '查找设置' }).fill('没有这样的')
  await expect(window.getByText('没有名为')).toBeVisible()
  await window.getByRole('searchbox', { name: '查找设置' }).fill('')

  const file = join(folder, '我的 设置.json')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await button(window, '导出设置…').click()
  await expect(window.getByText('已存为“我的 设置.json”。')).toBeVisible()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ settings: { theme: 'sepia' } })

  await button(window, '恢复初始设置').click()
  await expect(html).not.toHaveAttribute('data-theme', 'sepia')
  await button(window, '撤销').click()
  await expect(html).toHaveAttribute('data-theme', 'sepia')
  await button(window, '恢复初始设置').click()
  await answerDialog(app, file)
  await button(window, '导入设置…').click()
  await expect(html).toHaveAttribute('data-theme', 'sepia')

  const other = join(folder, 'other.json')
  writeFileSync(other, '{"name": "package"}')
  await answerDialog(app, other)
  await button(window, '导入设置…').click()
  await expect(window.getByRole('alert')).toContainText('“other.json”不是版面的设置文件')
  await expect(html).toHaveAttribute('data-theme', 'sepia')
  // Every language at once, without a restart.
  await window.getByRole('radio', { name: 'English' }).check({ force: true })
  await expect(window.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(window.getByRole('alert')).toContainText('holds no Banmian settings')
})
