import { expect, test } from 'vitest'
import { bubblePlace } from '../../../../renderer/annotations/use-bubble-place.ts'

const room = { width: 1000, height: 600 }
const small = { width: 200, height: 40 }
const words = { x: 500, top: 300, bottom: 320 }

test('it stands under the middle of its words', () => {
  expect(bubblePlace(words, small, room)).toEqual({ left: '400px', top: '328px' })
})

test('it is whole at either side', () => {
  expect(bubblePlace({ ...words, x: 10 }, small, room).left).toBe('8px')
  expect(bubblePlace({ ...words, x: 990 }, small, room).left).toBe('792px')
})

test('where there is no room under its words it stands above them, and never on either edge', () => {
  expect(bubblePlace({ x: 500, top: 560, bottom: 580 }, small, room).top).toBe('512px')
  expect(bubblePlace({ x: 500, top: 20, bottom: 590 }, small, room).top).toBe('552px')
  expect(bubblePlace({ x: 500, top: -300, bottom: -200 }, small, room).top).toBe('8px')
  expect(bubblePlace({ x: 500, top: 900, bottom: 920 }, small, room).top).toBe('552px')
})

test('one that is larger than the window begins at its edge', () => {
  expect(bubblePlace(words, { width: 1200, height: 700 }, room)).toEqual({ left: '8px', top: '8px' })
})
