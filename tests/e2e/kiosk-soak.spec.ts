import { expect } from 'playwright/test'
import { test } from './app.ts'
import { startKiosk } from './kiosk.ts'
import { soak } from './soak-visitor.ts'

/** A visitor who presses everything. Twenty seconds here; `npm run soak` for half an hour. */

const seconds = Number(process.env['BANMIAN_SOAK_SECONDS'] ?? 20)
const seed = Number(process.env['BANMIAN_SOAK_SEED'] ?? 1)
/** Below it the program is still warming up, and its memory says nothing. */
const long = seconds >= 240

test('a visitor who presses everything never leaves, and is never left waiting', async ({ start, folder }) => {
  test.skip(process.platform !== 'linux', 'real keys come from xdotool')
  test.setTimeout((seconds + 120) * 1000)
  const running = await startKiosk(start, folder, { idleSeconds: 30, warningSeconds: 10 })
  const report = await soak({
    app: running.app,
    seed,
    seconds,
    killEvery: long ? 120 : 6,
    say: (text) => long && process.stderr.write(`\n${text}\n`),
  })
  // What the page said when its processes were killed under it.
  running.complaints.length = 0
  process.stderr.write(`\nsoak: ${JSON.stringify(report)}\n`)
  expect(report.escapes).toEqual([])
  expect(report.actions).toBeGreaterThan(seconds)
  // A machine that is busy with other things stretches every wait: the half hour is judged, the sample only must end.
  if (!long) return
  expect(report.stuck).toBeLessThan(5)
  expect(report.memory.ratio).toBeLessThanOrEqual(1.2)
})
