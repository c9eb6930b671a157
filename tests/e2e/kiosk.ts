import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { sampleArchive, type RunningApp } from './app.ts'

/** The reading-room screen as tests start it. */

type Start = (
  words?: string[],
  options?: { profile?: string; environment?: Record<string, string> },
) => Promise<RunningApp>

/** The PIN of the tests' policies, and its hash (`banmian kiosk pin`). */
export const staffPin = '2468'
const staffPinHash = 'scrypt$32768$8$1$qz3YwDjkPM4mmO2vQqkDQg==$CilBJxjQxbk/ueyvOhI8lrYn7WrVsNqVe68q2eA2cRY='

/** Writes a policy for the sample archive, with what is given in place of its entries; answers its path. */
export function writePolicy(folder: string, entries: Record<string, unknown> = {}): string {
  const policy = {
    version: 1,
    name: '二楼阅览室',
    archives: [sampleArchive()],
    allow: { search: true, print: true, readAloud: true, takeHome: { qr: true, stick: false } },
    pin: staffPinHash,
    ...entries,
  }
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'kiosk.json')
  writeFileSync(file, JSON.stringify(policy, null, 2))
  return file
}

/** Starts the app as a kiosk with a policy for the sample archive. */
export async function startKiosk(
  start: Start,
  folder: string,
  entries: Record<string, unknown> = {},
  options: { profile?: string } = {},
): Promise<RunningApp> {
  const file = writePolicy(folder, entries)
  // Tests drive the app through a debugging port, which a kiosk refuses; a packaged app knows no such exception.
  return start([`--kiosk=${file}`], { ...options, environment: { BANMIAN_KIOSK_TEST: '1' } })
}

/** Calls the bridge from the visitor's page; answers the value, or the code of the error. */
export function ask(window: Page, group: string, method: string, input?: unknown): Promise<unknown> {
  return window.evaluate(
    async ([where, what, given]) => {
      const reply = await globalThis.window.banmian.call[where as string]![what as string]!(given)
      return reply.ok ? reply.value : reply.code
    },
    [group, method, input],
  )
}

/** `#/a/<archive>` of the first archive of the policy. */
export async function kioskBase(window: Page): Promise<string> {
  const [first] = (await ask(window, 'library', 'list')) as { id: string }[]
  return `#/a/${first?.id ?? ''}`
}
