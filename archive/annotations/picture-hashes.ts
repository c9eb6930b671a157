import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFile } from '../hashed-files.ts'
import type { PlacedNote } from './annotation-model.ts'
import type { IssueText } from './placed-notes.ts'

/**
 * The pictures that notes were drawn on, by their sha-256: two people who exchange notes learn where their pictures
 * differ. A picture is read once as long as its file stays the same.
 */

const known = new Map<string, string>()
const most = 5000

/** The sha-256 of the picture a page was delivered with; undefined without one. */
export async function pictureHash({ reading, document }: IssueText, page: string): Promise<string | undefined> {
  const best = document.pages
    .find((each) => each.id === page)
    ?.renditions.find((rendition) => rendition.kind === 'image' || rendition.kind === 'pdf')
  if (!best) return undefined
  const path = join(reading.path, 'data', best.file)
  try {
    const { size, mtimeMs } = await stat(path)
    const key = `${path}\n${size}\n${mtimeMs}`
    const before = known.get(key)
    if (before !== undefined) return before
    const hash = await hashFile(path)
    if (known.size >= most) known.clear()
    known.set(key, hash)
    return hash
  } catch {
    // A picture that cannot be read now has no hash to compare; the note is made and shown all the same.
    return undefined
  }
}

/** Notes on a page, with a sign on those that were made on another picture than the one that is here. */
export async function comparedPictures(issue: IssueText, notes: readonly PlacedNote[]): Promise<PlacedNote[]> {
  const hashes = new Map<string, Promise<string | undefined>>()
  return Promise.all(
    notes.map(async (note) => {
      const then = note.place.page?.sha256
      const [page] = note.pages
      if (then === undefined || page === undefined || note.lost) return note
      if (!hashes.has(page)) hashes.set(page, pictureHash(issue, page))
      const now = await hashes.get(page)
      return now === undefined || now === then ? note : { ...note, pictureChanged: true as const }
    }),
  )
}
