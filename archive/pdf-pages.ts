import { PDFiumLibrary } from '@hyzyla/pdfium'
import { ArchiveError } from './errors.ts'

/** Pixels of the longer side of a page made from a PDF: sharp at reading zoom, below the viewer's 25 megapixels. */
const longerSide = 5000
const largestScale = 4

let library: ReturnType<typeof PDFiumLibrary.init> | undefined

export interface PagePixels {
  /** RGBA, four bytes a pixel. */
  data: Uint8Array
  width: number
  height: number
}

/**
 * Draws one page of a PDF. `page` counts from 0; `file` is named in errors. `scaleOf`: pixels a point, for a page of so
 * many points.
 * Throws ArchiveError `pdf-unreadable`. pdfium was kept over pdf.js after measuring: docs/architecture.md, "PDF".
 */
export async function drawPdfPage(
  bytes: Uint8Array,
  page: number,
  file: string,
  scaleOf: (width: number, height: number) => number = forScreen,
): Promise<PagePixels> {
  library ??= PDFiumLibrary.init()
  const pdfium = await library
  let document: Awaited<ReturnType<typeof pdfium.loadDocument>> | undefined
  try {
    document = await pdfium.loadDocument(bytes)
    if (page >= document.getPageCount())
      throw new Error(`it has ${document.getPageCount()} pages, page ${page + 1} is asked`)
    const sheet = document.getPage(page)
    const { originalWidth, originalHeight } = sheet.getOriginalSize()
    const scale = scaleOf(originalWidth, originalHeight)
    const { data, width, height } = await sheet.render({ scale, render: 'bitmap' })
    return { data, width, height }
  } catch (error) {
    // After a trap the module's memory cannot be trusted: the next page gets a fresh one.
    if (error instanceof Error && error.name === 'RuntimeError') {
      document = undefined
      library = undefined
    }
    throw new ArchiveError('pdf-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  } finally {
    document?.destroy()
  }
}

function forScreen(width: number, height: number): number {
  return Math.min(largestScale, longerSide / Math.max(width, height))
}

/** How many pages a PDF has. Throws ArchiveError `pdf-unreadable`. */
export async function countPdfPages(bytes: Uint8Array, file: string): Promise<number> {
  library ??= PDFiumLibrary.init()
  try {
    const document = await (await library).loadDocument(bytes)
    const pages = document.getPageCount()
    document.destroy()
    return pages
  } catch (error) {
    throw new ArchiveError('pdf-unreadable', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}
