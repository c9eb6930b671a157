import { basename } from 'node:path'
import * as yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { ArchiveError, fromFileError } from '../errors.ts'
import { byCodeUnit } from './file-marks.ts'
import { largestParsedFile } from './folder-source.ts'
import type { Source } from './source.ts'

/** What a zip may hold before it is taken for an attack on memory or disk. */
export interface ZipLimits {
  entries: number
  /** Bytes of one unpacked entry. */
  entryBytes: number
  /** Unpacked to packed size of an entry above `ratioFrom` bytes. */
  ratio: number
  ratioFrom: number
}

const defaultLimits: ZipLimits = {
  entries: 1_000_000,
  entryBytes: largestParsedFile,
  ratio: 100,
  ratioFrom: 10 * 1024 * 1024,
}

/** General purpose flag 11: the name is UTF-8 (APPNOTE 4.4.4). */
const nameIsUtf8 = 0x800

/** Without the flag, Chinese Windows tools store the name in GBK; other tools store UTF-8 all the same. */
function entryName(entry: Entry): string {
  const raw = Buffer.from(entry.fileNameRaw)
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    name = new TextDecoder((entry.generalPurposeBitFlag & nameIsUtf8) === 0 ? 'gb18030' : 'utf-8').decode(raw)
  }
  return name.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
}

function isSafeName(name: string): boolean {
  if (name === '' || name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\0')) return false
  return name.split('/').every((part) => part !== '..' && part !== '.' && part !== '')
}

/** Unix mode in the upper half of the external attributes: 0 when the zip was made elsewhere. */
function isSpecialFile(entry: Entry): boolean {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000
  return kind !== 0 && kind !== 0o100000
}

function isRefused(entry: Entry, limits: ZipLimits): boolean {
  const isBomb =
    entry.uncompressedSize > limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio
  const isStrange = entry.isEncrypted() || (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
  return isBomb || isStrange || isSpecialFile(entry) || entry.uncompressedSize > limits.entryBytes
}

async function list(zip: ZipFile, shown: string, limits: ZipLimits): Promise<[Map<string, Entry>, string[]]> {
  const entries = new Map<string, Entry>()
  const refused: string[] = []
  await new Promise<void>((done, fail) => {
    zip.on('error', fail)
    zip.on('end', done)
    zip.on('entry', (entry: Entry) => {
      const name = entryName(entry)
      if (entries.size + refused.length >= limits.entries) {
        fail(new ArchiveError('too-large', { file: shown, size: zip.entryCount, limit: limits.entries }))
        return
      }
      // The first entry of a name is kept: readers that take the last one are how a checked zip is swapped.
      if (!name.endsWith('/')) {
        if (!isSafeName(name) || isRefused(entry, limits) || entries.has(name)) refused.push(name)
        else entries.set(name, entry)
      } else if (!isSafeName(name.slice(0, -1))) refused.push(name)
      zip.readEntry()
    })
    zip.readEntry()
  })
  return [entries, refused.sort(byCodeUnit)]
}

/** Counts what really comes out, whatever the directory of the zip claims. */
async function unpack(zip: ZipFile, entry: Entry, path: string, limits: ZipLimits): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const piece of stream as AsyncIterable<Buffer>) {
      size += piece.length
      const isBomb = size > limits.ratioFrom && size > entry.compressedSize * limits.ratio
      if (size > limits.entryBytes || isBomb) {
        stream.destroy()
        throw new ArchiveError('too-large', { file: path, size, limit: limits.entryBytes })
      }
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError('unreadable-file', { file: path, reason: (error as Error).message }, { cause: error })
  }
  return Buffer.concat(pieces)
}

/**
 * A source over a zip, read in place. Unsafe names, links, devices, encrypted entries, repeated names and entries
 * beyond the limits are left out and named in `refused`. Throws ArchiveError `not-found`, `unreadable-file`,
 * `too-large` (entries), `empty-folder`. Format: PKWARE APPNOTE 6.3.
 */
export async function openZipSource(path: string, limits: Partial<ZipLimits> = {}): Promise<Source> {
  const caps = { ...defaultLimits, ...limits }
  let zip: ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false })
  } catch (error) {
    const known = fromFileError(error, path)
    if (known instanceof ArchiveError) throw known
    throw new ArchiveError('unreadable-file', { file: path, reason: (error as Error).message }, { cause: error })
  }
  try {
    const [entries, refused] = await list(zip, path, caps)
    if (entries.size === 0 && refused.length === 0) throw new ArchiveError('empty-folder', { file: path })
    const entryOf = (file: string): Entry => {
      const entry = entries.get(file)
      if (!entry) throw new ArchiveError('missing-file', { file })
      return entry
    }
    return {
      name: basename(path),
      files: [...entries.keys()].sort(byCodeUnit),
      refused,
      bytes: async (file) => unpack(zip, entryOf(file), file, caps),
      size: async (file) => entryOf(file).uncompressedSize,
      diskPath: () => undefined,
      close: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError('unreadable-file', { file: path, reason: (error as Error).message }, { cause: error })
  }
}
