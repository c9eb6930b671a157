import { defineConfig } from 'playwright/test'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: join(process.env['BANMIAN_E2E_OUT'] ?? tmpdir(), 'e2e-results'),
  // Most tests wait more than they compute. On one screen two would take the focus from each other.
  workers: process.env['BANMIAN_OWN_SCREENS'] === '1' ? 2 : 1,
  // A machine that stands still for seconds is no fault of the program; what passes only then is said (scripts/test.mjs).
  retries: 1,
  // Only what hangs is ended by it: under load a test takes three times as long as alone.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
})
