import { Transformer } from '@napi-rs/image'
import { expect, type Page } from 'playwright/test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IssueDocument, Point } from '../../archive/model.ts'
import { pngPromising } from '../fixtures/small-mirror.ts'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { expectPrepared, goTo, openedBase } from './steps.ts'

/** Pages with something wrong: each shows what can be shown and says what cannot. */

/** A zone without any extent. */
const nothing: Point[] = [
  [0.5, 0.5],
  [0.5, 0.5],
  [0.5, 0.5],
]
const page = (document: IssueDocument, index: number) => document.pages[index]!
const fileOf = (document: IssueDocument, index: number) =>
  page(document, index).renditions.find(({ kind }) => kind === 'image')!.file

test('what is broken, lies or is missing is shown as far as it goes, and said', async ({ start, folder }) => {
  const files: string[] = []
  const archive = smallArchive(folder, 'bad', {
    change: (document) => {
      for (const each of document.pages) each.renditions = each.renditions.filter(({ kind }) => kind === 'image')
      files.push(...document.pages.map((_, index) => fileOf(document, index)))
      // Size in the metadata that is not the picture's.
      Object.assign(page(document, 2), { width: 10, height: 9000 })
      Object.assign(page(document, 2).renditions[0]!, { width: 10, height: 9000 })
      // Zones without extent; a page without text; an article without zones.
      page(document, 3).zones.forEach((zone) => (zone.polygon = nothing))
      document.articles = document.articles.filter(({ pages }) => pages[0] !== 'p5')
      page(document, 4).zones = []
      page(document, 5).zones = []
      return document
    },
  })
  const payload = (index: number) => join(archive, 'data', files[index]!)
  const pixels = new Uint8Array(900 * 1260 * 4).map((_, at) => (at * 37) % 251)
  const cutOff = await Transformer.fromRgbaPixels(pixels, 900, 1260).png()
  writeFileSync(payload(0), pngPromising(30_000, 30_000))
  writeFileSync(payload(1), cutOff.subarray(0, cutOff.length / 2))
  writeFileSync(payload(6), 'not a picture')

  const { window } = await start([archive])
  const base = await openedBase(window)
  await expectPrepared(window)
  const read = async (id: string) => {
    await goTo(window, `${base}/r/jcrb/2013-01-10/1/${id}`)
    await expect(window.locator('.page-link.is-current')).toBeVisible()
  }
  const sheet = window.locator('.page-canvas .sheet')

  await read('p1')
  await expect(window.locator('.page-text'), 'an image bomb: text, and why').toContainText('30000')
  await expect(window.locator('.page-text article').first()).toBeVisible()

  await read('p2')
  await expect(window.locator('.page-note'), 'cut off: what there is, and that there is more').toContainText('无法解码')
  await expect.poll(() => aspectOf(window)).toBeCloseTo(1260 / 900, 1)
  await expect.poll(async () => (await sheet.screenshot()).byteLength, 'it is drawn').toBeGreaterThan(100_000)

  await read('p3')
  await expect.poll(() => aspectOf(window), 'the picture knows its own size').toBeLessThan(2)
  await expect(window.locator('.zone').first()).toBeAttached()
  await expect(window.locator('.page-note'), 'nothing of it is lost, so nothing is said').toHaveCount(0)

  await read('p4')
  await expect(sheet).toBeVisible()
  await expect(window.locator('.page-note'), 'what cannot be seen is said').toContainText(/第 04 版有 \d+ 个热区/)
  // Zones that cannot be seen can be reached and opened by key.
  await window.locator('.zone').first().focus()
  await window.keyboard.press('Enter')
  await expect(window.locator('aside.article-pane h2')).not.toBeEmpty()

  await read('p5')
  await expect(sheet, 'a page without text').toBeVisible()
  await expect(window.locator('.zone')).toHaveCount(0)
  await expect(window.locator('aside.article-pane')).toContainText('本版没有稿件文字')

  await read('p6')
  await expect(sheet).toBeVisible()
  await expect(window.locator('aside.article-pane'), 'an article without zones').toContainText('本版没有热区')
  // No zones, but the articles of the page are in the list and open.
  await window.locator('aside.article-pane .choice button').first().click()
  await expect(window.locator('aside.article-pane h2')).not.toBeEmpty()

  await read('p7')
  await expect(window.locator('.page-text'), 'no picture at all').toContainText('无法解码')
})

test('zones beyond the page are cut to it or left out, and both is said', async ({ start, folder }) => {
  const square = (left: number, top: number, right: number, bottom: number): Point[] => [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
  const archive = smallArchive(folder, 'beyond', {
    change: (document) => {
      const [first, second, third, fourth] = document.pages.map(({ zones }) => zones)
      first![0]!.polygon = square(-0.4, 0.1, 0.5, 0.3)
      first![1]!.polygon = square(1.2, 0.1, 1.6, 0.3)
      // NaN, as JSON has it.
      first![2]!.polygon = square(NaN, 0.1, 0.5, 0.3)
      for (const zone of second!) zone.polygon = square(-3, -3, -2, -2)
      // The rounding of a measure is no fault.
      third![0]!.polygon = square(-0.0004, 0.1, 0.5, 0.3)
      fourth![0]!.polygon = square(-2, -2, 3, 3)
      return document
    },
  })
  const { window } = await start([archive])
  const base = await openedBase(window)
  await expectPrepared(window)
  const read = async (id: string) => {
    await goTo(window, `${base}/r/jcrb/2013-01-10/1/${id}`)
    await expect(window.locator('.page-link.is-current')).toBeVisible()
    await expect(window.locator('.page-canvas .sheet')).toBeVisible()
  }
  const note = window.locator('.page-note')
  const pointsIn = () =>
    window
      .locator('.zone polygon, .loose-zone')
      .evaluateAll((all) => all.flatMap((each) => (each.getAttribute('points') ?? '').split(/[ ,]+/).map(Number)))

  await read('p1')
  await expect(note).toContainText('第 01 版有 3 个热区超出版面')
  const points = await pointsIn()
  expect(points.length).toBeGreaterThan(0)
  expect(
    points.every((value) => value >= 0 && value <= 1),
    'all that is drawn is on the page',
  ).toBe(true)

  await read('p2')
  await expect(note, 'none is left, and the page is there').toContainText(/第 02 版有 \d+ 个热区/)
  await expect(window.locator('.zone')).toHaveCount(0)
  // Its articles are still read.
  await window.locator('aside.article-pane .choice button').first().click()
  await expect(window.locator('aside.article-pane h2')).not.toBeEmpty()

  await read('p3')
  await expect(window.locator('.zone').first()).toBeAttached()
  await expect(note).toHaveCount(0)

  await read('p4')
  await expect(note).toContainText('第 04 版有 1 个热区')
})

async function aspectOf(window: Page): Promise<number> {
  const { width, height } = (await window.locator('.page-canvas .sheet').boundingBox())!
  return height / width
}
