import { Transformer } from '@napi-rs/image'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { derivedFolder } from '../../../archive/derived-folder.ts'
import { makePagePicture } from '../../../archive/page-pictures.ts'
import { decodePicture, measurePicture } from '../../../archive/picture-decoding.ts'
import { orientationOf, uprighted, type Orientation } from '../../../archive/picture-orientation.ts'
import type { Pixels } from '../../../archive/picture-pixels.ts'
import { tiffPages } from '../../../archive/tiff-pages.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { tinyPictures } from '../../fixtures/tiny-pictures.ts'

const bytesOf = (name: keyof typeof tinyPictures) => Buffer.from(tinyPictures[name], 'base64')

async function decoded(bytes: Uint8Array, part?: number): Promise<Pixels> {
  return decodePicture(bytes, await measurePicture(bytes, 'p', part), 'p')
}

function colourAt({ data, width, channels }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * channels, (y * width + x) * channels + Math.min(channels, 3))]
}

const isNear = (colour: number[], wanted: number[]) => colour.every((each, at) => Math.abs(each - wanted[at]!) < 12)

describe('every kind of picture', () => {
  it.each([
    ['cmykLzw', [200, 30, 30]],
    ['paletteLzw', [200, 30, 30]],
    ['jpeg2000', [200, 30, 30]],
    ['jpeg2000Stream', [200, 30, 30]],
    ['greyLzw', [81]],
    ['bilevelGroup4', [0]],
    ['bilevelGroup3', [0]],
    ['bilevelPackBits', [0]],
  ] as const)('%s', async (name, ink) => {
    const pixels = await decoded(bytesOf(name))
    expect([pixels.width, pixels.height]).toEqual([24, 16])
    expect(colourAt(pixels, 5, 8)).toSatisfy((colour: number[]) => isNear(colour, [...ink]))
    expect(colourAt(pixels, 20, 2)).toSatisfy((colour: number[]) => isNear(colour, [255, 255, 255]))
  })

  it.each(['jpegTurned', 'pngTurned', 'webpTurned'] as const)('%s stands upright', async (name) => {
    expect(orientationOf(bytesOf(name))).toBe(6)
    const pixels = await decoded(bytesOf(name))
    expect([pixels.width, pixels.height]).toEqual([16, 24])
    expect(colourAt(pixels, 7, 5)).toSatisfy((colour: number[]) => isNear(colour, [200, 30, 30]))
  })

  it.skipIf(!existsSync('../shared/samples/C-page-xml'))('four bits a pixel, as the NZZ was scanned', async () => {
    const file =
      '../shared/samples/C-page-xml/impresso+NZZ-black-letter-ground-truth/img/0036_nzz_18150131_0_0_a1_p1_1.tif'
    const pixels = await decoded(readFileSync(file))
    const dark = pixels.data.reduce((sum, value) => sum + (value < 100 ? 1 : 0), 0) / pixels.data.length
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([1948, 2480, 1])
    expect(dark).toBeGreaterThan(0.05)
    expect(dark).toBeLessThan(0.4)
  })
})

it('turns and mirrors as each orientation asks, pixel by pixel', () => {
  const letters = (text: string, width: number): Pixels => ({
    data: Buffer.from(text),
    width,
    height: text.length / width,
    channels: 1,
  })
  const upright: Record<Orientation, [string, number]> = {
    1: ['abcdef', 3],
    2: ['cbafed', 3],
    3: ['fedcba', 3],
    4: ['defabc', 3],
    5: ['adbecf', 2],
    6: ['daebfc', 2],
    7: ['fcebda', 2],
    8: ['cfbead', 2],
  }
  for (const [orientation, [text, width]] of Object.entries(upright)) {
    const turned = uprighted(letters('abcdef', 3), Number(orientation) as Orientation)
    expect([Buffer.from(turned.data).toString(), turned.width], orientation).toEqual([text, width])
  }
})

/** A grey TIFF of four bits a pixel, uncompressed, with one directory a page; `after`: what the last one points to. */
function fourBitTiff(shades: number[], after = 0): Buffer {
  const pageLength = 2 + 8 * 12 + 4 + 4
  const file = Buffer.alloc(8 + shades.length * pageLength)
  file.write('II*\0', 'latin1')
  file.writeUInt32LE(8, 4)
  shades.forEach((shade, index) => {
    const start = 8 + index * pageLength
    const pixels = start + pageLength - 4
    const tags = [
      [256, 3],
      [257, 2],
      [258, 4],
      [259, 1],
      [262, 1],
      [273, pixels],
      [277, 1],
      [279, 4],
    ]
    file.writeUInt16LE(tags.length, start)
    tags.forEach(([tag = 0, value = 0], at) => {
      const entry = start + 2 + at * 12
      file.writeUInt16LE(tag, entry)
      file.writeUInt16LE(4, entry + 2)
      file.writeUInt32LE(1, entry + 4)
      file.writeUInt32LE(value, entry + 8)
    })
    file.writeUInt32LE(index + 1 < shades.length ? start + pageLength : after, start + 2 + tags.length * 12)
    file.fill((shade << 4) | shade, pixels, pixels + 4)
  })
  return file
}

it('reads each page of a TIFF, and refuses directories that go round in a circle', async () => {
  const file = fourBitTiff([15, 3, 0])
  expect(tiffPages(file)).toHaveLength(3)
  for (const [page, shade] of [255, 51, 0].entries()) {
    expect(await decoded(file, page)).toMatchObject({ width: 3, height: 2, data: new Uint8Array(6).fill(shade) })
  }
  await expect(measurePicture(file, 'p', 3)).rejects.toThrow('no page 4')
  expect(() => tiffPages(fourBitTiff([1, 2], 8))).toThrow('circle')
})

async function pageWith(bytes: Buffer, mime: string, pdfPage?: number) {
  const path = temporaryFolder()
  mkdirSync(join(path, 'data'))
  writeFileSync(join(path, 'data/p'), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const rendition = { kind: 'image' as const, file: 'p', mime, ...(pdfPage !== undefined && { pdfPage }) }
  const page = { id: 'p1', label: '1', width: 1, height: 1, renditions: [rendition], zones: [] }
  const derived = await derivedFolder({ path, id: 'x' }, path)
  return {
    derived,
    made: await makePagePicture(page, { path, inPlace: new Map(), manifest: new Map([['data/p', sha256]]) }, derived),
  }
}

it('shows what browsers cannot as what they can, and says how large it is upright', async () => {
  const { derived, made } = await pageWith(fourBitTiff([15, 3]), 'image/tiff', 1)
  expect(made).toMatchObject({ picture: { derived: true, width: 3, height: 2 } })
  expect(made.problem).toBeUndefined()
  const shown = new Transformer(readFileSync(join(derived.rasters, made.picture?.image ?? '')))
  expect((await shown.rawPixels())[0]).toBeCloseTo(51, -1)
  const turned = await pageWith(bytesOf('jpegTurned'), 'image/jpeg')
  expect(turned.made.picture).toMatchObject({ image: 'p', derived: false, width: 16, height: 24 })
  const thumbnail = readFileSync(join(turned.derived.thumbnails, turned.made.picture?.thumbnail ?? ''))
  expect(await new Transformer(thumbnail).metadata()).toMatchObject({ width: 320, height: 480 })
})

it('leaves what is cut off to the browser, which shows what there is of it, and says so', async () => {
  const pixels = new Uint8Array(400 * 300 * 4).map((_, at) => (at * 37) % 251)
  const png = await Transformer.fromRgbaPixels(pixels, 400, 300).png()
  const { made } = await pageWith(png.subarray(0, png.length / 2), 'image/png')
  expect(made.picture).toEqual({ image: 'p', derived: false, width: 400, height: 300 })
  expect(made.problem).toMatchObject({ code: 'image-unreadable', details: { file: 'p' } })
  const nothing = await pageWith(Buffer.from('not a picture at all, whatever its name says'), 'image/png')
  expect(nothing.made.picture).toBeUndefined()
  expect(nothing.made.problem).toMatchObject({ code: 'image-unreadable' })
})
