/**
 * `npm run dist`: packages the app for this system into release/, lists what is in it, and tries it out. With the test
 * runtime (docs/architecture.md) an unpacked app and a tar.gz, marked as not for release; with the pinned Electron also
 * what electron-builder.yml lists. `--dir`: the unpacked app only. `--reproduce`: builds it all a second time, too, and
 * compares.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
const release = join(root, 'release')
const unpacked = { linux: 'linux-unpacked', darwin: 'mac-universal', win32: 'win-unpacked' }[process.platform]
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')

/** Runs one of the project's own programs; ends everything when it fails. */
function run(script, ...words) {
  const done = spawnSync(process.execPath, [tsx, join(root, script), ...words], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) throw new Error(`${script} failed`)
}

function packageInto(output, dist, targets) {
  const words = [
    '--config',
    'electron-builder.yml',
    `--config.electronDist=${dist}`,
    `--config.electronVersion=${electron.version}`,
    `--config.directories.output=${output}`,
  ]
  // A test package is made to be tried at once, a release to be downloaded.
  if (!isRelease) words.push('--config.compression=store')
  // The packager wants an address for Debian packages; whoever releases says theirs.
  if (process.env.BANMIAN_HOMEPAGE) words.push(`--config.extraMetadata.homepage=${process.env.BANMIAN_HOMEPAGE}`)
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
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}\nThe packager ended with ${done.status}`)
}

const work = mkdtempSync(join(tmpdir(), 'banmian-dist-'))
try {
  // The packaged app must not find the runtime's own default app.
  const dist = join(work, 'electron')
  cpSync(electron.dist, dist, { recursive: true })
  rmSync(join(dist, 'resources/app'), { recursive: true, force: true })
  run('scripts/packaging/write-notices.ts', electron.version)
  const { ensureShippedSample } = await import('./shipped-sample.mjs')
  ensureShippedSample()
  const targets = process.argv.includes('--dir') ? ['dir'] : isRelease ? [] : ['dir', 'tar.gz']
  say('Packaging …')
  rmSync(release, { recursive: true, force: true })
  packageInto(release, dist, targets)
  const contents = join(release, `contents-${process.platform}-${process.arch}.txt`)
  run('scripts/packaging/list-contents.ts', join(release, unpacked), contents)
  if (process.argv.includes('--reproduce')) {
    say('The same once more …')
    ensureBuilt({ force: true })
    packageInto(join(work, 'again'), dist, ['dir'])
    run('scripts/packaging/list-contents.ts', join(work, 'again', unpacked), contents, '--compare')
  }
  if (!isRelease) {
    const note = `Built with the test runtime Electron ${electron.version}, not ${pinned}: for trying out, not for release.\n`
    writeFileSync(join(release, 'NOT-FOR-RELEASE.txt'), note)
    say(note.trim())
  }
  if (process.platform === 'linux') {
    const { checkWalls } = await import('./package-walls.mjs')
    await checkWalls(join(release, unpacked, 'banmian'))
    say('Fuses and refusals read back from the package: as they should be.')
    say('Trying the package out …')
    const { ensureSampleArchive } = await import('./sample-archive.mjs')
    const tarball = readdirSync(release).find((name) => name.endsWith('.tar.gz'))
    const words = [join(release, unpacked), ensureSampleArchive(), ...(tarball ? [join(release, tarball)] : [])]
    process.exitCode = await runOnDisplay(process.execPath, [
      tsx,
      join(root, 'tests/packaged/try-package.ts'),
      ...words,
    ])
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
