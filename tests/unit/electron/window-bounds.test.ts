import { expect, it } from 'vitest'
import { fittingBounds } from '../../../electron/window-bounds.ts'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }

it('keeps what is on a screen', () => {
  const bounds = { x: 2000, y: 30, width: 1000, height: 800 }
  expect(fittingBounds(bounds, [left, right])).toEqual(bounds)
  expect(fittingBounds(bounds, [left]), 'the second screen is gone').toBeUndefined()
})

it('is never larger than the screen', () => {
  expect(fittingBounds({ x: 0, y: 0, width: 4000, height: 3000 }, [left])).toEqual(left)
})

it.each([
  undefined,
  'x',
  { x: 0 },
  { x: 0, y: 0, width: 10, height: 10 },
  { x: 0.5, y: 0, width: 800, height: 600 },
  { x: 0, y: 0, width: Infinity, height: 600 },
  { x: 0, y: 1030, width: 800, height: 600 },
  { x: -790, y: 0, width: 800, height: 600 },
])('%j is no place for a window', (kept) => expect(fittingBounds(kept, [left])).toBeUndefined())
