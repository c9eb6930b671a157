import { type OpenPdf, type Pointer, withPdf } from './pdfium.ts'

const mostEntries = 100_000

/**
 * On which pages, from 0, the entries of a PDF's outline (ISO 32000-1, 12.3.3) of one level lead, in their order; 0 for an
 * entry that leads nowhere. `level`: 1 for the outermost. Throws ArchiveError `pdf-unreadable`.
 */
export function outlinePages(pdf: Uint8Array, level: number): Promise<number[]> {
  return withPdf(pdf, 'outline', (open) => {
    const found: number[] = []
    walk(open, 0, 1, level, found, new Set())
    return found
  })
}

function walk(open: OpenPdf, parent: Pointer, at: number, level: number, found: number[], seen: Set<Pointer>): void {
  const { pdfium, document } = open
  let entry = pdfium._FPDFBookmark_GetFirstChild(document, parent)
  while (entry !== 0 && !seen.has(entry) && seen.size < mostEntries) {
    seen.add(entry)
    if (at < level) walk(open, entry, at + 1, level, found, seen)
    else {
      const destination = pdfium._FPDFBookmark_GetDest(document, entry)
      found.push(destination === 0 ? 0 : Math.max(0, pdfium._FPDFDest_GetDestPageIndex(document, destination)))
    }
    entry = pdfium._FPDFBookmark_GetNextSibling(document, entry)
  }
}
