import { expect, it } from 'vitest'
import { isMeant, moved, spanned } from '../../../../renderer/takeaway/stage-rectangle.ts'

const stage = { width: 800, height: 600 }
const rectangle = { left: 100, top: 100, width: 200, height: 150 }

it('is drawn from any corner to any other', () => {
  const one = { x: 300, y: 50 }
  const other = { x: 100, y: 90 }
  expect(spanned(one, other)).toEqual({ left: 100, top: 50, width: 200, height: 40 })
  expect(spanned(other, one)).toEqual(spanned(one, other))
})

it('moves as a whole and stays on the stage', () => {
  expect(moved(rectangle, 'move', 30, -20, stage)).toEqual({ ...rectangle, left: 130, top: 80 })
  expect(moved(rectangle, 'move', 9999, 9999, stage)).toEqual({ ...rectangle, left: 600, top: 450 })
  expect(moved(rectangle, 'move', -9999, -9999, stage)).toEqual({ ...rectangle, left: 0, top: 0 })
})

it.each([
  ['e', 50, 10, { ...rectangle, width: 250 }],
  ['s', 50, 10, { ...rectangle, height: 160 }],
  ['nw', 50, 10, { left: 150, top: 110, width: 150, height: 140 }],
  ['se', 9999, 9999, { ...rectangle, width: 700, height: 500 }],
  // A side never passes the one across.
  ['w', 9999, 0, { ...rectangle, left: 288, width: 12 }],
  ['n', 0, 9999, { ...rectangle, top: 238, height: 12 }],
] as const)('hold %s by %i, %i', (hold, dx, dy, expected) => {
  expect(moved(rectangle, hold, dx, dy, stage)).toEqual(expected)
})

it('is meant when it is more than a slip of the hand', () => {
  expect(isMeant(rectangle)).toBe(true)
  expect(isMeant({ ...rectangle, height: 3 })).toBe(false)
})
