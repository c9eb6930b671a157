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
  /** `length` bytes from `offset`, as a view that stays valid. Throws `DamagedSegment`. */
  read(offset: number, length: number): Buffer
  close(): void
}

function readTail(file: string, tail: Buffer, tailOffset: number): Pick<Segment, 'head' | 'arrays'> {
  const headLength = tail.readUInt32LE(0)
  const head = JSON.parse(tail.toString('utf8', 4, 4 + headLength)) as SegmentHead
  let offset = 4 + headLength
  const arrays = Object.fromEntries(
    tailLayout(head, tailOffset).map(([name, length, width]) => {
      const copy = Uint8Array.prototype.slice.call(tail, offset, offset + length * width)
      if (copy.length !== length * width) throw new DamagedSegment(file, 'the tail is too short')
      offset += length * width
      const array = width === 4 ? new Uint32Array(copy.buffer) : width === 2 ? new Uint16Array(copy.buffer) : copy
      return [name, array]
    }),
  ) as unknown as TailArrays
  return { head, arrays }
}

function readFully(file: string, descriptor: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length)
  for (let done = 0; done < length;) {
    const count = readSync(descriptor, buffer, done, length - done, offset + done)
    if (count === 0) throw new DamagedSegment(file, 'the file is too short')
    done += count
  }
  return buffer
}

function openChecked(file: string, descriptor: number, bytes: number): Segment {
  if (bytes < footerBytes) throw new DamagedSegment(file, 'the file is too short')
  const footer = readFully(file, descriptor, bytes - footerBytes, footerBytes)
  const tailOffset = footer.readUInt32LE(0) + footer.readUInt32LE(4) * 2 ** 32
  const tailLength = bytes - footerBytes - tailOffset
  if (footer.readUInt32LE(12) !== signature || tailLength < 4) throw new DamagedSegment(file, 'no footer')
  const tail = readFully(file, descriptor, tailOffset, tailLength)
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
  return {
    file,
    contentBytes: tailOffset,
    head,
    arrays,
    read(offset, length) {
      if (length === 0) return Buffer.alloc(0)
      if (offset + length > tailOffset) throw new DamagedSegment(file, 'an offset beyond the content')
      const first = Math.floor(offset / checkedBytes)
      const last = Math.floor((offset + length - 1) / checkedBytes)
      for (let piece = first; piece <= last; piece++) {
        if (checked[piece]) continue
        return check(first, last).subarray(offset - first * checkedBytes, offset - first * checkedBytes + length)
      }
      return readFully(file, descriptor, offset, length)
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
