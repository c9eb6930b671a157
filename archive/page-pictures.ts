import { Transformer } from '@napi-rs/image'
import { join } from 'node:path'
import type { DerivedFolder } from './derived-folder.ts'
import { ArchiveError, type Details, type ErrorCode } from './errors.ts'
import { exists, readInside, readWhole, writeAtomic } from './files.ts'
import { imageSize } from './import/image-size.ts'
import type { Page, Rendition } from './model.ts'
import { drawPdfPage } from './pdf-pages.ts'

/** Width of a thumbnail in pixels. */
const thumbnailWidth = 320
const largestPicture = 160_000_000
const shownByBrowsers = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'])

/** What the viewer can show of a page. */
export interface PagePicture {
  /** Below `data/`, or below the rasters' folder when `derived`. */
  image: string
  derived: boolean
  /** Pixels. */
  width: number
  height: number
  /** Below the thumbnails' folder. */
  thumbnail: string
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
  archive: { path: string; manifest: ReadonlyMap<string, string> },
  derived: DerivedFolder,
): Promise<PagePictureResult> {
  let problem: PagePictureResult['problem']
  const order = ['image', 'pdf', 'brief'] as const
  for (const rendition of order.flatMap((kind) => page.renditions.filter((one) => one.kind === kind))) {
    try {
      const sha256 = archive.manifest.get(`data/${rendition.file}`)
      if (sha256 === undefined) throw new ArchiveError('missing-file', { file: rendition.file })
      const picture = await pictureOf(rendition, sha256, archive.path, derived)
      return problem ? { picture, problem } : { picture }
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
  archive: string,
  derived: DerivedFolder,
): Promise<PagePicture> {
  const name = `${sha256.slice(0, 2)}/${sha256.slice(2, 34)}${rendition.pdfPage ? `-${rendition.pdfPage}` : ''}`
  const thumbnail = `${name}.webp`
  const bytes = await readInside(join(archive, 'data'), rendition.file)
  if (rendition.kind === 'pdf') {
    const image = `${name}.jpg`
    const known = await measureRaster(join(derived.rasters, image), join(derived.thumbnails, thumbnail))
    if (known) return { image, derived: true, ...known, thumbnail }
    const drawn = await drawPdfPage(bytes, rendition.pdfPage ?? 0, rendition.file)
    const { data, width, height } = drawn
    await writeAtomic(join(derived.rasters, image), await Transformer.fromRgbaPixels(data, width, height).jpeg(82))
    await writeAtomic(
      join(derived.thumbnails, thumbnail),
      await shrink(Transformer.fromRgbaPixels(data, width, height)),
    )
    return { image, derived: true, width, height, thumbnail }
  }
  return pictureOfImage(rendition, bytes, name, derived)
}

async function pictureOfImage(
  rendition: Rendition,
  bytes: Buffer,
  name: string,
  derived: DerivedFolder,
): Promise<PagePicture> {
  const { file } = rendition
  try {
    // From the file's head: the decoder would first unpack a picture that was made to fill the memory.
    const { width, height } = imageSize(bytes) ?? (await new Transformer(bytes).metadata())
    if (width * height > largestPicture) {
      // What it takes when unpacked: four bytes a pixel.
      throw new ArchiveError('too-large', { file, size: 4 * width * height, limit: 4 * largestPicture })
    }
    const thumbnail = `${name}.webp`
    if (!(await exists(join(derived.thumbnails, thumbnail)))) {
      await writeAtomic(join(derived.thumbnails, thumbnail), await shrink(new Transformer(bytes)))
    }
    if (shownByBrowsers.has(rendition.mime)) return { image: file, derived: false, width, height, thumbnail }
    const image = `${name}.jpg`
    if (!(await exists(join(derived.rasters, image)))) {
      await writeAtomic(join(derived.rasters, image), await new Transformer(bytes).jpeg(85))
    }
    return { image, derived: true, width, height, thumbnail }
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ArchiveError('image-unreadable', { file, reason })
  }
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
