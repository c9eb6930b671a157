import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as sets from '../../../../archive/search/document-set.ts'

const positions = fc.uniqueArray(fc.nat(99), { maxLength: 60 })
const listOf = (set: Uint32Array): number[] =>
  Array.from({ length: 100 }, (_, p) => p).filter((p) => sets.holds(set, p))
const setOf = (list: number[]): Uint32Array => {
  const set = sets.documentSet(100)
  for (const position of list) sets.addTo(set, position)
  return set
}
const sorted = (list: Iterable<number>): number[] => [...list].sort((a, b) => a - b)

it('does what sets do', () => {
  fc.assert(
    fc.property(positions, positions, fc.nat(99), fc.nat(99), (a, b, from, to) => {
      const [one, other] = [setOf(a), setOf(b)]
      expect(listOf(one)).toEqual(sorted(a))
      expect(sets.sizeOf(one)).toBe(a.length)
      expect(listOf(sets.both(one, other))).toEqual(sorted(a.filter((p) => b.includes(p))))
      const kept = one.slice()
      sets.keep(kept, other)
      expect(kept).toEqual(sets.both(one, other))
      expect(listOf(sets.either(one, other))).toEqual(sorted(new Set([...a, ...b])))
      expect(listOf(sets.without(one, other))).toEqual(sorted(a.filter((p) => !b.includes(p))))
      expect(listOf(sets.stretchOf(one, from, to))).toEqual(sorted(a.filter((p) => p >= from && p <= to)))
      expect(sets.highestFrom(one, from)).toBe(Math.max(-1, ...a.filter((p) => p <= from)))
      expect(sets.lowestFrom(one, from)).toBe(sorted(a.filter((p) => p >= from))[0] ?? -1)
    }),
  )
  expect(sets.sizeOf(sets.documentSet(100, true))).toBe(100)
  expect(sets.sizeOf(sets.documentSet(64, true))).toBe(64)
})
