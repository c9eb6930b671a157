import { constants } from 'node:fs'
import { access, lstat, mkdir, open, readFile, readdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, posix, sep } from 'node:path'
import { ArchiveError, fromFileError, fromWriteError } from './errors.ts'

/**
 * A path below `root` from parts that came from outside. The only place that builds such paths.
 * Throws ArchiveError `unsafe-path` for anything that would leave the root, on any system.
 */
export function joinInside(root: string, path: string): string {
  const clean = posix.normalize(path)
  const unsafe =
    path === '' ||
    path.includes('\0') ||
    path.includes('\\') ||
    clean.startsWith('/') ||
    clean.split('/').includes('..')
  if (unsafe || /^[a-z]:/i.test(clean)) throw new ArchiveError('unsafe-path', { file: path })
  return join(root, clean.split('/').join(sep))
}

/** A name of the source as it is stored: readable everywhere, on Windows too, and the same in a manifest. */
export function portablePath(path: string): string {
  return path
    .split('/')
    .map((name) =>
      name
        .replace(/[<>:"|?*\\~%\u0000-\u001f]/g, escapeCharacter)
        .replace(/[. ]$/, escapeCharacter)
        .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, (device) => `${device}~`),
    )
    .join('/')
}

function escapeCharacter(character: string): string {
  return `~${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Reads a whole file. Throws ArchiveError `missing-file` or `unreadable-file`, naming `shown`. */
export async function readWhole(path: string, shown = path): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const known = fromFileError(error, shown)
    if (known instanceof ArchiveError && known.code === 'not-found')
      throw new ArchiveError('missing-file', { file: shown })
    throw known
  }
}

/**
 * Reads a file below `root` that no link leads out of: an archive may come from anyone.
 * Throws ArchiveError `unsafe-path`, `missing-file`, `unreadable-file`.
 */
export async function readInside(root: string, path: string): Promise<Buffer> {
  const file = joinInside(root, path)
  await refuseLinksOut(root, file, path)
  return readWhole(file, path)
}

/** Throws ArchiveError `unsafe-path` when a link leads from `file` to a place outside `root`. */
export async function refuseLinksOut(root: string, file: string, shown: string): Promise<void> {
  const real = await realpath(file).catch(() => undefined)
  if (real === undefined) return
  const home = await realpath(root)
  if (!real.startsWith(home.endsWith(sep) ? home : home + sep)) throw new ArchiveError('unsafe-path', { file: shown })
}

/** What is written: whole, or piece by piece, so that a long text is never whole in memory. */
type Content = string | Uint8Array | Iterable<string>

/** Writes a file so that after a crash either the old or the new one is there, whole. */
export async function writeAtomic(path: string, content: Content): Promise<void> {
  // Writes of one file follow each other: the one asked last stays.
  const before = writing.get(path) ?? Promise.resolve()
  const write = before.catch(() => undefined).then(() => replaceFile(path, content))
  writing.set(path, write)
  try {
    await write
  } finally {
    if (writing.get(path) === write) writing.delete(path)
  }
}

const writing = new Map<string, Promise<void>>()

async function replaceFile(path: string, content: Content): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeSynced(beside, content)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw fromWriteError(error, path)
  }
}

/** Writes a file and waits until it is on the disk. */
export async function writeSynced(path: string, content: Content): Promise<void> {
  const file = await open(path, 'w')
  try {
    // Each piece whole: `writeFile` goes on where a write was cut short.
    for (const piece of isWhole(content) ? [content] : content) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

function isWhole(content: Content): content is string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array
}

/**
 * Writes a file that was not there, through no link, and waits until it is on the disk: a stick is pulled right after.
 * Throws ArchiveError `target-not-empty` for one that is there, `disk-full`, `read-only`, `not-found`.
 */
export async function writeNewFile(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const { O_CREAT, O_EXCL, O_WRONLY } = constants
    const file = await open(path, O_CREAT | O_EXCL | O_WRONLY, 0o644)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    const there = error instanceof Error && (error as Error & { code?: string }).code === 'EEXIST'
    throw there ? new ArchiveError('target-not-empty', { file: path }) : fromWriteError(error, path)
  }
}

/** Makes renames in a folder durable; Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** True when something is there. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** Bytes of a file; 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** True when this process may create files in the folder. */
export async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}

/**
 * Every regular file below a folder, as sorted paths with forward slashes; nothing when it is absent. Links and special
 * files are left out unless `all`.
 */
export async function listFiles(folder: string, { all = false } = {}): Promise<string[]> {
  const found: string[] = []
  for await (const path of filesBelow(folder, { all })) found.push(path)
  return found.sort()
}

/**
 * As `listFiles`, in no order and one folder at a time: files may be moved or removed on the way, and a tree of a
 * hundred thousand is never whole in memory.
 */
export async function* filesBelow(folder: string, { all = false } = {}): AsyncGenerator<string> {
  const waiting = ['']
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const shown = join(folder, below)
    const entries = await readdir(shown, { withFileTypes: true }).catch((error: unknown) => {
      const known = fromFileError(error, shown)
      if (known instanceof ArchiveError && known.code === 'not-found') return []
      throw known
    })
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) waiting.push(path)
      else if (all || entry.isFile()) yield path
    }
  }
}
