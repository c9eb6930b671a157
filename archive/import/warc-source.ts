import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { WARCParser, type WARCRecord } from 'warcio'
import { ArchiveError } from '../errors.ts'
import { byCodeUnit } from './file-marks.ts'
import { largestParsedFile } from './folder-source.ts'
import type { Source } from './source.ts'

/** Records of a crawl; more are made by an attack or are more than one newspaper. */
const mostRecords = 1_000_000

/** Unpacked to packed size above `ratioFrom` bytes: text packs to a fifth. */
const ratio = 100
const ratioFrom = 1024 * 1024 * 1024

const warcName = /\.warc(?:\.gz)?$/i

/** Where the record of a page stands in a WARC file. */
interface Spot {
  warc: string
  offset: number
  length: number
  /** Bytes of the record, with its headers. */
  size: number
}

/**
 * The path of an address in a mirror: `http://host/a/b.htm?x=1` → `host/a/b.htm?x=1`, a folder's own page
 * `index.html`. Undefined for what is no page of a web site, and for names that lead elsewhere.
 */
function pathOf(address: string): string | undefined {
  const match = /^https?:\/\/([^/?#:]+)(?::\d+)?([^?#]*)(\?[^#]*)?/i.exec(address.trim().replace(/^<(.*)>$/, '$1'))
  if (!match) return undefined
  const [, host = '', encoded = '', query = ''] = match
  let path = encoded
  try {
    path = decodeURIComponent(encoded)
  } catch {
    // A stray percent sign: the name is taken as it is.
  }
  const whole = `${host.toLowerCase()}${path === '' || path.endsWith('/') ? `${path || '/'}index.html` : path}`
  const parts = whole.split('/')
  const isSafe = parts.every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0]/.test(whole)
  return isSafe ? whole + query.replaceAll('/', '%2F').replaceAll('\\', '%5C') : undefined
}

function isPage(record: WARCRecord): boolean {
  if (record.warcType === 'resource') return true
  return record.warcType === 'response' && Number(record.httpHeaders?.statusCode) === 200
}

interface Listing {
  spots: Map<string, Spot>
  refused: string[]
}

async function list(warc: string, found: Listing): Promise<void> {
  const packed = (await stat(warc)).size
  const parser = new WARCParser(createReadStream(warc))
  let [records, unpacked] = [0, 0]
  for await (const record of parser) {
    unpacked += record.warcContentLength
    if (++records > mostRecords || (unpacked > ratioFrom && unpacked > packed * ratio)) {
      throw new ArchiveError('too-large', { file: warc, size: unpacked, limit: Math.max(ratioFrom, packed * ratio) })
    }
    const address = record.warcTargetURI ?? ''
    const path = isPage(record) ? pathOf(address) : undefined
    const size = record.warcContentLength
    await record.skipFully()
    if (path === undefined) {
      if (isPage(record) && address !== '') found.refused.push(address)
    } else if (size > largestParsedFile) found.refused.push(path)
    else if (!found.spots.has(path)) {
      // The length is known once the record was passed.
      found.spots.set(path, { warc, offset: parser.offset, length: parser.recordLength, size })
    }
  }
}

async function unpack(file: string, { warc, offset, length }: Spot): Promise<Uint8Array> {
  const stream = createReadStream(warc, { start: offset, end: offset + length - 1 })
  try {
    const record = await WARCParser.parse(stream)
    if (!record) throw new ArchiveError('unreadable-file', { file, reason: 'its record is not where it was' })
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of record) {
      size += piece.length
      if (size > largestParsedFile) throw new ArchiveError('too-large', { file, size, limit: largestParsedFile })
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    throw new ArchiveError('unreadable-file', { file, reason: (error as Error).message }, { cause: error })
  } finally {
    stream.destroy()
  }
}

/**
 * A source over the pages in WARC files (ISO 28500), as the site had them: `host/path?query`. Of a page that was
 * fetched several times the first answer 200 counts. What follows a damaged record is named in `refused` by its file.
 * Throws ArchiveError `unreadable-file` when no record can be read, `empty-folder`, `too-large`.
 */
export async function openWarcSource(warcs: string[], name = basename(warcs[0] ?? '')): Promise<Source> {
  const found: Listing = { spots: new Map(), refused: [] }
  for (const warc of warcs) {
    try {
      await list(warc, found)
    } catch (error) {
      if (error instanceof ArchiveError) throw error
      if (found.spots.size === 0 && warcs.length === 1) {
        throw new ArchiveError('unreadable-file', { file: warc, reason: (error as Error).message }, { cause: error })
      }
      found.refused.push(basename(warc))
    }
  }
  if (found.spots.size === 0 && found.refused.length === 0) throw new ArchiveError('empty-folder', { file: name })
  const spotOf = (file: string): Spot => {
    const spot = found.spots.get(file)
    if (!spot) throw new ArchiveError('missing-file', { file })
    return spot
  }
  return {
    name: name.replace(warcName, '') || name,
    files: [...found.spots.keys()].sort(byCodeUnit),
    refused: found.refused,
    bytes: async (file) => unpack(file, spotOf(file)),
    size: async (file) => spotOf(file).size,
    diskPath: () => undefined,
    packedIn: (file) => found.spots.get(file)?.warc,
    close: () => Promise.resolve(),
  }
}

/** One source of two: the files of a folder and what its WARC files hold. */
export function joinSources(folder: Source, inside: Source): Source {
  const own = new Set(folder.files)
  const of = (file: string): Source => (own.has(file) ? folder : inside)
  return {
    name: folder.name,
    files: [...new Set([...folder.files, ...inside.files])].sort(byCodeUnit),
    refused: [...folder.refused, ...inside.refused],
    bytes: (file) => of(file).bytes(file),
    size: (file) => of(file).size(file),
    diskPath: (file) => of(file).diskPath(file),
    packedIn: (file) => of(file).packedIn?.(file),
    close: async () => {
      await folder.close()
      await inside.close()
    },
  }
}
