/**
 * A Bloom filter over the terms of a segment, in its tail: most segments do not hold a rare term, and this says so
 * without a read. Eight bits a term and four probes let one absent term in forty through.
 */
const bitsPerTerm = 8
const probes = 4

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The hash of a pair by its key. */
export function pairHash(key: number): number {
  return mix(key)
}

/** The hash of a word: FNV-1a over its UTF-16 units, mixed. */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  return mix(hash)
}

/** Words of 32 bits that the filter of so many terms takes. */
export function filterLength(terms: number): number {
  return Math.ceil((terms * bitsPerTerm) / 32)
}

/** Calls with each bit of a hash until it answers false; true when it never did. */
function everyBit(filter: Uint32Array, hash: number, visit: (word: number, bit: number) => boolean): boolean {
  const bits = filter.length * 32
  const step = mix(hash ^ 0x9e3779b9) | 1
  for (let probe = 0; probe < probes; probe++) {
    const place = ((hash + Math.imul(step, probe)) >>> 0) % bits
    if (!visit(place >>> 5, 1 << (place & 31))) return false
  }
  return true
}

/** The filter of the terms with these hashes. */
export function termFilter(hashes: number[]): Uint32Array {
  const filter = new Uint32Array(filterLength(hashes.length))
  for (const hash of hashes) {
    everyBit(filter, hash, (word, bit) => {
      filter[word] = (filter[word] ?? 0) | bit
      return true
    })
  }
  return filter
}

/** False when no term has this hash. */
export function mayHold(filter: Uint32Array, hash: number): boolean {
  return filter.length > 0 && everyBit(filter, hash, (word, bit) => ((filter[word] ?? 0) & bit) !== 0)
}
