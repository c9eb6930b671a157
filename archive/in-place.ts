import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inPlaceName } from './bag.ts'
import { ArchiveError, fromFileError } from './errors.ts'
import { exists, joinInside, readWhole, refuseLinksOut } from './files.ts'

/** An original that was not copied: where it is, and what it was when it was taken in. */
export interface InPlaceFile {
  /** Absolute. */
  place: string
  /** Bytes. */
  size: number
  /** When it was last changed, milliseconds since 1970. */
  modified: number
}

/** Originals left in place, by their path in the bag (`data/originals/…`). Their sha-256 stands in the manifest. */
export type InPlaceFiles = Map<string, InPlaceFile>

/** File systems of memory sticks keep times to two seconds. */
const timeTolerance = 2000

/** What an archive refers to outside itself; empty for most. Throws ArchiveError `damaged-document`. */
export async function readInPlace(bag: string): Promise<InPlaceFiles> {
  const files: InPlaceFiles = new Map()
  const file = join(bag, inPlaceName)
  if (!(await exists(file))) return files
  const lines = (await readWhole(file, inPlaceName)).toString('utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const { path, place, size, modified } = parseLine(line, index)
    files.set(path, { place, size, modified })
  }
  return files
}

function parseLine(line: string, index: number): InPlaceFile & { path: string } {
  let value: Partial<InPlaceFile & { path: string }>
  try {
    value = JSON.parse(line) as typeof value
  } catch {
    value = {}
  }
  const { path, place, size, modified } = value
  const isText = typeof path === 'string' && typeof place === 'string'
  if (!isText || typeof size !== 'number' || typeof modified !== 'number') {
    throw new ArchiveError('damaged-document', { file: inPlaceName, reason: `line ${index + 1} names no file` })
  }
  return { path, place, size, modified }
}

/** The same content is always the same bytes. */
export function formatInPlace(files: InPlaceFiles): string {
  return sorted(files)
    .map(([path, file]) => `${JSON.stringify({ path, ...file })}\n`)
    .join('')
}

/** The same as RFC 8493, 2.2.3 has it: URL, bytes, path. */
export function formatFetch(files: InPlaceFiles): string {
  const encode = (path: string): string => path.replace(/[%\r\n]/g, encodeURIComponent)
  return sorted(files)
    .map(([path, { place, size }]) => `${pathToFileURL(place).href} ${size} ${encode(path)}\n`)
    .join('')
}

function sorted(files: InPlaceFiles): [string, InPlaceFile][] {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1))
}

/**
 * Where an original is read from. Throws ArchiveError `original-missing`, `original-changed` for one that was left in
 * place, `unsafe-path` when a link leads out of the archive. `file`: below `data/`.
 */
export async function locateOriginal(
  archive: { path: string; inPlace: ReadonlyMap<string, InPlaceFile> },
  file: string,
): Promise<string> {
  const outside = archive.inPlace.get(`data/${file}`)
  if (outside) {
    await checkInPlace(outside, file)
    return outside.place
  }
  const data = join(archive.path, 'data')
  const place = joinInside(data, file)
  await refuseLinksOut(data, place, file)
  return place
}

/** Reads an original, wherever it is. Throws those of `locateOriginal`, `missing-file`, `unreadable-file`. */
export async function readOriginal(
  archive: { path: string; inPlace: ReadonlyMap<string, InPlaceFile> },
  file: string,
): Promise<Buffer> {
  return readWhole(await locateOriginal(archive, file), file)
}

/** Throws ArchiveError `original-missing` or `original-changed` when the file is no longer what was taken in. */
async function checkInPlace(outside: InPlaceFile, file: string): Promise<void> {
  const { place, size, modified } = outside
  let found
  try {
    found = await lstat(place)
  } catch (error) {
    const known = fromFileError(error, place)
    if (known instanceof ArchiveError && known.code !== 'not-found') throw known
    throw new ArchiveError('original-missing', { file, place }, { cause: error })
  }
  const isSame = found.isFile() && found.size === size && Math.abs(found.mtimeMs - modified) <= timeTolerance
  if (!isSame) throw new ArchiveError('original-changed', { file, place })
}
