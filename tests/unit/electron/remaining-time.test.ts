import { expect, it } from 'vitest'
import { remainingTime } from '../../../electron/remaining-time.ts'

it('tells what is left of a phase once it was looked at long enough, and begins anew with each phase', () => {
  let now = 0
  const clock = remainingTime(() => now)
  const at = (seconds: number, done: number, phase = 'copying') => {
    now = seconds * 1000
    return clock.after({ phase, done, total: 100 })
  }
  expect(at(0, 10)).toBeUndefined()
  expect(at(1, 20)).toBeUndefined()
  expect(at(10, 60)).toBeCloseTo(8)
  expect(at(11, 0, 'index')).toBeUndefined()
  expect(at(16, 25, 'index')).toBeCloseTo(15)
  clock.restart()
  expect(at(100, 26, 'index')).toBeUndefined()
  expect(at(110, 100, 'index')).toBeUndefined()
})
