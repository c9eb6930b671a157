import { cleanLine } from '../import/clean-text.ts'
import { type OpenPdf, type Pointer, wideText } from './pdfium.ts'

/** What a PDF says of itself, beside its pages. */
export interface PdfAbout {
  /** The information dictionary's texts (ISO 32000-1, 14.3.3): Title, Author, Subject, Keywords, Creator, Producer. */
  info: Record<string, string>
  /** ISO date of CreationDate. */
  created?: string
  pages: PdfPageAbout[]
}

interface PdfPageAbout {
  /** Points, as the page is shown: cropped and turned. */
  width: number
  height: number
  /** The PDF's own page label (ISO 32000-1, 12.4.2). */
  label?: string
  /** Titles of the outline's entries that lead to the page, outermost first. */
  outline: string[]
}

const infoTags = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer'] as const

/** Outlines of newspapers have tens of entries; a loop or an attack has no end. */
const mostBookmarks = 10_000

function infoText({ pdfium, document }: OpenPdf, tag: string): string {
  const name = Buffer.from(`${tag}\0`, 'latin1')
  const pointer = pdfium._malloc(name.length)
  pdfium.HEAPU8.set(name, pointer)
  try {
    return cleanLine(
      wideText(pdfium, (buffer, length) => pdfium._FPDF_GetMetaText(document, pointer, buffer, length)),
    ).slice(0, 2000)
  } finally {
    pdfium._free(pointer)
  }
}

/** `D:20171016013045+08'00'` → `2017-10-16`. */
function createdOn(text: string): string | undefined {
  const [, year, month, day] = /^(?:D:)?(\d{4})(\d{2})(\d{2})/.exec(text) ?? []
  const date = `${year}-${month}-${day}`
  return year && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) ? date : undefined
}

function outlineOf({ pdfium, document }: OpenPdf): Map<number, string[]> {
  const titles = new Map<number, string[]>()
  const seen = new Set<Pointer>()
  const waiting = [pdfium._FPDFBookmark_GetFirstChild(document, 0)]
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (entry === 0 || seen.has(entry) || seen.size >= mostBookmarks) continue
    seen.add(entry)
    const bookmark = entry
    const destination = pdfium._FPDFBookmark_GetDest(document, bookmark)
    const page = destination === 0 ? -1 : pdfium._FPDFDest_GetDestPageIndex(document, destination)
    const title = cleanLine(
      wideText(pdfium, (buffer, length) => pdfium._FPDFBookmark_GetTitle(bookmark, buffer, length)),
    )
    if (page >= 0 && title !== '') titles.set(page, [...(titles.get(page) ?? []), title])
    // Siblings before children: the entries of a level stand together.
    waiting.unshift(pdfium._FPDFBookmark_GetNextSibling(document, bookmark))
    waiting.push(pdfium._FPDFBookmark_GetFirstChild(document, bookmark))
  }
  return titles
}

/** Reads what a PDF says of itself. A page that cannot be loaded has the size 0. */
export function aboutPdf(pdf: OpenPdf): PdfAbout {
  const { pdfium, document } = pdf
  const info: Record<string, string> = {}
  for (const tag of infoTags) {
    const text = infoText(pdf, tag)
    if (text !== '') info[tag] = text
  }
  const outline = outlineOf(pdf)
  const count = pdfium._FPDF_GetPageCount(document)
  const pages = Array.from({ length: count }, (_, index): PdfPageAbout => {
    const page = pdfium._FPDF_LoadPage(document, index)
    const [width, height] = page === 0 ? [0, 0] : [pdfium._FPDF_GetPageWidthF(page), pdfium._FPDF_GetPageHeightF(page)]
    if (page !== 0) pdfium._FPDF_ClosePage(page)
    const label = cleanLine(
      wideText(pdfium, (buffer, length) => pdfium._FPDF_GetPageLabel(document, index, buffer, length)),
    )
    return { width, height, outline: outline.get(index) ?? [], ...(label ? { label } : {}) }
  })
  const created = createdOn(infoText(pdf, 'CreationDate'))
  return { info, pages, ...(created ? { created } : {}) }
}
