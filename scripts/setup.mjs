/**
 * What a bare clone lacks: packages, system libraries, an Electron. Idempotent, and quick when nothing is missing.
 * Everything it says goes to standard error, so that a command's own output stays its own.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Installs the packages of the lock file when node_modules does not match it. */
export function ensurePackages() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules/.banmian-installed')
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return
  say('Installing packages (npm ci) …')
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  writeFileSync(installed, wanted)
}

const debianPackages = {
  xvfb: '/usr/bin/xvfb-run',
  xauth: '/usr/bin/xauth',
  unzip: '/usr/bin/unzip',
  // Real keys and clicks, for the tests of the kiosk.
  xdotool: '/usr/bin/xdotool',
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libasound2: 'libasound.so.2',
  libgbm1: 'libgbm.so.1',
  libxss1: 'libXss.so.1',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
}

function missingDebianPackages() {
  const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  return Object.entries(debianPackages)
    .filter(([, sign]) => {
      if (sign.startsWith('/')) return !existsSync(sign)
      return !libraries.some((folder) => existsSync(join(folder, sign)))
    })
    .map(([name]) => name)
}

/** Installs missing system libraries on Debian as root; otherwise says the one line that does. */
export function ensureSystem() {
  if (process.platform !== 'linux') return
  const missing = missingDebianPackages()
  if (missing.length === 0) return
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const debian = existsSync('/usr/bin/apt-get')
  if (process.getuid?.() !== 0 || !debian) {
    throw new Error(`System libraries are missing. Run as root:\n  apt-get update && ${line}`)
  }
  say(`Installing system packages as root: ${missing.join(' ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (command, words) => {
    const done = spawnSync(command, words, { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${command} ${words.join(' ')} failed:\n${done.stderr}`)
  }
  run('apt-get', ['update', '-qq'])
  run('apt-get', line.split(' ').slice(1))
}

/** Newest modification below the given files and folders, in milliseconds. */
export function newest(paths) {
  const of = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return 0
    if (!stat.isDirectory()) return stat.mtimeMs
    return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => of(join(path, name))))
  }
  return Math.max(...paths.map((path) => of(join(root, path))))
}
