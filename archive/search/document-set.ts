/** Sets of positions in a segment, a bit each: small enough to make one per part of a query. */
export type DocumentSet = Uint32Array

/** A set of `size` positions, all in or all out. */
export function documentSet(size: number, full = false): DocumentSet {
  const set = new Uint32Array((size + 31) >>> 5)
  if (!full) return set
  set.fill(0xffffffff)
  const rest = size & 31
  if (rest > 0) set[set.length - 1] = 2 ** rest - 1
  return set
}

/** Puts a position into the set. */
export function addTo(set: DocumentSet, position: number): void {
  set[position >>> 5] = (set[position >>> 5] ?? 0) | (1 << (position & 31))
}

/** Whether the set holds a position. */
export function holds(set: DocumentSet, position: number): boolean {
  return (((set[position >>> 5] ?? 0) >>> (position & 31)) & 1) === 1
}

/** Positions that are in both. */
export function both(one: DocumentSet, other: DocumentSet): DocumentSet {
  const result = new Uint32Array(one.length)
  for (let index = 0; index < result.length; index++) result[index] = (one[index] ?? 0) & (other[index] ?? 0)
  return result
}

/** Takes out of the first what is not in the second. */
export function keep(set: DocumentSet, other: DocumentSet): void {
  for (let index = 0; index < set.length; index++) set[index] = (set[index] ?? 0) & (other[index] ?? 0)
}

/** Positions that are in one or the other. */
export function either(one: DocumentSet, other: DocumentSet): DocumentSet {
  const result = new Uint32Array(one.length)
  for (let index = 0; index < result.length; index++) result[index] = (one[index] ?? 0) | (other[index] ?? 0)
  return result
}

/** Positions of the first that are not in the second. */
export function without(one: DocumentSet, other: DocumentSet): DocumentSet {
  const result = new Uint32Array(one.length)
  for (let index = 0; index < result.length; index++) result[index] = (one[index] ?? 0) & ~(other[index] ?? 0)
  return result
}

/** How many positions the set holds. */
export function sizeOf(set: DocumentSet): number {
  let count = 0
  for (const bits of set) {
    const pairs = bits - ((bits >>> 1) & 0x55555555)
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
    count += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

/** The positions of the set from `first` up to `last`, both inclusive. */
export function stretchOf(set: DocumentSet, first: number, last: number): DocumentSet {
  const part = set.slice()
  part.fill(0, 0, first >>> 5)
  if (first >>> 5 < part.length) part[first >>> 5] = (part[first >>> 5] ?? 0) & (0xffffffff << (first & 31))
  part.fill(0, (last >>> 5) + 1)
  if (last >>> 5 < part.length) part[last >>> 5] = (part[last >>> 5] ?? 0) & (0xffffffff >>> (31 - (last & 31)))
  return part
}

/** The highest position at or below `from`; -1 when there is none. */
export function highestFrom(set: DocumentSet, from: number): number {
  if (from < 0) return -1
  let index = from >>> 5
  let bits = (set[index] ?? 0) & (0xffffffff >>> (31 - (from & 31)))
  while (bits === 0) {
    if (--index < 0) return -1
    bits = set[index] ?? 0
  }
  return (index << 5) + 31 - Math.clz32(bits)
}

/** The lowest position at or above `from`; -1 when there is none. */
export function lowestFrom(set: DocumentSet, from: number): number {
  let index = from >>> 5
  let bits = (set[index] ?? 0) & (0xffffffff << (from & 31))
  while (bits === 0) {
    if (++index >= set.length) return -1
    bits = set[index] ?? 0
  }
  return (index << 5) + 31 - Math.clz32(bits & -bits)
}
