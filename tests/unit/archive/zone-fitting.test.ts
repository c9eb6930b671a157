import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitZones } from '../../../archive/zone-fitting.ts'

const documentOf = (...polygons: unknown[]) => ({
  pages: [
    { id: 'p1', label: '01', zones: polygons.map((polygon, index) => ({ id: `z${index}`, kind: 'text', polygon })) },
  ],
  warnings: [] as { code: string; details?: Record<string, unknown> }[],
})
const fitted = (...polygons: unknown[]) => {
  const document = documentOf(...polygons)
  fitZones(document, 'x.json')
  return { polygons: document.pages[0]!.zones.map(({ polygon }) => polygon), warnings: document.warnings }
}

test('what is on the page stays as it is', () => {
  const inside = [[0, 0], [1, 0], [0.5, 1]] // prettier-ignore
  expect(fitted(inside)).toEqual({ polygons: [inside], warnings: [] })
})

test('what reaches beyond is cut at the edge, not squeezed to it', () => {
  const { polygons, warnings } = fitted([[-1, 0], [1, 0], [1, 1]]) // prettier-ignore
  expect(new Set((polygons[0] as number[][]).map(String))).toEqual(new Set(['0,0', '1,0', '1,1', '0,0.5']))
  expect(warnings).toEqual([expect.objectContaining({ code: 'zones-outside', details: expect.objectContaining({ id: 'p1', count: 1 }) })]) // prettier-ignore
})

test('what is outside, or no number, is taken away; what has no size is kept and said; a rounding is no fault', () => {
  const outside = [[2, 2], [3, 2], [3, 3]] // prettier-ignore
  const empty = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]] // prettier-ignore
  expect(fitted(outside, [[null, 0], [1, 0], [1, 1]], ['x'], empty)).toMatchObject({ polygons: [empty], warnings: [{ details: { count: 4 } }] }) // prettier-ignore
  expect(fitted([[-0.0005, 0], [1, 0], [1, 1]]).warnings).toEqual([]) // prettier-ignore
})

test('nothing that is drawn leaves the page, whatever was written, and what is no document is left alone', () => {
  const number = fc.oneof(fc.double(), fc.double({ min: -3, max: 3, noNaN: true }), fc.constant(null))
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(number, number), { maxLength: 6 }), { maxLength: 4 }), (polygons) => {
      for (const polygon of fitted(...polygons).polygons as number[][][]) {
        for (const value of polygon.flat()) expect(value >= 0 && value <= 1).toBe(true)
      }
    }),
  )
  fc.assert(fc.property(fc.anything(), (value) => fitZones(value, 'x')))
})
