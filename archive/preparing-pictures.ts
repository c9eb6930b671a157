import type { ArchiveFolder } from './archive-folder.ts'
import type { CatalogueDatabase } from './catalogue.ts'
import type { DerivedFolder } from './derived-folder.ts'
import { ArchiveError } from './errors.ts'
import { readInside } from './files.ts'
import { parseIssueDocument } from './issue-document.ts'
import type { IssueDocument } from './model.ts'
import { makePagePicture, type PagePictureResult } from './page-pictures.ts'
import { notePictures } from './picture-notes.ts'
import { whenNobodyWaits } from './picture-turns.ts'
import { passOn, type WorkControl } from './work-pause.ts'

interface PictureOptions extends WorkControl {
  onProgress?: (progress: { phase: 'pictures'; done: number; total: number; file: string }) => void
}

interface WaitingPage {
  id: number
  local: string
  document: string
}

/**
 * Makes the pictures of all pages that have none yet, front pages first. A page whose files cannot be used gets its
 * problem noted, and is tried again the next time: its file may have been restored from a copy.
 * Throws ArchiveError `disk-full`, `read-only`, `cancelled`, when no picture is being made any more.
 */
export async function makePictures(
  database: CatalogueDatabase,
  archive: ArchiveFolder,
  derived: DerivedFolder,
  options: PictureOptions,
): Promise<void> {
  const todo = database
    .prepare(
      `SELECT pages.id, pages.local, issues.document FROM pages JOIN issues ON issues.id = pages.issue
       WHERE pages.pictured = 0 OR pages.problem IS NOT NULL
       ORDER BY pages.ord > 0, issues.date DESC, pages.issue, pages.ord`,
    )
    .all() as WaitingPage[]
  const read = latestIssue(archive)
  const queue = todo.values()
  const notes = notePictures(database)
  let done = 0
  let failed = false
  const worker = async (): Promise<void> => {
    for (const { id, local, document } of queue) {
      if (failed) return
      await passOn(options)
      await whenNobodyWaits()
      notes.add(id, await pictureOf(local, () => read(document), archive, derived))
      done += 1
      options.onProgress?.({ phase: 'pictures', done, total: todo.length, file: document })
    }
  }
  const stopOthers = (error: unknown): never => {
    failed = true
    throw error
  }
  // Two at a time: while one is decoded by a native thread, the other is read and written. Both have ended before
  // the caller closes the catalogue and gives the lock away.
  const results = await Promise.allSettled([worker().catch(stopOthers), worker().catch(stopOthers)])
  try {
    notes.flush()
  } catch (error) {
    results.push({ status: 'rejected', reason: error })
  }
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** How many pages were never tried. */
export function countWaitingPages(database: CatalogueDatabase): number {
  const row = database.prepare('SELECT COUNT(*) AS count FROM pages WHERE pictured = 0').get() as { count: number }
  return row.count
}

async function pictureOf(
  local: string,
  read: () => Promise<IssueDocument>,
  archive: ArchiveFolder,
  derived: DerivedFolder,
): Promise<PagePictureResult> {
  let issue: IssueDocument
  try {
    issue = await read()
  } catch (error) {
    // Damaged since it was catalogued: that is no reason to stop for the pages of all other issues.
    if (!(error instanceof ArchiveError)) throw error
    return { problem: { code: error.code, details: error.details } }
  }
  const page = issue.pages.find((one) => one.id === local)
  return page ? makePagePicture(page, archive, derived) : {}
}

/** Reads issues, and keeps the latest: the pages of one stand together. */
function latestIssue(archive: ArchiveFolder): (document: string) => Promise<IssueDocument> {
  let latest: { document: string; issue: Promise<IssueDocument> } | undefined
  return (document) => {
    if (latest?.document !== document) {
      const issue = readInside(archive.path, document).then((bytes) => parseIssueDocument(bytes, document))
      latest = { document, issue }
    }
    return latest.issue
  }
}
