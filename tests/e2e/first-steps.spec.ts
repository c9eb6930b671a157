import { expect } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './app.ts'
import { button, openedBase, percentOf, readPage } from './steps.ts'

/** A new reader, an empty shelf, and the sample that came with the program. */

test('an empty shelf offers the sample, and five things are learned on it by doing them', async ({ start }) => {
  const { window, profile } = await start()
  await button(window, '看看样例').click()
  const base = await openedBase(window)
  const line = window.getByRole('complementary', { name: '初次上手' })
  const done = line.locator('li.done')
  const said = line.getByRole('status')
  await expect(said).toContainText('翻到另一版')
  await readPage(window, base, 'p1')
  await expect(done).toHaveCount(0)
  const page = (await window.locator('.stage').boundingBox())!
  const below = (await line.boundingBox())!
  expect(page.y + page.height, 'the line covers nothing of the page').toBeLessThanOrEqual(below.y + 1)

  await window.keyboard.press('ArrowRight')
  await expect(done).toHaveText([/翻版/])
  await expect(said).toContainText('放大版面')

  const whole = await percentOf(window)
  await window.keyboard.press('+')
  await expect(window).toHaveURL(/view=/)
  await expect(done).toHaveCount(1)
  await window.keyboard.press('0')
  await expect(done).toHaveCount(2)
  await expect.poll(() => percentOf(window)).toBe(whole)

  await window.locator('.zone').first().click()
  await expect(done).toHaveCount(3)

  await window.keyboard.press('b')
  await expect(done).toHaveCount(4)
  await expect(said).toContainText('回车')
  // What is seen is written a moment later.
  const kept = () =>
    (JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8')) as { firstSteps: { done: string[] } }).firstSteps
  await expect.poll(() => kept().done).toEqual(['turn', 'zoom', 'article', 'note'])

  await window.keyboard.press('/')
  await window.keyboard.insertText('产业')
  await window.keyboard.press('Enter')
  await expect(said).toContainText('五步都会了')
  await line.getByRole('button', { name: '关闭' }).click()
  await expect(line).toBeHidden()
  await window.reload()
  await window.locator('.results mark').first().waitFor()
  await expect(line).toBeHidden()
})

test('who does not want to be taught says so once', async ({ start }) => {
  const { window } = await start()
  await expect(button(window, '看看样例')).toBeVisible()
  await window.keyboard.press('s')
  const base = await openedBase(window)
  const line = window.getByRole('complementary', { name: '初次上手' })
  await line.getByRole('button', { name: '不再提示' }).press('Enter')
  await expect(line).toBeHidden()
  await readPage(window, base, 'p1')
  await window.keyboard.press('ArrowRight')
  await expect(line).toBeHidden()
})
