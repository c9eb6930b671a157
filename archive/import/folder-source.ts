import { constants } from 'node:fs'
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { ArchiveError, fromFileError } from '../errors.ts'
import { byCodeUnit, FilePositions } from './file-marks.ts'
import type { Source } from './source.ts'

/** Files that `bytes` reads whole. Larger originals are copied by their path on disk, never through memory. */
export const largestParsedFile = 256 * 1024 * 1024

/** Deeper trees are made by loops or by attackers, not by publishers. */
const deepestFolder = 64

interface Listing {
  files: string[]
  refused: string[]
}

async function list(root: string): Promise<Listing> {
  const found: Listing = { files: [], refused: [] }
  const waiting: { path: string; depth: number }[] = [{ path: '', depth: 0 }]
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    let entries
    try {
      entries = await readdir(join(root, folder.path), { withFileTypes: true })
    } catch (error) {
      if (folder.path === '') throw fromFileError(error, root)
      found.refused.push(folder.path)
      continue
    }
    for (const entry of entries) {
      // Joined, a text is one piece; a template would keep the pieces beside it.
      const path = folder.path === '' ? entry.name : [folder.path, entry.name].join('/')
      if (entry.isFile()) found.files.push(path)
      else if (entry.isDirectory() && folder.depth < deepestFolder) waiting.push({ path, depth: folder.depth + 1 })
      else found.refused.push(path)
    }
  }
  found.files.sort(byCodeUnit)
  found.refused.sort(byCodeUnit)
  return found
}

/** Reads a regular file without following a link that took its place since it was listed. */
async function readRegularFile(disk: string, shown: string, limit: number): Promise<Uint8Array> {
  let handle
  try {
    handle = await open(disk, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const info = await handle.stat()
    if (!info.isFile()) throw new ArchiveError('unreadable-file', { file: shown, reason: 'not a regular file' })
    if (info.size > limit) throw new ArchiveError('too-large', { file: shown, size: info.size, limit })
    return await handle.readFile()
  } catch (error) {
    throw fromFileError(error, shown)
  } finally {
    await handle?.close()
  }
}

function sourceOverFiles(root: string, name: string, found: Listing, limit: number): Source {
  const positions = new FilePositions(found.files)
  const onDisk = async (path: string): Promise<string> => {
    if (positions.of(path) < 0) throw new ArchiveError('missing-file', { file: path })
    const disk = join(root, path)
    let real
    try {
      real = await realpath(disk)
    } catch (error) {
      throw fromFileError(error, path)
    }
    if (real !== disk) throw new ArchiveError('unsafe-path', { file: path })
    return disk
  }
  return {
    name,
    files: found.files,
    refused: found.refused,
    bytes: async (path) => readRegularFile(await onDisk(path), path, limit),
    size: async (path) => (await lstat(await onDisk(path))).size,
    diskPath: (path) => (positions.of(path) < 0 ? undefined : join(root, path)),
    close: () => Promise.resolve(),
  }
}

/**
 * A source over a folder. Symbolic links, devices, pipes and folders that cannot be listed are left out and named in
 * `refused`. Throws ArchiveError `not-found`, `unreadable-file`, `empty-folder`.
 */
export async function openFolderSource(path: string, limit = largestParsedFile): Promise<Source> {
  let root
  try {
    root = await realpath(path)
  } catch (error) {
    throw fromFileError(error, path)
  }
  const found = await list(root)
  if (found.files.length === 0) throw new ArchiveError('empty-folder', { file: path })
  return sourceOverFiles(root, basename(resolve(path)) || root.split(sep).join('-'), found, limit)
}

/** A source that holds one file, such as a saved page. Throws ArchiveError `not-found`, `unreadable-file`. */
export async function openFileSource(path: string, limit = largestParsedFile): Promise<Source> {
  try {
    const real = await realpath(path)
    if (!(await stat(real)).isFile()) throw new ArchiveError('unreadable-file', { file: path, reason: 'not a file' })
    const listing = { files: [basename(real)], refused: [] }
    return sourceOverFiles(dirname(real), basename(path), listing, limit)
  } catch (error) {
    throw fromFileError(error, path)
  }
}
