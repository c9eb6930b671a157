/**
 * `npm start [ARCHIVE]`: installs what is missing, builds, and opens the app. Without a display it walks through the
 * main job by itself under Xvfb and leaves a picture of each step in out/tour/.
 */
import { resolve } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { electronSwitches, hasDisplay, runOnDisplay } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'

try {
  const archives = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  ensureSystem()
  ensurePackages()
  const electron = ensureElectron(say)
  ensureBuilt()
  const { ensureSampleArchive } = await import('./sample-archive.mjs')
  const archive = archives[0] === undefined ? ensureSampleArchive() : resolve(archives[0])
  if (hasDisplay() && !process.argv.includes('--tour')) {
    process.exit(await runOnDisplay(electron.executable, [root, ...electronSwitches(), archive]))
  }
  say(`No display: walking through the main job by itself, Electron ${electron.version}.`)
  const words = [resolve(root, 'scripts/tour.mjs'), archive, archives[0] === undefined ? 'sample' : 'given']
  process.exit(await runOnDisplay(process.execPath, words))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
