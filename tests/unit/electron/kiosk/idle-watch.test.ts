import { expect, it } from 'vitest'
import { idleWatch } from '../../../../electron/kiosk/idle-watch.ts'

function watched() {
  let now = 0
  let system = 0
  const said: (number | undefined | 'over')[] = []
  const watch = idleWatch({
    idleSeconds: 10,
    warningSeconds: 5,
    clock: () => now,
    systemIdle: () => system,
    warn: (left) => said.push(left),
    over: () => said.push('over'),
  })
  /** Seconds go by; `idle` is what the system says of itself each second. */
  const pass = (seconds: number, idle: (second: number) => number = () => 0): void => {
    for (let second = 1; second <= seconds; second += 1) {
      now += 1000
      system = idle(second)
      watch.look()
    }
  }
  return { watch, pass, said }
}

it('asks whoever left, counts down, and ends the visit once', () => {
  const { watch, pass, said } = watched()
  watch.touched()
  pass(9)
  expect(said).toEqual([])
  pass(5)
  expect(said).toEqual([5, 4, 3, 2, 1])
  pass(30)
  expect(said).toEqual([5, 4, 3, 2, 1, 'over'])
  expect(watch.busy()).toBe(false)
})

it('asks nobody where nobody was, and a pointer that moves is nobody', () => {
  const { watch, pass, said } = watched()
  watch.touched('moved')
  pass(60)
  expect(said).toEqual([])
})

it('takes back the question when somebody is there', () => {
  const { watch, pass, said } = watched()
  watch.touched()
  pass(11)
  watch.touched('moved')
  expect(said).toEqual([5, 4, undefined])
  pass(9)
  expect(said).toHaveLength(3)
})

it('ends a visit where the system never says that it is idle', () => {
  const { watch, pass, said } = watched()
  watch.touched()
  pass(20, () => 0)
  expect(said).toContain('over')
})

it('believes the system where its idle time was seen to grow', () => {
  const { watch, pass, said } = watched()
  watch.touched()
  pass(5, (second) => second)
  // A mouse moves all the time, over a part of the screen that tells us nothing.
  pass(60, () => 0)
  expect(said).toEqual([])
  pass(20, (second) => second)
  expect(said.at(-1)).toBe('over')
})
