import { Transformer } from '@napi-rs/image'
import { expect, type Page } from 'playwright/test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { expectPrepared, goTo, openedBase } from './steps.ts'

const page = { width: 2000, height: 2800 }
/** Colours of the four quarters of the page, from left to right and down. */
const quarters = [
  [200, 40, 40],
  [40, 160, 60],
  [40, 60, 200],
  [230, 200, 40],
]

async function quarteredPage(): Promise<Buffer> {
  const pixels = new Uint8Array(page.width * page.height * 4)
  for (let at = 0; at < pixels.length; at += 4) {
    const [x, y] = [(at / 4) % page.width, Math.floor(at / 4 / page.width)]
    const [red = 0, green = 0, blue = 0] = quarters[(y * 2 < page.height ? 0 : 2) + (x * 2 < page.width ? 0 : 1)]!
    pixels.set([red, green, blue, 255], at)
  }
  return Transformer.fromRgbaPixels(pixels, page.width, page.height).jpeg(92)
}

/** The page as a camera keeps it that was held upside down (Exif 2.32, 4.6.4: Orientation 3). */
function heldUpsideDown(jpeg: Buffer): Buffer {
  const exif = Buffer.from('FFE100224578696600004D4D002A00000008000101120003000000010003000000000000', 'hex')
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)])
}

/** An archive whose second page is the quartered one, in a file of these bytes. */
function quarteredArchive(folder: string, bytes: Buffer): string {
  let file = ''
  const archive = smallArchive(folder, 'quartered', {
    change: (document) => {
      const [, second] = document.pages
      second!.renditions = second!.renditions.filter(({ kind }) => kind === 'image')
      Object.assign(second!, page)
      Object.assign(second!.renditions[0]!, page)
      file = second!.renditions[0]!.file
      return document
    },
  })
  writeFileSync(join(archive, 'data', file), bytes)
  return archive
}

/** Watches what the decoder is asked for, and what is put into the place of a page. */
function watchFirstSight(window: Page) {
  return window.evaluateHandle(() => {
    const shown: { width: number; height: number; colours: number[][] }[] = []
    const orders: { act: string; hasPlace: boolean }[] = []
    const send = Reflect.get(Worker.prototype, 'postMessage') as (said: { act: string }) => void
    Worker.prototype.postMessage = function (said: { act: string }) {
      orders.push({ act: said.act, hasPlace: document.querySelector('.first-sight') !== null })
      send.call(this, said)
    }
    const { prototype } = CanvasRenderingContext2D
    const draw = Reflect.get(prototype, 'drawImage') as (picture: ImageBitmap, x: number, y: number) => void
    prototype.drawImage = function (this: CanvasRenderingContext2D, ...words: [ImageBitmap, number, number]) {
      draw.apply(this, words)
      if (!this.canvas.classList.contains('first-sight')) return
      const { width, height } = this.canvas
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
      copy.drawImage(this.canvas, 0, 0)
      const colourAt = (x: number, y: number) => [...copy.getImageData(x * width, y * height, 1, 1).data].slice(0, 3)
      shown.push({
        width,
        height,
        colours: [colourAt(0.25, 0.25), colourAt(0.75, 0.25), colourAt(0.25, 0.75), colourAt(0.75, 0.75)],
      })
    } as typeof prototype.drawImage
    return { shown, orders }
  })
}

function expectColours(colours: number[][], wanted: number[][]): void {
  for (const [index, colour] of colours.entries()) {
    for (const [channel, value] of colour.entries()) {
      expect(Math.abs(value - wanted[index]![channel]!), `quarter ${index}`).toBeLessThan(12)
    }
  }
}

test('a page is read before there is a place for it, and seen in its colours at first', async ({ start, folder }) => {
  const { window } = await start([quarteredArchive(folder, await quarteredPage())])
  const base = await openedBase(window)
  await expectPrepared(window)
  const seen = await watchFirstSight(window)
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p2`)
  await expect.poll(() => seen.evaluate(({ shown }) => shown.length)).toBe(1)
  const { shown, orders } = await seen.jsonValue()
  expect(orders[0]).toEqual({ act: 'expect', hasPlace: false })
  expect(orders.at(-1)).toEqual({ act: 'see', hasPlace: true })
  const { width, height, colours } = shown[0]!
  expect(width, 'no more pixels than are seen').toBeLessThan(page.width / 2)
  expect(height / width).toBeCloseTo(page.height / page.width, 1)
  expectColours(colours, quarters)
})

test('a page that says how it was held is upright at first', async ({ start, folder }) => {
  const { window } = await start([quarteredArchive(folder, heldUpsideDown(await quarteredPage()))])
  const base = await openedBase(window)
  await expectPrepared(window)
  const seen = await watchFirstSight(window)
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p2`)
  await expect.poll(() => seen.evaluate(({ shown }) => shown.length)).toBe(1)
  const { shown } = await seen.jsonValue()
  expectColours(shown[0]!.colours, quarters.toReversed())
})

test('a page is on its way from the moment it is pressed in the overview', async ({ start, folder }) => {
  const { window } = await start([quarteredArchive(folder, await quarteredPage())])
  const base = await openedBase(window)
  await expectPrepared(window)
  await goTo(window, `${base}/i/jcrb/2013-01-10/1`)
  const link = window.locator('.frame li a').nth(1)
  await expect(link).toBeVisible()
  const seen = await watchFirstSight(window)
  await expect
    .poll(async () => {
      await link.dispatchEvent('pointerdown')
      return (await seen.jsonValue()).orders.length
    })
    .toBeGreaterThan(0)
  await link.click()
  await expect.poll(() => seen.evaluate(({ shown }) => shown.length)).toBe(1)
  const { shown, orders } = await seen.jsonValue()
  expect(orders[0]).toEqual({ act: 'expect', hasPlace: false })
  expectColours(shown[0]!.colours, quarters)
})
