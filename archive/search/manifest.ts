import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { ArchiveError, fromFileError } from '../errors.ts'
import { foldingVersion } from './folding.ts'
import { encoderVersion } from './terms.ts'

/** Goes up with every change of the manifest or of the segment files. */
const indexVersion = 3
const fileName = 'manifest.json'

/** A segment as the manifest lists it. */
export interface SegmentEntry {
  /** File name inside the index folder. */
  name: string
  bytes: number
  documents: number
  /** Lowest and highest day (`20130110`) and id. */
  days: [number, number]
  ids: [number, number]
  /** Removed positions: base64 of a bit for each article, lowest bit first. Absent when there are none. */
  removed?: string
  /** How many bits of `removed` are set. */
  removedCount: number
}

export interface Manifest {
  format: 'banmian-search'
  version: number
  encoder: number
  folding: number
  /** Number of the next segment's file. */
  next: number
  segments: SegmentEntry[]
}

/** The manifest of an index without articles. */
export function emptyManifest(next = 1): Manifest {
  return {
    format: 'banmian-search',
    version: indexVersion,
    encoder: encoderVersion,
    folding: foldingVersion,
    next,
    segments: [],
  }
}

/** Whether the folder holds an index at all, readable or not. */
export function hasManifest(folder: string): boolean {
  return existsSync(join(folder, fileName))
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const { checksum, manifest } = JSON.parse(text) as { checksum: number; manifest: Manifest }
    return crc32(JSON.stringify(manifest)) === checksum ? manifest : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads the manifest. Throws `no-index` when there is none, and `stale-index` when it is damaged or was written by a
 * version that folds or encodes otherwise: the index must then be built anew.
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, fileName)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = fromFileError(error, file)
    if (reason instanceof ArchiveError && reason.code === 'not-found')
      throw new ArchiveError('no-index', { file: folder })
    throw reason
  }
  const manifest = parseManifest(text)
  if (!manifest) throw new ArchiveError('stale-index', { file: folder, reason: fileName })
  const { format, version, encoder, folding } = emptyManifest()
  const found = [manifest.format, manifest.version, manifest.encoder, manifest.folding].join('/')
  const known = [format, version, encoder, folding].join('/')
  if (found !== known) throw new ArchiveError('stale-index', { file: folder, reason: `${found}, ${known}` })
  return manifest
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename is as durable as it gets.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Replaces the manifest: from here on readers see what it lists. Throws `disk-full`, `read-only` and their like. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const file = join(folder, fileName)
  const temporary = `${file}.tmp`
  const checksum = crc32(JSON.stringify(manifest))
  try {
    // The segments' names must be on the disk before the manifest that lists them.
    syncFolder(folder)
    const descriptor = openSync(temporary, 'w')
    try {
      writeFileSync(descriptor, JSON.stringify({ checksum, manifest }))
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
    syncFolder(folder)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw fromFileError(error, file)
  }
}

/** The removed positions of a segment, a bit each; undefined when there are none. */
export function removedBits(entry: SegmentEntry): Uint8Array | undefined {
  return entry.removed === undefined ? undefined : new Uint8Array(Buffer.from(entry.removed, 'base64'))
}

/** The entry with further positions removed. */
export function withRemoved(entry: SegmentEntry, positions: number[]): SegmentEntry {
  if (positions.length === 0) return entry
  const bits = removedBits(entry) ?? new Uint8Array(Math.ceil(entry.documents / 8))
  let count = entry.removedCount
  for (const position of positions) {
    const old = bits[position >>> 3] ?? 0
    const bit = 1 << (position & 7)
    if (old & bit) continue
    bits[position >>> 3] = old | bit
    count++
  }
  return { ...entry, removed: Buffer.from(bits).toString('base64'), removedCount: count }
}
