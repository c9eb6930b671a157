import type { ImportWarning, Metadata, Page, Rendition } from '../model.ts'
import { measureImage } from './image-size.ts'
import { warning, warningFrom } from './import-warning.ts'
import type { PageText, Size } from './page-text.ts'
import { type PageTextFormat, readPageText, readPageTexts } from './page-text-formats.ts'
import { pdfPageSize } from './pdf-page-size.ts'
import type { Source } from './source.ts'

/** What belongs to a page, by paths inside the source. */
export interface PageParts {
  id: string
  label: string
  name?: string
  pictures: string[]
  pdfs: { file: string; page: number }[]
  text?: { file: string; format: PageTextFormat; part?: string }
  /** Pixels of the picture as the description says, for pictures that were not delivered. */
  size?: Size
  metadata?: Metadata
}

export interface AssembledPage {
  page: Page
  text?: PageText
  warnings: ImportWarning[]
}

const mimes: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
  jp2: 'image/jp2',
  jpx: 'image/jp2',
  jpf: 'image/jp2',
  j2k: 'image/jp2',
}

/** A picture of this part of the best one's width is a thumbnail. */
const briefWidth = 0.4

async function renditionsOf(parts: PageParts, source: Source): Promise<Rendition[]> {
  const pictures: Rendition[] = []
  for (const file of new Set(parts.pictures)) {
    const size = await measureImage(source, file)
    const extension = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
    const mime = size?.mime ?? mimes[extension] ?? 'image/tiff'
    pictures.push({ kind: 'image', file, mime, ...(size ? { width: size.width, height: size.height } : {}) })
  }
  const area = ({ width, height }: Rendition): number => (width ?? 0) * (height ?? 0)
  pictures.sort((a, b) => area(b) - area(a))
  const widest = pictures[0]?.width ?? 0
  for (const picture of pictures) if (picture.width && picture.width < widest * briefWidth) picture.kind = 'brief'
  const pdfs = parts.pdfs.map(({ file, page }): Rendition => ({
    kind: 'pdf',
    file,
    mime: 'application/pdf',
    pdfPage: page,
  }))
  return [...pictures, ...pdfs]
}

/** How much text may reach beyond the page, and sides may differ in proportion, before a size counts as wrong. */
const tolerance = 0.03

/**
 * The size that coordinates are fractions of, when it is not the one in the file: text that reaches beyond its page, or
 * pixels of a page of another shape than the picture they were read from. `reach` is the last that is left.
 */
function frameOf(text: PageText, picture: Size | undefined): { frame?: Size; problem?: string } {
  const { reach } = text
  const fits = (size: Size): boolean =>
    reach.width <= size.width * (1 + tolerance) && reach.height <= size.height * (1 + tolerance)
  const shape = (size: Size): number => size.width / size.height
  const isSame = !picture || Math.abs(shape(text) / shape(picture) - 1) <= tolerance
  if (!(reach.width > 0 && reach.height > 0) || !(text.width > 0 && text.height > 0)) return {}
  if (fits(text) && isSame) return {}
  const said = `${text.width} × ${text.height}`
  if (picture && text.isPixels && fits(picture) && !isSame) {
    return {
      frame: picture,
      problem: `the page size ${said} is not that of the picture, ${picture.width} × ${picture.height}`,
    }
  }
  if (fits(text)) return { problem: `the page size ${said} has another shape than the picture` }
  const frame = picture && text.isPixels && fits(picture) ? picture : reach
  return { frame, problem: `text reaches beyond the page size ${said}` }
}

/** Texts of files with several pages, read once. */
export type TextCache = Map<string, PageText[]>

async function textOf(parts: PageParts, source: Source, cache: TextCache): Promise<PageText | undefined> {
  if (!parts.text) return undefined
  const { file, format, part } = parts.text
  if (format === 'annotations') return readPageText({ ...parts.text, ...parts.size }, await source.bytes(file))
  const known = cache.get(file)
  const pages = known ?? readPageTexts(format, await source.bytes(file))
  // Only files of several pages are asked again.
  if (!known && pages.length > 1) cache.set(file, pages)
  return pages[Number.parseInt(part ?? '0', 10)]
}

/**
 * A page from its parts: renditions, largest first, and its text with boxes in fractions of the page. A text that cannot
 * be read and coordinates that cannot be right are warnings.
 */
export async function assemblePage(
  parts: PageParts,
  source: Source,
  cache: TextCache = new Map(),
): Promise<AssembledPage> {
  const { id, label, name, metadata } = parts
  const renditions = await renditionsOf(parts, source)
  const page: Page = { id, label, width: 0, height: 0, renditions, zones: [] }
  if (name) page.name = name
  if (metadata && Object.keys(metadata).length > 0) page.metadata = metadata
  const warnings: ImportWarning[] = []
  const measured = renditions.find((rendition) => rendition.width && rendition.height)
  const picture = measured?.width && measured.height ? { width: measured.width, height: measured.height } : parts.size
  let text: PageText | undefined
  try {
    text = await textOf(parts, source, cache)
  } catch (error) {
    warnings.push(warningFrom(error, parts.text?.file ?? '', 'text-unreadable'))
  }
  if (parts.text && text) {
    const { frame, problem } = frameOf(text, picture)
    if (problem) warnings.push(warning('page-size', parts.text.file, { reason: problem }))
    const read = { ...parts.text, ...(parts.text.format === 'annotations' ? parts.size : frame) }
    page.text = read
    if (frame) text = readPageText(read, await source.bytes(read.file))
  }
  const [pdf] = parts.pdfs
  const drawn = pdf && !picture ? await pdfPageSize(source, pdf.file) : undefined
  const size = picture ?? (text && text.width > 0 && text.height > 0 ? text : drawn)
  if (size) [page.width, page.height] = [Math.round(size.width), Math.round(size.height)]
  return { page, text, warnings }
}
