import { expect, it } from 'vitest'
import { onPixels } from '../../../../renderer/shared/first-sight.ts'

it('lies on whole pixels of the screen, no further than half a pixel away', () => {
  expect(onPixels({ x: 313.41, y: 76, width: 569.17, height: 759 }, 1)).toEqual({
    x: 313,
    y: 76,
    width: 570,
    height: 759,
  })
  expect(onPixels({ x: 10.3, y: 0.2, width: 100, height: 50.4 }, 2)).toEqual({
    x: 10.5,
    y: 0,
    width: 100,
    height: 50.5,
  })
})
