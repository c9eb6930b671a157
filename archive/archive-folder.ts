import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { withLock } from './archive-lock.ts'
import { manifestName, readManifest, tagFiles, writeTagFiles, type Manifest } from './bag.ts'
import { ArchiveError, fromFileError, fromWriteError } from './errors.ts'
import { exists, readWhole, writeAtomic } from './files.ts'
import { issueSchemaText } from './issue-document.ts'
import { readInPlace, type InPlaceFiles } from './in-place.ts'
import { hasUnfinishedCommit, recoverCommit, stagingRoot } from './import-commit.ts'

const archiveFormatVersion = 1
const declarationName = 'banmian.json'

/** An archive's own declaration: `banmian.json`, a tag file of the bag. */
export interface ArchiveDeclaration {
  format: 'banmian-archive'
  version: number
  /** 16 hex digits, given when the archive was made; stays with copies. */
  id: string
  name: string
}

/** An archive as found on disk. */
export interface ArchiveFolder {
  /** Absolute path. */
  path: string
  declaration: ArchiveDeclaration
  manifest: Manifest
  /** Originals that were left in place. */
  inPlace: InPlaceFiles
}

/**
 * Opens an archive and finishes a commit that was interrupted.
 * Throws ArchiveError `not-found`, `empty-folder`, `not-an-archive`, `newer-format`, `damaged-document`, `unreadable-file`.
 */
export async function openArchiveFolder(path: string): Promise<ArchiveFolder> {
  const { path: folder, declaration } = await openArchiveDeclaration(path)
  return { path: folder, declaration, manifest: await readManifest(folder), inPlace: await readInPlace(folder) }
}

/** As `openArchiveFolder`, without what it holds: the same time for a small and a large archive. */
export async function openArchiveDeclaration(path: string): Promise<Pick<ArchiveFolder, 'path' | 'declaration'>> {
  const folder = resolve(path)
  const declaration = await readDeclaration(folder)
  await finishInterrupted(folder, declaration.name)
  return { path: folder, declaration }
}

/** A commit still going on in another process, or one that nothing can be written for, is read as it is so far. */
async function finishInterrupted(folder: string, name: string): Promise<void> {
  if (!(await hasUnfinishedCommit(folder))) return
  try {
    await withLock(folder, () => recoverCommit(folder, name))
  } catch (error) {
    const known = fromFileError(error, folder)
    const passable =
      known instanceof ArchiveError &&
      ['archive-busy', 'archive-busy-elsewhere', 'read-only', 'disk-full', 'unreadable-file'].includes(known.code)
    if (!passable) throw known
  }
}

/**
 * Opens an archive without what it holds, or makes an empty one where there is nothing or an empty folder. Errors as
 * `openArchiveFolder`.
 */
export async function openOrCreateArchiveFolder(
  path: string,
  name = basename(resolve(path)),
): Promise<Pick<ArchiveFolder, 'path' | 'declaration'>> {
  const folder = resolve(path)
  const names = await namesIn(folder)
  if (names && !(await isHalfMade(folder, names))) return openArchiveDeclaration(folder)
  const declaration: ArchiveDeclaration = {
    format: 'banmian-archive',
    version: archiveFormatVersion,
    id: randomBytes(8).toString('hex'),
    name,
  }
  try {
    await mkdir(join(folder, 'data'), { recursive: true })
    await writeAtomic(join(folder, 'issue.schema.json'), issueSchemaText)
    await writeAtomic(join(folder, manifestName), '')
    // Last but for the tag files: a folder without it is no archive yet, and can be made again.
    await writeAtomic(join(folder, declarationName), `${JSON.stringify(declaration, null, 2)}\n`)
    await writeTagFiles(folder, { name, bytes: 0, files: 0 })
  } catch (error) {
    await removeEmptyArchive(folder, { keepFolder: names !== undefined })
    throw fromWriteError(error, folder)
  }
  return { path: folder, declaration }
}

/** True for an empty folder and for what is left when the making of an archive was killed. */
async function isHalfMade(folder: string, names: string[]): Promise<boolean> {
  const begun = new Set(['data', 'issue.schema.json', manifestName])
  const isPart = (name: string): boolean => begun.has(name.replace(/\.\d+\.tmp$/, '')) || isUnfinished(name)
  if (!names.every(isPart)) return false
  return (await namesIn(join(folder, 'data')))?.length ? false : true
}

function isUnfinished(name: string): boolean {
  return name.startsWith(`${declarationName}.`) && name.endsWith('.tmp')
}

/** Takes back an archive that was made and holds nothing; a folder with anything else in it stays. */
export async function removeEmptyArchive(folder: string, { keepFolder = false } = {}): Promise<void> {
  for (const name of [declarationName, ...tagFiles, 'tagmanifest-sha256.txt'])
    await rm(join(folder, name), { force: true })
  await rm(join(folder, stagingRoot), { recursive: true, force: true })
  await rmdir(join(folder, 'data')).catch(() => undefined)
  if (!keepFolder) await rmdir(folder).catch(() => undefined)
}

async function readDeclaration(folder: string): Promise<ArchiveDeclaration> {
  const file = join(folder, declarationName)
  if (!(await exists(file))) {
    const names = await namesIn(folder)
    if (!names) throw new ArchiveError('not-found', { file: folder })
    throw new ArchiveError(names.length === 0 ? 'empty-folder' : 'not-an-archive', { file: folder })
  }
  let value: unknown
  try {
    value = JSON.parse((await readWhole(file)).toString('utf8'))
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError('damaged-document', { file, reason: error instanceof Error ? error.message : String(error) })
  }
  return checkDeclaration(value, file, folder)
}

function checkDeclaration(value: unknown, file: string, folder: string): ArchiveDeclaration {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (fields['format'] !== 'banmian-archive') throw new ArchiveError('not-an-archive', { file: folder })
  const { version, id, name } = fields
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ArchiveError('damaged-document', { file, reason: 'it has no version' })
  }
  if (version > archiveFormatVersion) {
    throw new ArchiveError('newer-format', { file: folder, found: version, known: archiveFormatVersion })
  }
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id) || typeof name !== 'string') {
    throw new ArchiveError('damaged-document', { file, reason: 'it has no id or name' })
  }
  return { format: 'banmian-archive', version, id, name }
}

/** Names in a folder; undefined when there is none. Throws ArchiveError `not-an-archive` for a file. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) throw new ArchiveError('not-an-archive', { file: folder })
    return await readdir(folder)
  } catch (error) {
    const known = fromFileError(error, folder)
    if (known instanceof ArchiveError && known.code === 'not-found') return undefined
    throw known
  }
}
