/**
 * `npm run screens [NAME…]`: every screen × language × theme × size, in full in out/screens/, and one sheet for each size in
 * docs/pictures/. With names only those screens, and of the sheets only those that are whole.
 */
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runOnDisplay } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'
import { ensureSampleArchive } from './sample-archive.mjs'

ensureSystem()
ensurePackages()
ensureBuilt()
const electron = ensureElectron(say)
const names = process.argv.slice(2)
const words = [join(root, 'node_modules/playwright/cli.js'), 'test', '--config', join(root, 'tests/screens.config.ts')]
process.exit(
  await runOnDisplay(process.execPath, words, {
    cwd: root,
    screen: '1920x1920x24',
    env: {
      ...process.env,
      BANMIAN_ELECTRON: electron.executable,
      BANMIAN_SAMPLE_ARCHIVE: ensureSampleArchive(),
      ...(names.length > 0 && { BANMIAN_SCREENS: names.join(',') }),
    },
  }),
)
