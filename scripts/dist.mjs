/**
 * `npm run dist`: packages the app for this system into release/. With the test runtime (docs/architecture.md) an
 * unpacked app and a tar.gz, marked as not for release; with the pinned Electron also what electron-builder.yml lists.
 * `--dir`: the unpacked app only.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runOnDisplay } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages, ensureSystem, root, say } from './setup.mjs'

ensureSystem()
ensurePackages()
const electron = ensureElectron(say)
ensureBuilt()

const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron
const isRelease = electron.version === pinned
const work = mkdtempSync(join(tmpdir(), 'banmian-dist-'))
try {
  // The packaged app must not find the runtime's own default app.
  const dist = join(work, 'electron')
  cpSync(electron.dist, dist, { recursive: true })
  rmSync(join(dist, 'resources/app'), { recursive: true, force: true })
  const words = [
    '--config',
    'electron-builder.yml',
    `--config.electronDist=${dist}`,
    `--config.electronVersion=${electron.version}`,
  ]
  const targets = process.argv.includes('--dir') ? ['dir'] : isRelease ? [] : ['dir', 'tar.gz']
  // A test package is made to be tried at once, a release to be downloaded.
  if (!isRelease) words.push('--config.compression=store')
  const env = { ...process.env }
  const sevenZip = join(root, `node_modules/7zip-bin/linux/${process.arch}/7za`)
  if (process.platform === 'linux' && existsSync(sevenZip)) {
    chmodSync(sevenZip, 0o755)
    env.ELECTRON_BUILDER_7ZIP_PATH = sevenZip
  }
  const platform = { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform]
  const cli = join(root, 'node_modules/electron-builder/cli.js')
  const done = spawnSync(process.execPath, [cli, platform, ...targets, '--publish', 'never', ...words], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
  if (!isRelease) {
    const note = `Built with the test runtime Electron ${electron.version}, not ${pinned}: for trying out, not for release.\n`
    writeFileSync(join(root, 'release/NOT-FOR-RELEASE.txt'), note)
    say(note.trim())
  }
  const packaged = join(root, 'release/linux-unpacked/banmian')
  if (process.platform === 'linux' && existsSync(packaged)) {
    say('Trying the package out, from another folder …')
    const { ensureSampleArchive } = await import('./sample-archive.mjs')
    const tour = [join(root, 'scripts/tour.mjs'), ensureSampleArchive(), 'sample', packaged]
    process.exitCode = await runOnDisplay(process.execPath, tour)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
