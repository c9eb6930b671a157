import { join } from 'node:path'
import { openArchiveFolder, type ArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { manifestIdentity } from './bag.ts'
import { addDamagedIssue, addIssue, removeIssue, setPagePicture, type ListedDocument } from './catalogue-writer.ts'
import { openCatalogueForWriting, setMeta, type CatalogueDatabase } from './catalogue.ts'
import { derivedFolder, type DerivedFolder } from './derived-folder.ts'
import { ArchiveError, fromFileError } from './errors.ts'
import { joinInside, readWhole } from './files.ts'
import { readAlto } from './import/alto.ts'
import { isIssueDocumentPath, parseIssueDocument } from './issue-document.ts'
import type { IssueDocument } from './model.ts'
import { makePagePicture } from './page-pictures.ts'
import { bringSearchUpToDate } from './search-catalogue.ts'
import { placeWords, type SourceBlock } from './word-boxes.ts'
import { mkdir } from 'node:fs/promises'

export interface PrepareProgress {
  phase: 'catalogue' | 'index' | 'pictures'
  /** Issues, articles or pages done, of `total`. */
  done: number
  total: number
  file: string
}

export interface PrepareOptions {
  /** Folder for derived data of archives that cannot be written. */
  cache: string
  signal?: AbortSignal
  /** Reads the whole search index for damage; else only what cannot be opened is made again. */
  check?: boolean
  onProgress?: (progress: PrepareProgress) => void
  /** Called when the archive can be read and searched, before its pictures are done. */
  onReadable?: () => void
}

/**
 * Makes everything derived from an archive that is missing or out of date: catalogue, search index, page pictures and
 * thumbnails. Only what changed is done; killed, it goes on when run again.
 * Throws ArchiveError: those of `openArchiveFolder`, `disk-full`, `archive-busy`, `cancelled`.
 */
export async function prepareArchive(path: string, options: PrepareOptions): Promise<void> {
  const archive = await openArchiveFolder(path)
  const derived = await derivedFolder({ path: archive.path, id: archive.declaration.id }, options.cache)
  try {
    await mkdir(derived.path, { recursive: true })
    await withLock(derived.path, async () => {
      const database = openCatalogueForWriting(derived.catalogue)
      try {
        await bringCatalogueUpToDate(database, archive, options)
        await bringSearchUpToDate(database, derived.search, options)
        setMeta(database, 'manifest', manifestIdentity(archive.manifest))
        options.onReadable?.()
        await makePictures(database, archive, derived, options)
      } finally {
        database.close()
      }
    })
  } catch (error) {
    throw fromDatabaseError(fromFileError(error, derived.path), derived.path)
  }
}

async function bringCatalogueUpToDate(
  database: CatalogueDatabase,
  archive: ArchiveFolder,
  options: PrepareOptions,
): Promise<void> {
  const known = new Map(
    (database.prepare('SELECT id, document, sha256 FROM issues').all() as (ListedDocument & { id: number })[]).map(
      (row) => [row.document, row],
    ),
  )
  database.transaction(() => {
    for (const [document, row] of known) {
      if (archive.manifest.get(document) !== row.sha256) removeIssue(database, row.id)
    }
  })()
  const fresh = [...archive.manifest]
    .filter(([path, sha256]) => isIssueDocumentPath(path) && known.get(path)?.sha256 !== sha256)
    .map(([document, sha256]): ListedDocument => ({ document, sha256 }))
    .sort((one, other) => dateOf(one).localeCompare(dateOf(other)))
  // A batch is one transaction: a reader waits for it, so it stays short.
  const batchSize = 20
  for (let start = 0; start < fresh.length; start += batchSize) {
    stopWhenCancelled(options.signal)
    const batch = fresh.slice(start, start + batchSize)
    options.onProgress?.({ phase: 'catalogue', done: start, total: fresh.length, file: batch[0]?.document ?? '' })
    const read: ((database: CatalogueDatabase) => void)[] = []
    for (const listed of batch) read.push(await readListed(archive, listed))
    database.transaction(() => {
      for (const add of read) add(database)
    })()
  }
}

/** Ids given in order of dates make the search index smaller and faster. */
function dateOf(listed: ListedDocument): string {
  return listed.document.slice(listed.document.lastIndexOf('/') + 1)
}

async function readListed(
  archive: ArchiveFolder,
  listed: ListedDocument,
): Promise<(database: CatalogueDatabase) => void> {
  try {
    const bytes = await readWhole(joinInside(archive.path, listed.document), listed.document)
    const issue = parseIssueDocument(bytes, listed.document)
    const blocks = await readTextSources(archive, issue)
    return (database) => addIssue(database, listed, issue, (article) => placeWords(article, (page) => blocks.get(page)))
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    const { code, details } = error
    return (database) => addDamagedIssue(database, listed, { code, details })
  }
}

async function readTextSources(
  archive: ArchiveFolder,
  issue: IssueDocument,
): Promise<Map<string, Map<string, SourceBlock>>> {
  const blocks = new Map<string, Map<string, SourceBlock>>()
  for (const page of issue.pages) {
    if (!page.text) continue
    try {
      const bytes = await readWhole(joinInside(join(archive.path, 'data'), page.text.file), page.text.file)
      const read = readAlto(bytes)
      blocks.set(page.id, new Map(read.blocks.map((block) => [block.id, block])))
    } catch (error) {
      // The text itself stands in the issue's document; only the boxes of this page are lost.
      if (!(error instanceof ArchiveError)) throw error
    }
  }
  return blocks
}

async function makePictures(
  database: CatalogueDatabase,
  archive: ArchiveFolder,
  derived: DerivedFolder,
  options: PrepareOptions,
): Promise<void> {
  const todo = database
    .prepare(
      `SELECT pages.id, pages.local, issues.document FROM pages JOIN issues ON issues.id = pages.issue
       WHERE pages.pictured = 0 ORDER BY pages.ord > 0, issues.date DESC, pages.issue, pages.ord`,
    )
    .all() as { id: number; local: string; document: string }[]
  let done = 0
  const queue = todo.values()
  const worker = async (): Promise<void> => {
    for (const { id, local, document } of queue) {
      stopWhenCancelled(options.signal)
      const issue = await issueOf(document)
      const page = issue.pages.find((one) => one.id === local)
      if (page) setPagePicture(database, id, await makePagePicture(page, archive, derived))
      done += 1
      options.onProgress?.({ phase: 'pictures', done, total: todo.length, file: document })
    }
  }
  let latest: { document: string; issue: Promise<IssueDocument> } | undefined
  const issueOf = (document: string): Promise<IssueDocument> => {
    if (latest?.document !== document) {
      const issue = readWhole(joinInside(archive.path, document), document).then((bytes) =>
        parseIssueDocument(bytes, document),
      )
      latest = { document, issue }
    }
    return latest.issue
  }
  // Two at a time: while one is decoded by a native thread, the other is read and written.
  await Promise.all([worker(), worker()])
}

function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ArchiveError('cancelled')
}

function fromDatabaseError(error: unknown, file: string): unknown {
  if (error instanceof Error && /database or disk is full/i.test(error.message)) {
    return new ArchiveError('disk-full', { file }, { cause: error })
  }
  return error
}
