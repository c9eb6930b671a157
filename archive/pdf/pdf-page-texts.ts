import { ArchiveError } from '../errors.ts'
import type { Page } from '../model.ts'
import type { SourceBlock } from '../word-boxes.ts'
import { pdfText } from './pdf-text.ts'
import { withPdf } from './pdfium.ts'

/**
 * The text blocks of the pages whose text source is a PDF, by the id of the page. Each file is opened once, however
 * many pages it has. What cannot be read is absent: the text stands in the document, only its boxes are lost.
 * `readFile`: bytes of a file below `data/`; its ArchiveErrors are passed over, too.
 */
export async function readPdfTexts(
  pages: Page[],
  readFile: (file: string) => Promise<Uint8Array>,
): Promise<Map<string, Map<string, SourceBlock>>> {
  const found = new Map<string, Map<string, SourceBlock>>()
  const byFile = new Map<string, Page[]>()
  for (const page of pages) {
    if (page.text?.format !== 'pdf') continue
    byFile.set(page.text.file, [...(byFile.get(page.text.file) ?? []), page])
  }
  for (const [file, own] of byFile) {
    try {
      await withPdf(await readFile(file), file, (pdf) => {
        for (const page of own) {
          try {
            const { blocks } = pdfText(pdf, Number(page.text?.part ?? 0))
            found.set(page.id, new Map(blocks.flatMap(({ paragraphs }) => paragraphs.map((one) => [one.id, one]))))
          } catch (error) {
            // A trap leaves nothing to go on with; a damaged page leaves the others.
            if (!(error instanceof Error) || error.name === 'RuntimeError') throw error
          }
        }
      })
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
    }
  }
  return found
}
