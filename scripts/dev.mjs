/** `npm run dev`: the app with hot reload, on the sample archive or the one named. */
import { join, resolve } from 'node:path'
import { electronSwitches, runOnDisplay } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'
import { ensureSampleArchive } from './sample-archive.mjs'

ensureSystem()
ensurePackages()
const electron = ensureElectron(say)
const archive = process.argv[2] ? resolve(process.argv[2]) : ensureSampleArchive()
const words = ['dev', '--watch', ...(electronSwitches().length > 0 ? ['--noSandbox'] : []), '--', archive]
process.exit(
  await runOnDisplay(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), ...words], {
    cwd: root,
    env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable },
  }),
)
