/**
 * `npm run soak`: an automatic visitor at the reading-room screen, with real keys and clicks, for 30 minutes; every two
 * minutes one of the program's processes is killed. Says how long it was ever stuck and how its memory grew.
 * `--minutes=N`, `--seed=N`.
 */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { runEndToEnd } from './end-to-end.mjs'
import { ensurePackages, ensureSystem, say } from './setup.mjs'

const given = (name, otherwise) =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise)

ensureSystem()
ensurePackages()
const electron = ensureElectron(say)
ensureBuilt()
const { ensureSampleArchive } = await import('./sample-archive.mjs')
const archive = ensureSampleArchive()
const out = mkdtempSync(join(tmpdir(), 'banmian-soak-'))
chmodSync(out, 0o777)
const environment = {
  BANMIAN_SOAK_SECONDS: String(given('minutes', 30) * 60),
  BANMIAN_SOAK_SEED: String(given('seed', 1)),
}
const words = ['kiosk-soak', '--reporter=line']
process.exitCode = await runEndToEnd({ electron, archive, out, words, environment })
