import { Transformer } from '@napi-rs/image'
import { join } from 'node:path'
import type { DerivedFolder } from './derived-folder.ts'
import { ArchiveError, type Details, type ErrorCode } from './errors.ts'
import { exists, joinInside, readWhole, writeAtomic } from './files.ts'
import { readOriginal, type InPlaceFile } from './in-place.ts'
import type { Page, Rendition } from './model.ts'
import { writeTiles } from './page-tiles.ts'
import { drawPdfPage } from './pdf-pages.ts'
import { inTurn } from './picture-turns.ts'
import { decodePicture, measurePicture, type PictureHead } from './picture-decoding.ts'
import { halved, wholeOf, type Pixels } from './picture-pixels.ts'

/** Width of a thumbnail in pixels. */
const thumbnailWidth = 320
/** Pixels above which a page is shown in tiles, with a reduced picture until they are there. */
const largestWhole = 25_000_000
/** The reduced picture has at least so many pixels along its longer side, and less than twice as many. */
const previewSide = 2400
const shownByBrowsers = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'])

/** What of an archive its pictures are made from. */
interface PictureArchive {
  path: string
  manifest: ReadonlyMap<string, string>
  inPlace: ReadonlyMap<string, InPlaceFile>
}

/** What the viewer can show of a page. */
export interface PagePicture {
  /** Below `data/`, or below the rasters' folder when `derived`. */
  image: string
  derived: boolean
  /** Pixels of the page as it came, also where `image` is a reduced one. */
  width: number
  height: number
  /** Below the thumbnails' folder; absent when the picture can only be shown as far as a browser can read it. */
  thumbnail?: string
  /** Below the tiles' folder: where the tiles of a large page stand once they are made. */
  tiles?: string
}

export interface PagePictureResult {
  picture?: PagePicture
  problem?: { code: ErrorCode; details: Details }
}

/**
 * Makes what is missing of a page's picture and thumbnail from its best rendition that can be read. Files are named by
 * the sha-256 of their source, so nothing is made twice and nothing old is ever shown. Never throws for a bad file.
 */
export async function makePagePicture(
  page: Page,
  archive: PictureArchive,
  derived: DerivedFolder,
): Promise<PagePictureResult> {
  let problem: PagePictureResult['problem']
  const order = ['image', 'pdf', 'brief'] as const
  for (const rendition of order.flatMap((kind) => page.renditions.filter((one) => one.kind === kind))) {
    try {
      const sha256 = archive.manifest.get(`data/${rendition.file}`)
      if (sha256 === undefined) throw new ArchiveError('missing-file', { file: rendition.file })
      const made = await pictureOf(rendition, sha256, archive, derived)
      problem ??= made.problem
      return problem ? { ...made, problem } : made
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      if (error.code === 'disk-full' || error.code === 'read-only') throw error
      problem ??= { code: error.code, details: error.details }
    }
  }
  return problem ? { problem } : {}
}

async function pictureOf(
  rendition: Rendition,
  sha256: string,
  archive: PictureArchive,
  derived: DerivedFolder,
): Promise<PagePictureResult> {
  const name = pictureName(sha256, rendition.pdfPage)
  const thumbnail = `${name}.webp`
  const bytes = await readOriginal(archive, rendition.file)
  if (rendition.kind === 'pdf') {
    const image = `${name}.jpg`
    const known = await measureRaster(join(derived.rasters, image), join(derived.thumbnails, thumbnail))
    if (known) return { picture: { image, derived: true, ...known, thumbnail } }
    const drawn = await drawPdfPage(bytes, rendition.pdfPage ?? 0, rendition.file)
    const { data, width, height } = drawn
    await writeAtomic(join(derived.rasters, image), await Transformer.fromRgbaPixels(data, width, height).jpeg(82))
    await writeAtomic(
      join(derived.thumbnails, thumbnail),
      await shrink(Transformer.fromRgbaPixels(data, width, height)),
    )
    return { picture: { image, derived: true, width, height, thumbnail } }
  }
  return pictureOfImage(rendition, bytes, name, derived)
}

async function pictureOfImage(
  rendition: Rendition,
  bytes: Buffer,
  name: string,
  derived: DerivedFolder,
): Promise<PagePictureResult> {
  const { file } = rendition
  let head: PictureHead | undefined
  try {
    head = await measurePicture(bytes, file, rendition.pdfPage)
    return { picture: await pictureOfHead(head, bytes, file, name, derived) }
  } catch (error) {
    const known = unreadable(error, file)
    // Damaged behind its header: a browser shows as much of it as there is.
    if (head && known.code === 'image-unreadable' && isShownWhole(head)) {
      const { width, height } = head
      return { picture: { image: file, derived: false, width, height }, problem: known }
    }
    throw known
  }
}

const isShownWhole = ({ mime, width, height }: PictureHead): boolean =>
  shownByBrowsers.has(mime) && width * height <= largestWhole

async function pictureOfHead(
  head: PictureHead,
  bytes: Buffer,
  file: string,
  name: string,
  derived: DerivedFolder,
): Promise<PagePicture> {
  const { width, height } = head
  const thumbnail = `${name}.webp`
  const small = join(derived.thumbnails, thumbnail)
  if (width * height > largestWhole) {
    const image = `${name}-preview.jpg`
    const known = (await exists(join(derived.rasters, image))) && (await exists(small))
    if (!known) await inTurn(async () => reduce(await decodePicture(bytes, head, file), image, thumbnail, derived))
    return { image, derived: true, width, height, thumbnail, tiles: `${name}.tiles` }
  }
  if (isShownWhole(head)) {
    if (!(await exists(small))) {
      const whole = head.orientation === 1 ? new Transformer(bytes) : wholeOf(await decodePicture(bytes, head, file))
      await writeAtomic(small, await shrink(whole))
    }
    return { image: file, derived: false, width, height, thumbnail }
  }
  const image = `${name}.jpg`
  if (!(await exists(join(derived.rasters, image))) || !(await exists(small))) {
    const pixels = await decodePicture(bytes, head, file)
    await writeAtomic(join(derived.rasters, image), await wholeOf(pixels).jpeg(85))
    await writeAtomic(small, await shrink(wholeOf(pixels)))
  }
  return { image, derived: true, width, height, thumbnail }
}

/** Reduced picture and thumbnail of a large page from one decoding: each resizing of its own would double the memory. */
async function reduce(pixels: Pixels, image: string, thumbnail: string, derived: DerivedFolder): Promise<void> {
  let small = pixels
  while (Math.max(small.width, small.height) >= 2 * previewSide) small = halved(small)
  await writeAtomic(join(derived.rasters, image), await wholeOf(small).jpeg(82))
  await writeAtomic(join(derived.thumbnails, thumbnail), await shrink(wholeOf(small)))
}

/**
 * Makes the tiles of a large page, unless they are there. `tiles`: their name in the catalogue.
 * Throws ArchiveError `missing-file`, `image-unreadable`, `cancelled`, `disk-full`, `read-only`.
 */
export async function makePageTiles(
  page: Page,
  tiles: string,
  archive: PictureArchive,
  derived: DerivedFolder,
  signal?: AbortSignal,
): Promise<void> {
  const target = joinInside(derived.tiles, tiles)
  if (await exists(target)) return
  const rendition = page.renditions.find(({ file, pdfPage }) => {
    const sha256 = archive.manifest.get(`data/${file}`)
    return sha256 !== undefined && `${pictureName(sha256, pdfPage)}.tiles` === tiles
  })
  if (!rendition) throw new ArchiveError('missing-file', { file: tiles })
  const bytes = await readOriginal(archive, rendition.file)
  await writeTiles(target, await readPixels(bytes, rendition), signal)
}

async function readPixels(bytes: Buffer, { file, pdfPage }: Rendition): Promise<Pixels> {
  try {
    return await decodePicture(bytes, await measurePicture(bytes, file, pdfPage), file)
  } catch (error) {
    throw unreadable(error, file)
  }
}

function unreadable(error: unknown, file: string): ArchiveError {
  if (error instanceof ArchiveError) return error
  return new ArchiveError('image-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
}

function pictureName(sha256: string, pdfPage: number | undefined): string {
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 34)}${pdfPage ? `-${pdfPage}` : ''}`
}

function shrink(picture: Transformer): Promise<Buffer> {
  return picture.resize(thumbnailWidth).webp(75)
}

async function measureRaster(
  raster: string,
  thumbnail: string,
): Promise<{ width: number; height: number } | undefined> {
  if (!(await exists(raster)) || !(await exists(thumbnail))) return undefined
  try {
    const { width, height } = await new Transformer(await readWhole(raster)).metadata()
    return { width, height }
  } catch {
    // Damaged: derived data is made again.
    return undefined
  }
}
