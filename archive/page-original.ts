import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { ArchiveError } from './errors.ts'
import { writeAtomic } from './files.ts'
import { readOriginal } from './in-place.ts'
import type { Page, Rendition } from './model.ts'
import { findIssue, openReading, readIssueDocument, type IssueName, type Reading } from './reading.ts'

/** A page of an issue. */
export interface PageName extends IssueName {
  /** Page id within the issue. */
  page: string
}

/** What can be said of a page's files, to trace back what was taken from it. */
export interface PageFacts {
  /** The archive's own id, and its name. */
  identity: string
  archiveName: string
  /** First 12 hex digits of the sha-256 of the file that is shown: what `sha256sum` says of it in the archive. */
  hash: string
  /** Name of the file as delivered: the page's PDF where there is one. */
  original: string
}

/** The forms a page was delivered in, the one it is shown from first. */
export const renditionsInOrder = ({ renditions }: Page): Rendition[] =>
  (['image', 'pdf', 'brief'] as const).flatMap((kind) => renditions.filter((one) => one.kind === kind))

/** Finds a page. Throws ArchiveError: those of `openReading`, `unknown-issue`, `unknown-page`. */
export async function findPage(
  archive: { path: string; cache: string },
  name: PageName,
): Promise<{ page: Page; inPlace: Reading['inPlace']; identity: string; archiveName: string }> {
  const reading = await openReading(archive.path, archive.cache)
  try {
    const document = await readIssueDocument(reading, findIssue(reading, name))
    const page = document.pages.find(({ id }) => id === name.page)
    if (!page)
      throw new ArchiveError('unknown-page', { file: `${name.title}/${name.date}/${name.edition}/${name.page}` })
    return { page, inPlace: reading.inPlace, identity: reading.declaration.id, archiveName: reading.declaration.name }
  } finally {
    reading.close()
  }
}

/** Throws ArchiveError: those of `findPage`, `missing-image` for a page without any file, `missing-file`. */
export async function pageFacts(archive: { path: string; cache: string }, name: PageName): Promise<PageFacts> {
  const { page, inPlace, identity, archiveName } = await findPage(archive, name)
  const { file } = shownOf(page, name)
  const sha256 = createHash('sha256').update(await readOriginal({ path: archive.path, inPlace }, file))
  const original = basename(deliveredOf(page, name).file)
  return { identity, archiveName, hash: sha256.digest('hex').slice(0, 12), original }
}

/**
 * Saves a copy of the page as it was delivered, byte for byte: its PDF, or its picture where it came without one.
 * Throws ArchiveError: those of `pageFacts`, `disk-full`, `read-only`.
 */
export async function copyOriginal(
  archive: { path: string; cache: string },
  name: PageName,
  target: string,
): Promise<void> {
  const { page, inPlace } = await findPage(archive, name)
  await writeAtomic(target, await readOriginal({ path: archive.path, inPlace }, deliveredOf(page, name).file))
}

function shownOf(page: Page, name: PageName): Rendition {
  const [first] = renditionsInOrder(page)
  if (!first) throw new ArchiveError('missing-image', { file: `${name.title}/${name.date}/${page.label}` })
  return first
}

function deliveredOf(page: Page, name: PageName): Rendition {
  return page.renditions.find(({ kind }) => kind === 'pdf') ?? shownOf(page, name)
}
