import { open } from 'node:fs/promises'
import type { Source } from './source.ts'

export interface ImageSize {
  width: number
  height: number
  mime: string
}

/** Room for the headers of any camera or scanner; a JPEG keeps its size behind its EXIF and colour profile. */
const headBytes = 512 * 1024

function jpegSize(data: DataView): ImageSize | undefined {
  for (let at = 2; at + 9 < data.byteLength;) {
    if (data.getUint8(at) !== 0xff) return undefined
    const marker = data.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: data.getUint16(at + 7), height: data.getUint16(at + 5), mime: 'image/jpeg' }
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else at += 2 + Math.max(2, data.getUint16(at + 2))
  }
  return undefined
}

function webpSize(data: DataView, kind: string): ImageSize | undefined {
  const mime = 'image/webp'
  if (kind === 'VP8X') {
    const pair = (at: number): number => data.getUint16(at, true) + (data.getUint8(at + 2) << 16) + 1
    return { width: pair(24), height: pair(27), mime }
  }
  if (kind === 'VP8L') {
    const bits = data.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, mime }
  }
  return { width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff, mime }
}

function tiffSize(data: DataView): ImageSize | undefined {
  const little = data.getUint8(0) === 0x49
  const first = data.getUint32(4, little)
  const sides = new Map<number, number>()
  const count = data.getUint16(first, little)
  for (let index = 0; index < count; index++) {
    const at = first + 2 + index * 12
    const isShort = data.getUint16(at + 2, little) === 3
    sides.set(data.getUint16(at, little), isShort ? data.getUint16(at + 8, little) : data.getUint32(at + 8, little))
  }
  const [width, height] = [sides.get(256), sides.get(257)]
  return width && height ? { width, height, mime: 'image/tiff' } : undefined
}

/** JPEG 2000, ISO/IEC 15444-1: annex I for the file's boxes, A.5.1 for the code stream. */
function jpeg2000Size(data: DataView): ImageSize | undefined {
  const mime = 'image/jp2'
  if (data.getUint32(0) === 0xff4fff51) {
    const side = (at: number): number => data.getUint32(at) - data.getUint32(at + 8)
    return { width: side(8), height: side(12), mime }
  }
  for (let at = 0; at + 16 <= data.byteLength;) {
    const length = data.getUint32(at)
    const kind = data.getUint32(at + 4)
    // The header box holds others; the first of them has the size.
    if (kind === 0x6a703268) at += 8
    else if (kind === 0x69686472) return { width: data.getUint32(at + 12), height: data.getUint32(at + 8), mime }
    else if (length < 8) return undefined
    else at += length
  }
  return undefined
}

/** Pixels and kind of a picture from the start of its file (PNG, JPEG, JPEG 2000, GIF, BMP, WebP, TIFF); decodes nothing. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes.length < 30) return undefined
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('latin1')
  try {
    let size: ImageSize | undefined
    if (start.startsWith('\x89PNG')) size = { width: data.getUint32(16), height: data.getUint32(20), mime: 'image/png' }
    else if (start.startsWith('\xff\xd8')) size = jpegSize(data)
    else if (start.startsWith('GIF8'))
      size = { width: data.getUint16(6, true), height: data.getUint16(8, true), mime: 'image/gif' }
    else if (start.startsWith('BM'))
      size = { width: data.getInt32(18, true), height: Math.abs(data.getInt32(22, true)), mime: 'image/bmp' }
    else if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') size = webpSize(data, start.slice(12, 16))
    else if (start.startsWith('II*\0') || start.startsWith('MM\0*')) size = tiffSize(data)
    else if (data.getUint32(4) === 0x6a502020 || data.getUint32(0) === 0xff4fff51) size = jpeg2000Size(data)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch {
    // A header that points behind its own end: the picture is damaged or not what it says.
    return undefined
  }
}

/** The start of a file without reading the rest, where the source is on disk. Errors as `Source.bytes`. */
async function readStart(source: Source, file: string): Promise<Uint8Array> {
  const disk = source.diskPath(file)
  if (!disk || (await source.size(file)) <= headBytes) return source.bytes(file)
  const handle = await open(disk, 'r')
  try {
    const start = Buffer.alloc(headBytes)
    const { bytesRead } = await handle.read(start, 0, headBytes, 0)
    return start.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Pixels and kind of a picture of the source; undefined when it is absent, unreadable or no picture. */
export async function measureImage(source: Source, file: string): Promise<ImageSize | undefined> {
  try {
    return imageSize(await readStart(source, file))
  } catch {
    return undefined
  }
}
