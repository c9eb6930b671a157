/** The sample archive: the generated mirror, imported by the real importer. Made once per state of its sources. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { ensurePackages, root, say } from './setup.mjs'

/** Path of the sample archive, made when absent or made by other sources. */
export function ensureSampleArchive() {
  const mirror = join(root, 'out/sample-mirror')
  if (!existsSync(`${mirror}.stamp`)) say('Making a sample newspaper of 132 pages, once: one or two minutes …')
  execFileSync(process.execPath, [join(root, 'scripts/sample.mjs'), mirror], { stdio: ['ignore', 2, 2] })
  ensureBuilt()
  const stamp = createHash('sha256')
  for (const name of [`${mirror}.stamp`, join(root, 'out/main/banmian.cjs')]) {
    if (existsSync(name)) stamp.update(readFileSync(name))
  }
  for (const chunk of chunksIn(join(root, 'out/main/chunks'))) stamp.update(readFileSync(chunk))
  const archive = join(root, 'out/sample', stamp.digest('hex').slice(0, 16), 'sample-archive')
  if (existsSync(join(archive, 'derived/catalogue.sqlite'))) return archive
  say('Importing the sample mirror …')
  rmSync(join(root, 'out/sample'), { recursive: true, force: true })
  mkdirSync(join(archive, '..'), { recursive: true })
  const fresh = `${archive}.making`
  execFileSync(
    process.execPath,
    [join(root, 'out/main/banmian.cjs'), 'import', '--name', '焦城报业示例', mirror, fresh],
    {
      stdio: ['ignore', 2, 2],
    },
  )
  renameSync(fresh, archive)
  return archive
}

/** A copy of the sample archive that may be written to. */
export function copySampleArchive(to) {
  cpSync(ensureSampleArchive(), to, { recursive: true })
}

function chunksIn(folder) {
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : []
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensurePackages()
  process.stdout.write(`${ensureSampleArchive()}\n`)
}
