import { Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { reducedJpeg } from '../../../../renderer/viewer/jpeg-reduction.ts'
import { tinyPictures } from '../../../fixtures/tiny-pictures.ts'

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
const jpeg = async (width: number, height: number): Promise<ArrayBuffer> =>
  bufferOf(await Transformer.fromRgbaPixels(new Uint8Array(width * height * 4).fill(90), width, height).jpeg(80))
/** A segment with this marker put behind the first two bytes. */
function withSegment(picture: ArrayBuffer, marker: number): ArrayBuffer {
  const bytes = new Uint8Array(picture)
  return bufferOf(Uint8Array.from([...bytes.slice(0, 2), 0xff, marker, 0, 4, 1, 2, ...bytes.slice(2)]))
}

it('is the smallest of a half, a quarter and an eighth that has the pixels that are seen', async () => {
  const picture = await jpeg(801, 1203)
  expect(reducedJpeg(picture, 100)).toEqual({ width: 101, height: 151 })
  expect(reducedJpeg(picture, 101)).toEqual({ width: 101, height: 151 })
  expect(reducedJpeg(picture, 102)).toEqual({ width: 201, height: 301 })
  expect(reducedJpeg(picture, 400)).toEqual({ width: 401, height: 602 })
  expect(reducedJpeg(picture, 402), 'nothing to be gained').toBeUndefined()
})

it('passes over comments and tables, and leaves pictures alone that only the whole decoding shows right', async () => {
  const picture = await jpeg(800, 1200)
  expect(reducedJpeg(withSegment(picture, 0xfe), 100)).toEqual({ width: 100, height: 150 })
  expect(reducedJpeg(withSegment(picture, 0xe1), 100), 'EXIF').toBeUndefined()
  expect(reducedJpeg(withSegment(picture, 0xe2), 100), 'a colour profile').toBeUndefined()
  expect(reducedJpeg(bufferOf(Buffer.from(tinyPictures.jpegTurned, 'base64')), 2)).toBeUndefined()
  expect(reducedJpeg(bufferOf(Buffer.from(tinyPictures.pngTurned, 'base64')), 2)).toBeUndefined()
})

it('answers any bytes and any cut of a picture without an error', async () => {
  const bytes = new Uint8Array(await jpeg(80, 120))
  for (let length = 0; length <= bytes.length; length += 1) reducedJpeg(bufferOf(bytes.slice(0, length)), 10)
  expect(reducedJpeg(bufferOf(bytes.slice(0, 12)), 10)).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (rest, across) => {
      reducedJpeg(bufferOf(Uint8Array.from([0xff, 0xd8, 0xff, ...rest])), across)
    }),
  )
})
