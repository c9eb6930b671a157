/** `npm run bench`: every figure the documentation gives, measured in one run, each beside a peer or a floor. */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runOnDisplay, runOnWatchedScreen } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'

ensureSystem()
ensurePackages()
const electron = ensureElectron(say)
ensureBuilt()
const { ensureSampleArchive } = await import('./sample-archive.mjs')
const out = mkdtempSync(join(tmpdir(), 'banmian-bench-'))
chmodSync(out, 0o777)
const env = {
  ...process.env,
  BANMIAN_ELECTRON: electron.executable,
  BANMIAN_ELECTRON_VERSION: electron.version,
  BANMIAN_SAMPLE_ARCHIVE: ensureSampleArchive(),
  BANMIAN_BENCH_OUT: out,
}
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const words = process.argv.slice(2)
const wanted = words.filter((word) => !word.startsWith('--'))
if (words.includes('--full')) env.BENCH_FULL = '1'
let code = 0
for (const name of ['archive', 'import', 'search', 'typing', 'pdf', 'start', 'reading', 'notes']) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  say(`\n== ${name}`)
  const program = [tsx, join(root, `tests/bench/${name}.bench.ts`)]
  const run = name === 'reading' ? runOnWatchedScreen : runOnDisplay
  code = (await run(process.execPath, program, { cwd: root, env })) || code
}
process.exit(code)
