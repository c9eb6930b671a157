import { expect, it } from 'vitest'
import type { Point } from '../../../../archive/model.ts'
import {
  pageMatrix,
  placedPicture,
  turnedBox,
  turnedBy,
  turnedPoint,
  type Turns,
} from '../../../../renderer/viewer/page-geometry.ts'
import { filterStyle, isPlain, plainFilter } from '../../../../renderer/viewer/page-filter.ts'

const all: Turns[] = [0, 1, 2, 3]

it('turns clockwise: the top left goes to the top right', () => {
  expect(turnedPoint([0, 0], 1)).toEqual([1, 0])
  expect(turnedPoint([0.25, 0.125], 1)).toEqual([0.875, 0.25])
  expect(turnedBox({ x: 0.25, y: 0, w: 0.25, h: 0.125 }, 1)).toEqual({ x: 0.875, y: 0.25, w: 0.125, h: 0.25 })
})

it('comes back by turning the other way, from any turn', () => {
  const point: Point = [0.25, 0.125]
  for (const turns of all) expect(turnedPoint(turnedPoint(point, turns), turnedBy(0, -turns))).toEqual(point)
  expect([turnedBy(0, -1), turnedBy(3, 1), turnedBy(1, 2)]).toEqual([3, 0, 3])
})

it('lays zones where the picture is', () => {
  const sheet = { x: 10, y: 20, width: 400, height: 300 }
  expect(pageMatrix(sheet, 0)).toBe('matrix(400 0 0 300 10 20)')
  expect(pageMatrix(sheet, 1)).toBe('matrix(0 300 -400 0 410 20)')
  expect(pageMatrix(sheet, 2)).toBe('matrix(-400 0 0 -300 410 320)')
})

it('puts a turned picture so that it fills the turned page', () => {
  expect(placedPicture({ width: 300, height: 400 }, 0)).toEqual({ x: 0, y: 0, width: 1, degrees: 0 })
  // Turned, it is 1 wide and 0.75 high; lying upright about the same middle it is 0.75 wide and 1 high.
  expect(placedPicture({ width: 300, height: 400 }, 1)).toEqual({ x: 0.125, y: -0.125, width: 0.75, degrees: 90 })
})

it('filters only what was asked for', () => {
  expect(filterStyle(plainFilter)).toBe('')
  expect(isPlain(plainFilter)).toBe(true)
  expect(filterStyle({ ...plainFilter, brightness: 120, invert: true })).toBe('brightness(1.2) invert(1)')
  expect(filterStyle({ ...plainFilter, whiten: true })).toContain('grayscale(1)')
})
