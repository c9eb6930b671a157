import { readFile } from 'node:fs/promises'
import { writeAtomic } from '../files.ts'
import { bookPage, type BookPicture } from './book-html.ts'
import type { ClippingsBook, CutClipping } from './book-model.ts'

/** Writes a book as one file. Throws ArchiveError `disk-full`, `read-only`, `not-found`. */
export async function writeBook(
  book: ClippingsBook,
  cuts: readonly CutClipping[],
  form: 'html' | 'docx',
  target: string,
): Promise<void> {
  if (form === 'docx') {
    const { bookDocx } = await import('./book-docx.ts')
    await writeAtomic(target, await bookDocx(book, await byClipping(cuts, (data, size) => ({ data, ...size }))))
    return
  }
  const pictures = await byClipping(cuts, (data, size): BookPicture => ({ url: dataUrl(data), ...size }))
  await writeAtomic(target, bookPage(book, pictures))
}

async function byClipping<Picture>(
  cuts: readonly CutClipping[],
  pictureOf: (data: Buffer, size: { width: number; height: number }) => Picture,
): Promise<Map<string, Picture[]>> {
  const found = new Map<string, Picture[]>()
  for (const { clipping, path, width, height } of cuts) {
    const picture = pictureOf(await readFile(path), { width, height })
    found.set(clipping, [...(found.get(clipping) ?? []), picture])
  }
  return found
}

const dataUrl = (data: Buffer): string => `data:image/jpeg;base64,${data.toString('base64')}`
