import { Transformer } from '@napi-rs/image'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pixelRegion } from '../../archive/page-cutting.ts'
import { sampleArchive, test } from './app.ts'
import { button, openArchive, readPage, sampleIssue } from './steps.ts'

/** Printing, saving as picture and PDF, copying: what is taken away is what was there, and says where it is from. */

const issue = sampleIssue('jcrb/2013-01-10/1')
const turned = issue.articles.find((article) => article.continuedBy)!
const rest = issue.articles.find((article) => article.id === turned.continuedBy)!
const first = issue.pages[0]!
const original = join(sampleArchive(), 'data', first.renditions.find(({ kind }) => kind === 'image')!.file)
const delivered = join(sampleArchive(), 'data', first.renditions.find(({ kind }) => kind === 'pdf')!.file)
const hash = createHash('sha256').update(readFileSync(original)).digest('hex').slice(0, 12)

/** The system's save dialog takes what is proposed, in this folder; answers what was proposed. */
async function saveInto(app: ElectronApplication, folder: string): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, into) => {
    const proposed: string[] = []
    Object.assign(globalThis, { proposed })
    dialog.showSaveDialog = async (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string }
      proposed.push(defaultPath.split('/').at(-1) ?? '')
      return { canceled: false, filePath: `${into}/${proposed.at(-1)}` }
    }
  }, folder)
  return () => app.evaluate(() => (globalThis as unknown as { proposed: string[] }).proposed)
}

const sheets = (window: Page) => window.locator('.papers img')
const said = (window: Page, text: RegExp) => window.locator('.said').filter({ hasText: text })

async function textOf(pdf: Buffer): Promise<{ pages: number; text: string }> {
  const document = await (await PDFiumLibrary.init()).loadDocument(pdf)
  const text = [...document.pages()].map((page) => page.getText()).join('\n')
  const pages = document.getPageCount()
  document.destroy()
  return { pages, text: text.replace(/\s/g, '') }
}

async function pixelsOf(bytes: Buffer) {
  const { width, height } = await new Transformer(bytes).metadata()
  const data = await new Transformer(bytes).rawPixels()
  return { data, width, height, channels: data.length / (width * height) }
}

test('a rectangle chosen by keys is saved pixel by pixel as it is in the original, with its source below', async ({
  start,
  folder,
}) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('s')
  const region = window.locator('.region')
  await expect(region).toBeFocused()
  for (let step = 0; step < 5; step++) await window.keyboard.press('ArrowUp')
  for (let step = 0; step < 3; step++) await window.keyboard.press('Shift+ArrowRight')
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/take\/jcrb\/2013-01-10\/1\/p1\?box=/)
  await expect(sheets(window)).toHaveCount(1)
  const [x = 0, y = 0, w = 0, h = 0] = (/box=([^&]+)/.exec(decodeURIComponent(window.url()))?.[1] ?? '')
    .split(',')
    .map(Number)

  const proposed = await saveInto(app, folder)
  await button(window, '存为图片…').click()
  await expect(said(window, /已保存/)).toBeVisible()
  expect(await proposed()).toEqual([`焦城日报-2013-01-10-第${first.label}版.png`])
  const saved = await pixelsOf(readFileSync(join(folder, (await proposed())[0]!)))
  const whole = await pixelsOf(readFileSync(original))
  const part = pixelRegion({ x, y, w, h }, whole.width, whole.height)
  expect(saved.width).toBe(part.width)
  expect(saved.height, 'the source stands below').toBeGreaterThan(part.height + 20)
  let different = 0
  for (let row = 0; row < part.height; row += 1)
    for (let column = 0; column < part.width; column += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        const from = ((part.y + row) * whole.width + part.x + column) * whole.channels + channel
        if (whole.data[from] !== saved.data[(row * saved.width + column) * saved.channels + channel]) different += 1
      }
  expect(different, `of ${part.width} × ${part.height} pixels`).toBe(0)
  // The foot is no white strip: there is ink in it.
  const foot = saved.data.subarray(part.height * saved.width * saved.channels)
  expect(foot.some((value) => value < 90)).toBe(true)
})

test('a rectangle is drawn with the mouse and moved by its holds', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await button(window, '带走').click()
  await window.getByRole('menuitem', { name: '框选一块版面' }).click()
  const sheet = (await window.locator('.page-canvas .sheet').boundingBox())!
  const at = (x: number, y: number) => [sheet.x + x * sheet.width, sheet.y + y * sheet.height] as const
  // Outside of the rectangle that is there to begin with.
  await window.mouse.move(...at(0.05, 0.02))
  await window.mouse.down()
  await window.mouse.move(...at(0.3, 0.1), { steps: 4 })
  await window.mouse.move(...at(0.5, 0.18), { steps: 4 })
  await window.mouse.up()
  const box = async () => (await window.locator('.region').boundingBox())!
  expect((await box()).width).toBeCloseTo(0.45 * sheet.width, -1)
  const before = await box()
  await window.mouse.move(before.x + before.width, before.y + before.height)
  await window.mouse.down()
  await window.mouse.move(before.x + before.width + 60, before.y + before.height + 40, { steps: 4 })
  await window.mouse.up()
  await expect.poll(async () => Math.round((await box()).width - before.width)).toBe(60)
  await window.keyboard.press('Escape')
  await expect(window.locator('.region')).toHaveCount(0)
  await expect(window.locator('.page-canvas')).toBeVisible()
})

test('an article is saved as PDF with both its parts, text that can be selected and its source', async ({
  start,
  folder,
}) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await window.keyboard.press('Control+p')
  await expect(sheets(window).first()).toBeVisible()
  const pages = await sheets(window).count()
  const proposed = await saveInto(app, folder)
  await window.keyboard.press('Control+s')
  await expect(said(window, /已保存/)).toBeVisible()
  const [name = ''] = await proposed()
  expect(name).toMatch(/^焦城日报-2013-01-10-第01版-第03版-.+\.pdf$/)
  const pdf = await textOf(readFileSync(join(folder, name)))
  expect(pdf.pages, 'the preview is what is saved').toBe(pages)
  for (const article of [turned, rest]) expect(pdf.text).toContain(article.blocks[1]!.text.replace(/\s/g, ''))
  expect(pdf.text).toContain(turned.headline)
  expect(pdf.text).toContain(hash)
  expect(pdf.text).toContain('banmian://')

  await button(window, '正文').click()
  await expect(window.locator('.papers[aria-busy=true]')).toHaveCount(0)
  await expect.poll(() => sheets(window).count()).toBeLessThan(pages)
})

test('the page PDF is saved as delivered, and the whole text is copied with its source', async ({ start, folder }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await button(window, '带走').click()
  await window.getByRole('menuitem', { name: '复制全文' }).click()
  await expect(said(window, /全文已复制/)).toBeVisible()
  const text = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(text.startsWith([turned.kicker, turned.headline].filter(Boolean).join('\n'))).toBe(true)
  expect(text).toContain(rest.blocks.at(-1)!.text)
  expect(text).toContain(`sha-256 ${hash}`)
  await window.keyboard.press('Control+p')
  const proposed = await saveInto(app, folder)
  await expect(sheets(window).first()).toBeVisible()
  await button(window, '保存原始文件…').click()
  await expect(said(window, /已保存/)).toBeVisible()
  const [name = ''] = await proposed()
  expect(name).toBe('焦城日报-2013-01-10-第01版.pdf')
  expect(readFileSync(join(folder, name)).equals(readFileSync(delivered))).toBe(true)
})

test('a place that cannot be written says so', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('Control+p')
  await expect(sheets(window)).toHaveCount(1)
  // A folder where nobody makes a file, root neither.
  await saveInto(app, '/proc')
  for (const way of ['存为 PDF…', '存为图片…', '保存原始文件…']) {
    await button(window, way).click()
    await expect(window.getByRole('alert')).toContainText('找不到')
    await window.getByRole('button', { name: '关闭', exact: true }).first().click()
    await expect(window.getByRole('alert')).toHaveCount(0)
  }
})

test('printing waits for the pictures, hands over the preview and says when there is no printer', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p1')
  await window.keyboard.press('Control+p')
  await expect(sheets(window)).toHaveCount(1)
  await app.evaluate(({ app: program }) => {
    Object.assign(globalThis, { printed: [] })
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (options, done) => {
        const code = `JSON.stringify([document.title, [...document.images].every((image) => image.complete && image.naturalWidth > 0)])`
        void contents.executeJavaScript(code).then((state: string) => {
          const list = (globalThis as unknown as { printed: unknown[] }).printed
          list.push({ state, size: options?.pageSize })
          done?.(list.length > 1, list.length > 1 ? '' : 'no printers available')
        })
      }
    })
  })
  await button(window, '打印…').click()
  await expect(window.getByRole('alert')).toContainText('没有打印成功：no printers available')
  await button(window, '打印…').click()
  await expect(said(window, /已交给打印机/)).toBeVisible()
  const printed = await app.evaluate(
    () => (globalThis as unknown as { printed: { state: string; size: string }[] }).printed,
  )
  expect(printed).toHaveLength(2)
  // By then the sheet has the name under which it lies in the printer's queue.
  expect(JSON.parse(printed[0]!.state)).toEqual(['焦城日报 2013年1月10日 第01版 要闻', true])
  expect(printed[0]!.size).toBe('A4')
  // Nothing is left open behind the scenes.
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
