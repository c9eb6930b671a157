import { ArchiveError } from '../errors.ts'
import type { PageTextSource } from '../model.ts'
import { readAbbyy } from './abbyy.ts'
import { readAltoPages } from './alto.ts'
import { readAnnotationText } from './annotation-text.ts'
import { readHocr } from './hocr.ts'
import { readPageXml } from './page-xml.ts'
import type { PageText, Size } from './page-text.ts'
import { unpacked } from './text-sniffing.ts'

/** A PDF is no file of text: archive/pdf/pdf-page-texts.ts. */
export type PageTextFormat = Exclude<PageTextSource['format'], 'pdf'>

type Reader = (bytes: Uint8Array, frame?: Size, part?: string) => PageText[]

/** Whether the text of a page stands in a file of its own. */
export function isTextFile(source: PageTextSource): source is PageTextSource & { format: PageTextFormat } {
  return source.format !== 'pdf'
}

/** One reader a format; each gives the pages of a file in their order. */
const readers: Record<PageTextFormat, Reader> = {
  alto: readAltoPages,
  'page-xml': readPageXml,
  hocr: readHocr,
  abbyy: readAbbyy,
  annotations: readAnnotationText,
}

/** The pages of a text file. Throws Error when the bytes are not of the format. */
export function readPageTexts(format: PageTextFormat, bytes: Uint8Array): PageText[] {
  return readers[format](unpacked(bytes))
}

/**
 * The text of a page as its source in the document says: the same bytes give the same blocks.
 * Throws ArchiveError `text-unreadable`.
 */
export function readPageText(source: PageTextSource & { format: PageTextFormat }, bytes: Uint8Array): PageText {
  const { format, file, part, width, height } = source
  const frame = width && height ? { width, height } : undefined
  try {
    const pages = readers[format](unpacked(bytes), frame, part)
    const page = format === 'annotations' ? pages[0] : pages[Number.parseInt(part ?? '0', 10)]
    if (!page) throw new Error(`no page ${part ?? '0'}`)
    return page
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ArchiveError('text-unreadable', { file, reason }, { cause: error })
  }
}
