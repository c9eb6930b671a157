import { expect, it } from 'vitest'
import { LARGEST, nextScale, SMALLEST } from '../../../../renderer/article/text-scale.ts'

it('steps from any size to the next one and stays within its limits', () => {
  expect(nextScale(100, 1)).toBe(110)
  expect(nextScale(100, -1)).toBe(90)
  expect(nextScale(133, 1)).toBe(150)
  expect(nextScale(133, -1)).toBe(125)
  expect(nextScale(LARGEST, 1)).toBe(LARGEST)
  expect(nextScale(SMALLEST, -1)).toBe(SMALLEST)
})
