import { mkdir } from 'node:fs/promises'
import { openArchiveFolder, type ArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { manifestIdentity } from './bag.ts'
import { addDamagedIssue, addIssue, removeIssue, type ListedDocument } from './catalogue-writer.ts'
import {
  fromDatabaseError,
  getMeta,
  inTransaction,
  isCorruption,
  openCatalogueForReading,
  openCatalogueForWriting,
  setMeta,
  type CatalogueDatabase,
} from './catalogue.ts'
import { cachedDerivedFolder, derivedFolder, type DerivedFolder } from './derived-folder.ts'
import { ArchiveError, fromWriteError } from './errors.ts'
import { exists, isWritable, readInside } from './files.ts'
import { readOriginal } from './in-place.ts'
import { isTextFile, readPageText } from './import/page-text-formats.ts'
import { isIssueDocumentPath, issueDocumentPath, parseIssueDocument } from './issue-document.ts'
import type { IssueDocument } from './model.ts'
import { countWaitingPages, makePictures } from './preparing-pictures.ts'
import { makeTiles } from './preparing-tiles.ts'
import { bringSearchUpToDate, isSearchWhole } from './search-upkeep.ts'
import { pictureNameOf, withOcrText } from './ocr/ocr-text.ts'
import { readPdfTexts } from './pdf/pdf-page-texts.ts'
import { placeWords, type SourceBlock } from './word-boxes.ts'
import { passOn, type WorkControl } from './work-pause.ts'

export interface PrepareProgress {
  phase: 'catalogue' | 'index' | 'pictures' | 'tiles'
  /** Issues, articles or pages done, of `total`. */
  done: number
  total: number
  file: string
}

export interface PrepareOptions extends WorkControl {
  /** Folder for derived data of archives that cannot be written. */
  cache: string
  onProgress?: (progress: PrepareProgress) => void
  /** Called when the archive can be read and searched, and again when its pictures are there but tiles are to come. */
  onReadable?: () => void
  /** Documents to be catalogued anew although they are the same: text was recognised on their pages. */
  again?: ReadonlySet<string>
}

/**
 * Makes everything derived from an archive that is missing or out of date: catalogue, search index, page pictures and
 * thumbnails. Only what changed is done; killed, it goes on when run again.
 * Throws ArchiveError: those of `openArchiveFolder`, `disk-full`, `archive-busy`, `cancelled`.
 */
export async function prepareArchive(path: string, options: PrepareOptions): Promise<void> {
  const archive = await openArchiveFolder(path)
  const found = await derivedFolder({ path: archive.path, id: archive.declaration.id }, options.cache)
  const derived = await writableFolder(found, archive, options.cache)
  if (!derived) return options.onReadable?.()
  try {
    await mkdir(derived.path, { recursive: true })
    await withLock(derived.path, async () => {
      const database = openCatalogueForWriting(derived.catalogue)
      try {
        await bringCatalogueUpToDate(database, archive, derived.ocr, options)
        await bringSearchUpToDate(database, derived.search, options)
        setMeta(database, 'manifest', manifestIdentity(archive.manifest))
        options.onReadable?.()
        await makePictures(database, archive, derived, options)
        await makeTiles(database, archive, derived, options)
      } finally {
        database.close()
      }
    })
  } catch (error) {
    throw fromDatabaseError(fromWriteError(error, derived.path), derived.path)
  }
}

/** Where to write; nothing when the archive is on read-only media and was prepared well before it came there. */
async function writableFolder(
  found: DerivedFolder,
  archive: ArchiveFolder,
  cache: string,
): Promise<DerivedFolder | undefined> {
  if (!(await exists(found.path)) || (await isWritable(found.path))) return found
  const database = openCatalogueForReading(found.catalogue)
  try {
    const isPrepared =
      database !== undefined &&
      getMeta(database, 'manifest') === manifestIdentity(archive.manifest) &&
      countWaitingPages(database) === 0 &&
      (await isSearchWhole(database, found.search))
    return isPrepared ? undefined : cachedDerivedFolder(archive.declaration.id, cache)
  } catch (error) {
    if (isCorruption(error)) return cachedDerivedFolder(archive.declaration.id, cache)
    throw error
  } finally {
    database?.close()
  }
}

interface KnownIssue extends ListedDocument {
  id: number
  problem: string | null
}

async function bringCatalogueUpToDate(
  database: CatalogueDatabase,
  archive: ArchiveFolder,
  ocr: string,
  options: PrepareOptions,
): Promise<void> {
  const known = new Map(
    (database.prepare('SELECT id, document, sha256, problem FROM issues').all() as KnownIssue[]).map((row) => [
      row.document,
      row,
    ]),
  )
  inTransaction(database, () => {
    for (const [document, row] of known) {
      if (archive.manifest.get(document) !== row.sha256) removeIssue(database, row.id)
    }
  })
  // A document that was damaged may have been restored from a copy.
  const isDone = (path: string, sha256: string): boolean =>
    known.get(path)?.sha256 === sha256 && known.get(path)?.problem === null && !options.again?.has(path)
  const fresh = [...archive.manifest]
    .filter(([path, sha256]) => isIssueDocumentPath(path) && !isDone(path, sha256))
    .map(([document, sha256]): ListedDocument => ({ document, sha256 }))
    .sort((one, other) => dateOf(one).localeCompare(dateOf(other)))
  // A batch is one transaction: a reader waits for it, so it stays short.
  const batchSize = 20
  for (let start = 0; start < fresh.length; start += batchSize) {
    await passOn(options)
    const batch = fresh.slice(start, start + batchSize)
    options.onProgress?.({ phase: 'catalogue', done: start, total: fresh.length, file: batch[0]?.document ?? '' })
    const read: ((database: CatalogueDatabase) => void)[] = []
    for (const listed of batch) read.push(await readListed(archive, listed, ocr))
    inTransaction(database, () => {
      for (const { document } of batch) {
        const before = known.get(document)
        if (before && (before.problem !== null || options.again?.has(document))) removeIssue(database, before.id)
      }
      for (const add of read) add(database)
    })
  }
}

/** Ids given in order of dates make the search index smaller and faster. */
function dateOf(listed: ListedDocument): string {
  return listed.document.slice(listed.document.lastIndexOf('/') + 1)
}

async function readListed(
  archive: ArchiveFolder,
  listed: ListedDocument,
  ocr: string,
): Promise<(database: CatalogueDatabase) => void> {
  try {
    const issue = parseIssueDocument(await readInside(archive.path, listed.document), listed.document)
    if (issueDocumentPath({ ...issue, title: issue.title.id }) !== listed.document) {
      throw new ArchiveError('damaged-document', {
        file: listed.document,
        reason: 'it is the document of another issue',
      })
    }
    const recognised = await withOcrText(issue, (page) => pictureNameOf(page, archive.manifest), ocr)
    const blocks = new Map([...(await readTextSources(archive, issue)), ...recognised.blocks])
    return (database) =>
      addIssue(database, listed, recognised.issue, (article) => placeWords(article, (page) => blocks.get(page)))
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
    const { text } = page
    if (!text || !isTextFile(text)) continue
    try {
      const read = readPageText(text, await readOriginal(archive, text.file))
      blocks.set(page.id, new Map(read.blocks.map((block) => [block.id, block])))
    } catch (error) {
      // The text itself stands in the issue's document; only the boxes of this page are lost.
      if (!(error instanceof ArchiveError)) throw error
    }
  }
  const readFile = (file: string): Promise<Buffer> => readOriginal(archive, file)
  for (const [page, found] of await readPdfTexts(issue.pages, readFile)) blocks.set(page, found)
  return blocks
}
