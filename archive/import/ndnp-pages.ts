import type { Article, ImportWarning, Metadata, Page } from '../model.ts'
import { readAlto } from './alto.ts'
import { measureImage } from './image-size.ts'
import { warning, warningFrom } from './import-warning.ts'
import type { LinkResolver } from './link-resolution.ts'
import type { NdnpFile, NdnpPage } from './ndnp-mets.ts'
import { cornersOf, type PageText } from './page-text.ts'
import { pdfPageSize } from './pdf-page-size.ts'
import type { Source } from './source.ts'

export interface NdnpPageResult {
  page: Page
  article?: Article
  files: string[]
  warnings: ImportWarning[]
  /** Languages of the text blocks, as the file gives them. */
  languages: string[]
}

/** Kinds that the reader can show; JPEG 2000 and other masters are kept, not shown. */
const readable = /\.(?:jpe?g|png|webp|tiff?)$/i

const mimes: Record<string, string> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' }

function extensionOf(href: string): string {
  return /\.(\w+)$/.exec(href)?.[1]?.toLowerCase() ?? ''
}

function isMaster(file: NdnpFile): boolean {
  return /master|service|archive/i.test(file.use) || /^(?:tiff?|jp2|jpf|jpx)$/.test(extensionOf(file.href))
}

function plainHref(href: string): string {
  return href.replace(/^file:\/{0,3}/i, '')
}

function placeText(alto: PageText, label: string, result: NdnpPageResult): void {
  const { page } = result
  if (alto.blocks.length === 0) return
  const article: Article = {
    id: `page-${page.id.slice(1)}`,
    kind: 'page',
    headline: '',
    blocks: alto.blocks.map(({ id, text }) => ({ kind: 'paragraph', text, page: page.id, source: id })),
    photos: [],
    pages: [page.id],
    metadata: { page: label },
  }
  for (const { box } of alto.blocks) {
    if (box.w <= 0 || box.h <= 0) continue
    page.zones.push({
      id: `${page.id}-z${page.zones.length + 1}`,
      kind: 'text',
      polygon: cornersOf(box),
      article: article.id,
    })
  }
  result.article = article
  result.languages = alto.blocks.map((block) => block.language ?? '').filter((language) => language !== '')
}

async function readText(
  file: NdnpFile,
  path: string | undefined,
  wanted: string,
  source: Source,
  result: NdnpPageResult,
): Promise<PageText | undefined> {
  if (path === undefined) {
    result.warnings.push(warning('missing-file', wanted))
    return undefined
  }
  try {
    const alto = readAlto(await source.bytes(path))
    result.page.text = { format: 'alto', file: path }
    return alto
  } catch (error) {
    result.warnings.push(warningFrom(error, path, 'text-unreadable'))
    return undefined
  }
}

async function addRendition(file: NdnpFile, path: string, source: Source, page: Page): Promise<void> {
  if (extensionOf(file.href) === 'pdf') {
    page.renditions.push({ kind: 'pdf', file: path, mime: 'application/pdf', pdfPage: 0 })
  } else if (readable.test(file.href)) {
    const size = await measureImage(source, path)
    const mime = size?.mime ?? mimes[extensionOf(path)] ?? 'image/tiff'
    page.renditions.push({ kind: 'image', file: path, mime, width: size?.width, height: size?.height })
  }
}

async function sizeOf(
  page: Page,
  alto: PageText | undefined,
  source: Source,
): Promise<{ width: number; height: number }> {
  const image = page.renditions.find((rendition) => rendition.width && rendition.height)
  if (image?.width && image.height) return { width: image.width, height: image.height }
  if (alto && alto.width > 0 && alto.height > 0)
    return { width: Math.round(alto.width), height: Math.round(alto.height) }
  const pdf = page.renditions.find((rendition) => rendition.kind === 'pdf')
  return (pdf && (await pdfPageSize(source, pdf.file))) ?? { width: 0, height: 0 }
}

/**
 * Assembles a page of an issue METS: renditions that were delivered, its text as one article of kind `page`, a zone
 * for each text block. Masters that were not delivered are normal and only named in the metadata.
 */
export async function assembleNdnpPage(
  mets: NdnpPage,
  order: number,
  metsFile: string,
  source: Source,
  resolve: LinkResolver,
): Promise<NdnpPageResult> {
  const label = mets.label ?? String(order)
  const metadata: Metadata = { ...mets.metadata }
  const page: Page = { id: `p${order}`, label, name: mets.section, width: 0, height: 0, renditions: [], zones: [] }
  const result: NdnpPageResult = { page, files: [], warnings: [], languages: [] }
  let alto: PageText | undefined
  for (const file of mets.files) {
    const target = resolve(metsFile, plainHref(file.href))
    if (!target) continue
    if (target.path) result.files.push(target.path)
    if (isMaster(file)) metadata[`${file.use || 'master'} file`] = file.href
    const extension = extensionOf(file.href)
    if (file.use === 'ocr' || (extension === 'xml' && !alto)) {
      alto = await readText(file, target.path, target.wanted, source, result)
    } else if (target.path) await addRendition(file, target.path, source, page)
    else if (extension === 'pdf') result.warnings.push(warning('missing-pdf', target.wanted))
    else if (!isMaster(file)) result.warnings.push(warning('missing-image', target.wanted))
  }
  if (alto) placeText(alto, label, result)
  Object.assign(page, await sizeOf(page, alto, source))
  if (Object.keys(metadata).length > 0) page.metadata = metadata
  return result
}
