import { Transformer } from '@napi-rs/image'
import { expect, it } from 'vitest'
import { plainJpegSize } from '../../../../renderer/shared/plain-jpeg.ts'

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const small = Transformer.fromRgbaPixels(new Uint8Array(40 * 24 * 4).fill(120), 40, 24)
/** A segment before the others; its length counts itself (ITU-T T.81, B.1.1.4). */
function withSegment(jpeg: Uint8Array, marker: number, text: string): Uint8Array {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, marker, 0, text.length + 2]),
    Buffer.from(text),
    jpeg.subarray(2),
  ])
}

it('says how large a JPEG is that has neither Exif nor a profile of its colours', async () => {
  const jpeg = await small.jpeg(80)
  const size = { width: 40, height: 24 }
  expect(plainJpegSize(view(jpeg))).toEqual(size)
  expect(plainJpegSize(view(withSegment(jpeg, 0xfe, 'a comment of a scanner')))).toEqual(size)
  expect(plainJpegSize(view(withSegment(jpeg, 0xe1, 'Exif\0\0')))).toBeUndefined()
  expect(plainJpegSize(view(withSegment(jpeg, 0xe2, 'ICC_PROFILE\0')))).toBeUndefined()
})

it('says nothing of another file, nor of one that ends before its picture', async () => {
  const jpeg = await small.jpeg(80)
  expect(plainJpegSize(view(await small.png()))).toBeUndefined()
  expect(plainJpegSize(view(await small.webp(80)))).toBeUndefined()
  for (const bytes of [0, 1, 2, 3, 5, 20]) expect(plainJpegSize(view(jpeg.subarray(0, bytes)))).toBeUndefined()
  // Lengths of nothing.
  expect(plainJpegSize(view(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0)))).toBeUndefined()
})
