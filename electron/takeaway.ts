import type { SaveDialogOptions, SaveDialogReturnValue } from 'electron'
import { basename, dirname, extname, join } from 'node:path'
import type { PagePart } from '../archive/page-cutting.ts'
import type { CutPicture, PageFacts, SheetPreview } from './bridge/views.ts'
import type { Paper, TakeawayJob } from './bridge/print-sheet.ts'
import type { MadeFiles } from './made-files.ts'
import type { PrintSheets } from './print-sheets.ts'
import type { WorkService } from './services.ts'

interface TakeawayParts {
  worker: WorkService
  sheets: PrintSheets
  made: MadeFiles
  cache: string
  pathOf: (archive: string) => string
  /** Writes a file that the user chose. Throws ArchiveError `disk-full`, `read-only`, `not-found`. */
  write: (path: string, content: Uint8Array) => Promise<void>
  showSaveDialog: (client: number, options: SaveDialogOptions) => Promise<SaveDialogReturnValue>
  /** Folder that a first save proposes. */
  documents: () => string
}

type PageName = Omit<PagePart, 'box'> & { archive: string }
type Wanted = Omit<PagePart, 'box'> & { box?: PagePart['box'] | undefined }

export interface Takeaway {
  facts: (page: PageName) => Promise<PageFacts>
  cut: (part: PagePart & { archive: string }) => Promise<CutPicture>
  preview: (input: { job: TakeawayJob; paper: Paper }) => Promise<SheetPreview>
  print: (input: { job: TakeawayJob; paper: Paper }) => Promise<boolean>
  /** The saves answer the name of the file; undefined when the user changed their mind. */
  savePdf: (input: { job: TakeawayJob; paper: Paper; name: string }, client: number) => Promise<string | undefined>
  savePicture: (input: PictureInput, client: number) => Promise<string | undefined>
  saveText: (
    input: { name: string; extension: 'csv' | 'svg'; text: string },
    client: number,
  ) => Promise<string | undefined>
  saveOriginal: (input: PageName & { name: string }, client: number) => Promise<string | undefined>
}

interface PictureInput {
  archive: string
  parts: Wanted[]
  /** Printed below the picture. */
  lines: string[]
  /** About so many pixels wide. */
  width: number
  language: TakeawayJob['language']
  name: string
}

/** Pages of a preview; a whole supplement has fewer. */
const mostPages = 60
const previewWidth = 900
const whole = { x: 0, y: 0, w: 1, h: 1 }
/** Size of the lines below a picture, in its pixels: read at a glance, whatever the resolution. */
const lineSize = { part: 1 / 64, least: 18, most: 56, css: 14 }

/** Printing and saving: laid out in a hidden page, cut in the working process, written where the user says. */
export function openTakeaway(parts: TakeawayParts): Takeaway {
  const { worker, sheets, made, cache, pathOf } = parts
  let folder: string | undefined

  const place = async (client: number, name: string, extension: string): Promise<string | undefined> => {
    const proposal = join(folder ?? parts.documents(), portableName(name, extension))
    const filters = [{ name: extension.toUpperCase(), extensions: [extension] }]
    const { filePath, canceled } = await parts.showSaveDialog(client, { defaultPath: proposal, filters })
    if (canceled || !filePath) return undefined
    folder = dirname(filePath)
    return withExtension(filePath, extension)
  }

  return {
    facts: ({ archive, ...page }) => worker.pageFacts({ path: pathOf(archive), cache, page }),
    cut: async ({ archive, ...part }) => {
      const { path } = made.reserve('png')
      const size = await worker.cutParts({ path: pathOf(archive), cache, parts: [part], target: path })
      return { url: made.show(archive, path), ...size }
    },
    preview: async ({ job, paper }) => {
      const { folder: at, name } = made.reserve('pdf')
      const pdf = await sheets.pdf({ takeaway: job }, paper)
      const pages = await worker.drawPdf({ pdf, folder: at, name, width: previewWidth, most: mostPages })
      return { pages: pages.map(({ path, width, height }) => ({ url: made.show(job.archive, path), width, height })) }
    },
    print: ({ job, paper }) => sheets.print({ takeaway: job }, paper),
    savePdf: async ({ job, paper, name }, client) => {
      const path = await place(client, name, 'pdf')
      if (path === undefined) return undefined
      await parts.write(path, await sheets.pdf({ takeaway: job }, paper))
      return basename(path)
    },
    savePicture: async ({ archive, parts: wanted, lines, width, language, name }, client) => {
      const path = await place(client, name, 'png')
      if (path === undefined) return undefined
      const all = wanted.map((each) => ({ ...each, box: each.box ?? whole }))
      const input = { path: pathOf(archive), cache, parts: all }
      const size = Math.min(Math.max(width * lineSize.part, lineSize.least), lineSize.most)
      const css = Math.max(Math.round((width * lineSize.css) / size), 160)
      const foot = await sheets.pdfOfLines({ source: { lines, width: css, language } })
      await worker.cutParts({ ...input, target: path, foot })
      return basename(path)
    },
    saveText: async ({ name, extension, text }, client) => {
      const path = await place(client, name, extension)
      if (path === undefined) return undefined
      await parts.write(path, Buffer.from(text))
      return basename(path)
    },
    saveOriginal: async ({ archive, name, ...page }, client) => {
      const facts = await worker.pageFacts({ path: pathOf(archive), cache, page })
      const path = await place(client, name, extname(facts.original).slice(1).toLowerCase() || 'bin')
      if (path === undefined) return undefined
      await worker.copyOriginal({ path: pathOf(archive), cache, page, target: path })
      return basename(path)
    },
  }
}

/** Linux's dialogs do not add the ending that was asked for. */
export function withExtension(path: string, extension: string): string {
  return extname(path).toLowerCase() === `.${extension}` ? path : `${path}.${extension}`
}

/** A name that every system takes; `name` may be anything. */
export function portableName(name: string, extension: string): string {
  const plain = [...name.normalize('NFC').replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, '-')].slice(0, 80).join('')
  const safe = plain.replace(/^[.\s-]+|[.\s-]+$/g, '').replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, '$1-')
  return `${safe || 'banmian'}.${extension}`
}
