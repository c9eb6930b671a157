import { expect, it } from 'vitest'
import { mayHold, pairHash, termFilter, wordHash } from '../../../../archive/search/term-filter.ts'

const pairs = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, place) => pairHash(0x4e004e00 + (from + place) * 7))

it('never denies a term that is there, and seldom takes one that is not for one that is', () => {
  const words = Array.from({ length: 5_000 }, (_, place) => wordHash(`w${place}`))
  const there = [...pairs(0, 20_000), ...words]
  const filter = termFilter(there)
  expect(filter.length).toBe((25_000 * 8) / 32)
  expect(there.every((hash) => mayHold(filter, hash))).toBe(true)
  const absent = pairs(20_000, 20_000).filter((hash) => mayHold(filter, hash)).length
  expect(absent / 20_000).toBeLessThan(0.04)
  const absentWords = Array.from({ length: 5_000 }, (_, place) => wordHash(`v${place}`))
  expect(absentWords.filter((hash) => mayHold(filter, hash)).length / 5_000).toBeLessThan(0.04)
})

it('holds nothing when nothing was put in', () => {
  expect(mayHold(termFilter([]), pairHash(1))).toBe(false)
})
