import { defineConfig } from 'playwright/test'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The walk that makes the sheets of screens: no test of its own, run by `npm run screens`. */
export default defineConfig({
  testDir: 'screens',
  testMatch: '*.spec.ts',
  outputDir: join(tmpdir(), 'banmian-screens'),
  workers: 1,
  timeout: 600_000,
  reporter: 'list',
})
