import { expect } from 'playwright/test'
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { sampleArchive, test } from './app.ts'
import { goTo } from './steps.ts'

/** The program runs once; a second start hands over what it was asked for. */

const root = resolve(import.meta.dirname, '../..')

/** Starts the program again as a file manager would; answers its exit code. */
function startAgain(profile: string, words: string[]): Promise<number | null> {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const second = spawn(
    process.env['BANMIAN_ELECTRON'] ?? '',
    [root, `--user-data-dir=${profile}`, ...switches, ...words],
    { stdio: 'ignore' },
  )
  return new Promise((ended, failed) => {
    second.on('error', failed)
    second.on('exit', (code) => ended(code))
  })
}

test('a second start hands its archive to the first window and ends', async ({ start }) => {
  const { app, window, profile } = await start()
  await expect(window.locator('.empty h2')).toHaveText('书架还是空的')
  expect(await startAgain(profile, [sampleArchive()])).toBe(0)
  await window.waitForURL(/#\/a\/[0-9a-f]{16}/)
  await expect(window.locator('nav.titles')).toContainText('焦城日报')
  expect(app.windows()).toHaveLength(1)

  await goTo(window, '#/')
  expect(await startAgain(profile, [])).toBe(0)
  await expect(window.locator('article.card')).toHaveCount(1)
  expect(app.windows()).toHaveLength(1)
})

test('a second start with something that cannot be opened says so in the first window', async ({ start, folder }) => {
  const { window, profile } = await start()
  await expect(window.locator('.empty h2')).toHaveText('书架还是空的')
  expect(await startAgain(profile, [join(folder, 'nowhere')])).toBe(0)
  await expect(window.getByRole('alert')).toContainText(/找不到“.*nowhere”/)
})
