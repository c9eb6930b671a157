import type { BrowserWindow, PrintToPDFOptions } from 'electron'
import { ArchiveError, isErrorCode } from '../archive/errors.ts'
import { sheetFailed, sheetReady, type Paper, type SheetJob } from './bridge/print-sheet.ts'

interface SheetParts {
  /** A window nobody sees, guarded like every other, with the sheet's page and what is behind its `#`. */
  make: (hash: string) => BrowserWindow
}

export interface PrintSheets {
  /** The laid out job as a PDF whose text can be selected. */
  pdf: (job: SheetJob, paper: Paper) => Promise<Buffer>
  /** The job as a PDF of one page, as large as what is on it. */
  pdfOfLines: (job: Extract<SheetJob, { source: unknown }>) => Promise<Buffer>
  /** A book as A4 with page numbers, and an outline of its headings. */
  pdfOfBook: (job: Extract<SheetJob, { book: unknown }>) => Promise<Buffer>
  /**
   * Opens the system's dialog; false when the user changed their mind. `silent`: asks nobody, and takes the printer of
   * that name, or the system's own choice. Throws ArchiveError `print-failed`.
   */
  print: (job: SheetJob, paper: Paper, way?: { silent: true; printer?: string }) => Promise<boolean>
  /** The last window is gone: nothing is laid out for nobody. */
  close: () => void
}

/** Every picture of a sheet is decoded first, a page of 150 megapixels among them. */
const patience = 120_000
const inchesPerPixel = 1 / 96
const margin = 0.45
/** Inches. */
const bookMargins = { top: 0.9, bottom: 0.95, left: 0.95, right: 0.95 }
const pageNumber =
  '<div style="width:100%;font-size:8pt;font-family:sans-serif;color:#6b655b;text-align:center"><span class="pageNumber"></span></div>'

/** Lays out what is printed and saved, in hidden windows that live as long as that takes. */
export function printSheets({ make }: SheetParts): PrintSheets {
  const open = new Set<BrowserWindow>()

  /** Runs work on a sheet whose pictures and fonts are there. */
  const onSheet = async <Result>(
    job: SheetJob,
    work: (window: BrowserWindow, height: number) => Promise<Result>,
  ): Promise<Result> => {
    const window = make(encodeURIComponent(JSON.stringify(job)))
    open.add(window)
    try {
      return await work(window, await laidOut(window))
    } finally {
      open.delete(window)
      if (!window.isDestroyed()) window.destroy()
    }
  }

  return {
    pdf: (job, { size, landscape }) =>
      onSheet(job, (window) => {
        const margins = { top: margin, bottom: margin, left: margin, right: margin }
        const options: PrintToPDFOptions = { pageSize: size, landscape, margins, printBackground: true }
        return window.webContents.printToPDF({ ...options, generateTaggedPDF: true })
      }),
    pdfOfLines: (job) =>
      onSheet(job, (window, height) => {
        const pageSize = { width: job.source.width * inchesPerPixel, height: height * inchesPerPixel }
        const margins = { top: 0, bottom: 0, left: 0, right: 0 }
        return window.webContents.printToPDF({ pageSize, margins, printBackground: true, pageRanges: '1' })
      }),
    pdfOfBook: (job) =>
      onSheet(job, (window) =>
        window.webContents.printToPDF({
          pageSize: 'A4',
          margins: bookMargins,
          printBackground: true,
          generateTaggedPDF: true,
          generateDocumentOutline: true,
          displayHeaderFooter: true,
          headerTemplate: '<span></span>',
          footerTemplate: pageNumber,
        }),
      ),
    print: (job, { size, landscape }, way) =>
      onSheet(
        job,
        (window) =>
          new Promise((resolve, reject) => {
            const each = Math.round(margin * 72)
            const margins = { marginType: 'custom' as const, top: each, bottom: each, left: each, right: each }
            const quiet = way && { silent: true, ...(way.printer !== undefined && { deviceName: way.printer }) }
            const options = { pageSize: size, landscape, margins, printBackground: true, ...quiet }
            window.webContents.print(options, (done, reason) => {
              if (done) resolve(true)
              else if (/cancel/i.test(reason)) resolve(false)
              else reject(new ArchiveError('print-failed', { reason: reason || 'unknown' }))
            })
          }),
      ),
    close: () => {
      for (const window of open) if (!window.isDestroyed()) window.destroy()
    },
  }
}

/** Waits until the page says that it is complete and bears its name; answers its height in CSS pixels. */
function laidOut(window: BrowserWindow): Promise<number> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(new ArchiveError('background-stopped'))
    const clock = setTimeout(stopped, patience)
    const end = (): void => clearTimeout(clock)
    window.once('closed', () => {
      end()
      stopped()
    })
    window.webContents.once('render-process-gone', () => {
      end()
      stopped()
    })
    let height: string | undefined
    window.webContents.on('page-title-updated', (_event, title) => {
      const [, said] = sheetReady.exec(title) ?? []
      const [, code] = sheetFailed.exec(title) ?? []
      if (height === undefined && code === undefined) {
        height = said
        return
      }
      end()
      if (code === undefined) resolve(Number(height))
      else reject(new ArchiveError(isErrorCode(code) ? code : 'internal'))
    })
  })
}
