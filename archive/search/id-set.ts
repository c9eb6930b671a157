/** A set of ids, a bit each, with its lowest and highest. */
export interface IdSet {
  size(): number
  add(id: number): void
  has(id: number): boolean
  /** Whether a range of ids may hold one of the set. */
  mayMeet(range: [number, number]): boolean
}

/** An empty set of the catalogue's ids: whole numbers that are dense. */
export function idSet(): IdSet {
  let bits = new Uint8Array(1 << 12)
  let size = 0
  let lowest = Infinity
  let highest = 0
  return {
    size: () => size,
    add(id) {
      if (id >>> 3 >= bits.length) {
        const grown = new Uint8Array(Math.max((id >>> 3) + 1, bits.length * 2))
        grown.set(bits)
        bits = grown
      }
      lowest = Math.min(lowest, id)
      highest = Math.max(highest, id)
      if ((bits[id >>> 3] ?? 0) & (1 << (id & 7))) return
      bits[id >>> 3] = (bits[id >>> 3] ?? 0) | (1 << (id & 7))
      size++
    },
    has: (id) => ((bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0,
    mayMeet: ([first, last]) => first <= highest && last >= lowest,
  }
}
