import { Transformer } from '@napi-rs/image'
import { expect } from 'playwright/test'
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

test('a page is read before there is a place for it, and seen in its colours at first', async ({ start, folder }) => {
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
  writeFileSync(join(archive, 'data', file), await quarteredPage())
  const { window } = await start([archive])
  const base = await openedBase(window)
  await expectPrepared(window)
  const seen = await window.evaluateHandle(() => {
    const shown: { width: number; height: number; colours: number[][] }[] = []
    const reads: { url: string; hasPlace: boolean }[] = []
    const { fetch } = globalThis
    globalThis.fetch = (url, init) => {
      reads.push({ url: url as string, hasPlace: document.querySelector('.first-sight') !== null })
      return fetch(url, init)
    }
    const { prototype } = ImageBitmapRenderingContext
    const transfer = Reflect.get(prototype, 'transferFromImageBitmap') as (bitmap: ImageBitmap | null) => void
    prototype.transferFromImageBitmap = function (bitmap) {
      if (bitmap) {
        const { width, height } = bitmap
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
        copy.drawImage(bitmap, 0, 0)
        const colourAt = (x: number, y: number) => [...copy.getImageData(x * width, y * height, 1, 1).data].slice(0, 3)
        shown.push({
          width,
          height,
          colours: [colourAt(0.25, 0.25), colourAt(0.75, 0.25), colourAt(0.25, 0.75), colourAt(0.75, 0.75)],
        })
      }
      transfer.call(this, bitmap)
    }
    return { shown, reads }
  })
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p2`)
  await expect.poll(() => seen.evaluate(({ shown }) => shown.length)).toBe(1)
  const { shown, reads } = await seen.jsonValue()
  expect(
    reads.map(({ hasPlace }) => hasPlace),
    'read once, before there is a place to put it',
  ).toEqual([false])
  const { width, height, colours } = shown[0]!
  expect(width, 'no more pixels than are seen').toBeLessThan(page.width / 2)
  expect(height / width).toBeCloseTo(page.height / page.width, 1)
  for (const [index, colour] of colours.entries()) {
    for (const [channel, value] of colour.entries()) {
      expect(Math.abs(value - quarters[index]![channel]!), `quarter ${index}`).toBeLessThan(12)
    }
  }
})
