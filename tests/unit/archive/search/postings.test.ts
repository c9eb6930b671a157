import fc from 'fast-check'
import { expect, it } from 'vitest'
import { documentSet, holds } from '../../../../archive/search/document-set.ts'
import { ByteReader, ByteSink, packPostings, unpackPostings } from '../../../../archive/search/postings.ts'

it('unpacks what it packed', () => {
  const lists = fc.integer({ min: 1, max: 30_000 }).chain((documents) =>
    fc.record({
      documents: fc.constant(documents),
      positions: fc.uniqueArray(fc.integer({ min: 0, max: documents - 1 }), { maxLength: 300 }),
    }),
  )
  fc.assert(
    fc.property(lists, ({ documents, positions }) => {
      positions.sort((a, b) => a - b)
      const sink = new ByteSink(1)
      sink.byte(7)
      packPostings(sink, positions, documents)
      const found = documentSet(documents)
      expect(unpackPostings(sink.view(), 1, positions.length, documents, found)).toBe(sink.length)
      expect(Array.from({ length: documents }, (_, place) => place).filter((place) => holds(found, place))).toEqual(
        positions,
      )
    }),
    { numRuns: 500 },
  )
})

it('packs a list of all documents into a bit each', () => {
  const sink = new ByteSink()
  packPostings(
    sink,
    Array.from({ length: 8000 }, (_, index) => index),
    8000,
  )
  expect(sink.length).toBe(1000)
})

it('reads numbers as written', () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 0x7fffffff, 0xffffffff]
  const sink = new ByteSink(1)
  for (const number of numbers) sink.varint(number)
  const reader = new ByteReader(sink.view())
  expect(numbers.map(() => reader.varint())).toEqual(numbers)
})
