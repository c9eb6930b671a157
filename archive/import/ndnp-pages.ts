import type { Article, ImportWarning, Page } from '../model.ts'
import { warning } from './import-warning.ts'
import type { LinkResolver } from './link-resolution.ts'
import type { NdnpFile, NdnpPage } from './ndnp-mets.ts'
import { addFigures, languagesOf, restOfPage } from './page-articles.ts'
import { assemblePage, type PageParts } from './page-assembly.ts'
import { pictureFile } from './picture-files.ts'
import type { Source } from './source.ts'

export interface NdnpPageResult {
  page: Page
  article?: Article
  files: string[]
  warnings: ImportWarning[]
  /** Languages of the text blocks, as the file gives them, most frequent first. */
  languages: string[]
}

function extensionOf(href: string): string {
  return /\.(\w+)$/.exec(href.replace(/\.gz$/i, ''))?.[1]?.toLowerCase() ?? ''
}

/** Masters and service copies are often kept elsewhere: their absence is no defect of a delivery. */
function isMaster(file: NdnpFile): boolean {
  return /master|service|archive/i.test(file.use) || /^(?:tiff?|jp2|jpf|jpx)$/.test(extensionOf(file.href))
}

/**
 * Assembles a page of an issue METS: renditions that were delivered (TIFF, JPEG 2000 and PDF), its text as one article
 * of kind `page`, a zone for each text block. Masters that were not delivered are only named in the metadata.
 */
export async function assembleNdnpPage(
  mets: NdnpPage,
  order: number,
  metsFile: string,
  source: Source,
  resolve: LinkResolver,
): Promise<NdnpPageResult> {
  const metadata: NonNullable<PageParts['metadata']> = { ...mets.metadata }
  const label = mets.label ?? String(order)
  const parts: PageParts = { id: `p${order}`, label, name: mets.section, pictures: [], pdfs: [], metadata }
  const files: string[] = []
  const missing: ImportWarning[] = []
  for (const file of mets.files) {
    const target = resolve(metsFile, file.href.replace(/^file:\/{0,3}/i, ''))
    if (!target) continue
    const { path, wanted } = target
    if (path !== undefined) files.push(path)
    if (isMaster(file)) metadata[`${file.use || 'master'} file`] = file.href
    const extension = extensionOf(file.href)
    const isText = file.use === 'ocr' || (extension === 'xml' && !parts.text)
    if (isText && path !== undefined) parts.text = { file: path, format: 'alto' }
    else if (isText) missing.push(warning('missing-file', wanted))
    else if (extension === 'pdf' && path !== undefined) parts.pdfs.push({ file: path, page: 0 })
    else if (extension === 'pdf') missing.push(warning('missing-pdf', wanted))
    else if (path !== undefined && pictureFile.test(path)) parts.pictures.push(path)
    else if (path === undefined && !isMaster(file)) missing.push(warning('missing-image', wanted))
  }
  const { page, text, warnings } = await assemblePage(parts, source)
  const result = { page, files, warnings: [...missing, ...warnings] }
  if (!text) return { ...result, languages: [] }
  addFigures(page, text)
  return { ...result, article: restOfPage(page, text, new Map()), languages: languagesOf([text]) }
}
