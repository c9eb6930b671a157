import { _electron, expect, test as base, type ElectronApplication, type Page } from 'playwright/test'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ownScreen } from './own-screen.ts'

const root = resolve(import.meta.dirname, '../..')

export interface RunningApp {
  app: ElectronApplication
  window: Page
  /** What the interface complained of: a test fails when something is left in here. */
  complaints: string[]
  /** Folder of the program's own data. */
  profile: string
}

interface Fixtures {
  /** A folder that is gone after the test. */
  folder: string
  /** Starts the app with words on its command line, in a fresh profile or the one given. */
  start: (
    words?: string[],
    options?: { profile?: string; environment?: Record<string, string>; executable?: string },
  ) => Promise<RunningApp>
}

/** The test runner with the real app: a fresh profile each time, closed and checked for complaints at the end. */
export const test = base.extend<Fixtures, { ownDisplay: undefined }>({
  ownDisplay: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      if (process.env['BANMIAN_OWN_SCREENS'] !== '1') return use(undefined)
      const screen = await ownScreen()
      process.env['DISPLAY'] = screen.name
      await use(undefined)
      screen.stop()
    },
    { scope: 'worker', auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'banmian-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  start: async ({ folder }, use) => {
    const running: (RunningApp & { program: ChildProcess })[] = []
    await use(async (words = [], options = {}) => {
      const profile = options.profile ?? join(folder, `profile-${running.length}`)
      const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
      const app = await _electron.launch({
        executablePath: options.executable ?? process.env['BANMIAN_ELECTRON'] ?? '',
        // Otherwise Playwright switches it off on Linux.
        chromiumSandbox: process.getuid?.() !== 0,
        args: [root, `--user-data-dir=${profile}`, '--lang=zh-CN', ...switches, ...words],
        env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN', ...options.environment } as Record<
          string,
          string
        >,
      })
      const program = app.process()
      const complaints: string[] = []
      const window = await app.firstWindow()
      window.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      window.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
      const one = { app, window, complaints, profile, program }
      running.push(one)
      return one
    })
    const stuck: string[] = []
    for (const one of running) if (!(await closes(one))) stuck.push(one.profile)
    expect(stuck, `apps that did not end within ${patienceMs / 1000} s`).toEqual([])
    for (const { complaints } of running) expect(complaints, 'what the interface complained of').toEqual([])
  },
})

const patienceMs = 20_000

/** Closes an app as the last closed window does. One that hangs is ended, and the answer is false. */
async function closes({ app, program }: { app: ElectronApplication; program: ChildProcess }): Promise<boolean> {
  let clock: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (clock = setTimeout(() => resolve(false), patienceMs)))
  const done = app.close().then(
    () => true,
    () => true,
  )
  const ended = await Promise.race([done, late])
  clearTimeout(clock)
  if (!ended) program.kill('SIGKILL')
  return ended
}

/** Path of the sample archive, read only for tests. */
export function sampleArchive(): string {
  return process.env['BANMIAN_SAMPLE_ARCHIVE'] ?? ''
}

/** A copy of the sample archive that a test may damage. */
export function copySample(folder: string): string {
  const copy = join(folder, 'archive')
  cpSync(sampleArchive(), copy, { recursive: true })
  return copy
}
