import { scryptSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pinGate } from '../../../../electron/kiosk/pin-gate.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

/** As `pinHash` makes them, with less work: a test tries many PINs. */
const salt = Buffer.alloc(16, 7)
const cheap = scryptSync('2468', salt, 32, { N: 1024, r: 8, p: 1 })
const hash = ['scrypt', 1024, 8, 1, salt.toString('base64'), cheap.toString('base64')].join('$')

/** A gate whose clock leaps a second at each look, so that no test waits. */
function gateIn(folder: string, own: string | undefined = hash) {
  let now = 0
  const gate = pinGate({ file: join(folder, 'pin.json'), hash: own, clock: () => (now += 1000), log: () => undefined })
  return { enter: gate.enter, pass: (seconds: number) => (now += seconds * 1000) }
}
const code = (run: Promise<void>) =>
  run.then(
    () => 'in',
    (error: { code: string }) => error.code,
  )

it('lets the right PIN in, and says how many tries a wrong one leaves', async () => {
  const { enter } = gateIn(temporaryFolder())
  expect(await code(enter('2468'))).toBe('in')
  await expect(enter('1111')).rejects.toMatchObject({ code: 'wrong-pin', details: { left: 4 } })
  await expect(enter('1111')).rejects.toMatchObject({ code: 'wrong-pin', details: { left: 3 } })
  expect(await code(enter('2468'))).toBe('in')
  await expect(enter('1111')).rejects.toMatchObject({ details: { left: 4 } })
})

it('locks after five, longer each time, against the right PIN too', async () => {
  const { enter, pass } = gateIn(temporaryFolder())
  for (let wrong = 1; wrong < 5; wrong += 1) await code(enter('1111'))
  await expect(enter('1111')).rejects.toMatchObject({ code: 'pin-locked', details: { seconds: 60 } })
  expect(await code(enter('2468'))).toBe('pin-locked')
  pass(61)
  for (let wrong = 1; wrong < 5; wrong += 1) expect(await code(enter('1111'))).toBe('wrong-pin')
  await expect(enter('1111')).rejects.toMatchObject({ code: 'pin-locked', details: { seconds: 120 } })
  pass(121)
  expect(await code(enter('2468'))).toBe('in')
})

it('is no way around to start again, to set the clock back, or to damage the file', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'pin.json')
  const { enter } = gateIn(folder)
  for (let wrong = 1; wrong <= 3; wrong += 1) await code(enter('1111'))
  const again = gateIn(folder)
  await expect(again.enter('1111')).rejects.toMatchObject({ details: { left: 1 } })
  expect(await code(again.enter('1111'))).toBe('pin-locked')
  expect(await code(gateIn(folder).enter('2468'))).toBe('pin-locked')

  const kept = JSON.parse(readFileSync(file, 'utf8')) as { since: string }
  writeFileSync(file, JSON.stringify({ ...kept, since: new Date(Date.now() + 86_400_000).toISOString() }))
  expect(await code(gateIn(folder).enter('2468')), 'a clock set back').toBe('pin-locked')
  writeFileSync(file, '{"count":-1')
  expect(await code(gateIn(folder).enter('2468')), 'a damaged file').toBe('pin-locked')
})

it('opens for nobody without a PIN, and takes one try at a time', async () => {
  const none = pinGate({ file: join(temporaryFolder(), 'p'), hash: undefined, clock: () => 0, log: () => undefined })
  expect(await code(none.enter('2468'))).toBe('kiosk-refused')
  const { enter } = gateIn(temporaryFolder())
  const together = await Promise.all(Array.from({ length: 8 }, () => code(enter('1111'))))
  expect(together.filter((each) => each === 'wrong-pin')).toHaveLength(4)
  expect(together.filter((each) => each === 'pin-locked')).toHaveLength(4)
})
