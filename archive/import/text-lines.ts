import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ArchiveError } from '../errors.ts'
import type { Source } from './source.ts'

/** Longer lines are passed over without being held: an article is some kilobytes, a book some megabytes. */
export const longestLine = 16 * 1024 * 1024

/** Text packs to a fifth or a tenth of its size; what unpacks to more than this is made to fill a disk. */
const mostUnpacked = 100
const alwaysUnpacked = 1024 * 1024 * 1024

/** A line of a file, by where it is in the unpacked bytes. */
export interface TextLine {
  /** 1 for the first. */
  number: number
  /** Undefined for a line that is longer than `longestLine`. */
  bytes: Buffer | undefined
  offset: number
}

/** What is told of the unpacked bytes on the way. */
export interface LineReading {
  /** Told all unpacked bytes, one piece after the other. */
  onBytes?: (bytes: Buffer) => Promise<void>
}

/** Whether a file is gzip, by its content. */
export async function isGzip(source: Source, file: string): Promise<boolean> {
  const disk = source.diskPath(file)
  if (!disk) return (await source.bytes(file)).subarray(0, 2).join() === '31,139'
  const handle = await open(disk, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 31 && buffer[1] === 139
  } finally {
    await handle.close()
  }
}

async function* unpacked(source: Source, file: string): AsyncGenerator<Buffer> {
  const disk = source.diskPath(file)
  const raw = disk ? createReadStream(disk, { highWaterMark: 1 << 18 }) : Readable.from([await source.bytes(file)])
  if (!(await isGzip(source, file))) {
    yield* raw as AsyncIterable<Buffer>
    return
  }
  const limit = Math.max(alwaysUnpacked, (await source.size(file)) * mostUnpacked)
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  raw.on('error', (error: Error) => gunzip.destroy(error))
  let size = 0
  try {
    for await (const piece of raw.pipe(gunzip) as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > limit) throw new ArchiveError('too-large', { file, size, limit })
      yield piece
    }
  } finally {
    raw.destroy()
    gunzip.destroy()
  }
}

/**
 * The lines of a file, plain or gzip, in bounded memory. Throws ArchiveError `too-large` for what unpacks without
 * end, and zlib's errors for a file that is cut off.
 */
export async function* textLines(
  source: Source,
  file: string,
  { onBytes }: LineReading = {},
): AsyncGenerator<TextLine> {
  let held: Buffer[] = []
  let heldBytes = 0
  let number = 1
  let offset = 0
  const finish = (): TextLine => {
    const line = { number: number++, bytes: heldBytes > longestLine ? undefined : Buffer.concat(held), offset }
    offset += heldBytes + 1
    held = []
    heldBytes = 0
    return line
  }
  const hold = (bytes: Buffer): void => {
    heldBytes += bytes.length
    if (heldBytes > longestLine) held = []
    else if (bytes.length > 0) held.push(bytes)
  }
  for await (const piece of unpacked(source, file)) {
    await onBytes?.(piece)
    let from = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      hold(piece.subarray(from, end))
      from = end + 1
      yield finish()
    }
    hold(piece.subarray(from))
  }
  if (heldBytes > 0) yield finish()
}
