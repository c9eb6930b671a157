import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../../archive/errors.ts'
import type { Call } from '../../electron/bridge/call.ts'
import { contract } from '../../electron/bridge/contract.ts'
import { hostileInput, nonsense, turns } from '../fixtures/hostile-payloads.ts'
import { test } from './app.ts'
import { startKiosk } from './kiosk.ts'
import { openArchive } from './steps.ts'

/** Every call of the bridge with what a page that was taken over might send. */

/** Calls that lay out a page or open a picture for each answer. */
const slow = ['takeaway.preview', 'takeaway.print', 'takeaway.savePdf', 'takeaway.savePicture', 'kiosk.print']
const seed = Number(process.env['BANMIAN_FUZZ_SEED'] ?? 20130110)
const rounds = Number(process.env['BANMIAN_FUZZ_ROUNDS'] ?? 8)

interface Outcome {
  call: string
  input: unknown
  code: string
  text: string
}

/** Sends everything, and answers what came back that is no coded error or could be a file's content. */
async function fuzz(
  app: ElectronApplication,
  window: Page,
  leaveOut: string[],
): Promise<{ sent: number; wrong: Outcome[] }> {
  await app.evaluate(({ dialog }) => {
    // A dialog waits for somebody; here nobody chooses anything.
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
  const archives = await window.evaluate(async () => {
    const reply = await globalThis.window.banmian.call['library']!['list']!(undefined)
    return reply.ok ? (reply.value as { id: string }[]).map(({ id }) => id) : []
  })
  const turn = turns(seed)
  let sent = 0
  const wrong: Outcome[] = []
  for (const [group, calls] of Object.entries(contract)) {
    for (const [method, { input }] of Object.entries(calls as Record<string, Call<unknown, unknown>>)) {
      const call = `${group}.${method}`
      if (leaveOut.includes(call)) continue
      const made = Array.from({ length: slow.includes(call) ? 2 : rounds }, () => hostileInput(input, turn, archives))
      const inputs = [...nonsense, ...made]
      sent += inputs.length
      const outcomes = await window.evaluate(
        async ([where, what, all]) => {
          const run = globalThis.window.banmian.call[where as string]![what as string]!
          const replies: { code: string; text: string }[] = []
          for (const each of all as unknown[]) {
            replies.push(
              await run(each).then(
                (reply) => ({ code: reply.ok ? 'ok' : reply.code, text: JSON.stringify(reply).slice(0, 20_000) }),
                (error: unknown) => ({ code: 'thrown', text: String(error) }),
              ),
            )
          }
          return replies
        },
        [group, method, inputs],
      )
      outcomes.forEach(({ code, text }, index) => {
        const coded = code === 'ok' || (code !== 'internal' && errorCodes.some((each) => each === code))
        // Nothing outside of an archive ever comes back.
        if (!coded || /root:x:0|\[fonts\]/.test(text))
          wrong.push({ call, input: inputs[index], code, text: text.slice(0, 300) })
      })
    }
  }
  return { sent, wrong }
}

async function stillThere(app: ElectronApplication, window: Page, profile: string): Promise<void> {
  expect(await window.evaluate(() => ({}) as { polluted?: boolean }).then(({ polluted }) => polluted)).toBeUndefined()
  expect(await app.evaluate(() => ({}) as Record<string, unknown>).then((made) => made['polluted'])).toBeUndefined()
  const file = join(profile, 'logs/banmian.log')
  const log = existsSync(file) ? readFileSync(file, 'utf8') : ''
  expect(log, 'nothing was thrown in main, and no process ended').not.toMatch(/main: |ended with|renderer gone|page: /)
  expect(existsSync('/tmp/pwned')).toBe(false)
}

test('no call of the bridge breaks the program, whatever a page sends', async ({ start }) => {
  test.setTimeout(120_000)
  const { app, window, profile } = await openArchive(start)
  // These two change what the next calls meet: a shelf without archives, more windows than anyone needs.
  const { sent, wrong } = await fuzz(app, window, ['library.forget', 'window.open', 'window.toggleFullScreen'])
  expect(wrong, `seed ${seed}`).toEqual([])
  expect(sent).toBeGreaterThan(1000)
  await stillThere(app, window, profile)
})

test('nor one of the reading-room screen', async ({ start, folder }) => {
  test.setTimeout(120_000)
  const { app, window, profile } = await startKiosk(start, folder)
  // It ends the visit, and with it the page that asks.
  const { wrong } = await fuzz(app, window, ['kiosk.wipe', 'kiosk.enterPin'])
  expect(wrong, `seed ${seed}`).toEqual([])
  await stillThere(app, window, profile)
  expect(app.windows()).toHaveLength(1)
})
