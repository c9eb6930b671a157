import { createHash } from 'node:crypto'
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ArchiveError, fromFileError, fromWriteError } from './errors.ts'
import { fileLines } from './file-lines.ts'
import { exists, joinInside, portablePath, writeSynced } from './files.ts'
import { copyHashed, hashFile } from './hashed-files.ts'
import { stagingRoot } from './import-commit.ts'
import { ImportTables } from './import-tables.ts'
import type { InPlaceFiles } from './in-place.ts'
import type { Source } from './import/source.ts'

/**
 * Where an import gathers its files before its commit. What was copied is noted line by line, so that an import that
 * was killed goes on where it stopped instead of copying everything again.
 */
export interface Staging {
  readonly key: string
  /** What is staged, and what the archive holds. */
  readonly tables: ImportTables
  /** Originals of this source that stay where they are; those were hashed, not copied. */
  readonly inPlace: InPlaceFiles
  /** Copies an original, or notes where it stays; answers its path below `data/`. */
  addOriginal: (path: string) => Promise<string>
  /** Stages a document under its path in the bag. */
  addDocument: (bagPath: string, content: string | Buffer) => Promise<void>
  discard: () => Promise<void>
}

interface CopyRecord {
  /** What was copied: source path, size and, for files on disk, the time it was changed. */
  from: string
  stamp: string
  to: string
  sha256: string
  size: number
  /** It was hashed where it is, and not copied. */
  place?: string
  modified?: number
}

interface StagingOptions {
  /** Leaves originals where they are, where they are files of the disk. */
  inPlace?: boolean
  /** Bytes of a file that were copied or hashed; waited for after every piece. */
  onBytes?: (bytes: number, path: string) => Promise<void>
}

/** Opens, or goes on with, the staging of a source into a bag. `sourcePath`: where the source is, absolute. */
export async function openStaging(
  bag: string,
  source: Source,
  sourcePath: string,
  options: StagingOptions = {},
): Promise<Staging> {
  const key = createHash('sha256').update(sourcePath).digest('hex').slice(0, 16)
  const folder = join(bag, stagingRoot, key)
  const recordFile = join(folder, 'copied.jsonl')
  const payload = join(folder, 'payload')
  await mkdir(payload, { recursive: true })
  // A file inside a zip is the same as before only when the zip is.
  const whole = await diskStamp(sourcePath)
  const tables = await ImportTables.make(bag)
  await loadRecords(recordFile, tables).catch((error: unknown) => {
    tables.close()
    throw error
  })
  const inPlace: InPlaceFiles = new Map()

  const stampOf = async (path: string): Promise<string> => {
    const disk = source.diskPath(path)
    if (disk) return diskStamp(disk)
    const around = source.packedIn?.(path)
    return `${around === undefined ? whole : await diskStamp(around)}:${await source.size(path)}`
  }

  const distinctPlace = (place: string): string => {
    let own = place
    for (let count = 2; (tables.spelledLike(own) ?? own) !== own; count += 1) own = besideDelivery(place, count)
    tables.reserve(own)
    return own
  }

  const copyAgain = async (path: string, stamp: string): Promise<CopyRecord> => {
    const place = distinctPlace(`data/originals/${portablePath(source.name)}/${portablePath(path)}`)
    const staged = joinInside(payload, place)
    const disk = source.diskPath(path)
    if (options.inPlace && disk !== undefined) return hashInPlace(path, stamp, place, disk)
    const { sha256, size } = await copyHashed(disk ?? (await source.bytes(path)), staged, (bytes) =>
      options.onBytes?.(bytes, path),
    )
    const to = await freePlace(place, sha256, tables, payload, staged)
    const record: CopyRecord = { from: path, stamp, to, sha256, size }
    await noteCopy(recordFile, `${JSON.stringify(record)}\n`)
    return record
  }

  const hashInPlace = async (path: string, stamp: string, place: string, disk: string): Promise<CopyRecord> => {
    const { size, mtimeMs } = await stat(disk)
    const sha256 = await hashFile(disk, (bytes) => options.onBytes?.(bytes, path))
    const to = otherPlace(place, sha256, tables)
    const record: CopyRecord = { from: path, stamp, to, sha256, size, place: disk, modified: Math.floor(mtimeMs) }
    await noteCopy(recordFile, `${JSON.stringify(record)}\n`)
    return record
  }

  const addOriginal = async (path: string): Promise<string> => {
    const known = tables.takenTo(path)
    if (known !== undefined) return known.slice('data/'.length)
    const stamp = await stampOf(path)
    const noted = tables.copyOf(path)
    const before = noted === undefined ? undefined : (JSON.parse(noted) as CopyRecord)
    const isThere = async ({ to, place }: CopyRecord): Promise<boolean> =>
      tables.held(to) !== undefined ||
      (place === undefined ? exists(joinInside(payload, to)) : options.inPlace === true)
    const usable = before?.stamp === stamp && (await isThere(before))
    const record = before && usable ? before : await copyAgain(path, stamp)
    tables.reserve(record.to)
    if (tables.held(record.to) !== record.sha256) {
      tables.stage(record.to, record)
      const { place, modified } = record
      if (place !== undefined) inPlace.set(record.to, { place, size: record.size, modified: modified ?? 0 })
    }
    tables.take(path, record.to)
    return record.to.slice('data/'.length)
  }

  return {
    key,
    tables,
    inPlace,
    addOriginal: async (path) => {
      try {
        return await addOriginal(path)
      } catch (error) {
        throw fromFileError(error, path)
      }
    },
    addDocument: async (bagPath, content) => {
      const to = joinInside(payload, bagPath)
      try {
        await mkdir(dirname(to), { recursive: true })
        await writeSynced(to, content)
      } catch (error) {
        throw fromWriteError(error, bagPath)
      }
      const sha256 = createHash('sha256').update(content).digest('hex')
      tables.stage(bagPath, { sha256, size: Buffer.byteLength(content) })
    },
    discard: () => {
      tables.close()
      return rm(join(bag, stagingRoot), { recursive: true, force: true })
    },
  }
}

async function noteCopy(recordFile: string, line: string): Promise<void> {
  try {
    await appendFile(recordFile, line)
  } catch (error) {
    throw fromWriteError(error, recordFile)
  }
}

/** Changes with every change of a file: a copy with the old time and size still has a new time of its inode. */
async function diskStamp(file: string): Promise<string> {
  const { size, mtimeMs, ctimeMs } = await stat(file)
  return `${size}:${mtimeMs}:${ctimeMs}`
}

/**
 * A file already in the archive is not stored twice; one of the same name with other content gets a place of its own,
 * since what was delivered once is never replaced.
 */
async function freePlace(
  place: string,
  sha256: string,
  tables: ImportTables,
  payload: string,
  staged: string,
): Promise<string> {
  const held = tables.held(place)
  if (held === undefined) return place
  if (held === sha256) {
    await rm(staged)
    return place
  }
  const other = otherPlace(place, sha256, tables)
  if (tables.held(other) === sha256) await rm(staged)
  else {
    const to = joinInside(payload, other)
    await mkdir(dirname(to), { recursive: true })
    await rename(staged, to)
  }
  return other
}

/** The first place that is free, or holds these very bytes: `DELIVERY`, `DELIVERY~2`, `DELIVERY~3` … */
function otherPlace(place: string, sha256: string, tables: ImportTables): string {
  for (let count = 1, other = place; ; count += 1) {
    const held = tables.held(other)
    if (held === undefined || held === sha256) return other
    other = besideDelivery(place, count + 1)
  }
}

/** The same place in a folder beside that of the delivery: `DELIVERY~2`. */
function besideDelivery(place: string, count: number): string {
  const [data, originals, delivery, ...rest] = place.split('/')
  return [data, originals, `${delivery ?? ''}~${count}`, ...rest].join('/')
}

/** A line cut off by a crash is no record; its file is copied again. */
async function loadRecords(file: string, tables: ImportTables): Promise<void> {
  if (!(await exists(file))) return
  for await (const line of fileLines(file)) {
    try {
      const { from } = JSON.parse(line) as CopyRecord
      tables.noteCopy(from, line)
    } catch (error) {
      if (error instanceof ArchiveError) throw error
    }
  }
}
