/**
 * Makes the sample newspaper: `node scripts/sample.mjs [OUT] [--force]`. The invented house, its texts, pages and
 * pictures are in tests/fixtures/newspaper/; this script bundles them and runs them in a real Electron. Nothing is done
 * when the mirror was already made by the same generator.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { ensureElectron } from './electron-runtime.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'tests/fixtures/newspaper')
const faces = ['noto-serif-sc', 'noto-sans-sc'].map((name) => join(root, 'node_modules/@fontsource-variable', name))

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** What the pictures depend on: the generator, the faces and the Electron that draws them. */
function generatorHash(electron) {
  const hash = createHash('sha256').update(electron.version)
  for (const file of [...filesUnder(source), ...faces.map((face) => join(face, 'package.json'))])
    hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function bundle(work) {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(source, 'electron-main.ts'),
      outDir: work,
      emptyOutDir: false,
      rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'main.cjs' } },
    },
  })
  writeFileSync(join(work, 'package.json'), '{ "name": "banmian-sample", "version": "1.0.0", "main": "main.cjs" }\n')
}

function run(electron, work, env) {
  const root0 = process.getuid?.() === 0
  const words = [electron.executable, ...(root0 ? ['--no-sandbox'] : []), work]
  const headless = process.platform === 'linux' && !process.env.DISPLAY
  const [command, ...rest] = headless ? ['xvfb-run', '-a', ...words] : words
  execFileSync(command, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'pipe'] })
}

const words = process.argv.slice(2)
const out = resolve(words.find((word) => !word.startsWith('--')) ?? join(root, 'out/sample-mirror'))
const electron = ensureElectron(console.log)
const stamp = `${out}.stamp`
const hash = `${generatorHash(electron)} ${process.env.SAMPLE_ONLY ?? ''}`
if (!words.includes('--force') && existsSync(out) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
  console.log(`The sample newspaper is up to date: ${out}`)
} else {
  const work = mkdtempSync(join(tmpdir(), 'banmian-sample-'))
  // The mirror is made beside its place and moved there whole: a killed run leaves no half newspaper behind.
  const beside = `${out}.making-${process.pid}`
  try {
    mkdirSync(beside, { recursive: true })
    await bundle(work)
    run(electron, work, {
      SAMPLE_OUT: beside,
      SAMPLE_WORK: work,
      SAMPLE_FONTS: JSON.stringify(faces.map((face) => join(face, 'index.css'))),
    })
    rmSync(out, { recursive: true, force: true })
    renameSync(beside, out)
    writeFileSync(stamp, hash)
    console.log(`The sample newspaper is ready: ${out}`)
  } catch (error) {
    if (error.stderr) console.error(String(error.stderr))
    console.error(`The sample newspaper could not be made: ${error.message.split('\n')[0]}`)
    process.exitCode = 1
  } finally {
    rmSync(work, { recursive: true, force: true })
    rmSync(beside, { recursive: true, force: true })
  }
}
