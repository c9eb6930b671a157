import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openArchiveFolder, type ArchiveFolder } from './archive-folder.ts'
import type { CatalogueDatabase } from './catalogue.ts'
import type { DerivedFolder } from './derived-folder.ts'
import { ArchiveError } from './errors.ts'
import { readInside } from './files.ts'
import { parseIssueDocument } from './issue-document.ts'
import { makePageTiles } from './page-pictures.ts'
import { inTurn } from './picture-turns.ts'
import { findIssue, openReading, pagesOf, readIssueDocument, type IssueName } from './reading.ts'
import { passOn, type WorkControl } from './work-pause.ts'

/** No page takes so long, in milliseconds. */
const leftAfter = 3_600_000

interface TileOptions extends WorkControl {
  onProgress?: (progress: { phase: 'tiles'; done: number; total: number; file: string }) => void
  onReadable?: () => void
}

/** Tiles of the large pages, front pages and newest issues first. A page that cannot be tiled keeps its reduced picture. */
export async function makeTiles(
  database: CatalogueDatabase,
  archive: ArchiveFolder,
  derived: DerivedFolder,
  options: TileOptions,
): Promise<void> {
  const { signal } = options
  const todo = (
    database
      .prepare(
        `SELECT pages.local, pages.tiles, issues.document FROM pages JOIN issues ON issues.id = pages.issue
         WHERE pages.tiles IS NOT NULL ORDER BY pages.ord > 0, issues.date DESC, pages.issue, pages.ord`,
      )
      .all() as { local: string; tiles: string; document: string }[]
  ).filter(({ tiles }) => !existsSync(join(derived.tiles, tiles)))
  if (todo.length > 0) options.onReadable?.()
  await removeLeftTiles(derived)
  for (const [done, { local, tiles, document }] of todo.entries()) {
    await passOn(options)
    options.onProgress?.({ phase: 'tiles', done, total: todo.length, file: document })
    try {
      const bytes = await readInside(archive.path, document)
      const page = parseIssueDocument(bytes, document).pages.find((one) => one.id === local)
      if (page) await inTurn(() => makePageTiles(page, tiles, archive, derived, signal))
    } catch (error) {
      const stops = ['cancelled', 'disk-full', 'read-only']
      if (!(error instanceof ArchiveError) || stops.includes(error.code)) throw error
    }
  }
}

/** Removes what a killed process left half written, once nobody can be writing it any more. */
async function removeLeftTiles(derived: DerivedFolder): Promise<void> {
  const names = await readdir(derived.tiles, { recursive: true }).catch(() => [])
  for (const name of names.filter((one) => one.endsWith('.tmp'))) {
    const path = join(derived.tiles, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > leftAfter) await rm(path, { force: true })
  }
}

/**
 * Makes the tiles of one page before everything else this process has to make: someone is looking at it.
 * Throws ArchiveError: those of `openReading`, `unknown-issue`, `missing-file`, `image-unreadable`, `disk-full`, `read-only`.
 */
export async function tilePage(path: string, cache: string, name: IssueName & { page: string }): Promise<void> {
  const reading = await openReading(path, cache)
  try {
    const issue = findIssue(reading, name)
    const tiles = pagesOf(reading, issue.id).find((row) => row.local === name.page)?.tiles
    const page = (await readIssueDocument(reading, issue)).pages.find((one) => one.id === name.page)
    if (!tiles || !page) throw new ArchiveError('missing-file', { file: `tiles ${name.page}` })
    const archive = await openArchiveFolder(path)
    await inTurn(() => makePageTiles(page, tiles, archive, reading.derived), true)
  } finally {
    reading.close()
  }
}
