import { defineConfig } from 'playwright/test'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: join(process.env['BANMIAN_E2E_OUT'] ?? tmpdir(), 'e2e-results'),
  // Two windows on two cores only slow each other down.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
})
