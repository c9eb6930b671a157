import { expect } from 'playwright/test'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PreloadSurface } from '../../electron/bridge/reply.ts'
import { sampleArchive, test } from './app.ts'
import { documentPath } from './archives.ts'
import { button, goTo, openArchive, readPage, resize, sampleIssue, selectWords } from './steps.ts'

/** A reader corrects a wrong word: shown, searched, exported, undone; the archive stays as it was delivered. */

const name = 'jcrb/2013-01-10/1'
const article = sampleIssue(name).articles.find(
  ({ blocks, headline, pages }) => headline !== '' && pages[0] === 'p1' && (blocks[0]?.text.length ?? 0) > 30,
)!
const delivered = article.blocks[0]!.text
const was = delivered.slice(8, 12)
const now = '鎏鑫垚淼'
const hashOf = () =>
  createHash('sha256')
    .update(readFileSync(join(sampleArchive(), documentPath(name))))
    .digest('hex')

test('a wrong word is corrected by key, read and found as corrected, shown as delivered, exported and undone', async ({
  start,
  folder,
}) => {
  const before = hashOf()
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await goTo(window, `${base}/r/${name}/p1?article=${encodeURIComponent(article.id)}`)
  const paragraph = window.locator('.article-text .text-blocks p').first()
  await expect(paragraph).toHaveText(delivered)

  await selectWords(window, 8, 12)
  await expect(button(window, '校改')).toBeVisible()
  await window.keyboard.press('e')
  const field = window.getByLabel('改为')
  await expect(field).toHaveValue(was)
  await field.fill(now)
  await window.keyboard.press('Enter')
  await expect(paragraph).toHaveText(delivered.slice(0, 8) + now + delivered.slice(12))
  await expect(window.locator('.corrections')).toContainText('文字校改 1 处')
  await expect.poll(() => window.evaluate(() => CSS.highlights.has('note-corrected'))).toBe(true)

  await button(window, '看原文').click()
  await expect(paragraph).toHaveText(delivered)
  await button(window, '看校改后的文字').click()
  await expect(paragraph).toContainText(now)

  // Words beside the correction are marked where they stand in the delivered text.
  await selectWords(window, 10, 16)
  await button(window, '划线').click()
  const quoteOf = () =>
    window.evaluate(async (archive) => {
      const { banmian } = globalThis as unknown as { banmian: PreloadSurface }
      const issue = { title: 'jcrb', date: '2013-01-10', edition: 1 }
      const reply = await banmian.call['annotations']!['ofIssue']!({ archive, ...issue })
      const notes = (reply as { value: { kind: string; quote?: { exact: string } }[] }).value
      return notes.find(({ kind }) => kind === 'highlighting')?.quote?.exact
    }, base.slice(4))
  await expect.poll(quoteOf).toBe(delivered.slice(8, 16))

  await goTo(window, `${base}/search?q=${encodeURIComponent(now)}`)
  const own = window.locator('.own-finds')
  await expect(own).toContainText('经我校改后符合 1')
  await expect(own).toContainText('我的笔记 1')
  await own.locator('summary').click()
  await own.locator('.hit').click()
  await expect(window.locator('.article-text mark').first()).toHaveText(now)

  await goTo(window, '#/notes')
  const target = join(folder, 'all.jsonld')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, target)
  await window.getByRole('button', { name: /^导出 2 条/ }).click()
  await expect(window.getByText('all.jsonld')).toBeVisible()
  const { first } = JSON.parse(readFileSync(target, 'utf8')) as { first: { items: Record<string, unknown>[] } }
  expect(first.items).toContainEqual(
    expect.objectContaining({
      motivation: 'editing',
      body: [{ type: 'TextualBody', value: now, format: 'text/plain', purpose: 'editing' }],
    }),
  )

  await window.keyboard.press('Escape')
  await window.locator('.list').click({ position: { x: 5, y: 5 } })
  await window.keyboard.press('Control+z')
  await window.keyboard.press('Control+z')
  await expect(window.locator('.note-row')).toHaveCount(0)
  await goTo(window, `${base}/r/${name}/p1?article=${encodeURIComponent(article.id)}`)
  await expect(paragraph).toHaveText(delivered)
  expect(hashOf()).toBe(before)
})

test('where words are corrected is whole within the window, however many they are and wherever they stand', async ({
  start,
}) => {
  const { app, window, base } = await openArchive(start)
  await resize(app, window, 1024, 600)
  await readPage(window, base, 'p1')
  await goTo(window, `${base}/r/${name}/p1?article=${encodeURIComponent(article.id)}`)
  const paragraph = window.locator('.article-text .text-blocks p').first()
  await expect(paragraph).toHaveText(delivered)
  const bubble = window.locator('.bubble')
  for (const block of ['start', 'end'] as const) {
    await paragraph.evaluate((element, at) => element.scrollIntoView({ block: at }), block)
    for (const end of [12, delivered.length]) {
      await selectWords(window, 8, end)
      await bubble.waitFor()
      await window.keyboard.press('e')
      await expect(window.getByLabel('改为')).toHaveValue(delivered.slice(8, end))
      await expect(window.getByRole('button', { name: '保存校改' })).toBeInViewport({ ratio: 1 })
      await expect(button(window, '关闭').last()).toBeInViewport({ ratio: 1 })
      await expect(bubble).toBeInViewport({ ratio: 1 })
      await window.keyboard.press('Escape')
      await expect(window.getByLabel('改为')).toHaveCount(0)
    }
  }
})
