import utif from 'utif2'
import type { Pixels } from './picture-pixels.ts'

/** Directories of a TIFF that are followed at most: nothing printed has as many pages. */
const mostPages = 10_000
const widthTag = 256
const heightTag = 257
const whiteIsZero = 0
const blackIsZero = 1

/** A page of a TIFF as its directory describes it (TIFF 6.0, section 2). */
export interface TiffPage {
  width: number
  height: number
  /** Where its directory begins. */
  start: number
}

/**
 * The pages of a TIFF file, in order; decodes nothing. Throws Error when its directories go round in a circle or point
 * behind its end.
 */
export function tiffPages(bytes: Uint8Array): TiffPage[] {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = data.getUint8(0) === 0x49
  const pages: TiffPage[] = []
  const seen = new Set<number>()
  for (let at = data.getUint32(4, little); at !== 0;) {
    if (seen.has(at) || seen.size >= mostPages) throw new Error('its directories go round in a circle')
    seen.add(at)
    const count = data.getUint16(at, little)
    const sides = new Map<number, number>()
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12
      const isShort = data.getUint16(entry + 2, little) === 3
      const value = isShort ? data.getUint16(entry + 8, little) : data.getUint32(entry + 8, little)
      sides.set(data.getUint16(entry, little), value)
    }
    const [width, height] = [sides.get(widthTag), sides.get(heightTag)]
    if (width && height) pages.push({ width, height, start: at })
    at = data.getUint32(at + 2 + count * 12, little)
  }
  return pages
}

/** The same file with another page as its first: decoders read the first. Throws Error when there is none. */
export function startingAt(bytes: Uint8Array, page: number): Uint8Array {
  const found = tiffPages(bytes)[page]
  if (!found) throw new Error(`it has no page ${page + 1}`)
  const copy = new Uint8Array(bytes)
  new DataView(copy.buffer).setUint32(4, found.start, copy[0] === 0x49)
  return copy
}

/**
 * Decodes the first page of a TIFF in JavaScript: slower than the native decoder, and knows what that one does not: two
 * or four bits a pixel, palettes, CCITT group 3. Throws Error for a damaged file.
 */
export function decodeTiff(bytes: Uint8Array): Pixels {
  const [size] = tiffPages(bytes)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const directory = utif.decode(buffer).find((one) => one[`t${widthTag}`] && one[`t${heightTag}`])
  if (!size || !directory) throw new Error('it has no page')
  utif.decodeImage(buffer, directory)
  const { width, height, data } = directory
  if (width !== size.width || height !== size.height || data.length === 0) throw new Error('it has no pixels')
  const [depth = 1] = numbers(directory['t258'])
  const [samples = 1] = numbers(directory['t277'])
  const [meaning] = numbers(directory['t262'])
  if (samples === 1 && depth <= 8 && (meaning === whiteIsZero || meaning === blackIsZero)) {
    return { data: unpacked(data, width, height, depth, meaning === whiteIsZero), width, height, channels: 1 }
  }
  return { data: utif.toRGBA8(directory), width, height, channels: 4 }
}

/** Grey of 1, 2, 4 or 8 bits a pixel, its rows padded to whole bytes, as 8 bits a pixel. */
function unpacked(packed: Uint8Array, width: number, height: number, depth: number, inverted: boolean): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8)
  const highest = 2 ** depth - 1
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth
      const byte = packed[y * rowBytes + (bit >> 3)] ?? 0
      const value = ((byte >> (8 - depth - (bit & 7))) & highest) * (255 / highest)
      grey[y * width + x] = inverted ? 255 - value : value
    }
  }
  return grey
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : []
}
