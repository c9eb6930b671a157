import type { SaveDialogOptions, SaveDialogReturnValue } from 'electron'
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { rm } from 'node:fs/promises'
import { bookBody, bookSheet, type BookPicture } from '../archive/annotations/book-html.ts'
import type { CutClipping } from '../archive/annotations/book-model.ts'
import type { BookForm, BookStyle } from '../archive/annotations/annotation-model.ts'
import type { ClippingsBook } from '../archive/annotations/book-model.ts'
import type { NoteQuery } from '../archive/annotations/annotation-model.ts'
import { ArchiveError } from '../archive/errors.ts'
import type { BookSheet, SavedBook } from './bridge/annotation-views.ts'
import type { TakeawayJob } from './bridge/print-sheet.ts'
import type { MadeFiles } from './made-files.ts'
import type { PrintSheets } from './print-sheets.ts'
import type { AnswerService, WorkService } from './services.ts'
import { withExtension } from './takeaway.ts'

interface BookParts {
  answers: AnswerService
  worker: WorkService
  sheets: PrintSheets
  made: MadeFiles
  cache: string
  pathOf: (archive: string) => string
  /** Opens every archive of the shelf that is there. */
  openShelf: () => Promise<unknown>
  write: (path: string, content: Uint8Array) => Promise<void>
  showSaveDialog: (client: number, options: SaveDialogOptions) => Promise<SaveDialogReturnValue>
  /** Told after each picture. */
  progress: (done: number, total: number) => void
}

export interface BookWish {
  query: NoteQuery
  form: BookForm
  title: string
  style: BookStyle
  language: TakeawayJob['language']
}

export interface ClippingsBooks {
  /** Asks where to; undefined when the user changed their mind. */
  save: (wish: BookWish, client: number) => Promise<SavedBook | undefined>
  /** What the hidden page of a PDF shows. Throws ArchiveError `bad-request` for a token that was never given. */
  sheet: (token: string) => BookSheet
}

/** Where nothing is saved. */
export const noBooks: ClippingsBooks = {
  save: async () => undefined,
  sheet: () => {
    throw new ArchiveError('bad-request', { reason: 'book' })
  },
}

/** Clippings books: read by the answering process, cut and written by the working one, as PDF laid out in a hidden page. */
export function openClippingsBooks(parts: BookParts): ClippingsBooks {
  const { answers, worker, sheets, made } = parts
  const laidOut = new Map<string, BookSheet>()

  /** Cuts every picture; one that cannot be cut leaves its clipping with its words. */
  const cutAll = async (book: ClippingsBook): Promise<CutClipping[]> => {
    const wanted = book.clippings.flatMap(({ id, parts: of }) => of.map((part) => ({ id, part })))
    const cuts: CutClipping[] = []
    for (const [index, { id, part }] of wanted.entries()) {
      const { archive, ...place } = part
      const { path } = made.reserve('jpg')
      try {
        const archiveParts = { path: parts.pathOf(archive), cache: parts.cache }
        const size = await worker.cutParts({ ...archiveParts, parts: [place], target: path })
        cuts.push({ clipping: id, path, ...size })
      } catch (error) {
        if (!(error instanceof ArchiveError) || error.code === 'disk-full') throw error
      }
      parts.progress(index + 1, wanted.length)
    }
    return cuts
  }

  const pdfOf = async (book: ClippingsBook, cuts: CutClipping[]): Promise<Uint8Array> => {
    const pictures = new Map<string, BookPicture[]>()
    for (const { clipping, path, width, height } of cuts) {
      const picture = { url: made.show(shelfOf(book), path, 'until-removed'), width, height }
      pictures.set(clipping, [...(pictures.get(clipping) ?? []), picture])
    }
    const token = randomUUID()
    const lay = async (pages?: ReadonlyMap<string, number>): Promise<Uint8Array> => {
      laidOut.set(token, { css: bookSheet, body: bookBody(book, pictures, pages ?? new Map()), title: book.title })
      return sheets.pdfOfBook({ book: { token, language: languageOf(book) } })
    }
    try {
      // The numbers of the pages are known when they are laid out: once to learn them, once to say them.
      const starts = await worker.outlinePages({ pdf: await lay(), level: 2 })
      return await lay(new Map(book.clippings.map(({ id }, index) => [id, (starts[index] ?? 0) + 1])))
    } finally {
      laidOut.delete(token)
    }
  }

  return {
    save: async ({ form, ...wish }, client) => {
      const filters = [{ name: form.toUpperCase(), extensions: [form] }]
      const { filePath, canceled } = await parts.showSaveDialog(client, {
        defaultPath: wish.title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_') + `.${form}`,
        filters,
      })
      if (canceled || !filePath) return undefined
      const target = withExtension(filePath, form)
      await parts.openShelf()
      const book = await answers.clippingsBook(wish)
      const cuts = await cutAll(book)
      try {
        if (form === 'pdf') await parts.write(target, await pdfOf(book, cuts))
        else await worker.writeBook({ book, cuts, form, target })
      } finally {
        made.remove(cuts.map(({ path }) => path))
        for (const { path } of cuts) await rm(path, { force: true })
      }
      const pictured = new Set(cuts.map(({ clipping }) => clipping))
      const withoutPicture = book.clippings.filter(({ id }) => !pictured.has(id)).length
      return { name: basename(target), clippings: book.clippings.length, withoutPicture }
    },
    sheet: (token) => {
      const found = laidOut.get(token)
      if (!found) throw new ArchiveError('bad-request', { reason: 'book' })
      return found
    },
  }
}

/** Pictures are shown under the name of an archive; any one serves for a file made for the moment. */
function shelfOf({ clippings }: ClippingsBook): string {
  return clippings.flatMap(({ parts }) => parts)[0]?.archive ?? 'a'.repeat(16)
}

function languageOf({ language }: ClippingsBook): TakeawayJob['language'] {
  return language === 'zh-Hans' || language === 'zh-Hant' ? language : 'en'
}
