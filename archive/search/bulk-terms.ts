import { endOfLines, type FoldedDocument } from './search-document.ts'
import { pairKey, type TermSource } from './segment-format.ts'
import { pairTerm, scanTerms } from './terms.ts'

/** Sorts 32-bit keys with their values, keeping the order of equal keys: three passes of 11, 11 and 10 bits. */
function sortPairs(keys: Uint32Array, values: Uint32Array, spareKeys: Uint32Array, spareValues: Uint32Array): void {
  const shifts = [0, 11, 22]
  const counts = shifts.map(() => new Uint32Array(2048))
  const [low = new Uint32Array(), middle = new Uint32Array(), high = new Uint32Array()] = counts
  for (const key of keys) {
    low[key & 2047] = (low[key & 2047] ?? 0) + 1
    middle[(key >>> 11) & 2047] = (middle[(key >>> 11) & 2047] ?? 0) + 1
    high[key >>> 22] = (high[key >>> 22] ?? 0) + 1
  }
  let from = [keys, values] as const
  let to = [spareKeys, spareValues] as const
  shifts.forEach((shift, pass) => {
    const places = counts[pass] ?? new Uint32Array()
    let sum = 0
    for (let digit = 0; digit < 2048; digit++) {
      const count = places[digit] ?? 0
      places[digit] = sum
      sum += count
    }
    const [fromKeys, fromValues] = from
    const [toKeys, toValues] = to
    for (let index = 0; index < fromKeys.length; index++) {
      const key = fromKeys[index] ?? 0
      const digit = (key >>> shift) & 2047
      const place = places[digit] ?? 0
      places[digit] = place + 1
      toKeys[place] = key
      toValues[place] = fromValues[index] ?? 0
    }
    ;[from, to] = [to, from]
  })
}

/** Sends the headline and body positions of a list of `position * 2 + (body ? 1 : 0)`, first occurrences only. */
function split(list: ArrayLike<number>, from: number, to: number, headline: number[], body: number[]): void {
  headline.length = 0
  body.length = 0
  let previous = -1
  for (let index = from; index < to; index++) {
    const value = list[index] ?? 0
    const position = value >>> 1
    if (position === previous) continue
    previous = position
    if ((value & 1) === 0) headline.push(position)
    else body.push(position)
  }
}

/**
 * Makes the terms of many articles at once: what FlexSearch's `add` and `commit` give, several times faster, from flat
 * arrays that are kept from one segment to the next.
 */
export function bulkTermBuilder(): (documents: FoldedDocument[]) => TermSource {
  let capacity = 0
  let arrays: Uint32Array[] = []

  return (documents) => {
    // A text has at most one pair or word per unit, and one sentinel per two.
    const units = documents.reduce((sum, document) => sum + document.text.length + 1, 0)
    if (units > capacity) {
      capacity = Math.ceil(units * 1.1)
      arrays = Array.from({ length: 4 }, () => new Uint32Array(capacity))
    }
    const [keys = new Uint32Array(), values = new Uint32Array()] = arrays
    const words = new Map<string, number[]>()
    let count = 0
    let value = 0
    const addWord = (term: string): void => {
      const list = words.get(term)
      if (list === undefined) words.set(term, [value])
      else if (list[list.length - 1] !== value) list.push(value)
    }
    const sink = {
      pair(first: number, second: number): void {
        if (first > 0xffff || second > 0xffff) return addWord(pairTerm(first, second))
        keys[count] = pairKey(first, second)
        values[count++] = value
      },
      word: addWord,
    }
    documents.forEach((document, position) => {
      const end = endOfLines(document.text, document.headlineLines)
      value = position * 2
      if (document.headlineLines > 0) scanTerms(document.text.slice(0, end), sink)
      value = position * 2 + 1
      scanTerms(document.headlineLines > 0 ? document.text.slice(end) : document.text, sink)
    })
    const [sortedKeys = keys, sortedValues = values] = arrays.slice(2).map((array) => array.subarray(0, count))
    sortPairs(keys.subarray(0, count), values.subarray(0, count), sortedKeys, sortedValues)

    const headline: number[] = []
    const body: number[] = []
    return {
      pairs(take) {
        for (let from = 0; from < count;) {
          const key = sortedKeys[from] ?? 0
          let to = from + 1
          while (to < count && sortedKeys[to] === key) to++
          split(sortedValues, from, to, headline, body)
          take(key, headline, body)
          from = to
        }
      },
      words(take) {
        for (const term of [...words.keys()].sort()) {
          const list = words.get(term) ?? []
          split(list, 0, list.length, headline, body)
          take(term, headline, body)
        }
      },
    }
  }
}
