import type { Pixels } from './picture-pixels.ts'

/** How a picture has to be turned or mirrored to stand upright: 1 (as it is) to 8. EXIF 2.32, tag 0x0112. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const orientationTag = 0x0112

/** The orientation a picture says of itself (JPEG, TIFF, PNG, WebP); 1 when it says none. */
export function orientationOf(bytes: Uint8Array): Orientation {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const at = exifStart(data)
    return at === undefined ? 1 : readOrientation(data, at)
  } catch {
    // A header that points behind its own end.
    return 1
  }
}

/** True when upright it is as wide as it is stored high. */
export const isTurned = (orientation: Orientation): boolean => orientation >= 5

/** Where the TIFF structure begins that holds the EXIF tags. */
function exifStart(data: DataView): number | undefined {
  const start = data.getUint32(0)
  if (start === 0x49492a00 || start === 0x4d4d002a) return 0
  if (start >>> 16 === 0xffd8) return jpegExif(data)
  if (start === 0x89504e47) return pngExif(data)
  return start === 0x52494646 && data.getUint32(8) === 0x57454250 ? webpExif(data) : undefined
}

function jpegExif(data: DataView): number | undefined {
  for (let at = 2; data.getUint8(at) === 0xff;) {
    const marker = data.getUint8(at + 1)
    // From the first scan on there are pixels.
    if (marker === 0xda) return undefined
    if (marker === 0xe1 && data.getUint32(at + 4) === 0x45786966) return at + 10
    at += marker === 0xff ? 1 : 2 + Math.max(2, data.getUint16(at + 2))
  }
  return undefined
}

function pngExif(data: DataView): number | undefined {
  for (let at = 8; ; at += 12 + data.getUint32(at)) {
    const kind = data.getUint32(at + 4)
    if (kind === 0x65584966) return at + 8
    if (kind === 0x49454e44) return undefined
  }
}

function webpExif(data: DataView): number | undefined {
  for (let at = 12; ; at += 8 + data.getUint32(at + 4, true) + (data.getUint32(at + 4, true) % 2)) {
    if (data.getUint32(at) !== 0x45584946) continue
    return data.getUint32(at + 8) === 0x45786966 ? at + 14 : at + 8
  }
}

function readOrientation(data: DataView, start: number): Orientation {
  const little = data.getUint8(start) === 0x49
  const first = start + data.getUint32(start + 4, little)
  const count = data.getUint16(first, little)
  for (let index = 0; index < count; index += 1) {
    const at = first + 2 + index * 12
    if (data.getUint16(at, little) !== orientationTag) continue
    const value = data.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? (value as Orientation) : 1
  }
  return 1
}

/** The picture as it stands upright. */
export function uprighted(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels
  const { width, height, channels } = pixels
  const [w, h] = isTurned(orientation) ? [height, width] : [width, height]
  const data = new Uint8Array(pixels.data.length)
  // Stored column and row of the upright pixel (x, y), as starting point and steps.
  const fromRight = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7
  const stepX = (fromRight ? -1 : 1) * channels
  const stepY = (fromBottom ? -1 : 1) * width * channels
  const corner = ((fromBottom ? height - 1 : 0) * width + (fromRight ? width - 1 : 0)) * channels
  const [along, down] = isTurned(orientation) ? [stepY, stepX] : [stepX, stepY]
  let to = 0
  for (let y = 0; y < h; y += 1) {
    let from = corner + y * down
    for (let x = 0; x < w; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) data[to++] = pixels.data[from + channel] ?? 0
      from += along
    }
  }
  return { data, width: w, height: h, channels }
}
