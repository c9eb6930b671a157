import { PDFiumLibrary } from '@hyzyla/pdfium'
import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pixelRegion } from '../../archive/page-cutting.ts'
import type { PreloadSurface } from '../../electron/bridge/reply.ts'
import { outlinePages } from '../../archive/pdf/pdf-outline.ts'
import { test } from './app.ts'
import { button, goTo, openArchive, readPage, sampleIssue } from './steps.ts'

/** Folders of notes, in an order of one's own, and the clippings book that is made of one. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const box = { x: 0.1, y: 0.15, w: 0.3, h: 0.2 }
const words = { title: 'jcrb', date: '2013-01-10', edition: 1 }

type Wish = { level: string; page?: string; article?: string; shape?: object; comment: string }

/** Notes as the interface makes them, in this order. */
async function makeNotes(window: Page, base: string, wishes: Wish[]): Promise<void> {
  for (const { comment, ...wish } of wishes) {
    await window.evaluate(
      async ([archive, name, one, text]) => {
        const { banmian } = globalThis as unknown as { banmian: PreloadSurface }
        await banmian.call['annotations']!['add']!({ archive, issue: name, ...one, edit: { comment: text } })
      },
      [base.slice(4), words, wish, comment] as const,
    )
  }
}

async function saveAs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
}

const rows = (window: Page) => window.locator('.list .note-row .title')

test('notes are collected in a folder, ordered by mouse and by key, and made a book with contents and pictures', async ({
  start,
  folder,
}) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  const article = issue.articles.find(({ blocks, headline }) => headline !== '' && blocks.length > 2)!
  await makeNotes(window, base, [
    { level: 'region', page: 'p1', shape: { kind: 'rectangle', box }, comment: '第一条' },
    { level: 'article', article: article.id, comment: '第二条' },
    { level: 'issue', comment: '第三条' },
  ])
  await goTo(window, '#/notes')
  await expect(rows(window)).toHaveCount(3)
  await window.getByLabel('新文件夹').first().fill('产业剪报')
  await window.keyboard.press('Enter')
  await expect(window.getByLabel('文件夹的名称')).toHaveValue('产业剪报')
  await expect(rows(window)).toHaveCount(0)
  await window.getByRole('combobox', { name: '文件夹', exact: true }).selectOption('')
  await window.getByLabel('顺序').selectOption('place')
  await window.getByLabel('把这些笔记收进…').selectOption({ label: '产业剪报' })
  await window.getByRole('combobox', { name: '文件夹', exact: true }).selectOption({ index: 1 })
  await expect(rows(window)).toHaveCount(3)

  const order = () => rows(window).allTextContents()
  await rows(window).filter({ hasText: '第一条' }).click()
  while ((await order())[0] !== '第一条') {
    const before = await order()
    await window.keyboard.press('Alt+ArrowUp')
    await expect.poll(order).not.toEqual(before)
  }
  const first = window.locator('.list .row').filter({ hasText: '第三条' })
  await first.dragTo(window.locator('.list .row').filter({ hasText: '第二条' }), { targetPosition: { x: 80, y: 5 } })
  await expect.poll(order).toEqual(['第一条', '第三条', '第二条'])

  await window.getByLabel('文件夹说明').fill('收集**产业**报道。')
  await window.getByLabel('文件夹说明').blur()
  await button(window, '做成剪报本…').click()
  const pdf = join(folder, 'book.pdf')
  await saveAs(app, pdf)
  await button(window, '做成…').click()
  await expect(window.locator('.book-dialog .said')).toContainText('已保存：book.pdf', { timeout: 60_000 })
  await expect(window.locator('.book-dialog .said')).toContainText('其中 1 条没有图像')

  const content = readFileSync(pdf)
  const document = await (await PDFiumLibrary.init()).loadDocument(content)
  const pages = [...document.pages()].map((page) => ({ text: page.getText().replace(/\s/g, '') }))
  const starts = await outlinePages(content, 2)
  expect(starts).toHaveLength(3)
  expect(pages[0]!.text).toContain('收集产业报道')
  for (const [index, at] of starts.entries()) {
    // The contents name the page on which the clipping stands, and the clipping begins there.
    expect(pages[1]!.text).toContain(String(at + 1))
    const own = pages.slice(at, starts[index + 1]).map(({ text }) => text)
    expect(own.join('')).toContain(['第一条', '第三条', '第二条'][index])
  }
  expect(pages.map(({ text }) => text).join('')).toContain(article.blocks[1]!.text.replace(/\s/g, '').slice(0, 20))
  const page = issue.pages[0]!
  const region = pixelRegion(box, page.width, page.height)
  const pictures = content.toString('latin1').match(/<<[^>]*\/Subtype \/Image[^>]*>>/g) ?? []
  const sizes = pictures.map((each) => [/\/Width (\d+)/, /\/Height (\d+)/].map((side) => Number(side.exec(each)?.[1])))
  expect(sizes).toContainEqual([region.width, region.height])
  document.destroy()

  const html = join(folder, 'book.html')
  await saveAs(app, html)
  await window.getByRole('radio', { name: 'HTML' }).check()
  await button(window, '做成…').click()
  await expect(window.locator('.book-dialog .said')).toContainText('已保存：book.html', { timeout: 60_000 })
  expect(readFileSync(html, 'utf8')).toContain(`width="${region.width}" height="${region.height}"`)
})
