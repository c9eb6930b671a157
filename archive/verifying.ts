import { appendFile, lstat, mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openArchiveFolder, type ArchiveFolder } from './archive-folder.ts'
import { manifestIdentity, readManifest, readOxum, type Manifest } from './bag.ts'
import { exists, joinInside, listFiles, readWhole, sizeOf } from './files.ts'
import { hashFile } from './hashed-files.ts'
import { isIssueDocumentPath } from './issue-document.ts'
import { passOn, type WorkControl } from './work-pause.ts'

/** `full`: every byte. `quick`: that everything is there and as large as it was; tag files and documents byte by byte. */
export type VerifyMode = 'full' | 'quick'

/** What a check of every file against the manifests found. Paths are below the archive. */
export interface VerifyResult {
  mode: VerifyMode
  /** Files the manifests name. */
  files: number
  /** Files whose bytes an earlier run, that was stopped, had read already. */
  resumed: number
  ok: boolean
  damaged: string[]
  missing: string[]
  /** Payload files no manifest names. */
  extra: string[]
}

export interface VerifyOptions extends WorkControl {
  mode?: VerifyMode
  /** Where what was found whole is noted, so that a full check that was stopped goes on; outside the payload. */
  notes?: string
  onProgress?: (done: number, total: number, file: string) => void
}

/**
 * Checks the fixity of every payload and tag file (RFC 8493, 3: complete and valid).
 * Throws ArchiveError: those of `openArchiveFolder`, `cancelled`.
 */
export async function verifyArchive(path: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const archive = await openArchiveFolder(path)
  const mode = options.mode ?? 'full'
  const tags: Manifest = (await exists(joinInside(archive.path, 'tagmanifest-sha256.txt')))
    ? await readManifest(archive.path, 'tagmanifest-sha256.txt')
    : new Map()
  const expected = [...archive.manifest, ...tags]
  const result: VerifyResult = {
    mode,
    files: expected.length,
    resumed: 0,
    ok: true,
    damaged: [],
    missing: [],
    extra: [],
  }
  const notes = await openNotes(mode === 'full' ? options.notes : undefined, archive)
  let bytes = 0
  for (const [done, [file, sha256]] of expected.entries()) {
    await passOn(options)
    options.onProgress?.(done, expected.length, file)
    const place = archive.inPlace.get(file)?.place ?? joinInside(archive.path, file)
    if (archive.manifest.has(file)) bytes += archive.inPlace.get(file)?.size ?? (await sizeOf(place))
    if (!(await exists(place))) result.missing.push(file)
    else if (mode === 'quick' && !tags.has(file) && !isIssueDocumentPath(file)) {
      if (!(await looksUnchanged(archive, file, place))) result.damaged.push(file)
    } else if (await notes.has(file, place)) result.resumed += 1
    else if ((await hashOrNothing(place)) !== sha256) result.damaged.push(file)
    else await notes.add(file, place)
  }
  for (const file of await listFiles(joinInside(archive.path, 'data'), { all: true })) {
    if (!archive.manifest.has(`data/${file}`)) result.extra.push(`data/${file}`)
  }
  const oxum = await readOxum(archive.path)
  const isOtherSize = mode === 'quick' && result.missing.length === 0 && oxum.bytes !== bytes
  if (isOtherSize) result.damaged.push(`data/ (Payload-Oxum ${oxum.bytes} ≠ ${bytes})`)
  await notes.close()
  result.ok = result.damaged.length + result.missing.length + result.extra.length === 0
  return result
}

/** A file left in place has its size and time; of one in the payload only the sum of all sizes is known. */
async function looksUnchanged(archive: ArchiveFolder, file: string, place: string): Promise<boolean> {
  const entry = await lstat(place)
  const outside = archive.inPlace.get(file)
  if (!entry.isFile()) return false
  return outside === undefined || (outside.size === entry.size && Math.abs(outside.modified - entry.mtimeMs) <= 2000)
}

/** A file that cannot be read, or a link in its place, is as damaged as one that reads differently. */
async function hashOrNothing(path: string): Promise<string | undefined> {
  const isFile = await lstat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
  return isFile ? hashFile(path).catch(() => undefined) : undefined
}

interface Notes {
  has: (file: string, place: string) => Promise<boolean>
  add: (file: string, place: string) => Promise<void>
  /** The check is through: the next one reads everything anew. */
  close: () => Promise<void>
}

/** Bytes of notes that may be lost when the process is killed. */
const noteEvery = 512

/** Notes of an older state of the archive, or of long ago, prove nothing. */
const notesHoldFor = 7 * 86_400_000

async function openNotes(file: string | undefined, archive: ArchiveFolder): Promise<Notes> {
  if (file === undefined) return { has: async () => false, add: async () => undefined, close: async () => undefined }
  const head = JSON.stringify({ archive: archive.declaration.id, manifest: manifestIdentity(archive.manifest) })
  const known = new Map<string, string>()
  const age = await stat(file).then(
    ({ birthtimeMs, mtimeMs }) => Date.now() - (birthtimeMs || mtimeMs),
    () => Infinity,
  )
  const lines = age < notesHoldFor ? (await readWhole(file)).toString('utf8').split('\n') : []
  if (lines[0] === head) {
    for (const line of lines.slice(1)) {
      const [stamp, ...path] = line.split(' ')
      if (stamp) known.set(path.join(' '), stamp)
    }
  } else await rm(file, { force: true })
  let waiting = lines[0] === head ? '' : `${head}\n`
  let isWritable = true
  const flush = async (): Promise<void> => {
    const text = waiting
    waiting = ''
    if (!isWritable || text === '') return
    // Without notes a check that is stopped begins anew; that is no reason not to check.
    await mkdir(dirname(file), { recursive: true })
      .then(() => appendFile(file, text))
      .catch(() => (isWritable = false))
  }
  const stampOf = async (place: string): Promise<string> => {
    const { size, mtimeMs, ctimeMs } = await stat(place)
    return `${size}:${mtimeMs}:${ctimeMs}`
  }
  return {
    has: async (path, place) => known.has(path) && known.get(path) === (await stampOf(place)),
    add: async (path, place) => {
      waiting += `${await stampOf(place)} ${path}\n`
      if (waiting.length > noteEvery) await flush()
    },
    close: () => rm(file, { force: true }).catch(() => undefined),
  }
}
