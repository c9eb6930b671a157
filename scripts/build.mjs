/** Builds the app and the command line into out/, when a source is newer than what was built. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, newest, root, say } from './setup.mjs'

const sources = ['archive', 'electron', 'renderer', 'electron.vite.config.ts', 'package.json', 'tsconfig.json']

/** Returns true when something was built. Throws with the bundler's output when it fails. */
export function ensureBuilt({ force = false } = {}) {
  const stamp = join(root, 'out/.built')
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (!force && existsSync(stamp) && built > newest(sources)) return false
  say('Building …')
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  // The bundler only wants to know a version; it need not be one that can start.
  const env = { ...process.env, ELECTRON_EXEC_PATH: process.env.ELECTRON_EXEC_PATH ?? process.execPath }
  const done = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stdout}\n${done.stderr}`)
  writeFileSync(stamp, new Date().toISOString())
  return true
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensurePackages()
  ensureBuilt({ force: true })
}
