import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../../../scripts/packaging/shipped-works.ts'

// Below the project, so that the test programs find their own packages from here.
let folder = ''

beforeAll(() => {
  mkdirSync(join(root, 'out'), { recursive: true })
  folder = mkdtempSync(join(root, 'out/failures-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function node(...words: string[]): string {
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'e2e.json'), VITEST: '', FORCE_COLOR: '1' }
  return spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env }).stdout
}

function saidOf(report: string): string {
  return node(join(root, 'scripts/failures.mjs'), join(folder, report))
}

it('names each failed unit test with its reason, and a file that could not be run', () => {
  writeFileSync(
    join(folder, 'sums.test.ts'),
    `import { expect, it } from 'vitest'
     it('adds', () => expect(1 + 1).toBe(2))
     it('adds wrongly', () => expect(1 + 1).toBe(3))`,
  )
  writeFileSync(join(folder, 'broken.test.ts'), `import './not-there.ts'`)
  const words = ['run', '--root', folder, '--reporter=json', '--outputFile', join(folder, 'unit.json')]
  node(join(root, 'node_modules/vitest/vitest.mjs'), ...words)
  const said = saidOf('unit.json')
  expect(said).toMatch(/✗ .*sums\.test\.ts › adds wrongly\nAssertionError: expected 2 to be 3/)
  expect(said).toMatch(/✗ .*broken\.test\.ts\n.*not-there/)
  expect(said).not.toMatch(/› adds\n/)
  expect(said).not.toContain('\u001B')
})

it('names each failed test end to end, and one that passed only when tried again', () => {
  writeFileSync(
    join(folder, 'app.spec.ts'),
    `import { expect, test } from 'playwright/test'
     test('opens', () => expect(1).toBe(1))
     test('never opens', () => expect(1).toBe(2))
     test('opens late', ({}, info) => expect(info.retry).toBe(1))`,
  )
  const settings = `export default { testMatch: '*.spec.ts', retries: 1, reporter: 'json' }`
  writeFileSync(join(folder, 'playwright.config.ts'), settings)
  node(join(root, 'node_modules/playwright/cli.js'), 'test', '-c', folder)
  const said = saidOf('e2e.json')
  expect(said).toMatch(/✗ app\.spec\.ts › never opens\n[^]*Expected: 2\nReceived: 1/)
  expect(said).toMatch(/✗ app\.spec\.ts › opens late \(passed when tried again\)/)
  expect(said).not.toMatch(/› opens\n/)
})
