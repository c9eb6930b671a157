import { expect, test } from 'vitest'
import { isTall } from '../../../../renderer/shared/use-tall-window.ts'

test('upright and high is tall; lying, square, narrow or low is not', () => {
  const least = 84 * 16
  expect(isTall({ width: 1080, height: 1920 }, least)).toBe(true)
  expect(isTall({ width: 1920, height: 1080 }, least)).toBe(false)
  expect(isTall({ width: 1600, height: 1600 }, least)).toBe(false)
  expect(isTall({ width: 320, height: 480 }, least)).toBe(false)
  expect(isTall({ width: 1024, height: 600 }, least)).toBe(false)
})

test('in text of 200 % the same window has room for half as much', () => {
  expect(isTall({ width: 1080, height: 1920 }, 84 * 32)).toBe(false)
})
