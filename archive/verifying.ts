import { lstat } from 'node:fs/promises'
import { openArchiveFolder } from './archive-folder.ts'
import { readManifest, type Manifest } from './bag.ts'
import { ArchiveError } from './errors.ts'
import { exists, hashFile, joinInside, listFiles } from './files.ts'

/** What a check of every file against the manifests found. Paths are below the archive. */
export interface VerifyResult {
  /** Files the manifests name. */
  files: number
  ok: boolean
  damaged: string[]
  missing: string[]
  /** Payload files no manifest names. */
  extra: string[]
}

export interface VerifyOptions {
  signal?: AbortSignal
  onProgress?: (done: number, total: number, file: string) => void
}

/**
 * Checks the fixity of every payload and tag file (RFC 8493, 3: complete and valid).
 * Throws ArchiveError: those of `openArchiveFolder`, `cancelled`.
 */
export async function verifyArchive(path: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const archive = await openArchiveFolder(path)
  const tags: Manifest = (await exists(joinInside(archive.path, 'tagmanifest-sha256.txt')))
    ? await readManifest(archive.path, 'tagmanifest-sha256.txt')
    : new Map()
  const expected = [...archive.manifest, ...tags]
  const result: VerifyResult = { files: expected.length, ok: true, damaged: [], missing: [], extra: [] }
  for (const [done, [file, sha256]] of expected.entries()) {
    if (options.signal?.aborted) throw new ArchiveError('cancelled')
    options.onProgress?.(done, expected.length, file)
    const place = archive.inPlace.get(file)?.place ?? joinInside(archive.path, file)
    if (!(await exists(place))) result.missing.push(file)
    else if ((await hashOrNothing(place)) !== sha256) result.damaged.push(file)
  }
  for (const file of await listFiles(joinInside(archive.path, 'data'), { all: true })) {
    if (!archive.manifest.has(`data/${file}`)) result.extra.push(`data/${file}`)
  }
  result.ok = result.damaged.length + result.missing.length + result.extra.length === 0
  return result
}

/** A file that cannot be read, or a link in its place, is as damaged as one that reads differently. */
async function hashOrNothing(path: string): Promise<string | undefined> {
  const isFile = await lstat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
  return isFile ? hashFile(path).catch(() => undefined) : undefined
}
