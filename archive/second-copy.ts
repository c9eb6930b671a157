import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { openArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { manifestName, readManifest, type Manifest } from './bag.ts'
import { ArchiveError, fromWriteError } from './errors.ts'
import { exists, joinInside, syncFolder } from './files.ts'
import { copyHashed, hashFile } from './hashed-files.ts'
import { verifyArchive, type VerifyResult } from './verifying.ts'
import { passOn, type WorkControl } from './work-pause.ts'

/** How two copies of an archive differ, by their manifests. Paths are below the archive. */
export interface CopyComparison {
  same: number
  onlyInFirst: string[]
  onlyInSecond: string[]
  different: string[]
  /** Whether both are copies of one archive: their ids are the same. */
  related: boolean
}

export interface CopyOptions extends WorkControl {
  onProgress?: (done: number, total: number, file: string) => void
}

/** Compares what two archives should hold. Throws ArchiveError: those of `openArchiveFolder`. */
export async function compareArchives(first: string, second: string): Promise<CopyComparison> {
  const [one, other] = [await openArchiveFolder(first), await openArchiveFolder(second)]
  const result: CopyComparison = {
    same: 0,
    onlyInFirst: [],
    onlyInSecond: [...other.manifest.keys()].filter((file) => !one.manifest.has(file)),
    different: [],
    related: one.declaration.id === other.declaration.id,
  }
  for (const [file, sha256] of one.manifest) {
    const there = other.manifest.get(file)
    if (there === undefined) result.onlyInFirst.push(file)
    else if (there === sha256) result.same += 1
    else result.different.push(file)
  }
  return result
}

export interface HealResult {
  /** What was wrong before. */
  before: VerifyResult
  healed: string[]
  /** Damaged or missing files of which the copy has no whole one. */
  left: string[]
}

/**
 * Restores what is damaged or missing in an archive from a second copy: only files whose bytes are exactly what the
 * archive's own manifest says. Tag files come first, since the payload is judged by them.
 * Throws ArchiveError: those of `openArchiveFolder` and `withLock`, `disk-full`, `read-only`, `cancelled`.
 */
export async function healArchive(archive: string, copy: string, options: CopyOptions = {}): Promise<HealResult> {
  const folder = resolve(archive)
  const healed = await withLock(folder, () => healTags(folder, resolve(copy)))
  const before = await verifyArchive(folder, options)
  const { manifest, inPlace } = await openArchiveFolder(folder)
  const left: string[] = []
  await withLock(folder, async () => {
    const wanted = [...before.damaged, ...before.missing]
    for (const [done, file] of wanted.entries()) {
      await passOn(options)
      options.onProgress?.(done, wanted.length, file)
      const sha256 = manifest.get(file)
      const isRestored = sha256 !== undefined && !inPlace.has(file) && (await restore(folder, copy, file, sha256))
      ;(isRestored ? healed : left).push(file)
    }
  })
  return { before, healed, left }
}

/** Tag files that are not what the tag manifest says, or are not there. */
async function healTags(folder: string, copy: string): Promise<string[]> {
  const tagName = 'tagmanifest-sha256.txt'
  const healed: string[] = []
  const read = (bag: string): Promise<Manifest | undefined> => readManifest(bag, tagName).catch(() => undefined)
  const [own, other] = [await read(folder), await read(copy)]
  // A tag manifest that is lost is that of the copy only where both hold the very same.
  const isTwin =
    other !== undefined && (await hashFile(join(folder, manifestName)).catch(() => '')) === other.get(manifestName)
  if (!own && isTwin) {
    await restore(folder, copy, tagName, await hashFile(join(copy, tagName)))
    healed.push(tagName)
  }
  for (const [file, sha256] of own ?? (isTwin ? other : new Map<string, string>())) {
    const found = await hashFile(joinInside(folder, file)).catch(() => '')
    if (found !== sha256 && (await restore(folder, copy, file, sha256))) healed.push(file)
  }
  return healed
}

/** Puts the copy's file into its place, unless it is not what it should be. */
async function restore(folder: string, copy: string, file: string, sha256: string): Promise<boolean> {
  const from = joinInside(copy, file)
  const isFile = await lstat(from).then(
    (entry) => entry.isFile(),
    () => false,
  )
  if (!isFile) return false
  const to = joinInside(folder, file)
  const beside = `${to}.${process.pid}.heal.tmp`
  try {
    await mkdir(dirname(to), { recursive: true })
    const copied = await copyHashed(from, beside)
    if (copied.sha256 !== sha256) return false
    const handle = await open(beside, 'r+')
    await handle.sync().finally(() => handle.close())
    if (await exists(to)) await rm(to, { recursive: true, force: true })
    await rename(beside, to)
    await syncFolder(dirname(to))
    return true
  } catch (error) {
    const known = fromWriteError(error, to)
    if (known instanceof ArchiveError && ['disk-full', 'read-only'].includes(known.code)) throw known
    return false
  } finally {
    await rm(beside, { force: true }).catch(() => undefined)
  }
}
