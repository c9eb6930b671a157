/**
 * `npm test`: installs what is missing, then every check and every test, unit and end to end on a real Electron.
 * The last line is `N passed, N failed` over everything.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runChecks } from './checks.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { runEndToEnd } from './end-to-end.mjs'
import { endToEndFailures, failureLines, unitFailures } from './failures.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'

let passed = 0
let failed = 0
const failures = []

function count(part, good, bad) {
  passed += good
  failed += bad
  say(`${part}: ${good} passed, ${bad} failed`)
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

async function unitTests(out) {
  const report = join(out, 'unit.json')
  const words = [
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const done = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: root,
    stdio: 'inherit',
  })
  const result = readJson(report)
  failures.push(...unitFailures(result))
  const bad = result
    ? result.numFailedTests + (result.numFailedTestSuites > 0 && result.numFailedTests === 0 ? 1 : 0)
    : 1
  count('unit', result?.numPassedTests ?? 0, Math.max(bad, done.status === 0 ? 0 : 1))
}

async function endToEnd(out, electron, archive) {
  const report = join(out, 'e2e.json')
  const environment = { PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const code = await runEndToEnd({ electron, archive, out, environment })
  const result = readJson(report)
  const stats = result?.stats
  failures.push(...endToEndFailures(result))
  const bad = stats ? stats.unexpected : 1
  if (stats?.flaky > 0) say(`end to end: ${stats.flaky} passed only when tried again`)
  count('end to end', stats ? stats.expected + stats.flaky : 0, Math.max(bad, code === 0 ? 0 : 1))
}

try {
  ensureSystem()
  ensurePackages()
  const electron = ensureElectron(say)
  say(`Electron ${electron.version} (${electron.executable}), Node ${process.versions.node}`)
  await runChecks((name, good, said) => {
    if (!good) failures.push({ test: name, why: said })
    count(name, good ? 1 : 0, good ? 0 : 1)
  })
  ensureBuilt()
  const { ensureSampleArchive } = await import('./sample-archive.mjs')
  const archive = ensureSampleArchive()
  const out = mkdtempSync(join(tmpdir(), 'banmian-test-'))
  chmodSync(out, 0o777)
  mkdirSync(join(root, 'out'), { recursive: true })
  process.env.BANMIAN_SAMPLE_ARCHIVE = archive
  await unitTests(out)
  await endToEnd(out, electron, archive)
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  failed += 1
}
for (const failure of failures) say(failureLines(failure))
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
