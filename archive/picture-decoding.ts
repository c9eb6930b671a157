import { Transformer } from '@napi-rs/image'
import { ArchiveError } from './errors.ts'
import { imageSize } from './import/image-size.ts'
import { decodeJpeg2000 } from './jpeg2000-picture.ts'
import { isTurned, orientationOf, uprighted, type Orientation } from './picture-orientation.ts'
import type { Pixels } from './picture-pixels.ts'
import { decodeTiff, startingAt, tiffPages } from './tiff-pages.ts'

/** Pixels of the largest picture that is ever decoded: a broadsheet at 600 dpi has 150 million. */
const largestPicture = 160_000_000

/** What a picture's header says. */
export interface PictureHead {
  /** Pixels as it stands upright. */
  width: number
  height: number
  /** What its bytes are, whatever its name says. */
  mime: string
  orientation: Orientation
  /** Of a file with several pictures: which, from 0. */
  part: number
}

/**
 * Reads a picture's header, so that a small file that claims to be enormous is refused before anything is decoded.
 * `part`: which page of a TIFF, from 0. Throws ArchiveError `picture-too-large`; Error for a damaged file.
 */
export async function measurePicture(bytes: Uint8Array, file: string, part = 0): Promise<PictureHead> {
  const known = imageSize(bytes) ?? { ...(await new Transformer(bytes).metadata()), mime: '' }
  const { mime } = known
  const stored = part > 0 && mime === 'image/tiff' ? tiffPages(bytes)[part] : known
  if (!stored) throw new Error(`it has no page ${part + 1}`)
  const orientation = orientationOf(bytes)
  const [width, height] = isTurned(orientation) ? [stored.height, stored.width] : [stored.width, stored.height]
  if (width * height > largestPicture) {
    throw new ArchiveError('picture-too-large', { file, width, height, limit: largestPicture / 1_000_000 })
  }
  return { width, height, mime, orientation, part }
}

/**
 * Decodes a picture that `measurePicture` measured, upright. Holds it twice for a moment, as 8 bits a channel. Throws
 * whatever its decoder throws for a damaged file.
 */
export async function decodePicture(bytes: Uint8Array, head: PictureHead, file: string): Promise<Pixels> {
  const { width, height, mime, orientation, part } = head
  const stored = isTurned(orientation) ? { width: height, height: width } : { width, height }
  return uprighted(await decodeStored(bytes, stored, mime, part, file), orientation)
}

async function decodeStored(
  bytes: Uint8Array,
  size: { width: number; height: number },
  mime: string,
  part: number,
  file: string,
): Promise<Pixels> {
  if (mime === 'image/jp2') return decodeJpeg2000(bytes, size, file)
  if (mime !== 'image/tiff') return decodeNatively(bytes, size)
  const page = part > 0 ? startingAt(bytes, part) : bytes
  try {
    return await decodeNatively(page, size)
  } catch (error) {
    try {
      return decodeTiff(page)
    } catch {
      // The first decoder says better what is wrong.
      throw error
    }
  }
}

async function decodeNatively(bytes: Uint8Array, size: { width: number; height: number }): Promise<Pixels> {
  const data = await new Transformer(bytes).rawPixels()
  const channels = data.length / (size.width * size.height)
  if (channels === 1 || channels === 3 || channels === 4) return { data, ...size, channels }
  // 16 bits a channel, or grey with alpha: rare enough for a way round.
  const plain = await new Transformer(await new Transformer(bytes).jpeg(95)).rawPixels()
  const left = plain.length / (size.width * size.height)
  if (left === 1 || left === 3) return { data: plain, ...size, channels: left }
  throw new Error(`${plain.length} bytes for ${size.width} × ${size.height} pixels`)
}
