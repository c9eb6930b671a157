import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { ArchiveError } from './errors.ts'
import { writeAtomic } from './files.ts'
import { readOriginal } from './in-place.ts'
import type { Box } from './model.ts'
import { findPage, renditionsInOrder, type PageName } from './page-original.ts'
import { countPdfPages, drawPdfPage } from './pdf-pages.ts'
import { decodePicture, measurePicture } from './picture-decoding.ts'
import { copyPart, type Pixels } from './picture-pixels.ts'
import { inTurn } from './picture-turns.ts'

/**
 * Parts of pages at the resolution they came in: cut from the pixels of the original, never from what was reduced for
 * the screen. PDF pages are drawn for printing.
 */

/** A part of a page of an archive. */
export interface PagePart extends PageName {
  /** Fractions 0–1 of the page. */
  box: Box
}

interface Region {
  x: number
  y: number
  width: number
  height: number
}

/** Letters keep their edges. */
const jpegQuality = 92
/** White pixels between the parts of one picture. */
const gap = 32
const printDpi = 300
const pointsPerInch = 72
/** A poster at 300 dpi would not fit into memory. */
const largestDrawn = 60_000_000

/** The pixels that a box of a picture covers, partly covered ones included; at least one. */
export function pixelRegion({ x, y, w, h }: Box, width: number, height: number): Region {
  const left = Math.min(Math.max(Math.floor(x * width), 0), width - 1)
  const top = Math.min(Math.max(Math.floor(y * height), 0), height - 1)
  const right = Math.min(Math.max(Math.ceil((x + w) * width), left + 1), width)
  const bottom = Math.min(Math.max(Math.ceil((y + h) * height), top + 1), height)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

async function pixelsOf(archive: { path: string; cache: string }, part: PagePart): Promise<Pixels> {
  const { page, inPlace } = await findPage(archive, part)
  let problem: unknown
  for (const { kind, file, pdfPage } of renditionsInOrder(page)) {
    try {
      const bytes = await readOriginal({ path: archive.path, inPlace }, file)
      if (kind === 'pdf') return { ...(await drawPdfPage(bytes, pdfPage ?? 0, file, forPrint)), channels: 4 }
      return await decodePicture(bytes, await measurePicture(bytes, file, pdfPage), file)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      problem ??= error instanceof ArchiveError ? error : new ArchiveError('image-unreadable', { file, reason })
    }
  }
  throw problem ?? new ArchiveError('missing-image', { file: `${part.title}/${part.date}/${page.label}` })
}

/** Pixels a point for a page of so many points. */
function forPrint(width: number, height: number): number {
  return Math.min(printDpi / pointsPerInch, Math.sqrt(largestDrawn / (width * height)))
}

/**
 * Writes parts of pages, one below the other, as one PNG (or JPEG, by its ending) to `target`; below them `foot`, a PDF of one page that is
 * drawn as wide as they are. Every pixel of a part is that of its original. Answers pixels.
 * Throws ArchiveError: those of `findPage`, `missing-image`, `missing-file`,
 * `image-unreadable`, `pdf-unreadable`, `picture-too-large`, `disk-full`, `read-only`, `not-found`.
 */
export async function writeParts(
  archive: { path: string; cache: string },
  parts: readonly PagePart[],
  target: string,
  foot?: Uint8Array,
): Promise<{ width: number; height: number }> {
  return inTurn(async () => {
    const cuts: { pixels: Pixels; region: Region }[] = []
    for (const part of parts) {
      const pixels = await pixelsOf(archive, part)
      const region = pixelRegion(part.box, pixels.width, pixels.height)
      // Only the part is kept: the next page has to fit into memory as well.
      cuts.push({ pixels: cutOut(pixels, region), region: { ...region, x: 0, y: 0 } })
    }
    const width = Math.max(...cuts.map(({ region }) => region.width))
    const drawn = foot && (await drawPdfPage(foot, 0, 'foot', (points) => width / points))
    if (drawn) {
      const { height, width: across } = drawn
      const region = { x: 0, y: 0, width: Math.min(across, width), height }
      cuts.push({ pixels: { ...drawn, channels: 4 }, region })
    }
    const between = (cuts.length - 1 - (drawn ? 1 : 0)) * gap
    const height = cuts.reduce((sum, { region }) => sum + region.height, between)
    const rgba = new Uint8Array(width * height * 4).fill(255)
    let top = 0
    for (const [index, { pixels, region }] of cuts.entries()) {
      copyPart(pixels, region, { rgba, width }, { x: 0, y: top })
      top += region.height + (index < parts.length - 1 ? gap : 0)
    }
    const picture = Transformer.fromRgbaPixels(rgba, width, height)
    await writeAtomic(target, await (target.endsWith('.jpg') ? picture.jpeg(jpegQuality) : picture.png()))
    return { width, height }
  }, true)
}

function cutOut(pixels: Pixels, region: Region): Pixels {
  if (region.width === pixels.width && region.height === pixels.height) return pixels
  const { channels } = pixels
  const data = new Uint8Array(region.width * region.height * channels)
  for (let row = 0; row < region.height; row += 1) {
    const from = ((region.y + row) * pixels.width + region.x) * channels
    data.set(pixels.data.subarray(from, from + region.width * channels), row * region.width * channels)
  }
  return { data, width: region.width, height: region.height, channels }
}

/** Draws the pages of a PDF, `width` pixels wide, as PNG files beside each other in `folder`. At most `most` of them. */
export async function drawPdfPages(
  pdf: Uint8Array,
  { folder, name, width, most }: { folder: string; name: string; width: number; most: number },
): Promise<{ path: string; width: number; height: number }[]> {
  const drawn: { path: string; width: number; height: number }[] = []
  const pages = Math.min(await countPdfPages(pdf, name), most)
  for (let page = 0; page < pages; page += 1) {
    const pixels = await drawPdfPage(pdf, page, name, (points) => width / points)
    const path = join(folder, `${name}-${page}.png`)
    await writeAtomic(path, await Transformer.fromRgbaPixels(pixels.data, pixels.width, pixels.height).png())
    drawn.push({ path, width: pixels.width, height: pixels.height })
  }
  return drawn
}
