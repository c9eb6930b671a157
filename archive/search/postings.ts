import type { DocumentSet } from './document-set.ts'

/**
 * Lists of documents, packed. Numbers of a few bits' gap are Rice coded: a unary part and `k` plain bits, where `k`
 * follows from how many of the segment's documents the list holds. Lowest bit first.
 */

/** Bytes that grow, and numbers written as LEB128 (7 bits a byte, lowest first). */
export class ByteSink {
  bytes: Uint8Array
  length = 0

  constructor(size = 1 << 12) {
    this.bytes = new Uint8Array(size)
  }

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  varint(value: number): void {
    this.reserve(5)
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** What was written, as a view that the next write may change. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }
}

/** Reads what `ByteSink` wrote. Reading past the end gives zeros: callers check lengths. */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes
    this.position = position
  }

  varint(): number {
    let value = 0
    let shift = 0
    for (;;) {
      const byte = this.bytes[this.position++] ?? 0
      value |= (byte & 0x7f) << shift
      if (byte < 0x80 || shift > 28) return value >>> 0
      shift += 7
    }
  }
}

/** Plain bits of each gap, the nearest power of two below 0.69 of the mean gap. Whole numbers only: part of the format. */
function plainBits(documents: number, count: number): number {
  const gap = Math.floor((documents * 69) / (count * 100))
  return gap > 1 ? 31 - Math.clz32(gap) : 0
}

/** Packs ascending document positions of a segment of `documents`. */
export function packPostings(sink: ByteSink, positions: ArrayLike<number>, documents: number): void {
  const count = positions.length
  if (count === 0) return
  const k = plainBits(documents, count)
  const mask = (1 << k) - 1
  let bits = 0
  let filled = 0
  let previous = -1
  const flush = (): void => {
    while (filled >= 8) {
      sink.byte(bits & 0xff)
      bits >>>= 8
      filled -= 8
    }
  }
  for (let index = 0; index < count; index++) {
    const position = positions[index] ?? 0
    const gap = position - previous - 1
    previous = position
    for (let unary = gap >>> k; unary > 0;) {
      const zeros = Math.min(unary, 16)
      filled += zeros
      unary -= zeros
      flush()
    }
    bits |= 1 << filled
    filled++
    flush()
    bits |= (gap & mask) << filled
    filled += k
    flush()
  }
  if (filled > 0) sink.byte(bits & 0xff)
}

/** Unpacks `count` positions from `offset` into the set and answers the offset behind them. */
export function unpackPostings(
  bytes: Uint8Array,
  offset: number,
  count: number,
  documents: number,
  into: DocumentSet,
): number {
  if (count === 0) return offset
  const k = plainBits(documents, count)
  const mask = (1 << k) - 1
  let next = offset
  let bits = 0
  let filled = 0
  let previous = -1
  for (let index = 0; index < count; index++) {
    let unary = 0
    while (bits === 0) {
      unary += filled
      if (next >= bytes.length) return next
      bits = bytes[next++] ?? 0
      filled = 8
    }
    const zeros = 31 - Math.clz32(bits & -bits)
    unary += zeros
    bits >>>= zeros + 1
    filled -= zeros + 1
    while (filled < k) {
      bits |= (bytes[next++] ?? 0) << filled
      filled += 8
    }
    previous += 1 + ((unary << k) | (bits & mask))
    bits >>>= k
    filled -= k
    into[previous >>> 5] = (into[previous >>> 5] ?? 0) | (1 << (previous & 31))
  }
  return next
}
