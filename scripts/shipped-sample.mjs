/**
 * The sample that the package carries, opened from an empty shelf: two titles of one day out of the sample mirror,
 * without the PDFs that the reader does not need, imported and prepared. Made once per state of its sources.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { ensureSampleArchive } from './sample-archive.mjs'
import { root } from './setup.mjs'

const titles = ['jcrb', 'xctk']
const day = '2013-01/10'

/** Path of the sample archive to ship, made when absent or made by other sources. */
export function ensureShippedSample() {
  const whole = ensureSampleArchive()
  const folder = join(root, 'out/shipped-sample')
  const [archive, stamp] = [join(folder, 'sample-archive'), join(folder, 'made-from')]
  const sources = basename(dirname(whole))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return archive
  rmSync(folder, { recursive: true, force: true })
  const [mirror, part, fresh] = [join(root, 'out/sample-mirror'), join(folder, 'mirror'), join(folder, 'making')]
  for (const title of titles) {
    for (const kind of ['html', 'images', 'page']) {
      const place = join(mirror, title, kind, day)
      if (existsSync(place)) cpSync(place, join(part, relative(mirror, place)), { recursive: true, filter: isNoPdf })
    }
  }
  mkdirSync(folder, { recursive: true })
  const words = [join(root, 'out/main/banmian.cjs'), 'import', '--name', '焦城报业示例', part, fresh]
  execFileSync(process.execPath, words, { stdio: ['ignore', 2, 2] })
  rmSync(part, { recursive: true })
  renameSync(fresh, archive)
  writeFileSync(stamp, sources)
  return archive
}

const isNoPdf = (path) => !path.endsWith('.pdf')
