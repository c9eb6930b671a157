import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { SegmentHead, TailArrays } from './segment-format.ts'
import { checkedBytes, footerBytes, signature, tailLayout } from './segment-format.ts'

/** A segment that is not what was written: truncated, overwritten, or with a flipped bit. */
export class DamagedSegment extends Error {
  constructor(file: string, what: string) {
    super(`${file}: ${what}`)
    this.name = 'DamagedSegment'
  }
}

/** Whether the error says that a segment is damaged or gone. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined
  return error instanceof DamagedSegment || code === 'ENOENT' || code === 'EIO'
}

/** An open segment. Every byte that is read has been checked once. */
export interface Segment {
  file: string
  /** Bytes before the tail. */
  contentBytes: number
  head: SegmentHead
  arrays: TailArrays
  /**
   * `length` bytes from `offset`, at the beginning of `into`, or in a buffer that all segments share and the next such
   * read may overwrite; never to be written to. Throws `DamagedSegment`.
   */
  read(offset: number, length: number, into?: Buffer): Buffer
  close(): void
}

/** The arrays are views of `tail`, which must stay as it is. */
function readTail(file: string, tail: Buffer, tailOffset: number): Pick<Segment, 'head' | 'arrays'> {
  const headLength = tail.readUInt32LE(0)
  const head = JSON.parse(tail.toString('utf8', 4, 4 + headLength)) as SegmentHead
  let offset = 4 + headLength
  const arrays = Object.fromEntries(
    tailLayout(head, tailOffset).map(([name, length, width]) => {
      if (offset + length * width > tail.length) throw new DamagedSegment(file, 'the tail is too short')
      const Numbers = width === 4 ? Uint32Array : width === 2 ? Uint16Array : Uint8Array
      const array = new Numbers(tail.buffer as ArrayBuffer, tail.byteOffset + offset, length)
      offset += length * width
      return [name, array]
    }),
  ) as unknown as TailArrays
  return { head, arrays }
}

/** Most reads are small and of use for a moment only: buffers of their own would be most of the memory of a search. */
const shared = Buffer.allocUnsafeSlow(1 << 17)

function sharedBuffer(length: number): Buffer {
  return length <= shared.length ? shared : Buffer.allocUnsafeSlow(length)
}

function readFully(
  file: string,
  descriptor: number,
  offset: number,
  length: number,
  buffer = sharedBuffer(length),
): Buffer {
  for (let done = 0; done < length;) {
    const count = readSync(descriptor, buffer, done, length - done, offset + done)
    if (count === 0) throw new DamagedSegment(file, 'the file is too short')
    done += count
  }
  return buffer.subarray(0, length)
}

/** Pieces of all segments that were read last, four megabytes: a query is typed on, and its terms are asked for again. */
const mostPieces = 1_024
const recentPieces = new Map<number, Buffer>()
/** Two pieces side by side, for what lies in both. */
const joint = Buffer.allocUnsafeSlow(checkedBytes * 2)

/** The bytes of the piece that was read first: a new buffer for each would be most of what a search leaves behind. */
function takeOldest(): Buffer | undefined {
  for (const [key, piece] of recentPieces) {
    recentPieces.delete(key)
    return piece
  }
  return undefined
}
/** Highest number of pieces of a segment, 64 GiB: a key is the number of the segment, then that of the piece. */
const piecesOfSegment = 2 ** 24
let opened = 0

function openChecked(file: string, descriptor: number, bytes: number): Segment {
  if (bytes < footerBytes) throw new DamagedSegment(file, 'the file is too short')
  const footer = Buffer.from(readFully(file, descriptor, bytes - footerBytes, footerBytes))
  const tailOffset = footer.readUInt32LE(0) + footer.readUInt32LE(4) * 2 ** 32
  const tailLength = bytes - footerBytes - tailOffset
  if (footer.readUInt32LE(12) !== signature || tailLength < 4) throw new DamagedSegment(file, 'no footer')
  const tail = readFully(file, descriptor, tailOffset, tailLength, Buffer.allocUnsafeSlow(tailLength))
  if (crc32(tail) !== footer.readUInt32LE(8)) throw new DamagedSegment(file, 'the tail does not match its checksum')
  const { head, arrays } = readTail(file, tail, tailOffset)

  const checked = new Uint8Array(arrays.checksums.length)
  const check = (first: number, last: number): Buffer => {
    const start = first * checkedBytes
    const covered = readFully(file, descriptor, start, Math.min((last + 1) * checkedBytes, tailOffset) - start)
    for (let piece = first; piece <= last; piece++) {
      if (checked[piece]) continue
      const from = (piece - first) * checkedBytes
      const found = crc32(covered.subarray(from, Math.min(from + checkedBytes, covered.length)))
      if (found !== arrays.checksums[piece]) throw new DamagedSegment(file, `bytes from ${piece * checkedBytes}`)
      checked[piece] = 1
    }
    return covered
  }
  const keys = opened++ * piecesOfSegment
  const pieceOf = (number: number): Buffer => {
    const known = recentPieces.get(keys + number)
    if (known) return known
    const bytes = check(number, number)
    const oldest = recentPieces.size >= mostPieces ? takeOldest() : undefined
    const piece = oldest ?? Buffer.allocUnsafeSlow(checkedBytes)
    bytes.copy(piece)
    recentPieces.set(keys + number, piece)
    return piece
  }
  return {
    file,
    contentBytes: tailOffset,
    head,
    arrays,
    read(offset, length, into) {
      if (length === 0) return Buffer.alloc(0)
      if (offset + length > tailOffset) throw new DamagedSegment(file, 'an offset beyond the content')
      const first = Math.floor(offset / checkedBytes)
      const last = Math.floor((offset + length - 1) / checkedBytes)
      if (into === undefined && last - first < 2) {
        const start = offset - first * checkedBytes
        const piece = pieceOf(first)
        if (last === first) return piece.subarray(start, start + length)
        const inFirst = piece.copy(joint, 0, start)
        pieceOf(last).copy(joint, inFirst, 0, length - inFirst)
        return joint.subarray(0, length)
      }
      for (let piece = first; piece <= last; piece++) {
        if (checked[piece]) continue
        const covered = check(first, last)
        const wanted = covered.subarray(offset - first * checkedBytes, offset - first * checkedBytes + length)
        if (into === undefined) return wanted
        wanted.copy(into)
        return into.subarray(0, length)
      }
      return readFully(file, descriptor, offset, length, into)
    },
    close: () => closeSync(descriptor),
  }
}

/**
 * Opens a segment and checks its tail; the rest is checked when it is first read. Throws `DamagedSegment`, and Node's
 * file errors as they are.
 */
export function openSegment(file: string): Segment {
  const descriptor = openSync(file, 'r')
  try {
    return openChecked(file, descriptor, fstatSync(descriptor).size)
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Reads a whole segment, so that any damage shows. Throws `DamagedSegment`. */
export function verifySegment(segment: Segment): void {
  const step = checkedBytes * 256
  for (let offset = 0; offset < segment.contentBytes; offset += step) {
    segment.read(offset, Math.min(step, segment.contentBytes - offset))
  }
}
