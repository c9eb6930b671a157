import { PDFiumModule } from '@hyzyla/pdfium'
import { ArchiveError } from '../errors.ts'
import { refusePdfBomb } from './pdf-bombs.ts'

/** A pointer into pdfium's memory; 0 is none. */
export type Pointer = number

/** What is used of pdfium's C interface (public/fpdfview.h, fpdf_text.h, fpdf_doc.h); the package exports no types of it. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array
  readonly HEAP32: Int32Array
  readonly HEAPF32: Float32Array
  readonly HEAPF64: Float64Array
  _malloc: (size: number) => Pointer
  _free: (pointer: Pointer) => void
  _FPDF_InitLibraryWithConfig: (config: Pointer) => void
  _FPDF_LoadMemDocument: (data: Pointer, size: number, password: Pointer) => Pointer
  _FPDF_GetLastError: () => number
  _FPDF_GetPageCount: (document: Pointer) => number
  _FPDF_GetMetaText: (document: Pointer, tag: Pointer, buffer: Pointer, length: number) => number
  _FPDF_GetPageLabel: (document: Pointer, page: number, buffer: Pointer, length: number) => number
  _FPDF_CloseDocument: (document: Pointer) => void
  _FPDFBookmark_GetFirstChild: (document: Pointer, parent: Pointer) => Pointer
  _FPDFBookmark_GetNextSibling: (document: Pointer, bookmark: Pointer) => Pointer
  _FPDFBookmark_GetTitle: (bookmark: Pointer, buffer: Pointer, length: number) => number
  _FPDFBookmark_GetDest: (document: Pointer, bookmark: Pointer) => Pointer
  _FPDFDest_GetDestPageIndex: (document: Pointer, destination: Pointer) => number
  _FPDF_LoadPage: (document: Pointer, page: number) => Pointer
  _FPDF_GetPageWidthF: (page: Pointer) => number
  _FPDF_GetPageHeightF: (page: Pointer) => number
  _FPDF_PageToDevice: (
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    rotation: number,
    x: number,
    y: number,
    deviceX: Pointer,
    deviceY: Pointer,
  ) => number
  _FPDF_ClosePage: (page: Pointer) => void
  _FPDFText_LoadPage: (page: Pointer) => Pointer
  _FPDFText_CountChars: (text: Pointer) => number
  _FPDFText_GetUnicode: (text: Pointer, index: number) => number
  _FPDFText_GetLooseCharBox: (text: Pointer, index: number, rectangle: Pointer) => number
  _FPDFText_GetCharBox: (
    text: Pointer,
    index: number,
    left: Pointer,
    right: Pointer,
    bottom: Pointer,
    top: Pointer,
  ) => number
  _FPDFText_GetCharAngle: (text: Pointer, index: number) => number
  _FPDFText_IsGenerated: (text: Pointer, index: number) => number
  _FPDFText_IsHyphen: (text: Pointer, index: number) => number
  _FPDFText_HasUnicodeMapError: (text: Pointer, index: number) => number
  _FPDFText_ClosePage: (text: Pointer) => void
}

/** A PDF that is open in pdfium. */
export interface OpenPdf {
  pdfium: Pdfium
  document: Pointer
}

const start = PDFiumModule as unknown as () => Promise<Pdfium>

/** Memory that WebAssembly has taken is never given back, so an instance that grew above this is replaced. */
const largestHeap = 256 * 1024 * 1024

let instance: Promise<Pdfium> | undefined

async function startPdfium(): Promise<Pdfium> {
  const pdfium = await start()
  const config = pdfium._malloc(32)
  pdfium.HEAPU8.fill(0, config, config + 32)
  pdfium.HEAP32[config / 4] = 2
  pdfium._FPDF_InitLibraryWithConfig(config)
  pdfium._free(config)
  return pdfium
}

/** FPDF_GetLastError, public/fpdfview.h. */
const reasons: Record<number, string> = {
  3: 'it is no PDF, or its structure is damaged',
  4: 'it is locked with a password',
  5: 'its encryption is not supported',
  6: 'its page is damaged',
}

let lastTurn: Promise<unknown> = Promise.resolve()

/**
 * Opens a PDF for `work` and closes it behind; one at a time. Not the instance that draws pages: after a page was drawn,
 * reading text in the same instance can trap. After a trap, and when its memory grew large, the instance is thrown away.
 * Throws ArchiveError `pdf-unreadable` for what pdfium refuses and for a trap; errors of `work` pass through.
 */
export function withPdf<Result>(
  bytes: Uint8Array,
  file: string,
  work: (pdf: OpenPdf) => Result | Promise<Result>,
): Promise<Result> {
  const turn = lastTurn.then(() => inTurn(bytes, file, work))
  lastTurn = turn.catch(() => undefined)
  return turn
}

async function inTurn<Result>(
  bytes: Uint8Array,
  file: string,
  work: (pdf: OpenPdf) => Result | Promise<Result>,
): Promise<Result> {
  await refusePdfBomb(bytes, file)
  instance ??= startPdfium()
  const pdfium = await instance
  let [document, data]: Pointer[] = [0, 0]
  try {
    data = pdfium._malloc(bytes.length)
    if (data === 0) throw new ArchiveError('pdf-unreadable', { file, reason: 'it needs too much memory' })
    pdfium.HEAPU8.set(bytes, data)
    document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0)
    if (document === 0) {
      const reason = reasons[pdfium._FPDF_GetLastError()] ?? 'it is damaged'
      throw new ArchiveError('pdf-unreadable', { file, reason })
    }
    return await work({ pdfium, document })
  } catch (error) {
    if (!(error instanceof Error) || !['RuntimeError', 'RangeError'].includes(error.name)) throw error
    instance = undefined
    throw new ArchiveError('pdf-unreadable', { file, reason: error.message }, { cause: error })
  } finally {
    if (instance) {
      if (document) pdfium._FPDF_CloseDocument(document)
      if (data) pdfium._free(data)
      if (pdfium.HEAPU8.length > largestHeap) instance = undefined
    }
  }
}

/** Text that a function of pdfium writes as UTF-16LE into a buffer it is given the size of; '' when there is none. */
export function wideText(pdfium: Pdfium, read: (buffer: Pointer, length: number) => number): string {
  const length = Math.min(read(0, 0), 65_536)
  if (length <= 2) return ''
  const buffer = pdfium._malloc(length)
  try {
    read(buffer, length)
    return new TextDecoder('utf-16le').decode(pdfium.HEAPU8.slice(buffer, buffer + length - 2))
  } finally {
    pdfium._free(buffer)
  }
}
