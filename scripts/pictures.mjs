/** Makes the pictures of README and the user guide from a walk through the app: `npm run pictures`. */
import { Transformer } from '@napi-rs/image'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runOnDisplay } from './display.mjs'
import { ensurePackages, ensureSystem, root } from './setup.mjs'
import { ensureSampleArchive } from './sample-archive.mjs'

ensureSystem()
ensurePackages()
ensureBuilt()
const code = await runOnDisplay(process.execPath, [join(root, 'scripts/tour.mjs'), ensureSampleArchive(), 'sample'])
if (code !== 0) process.exit(code)

/** Which step of the tour shows what the documents want to show. */
const wanted = {
  library: 'library',
  calendar: 'calendar',
  issue: 'thumbnails',
  reader: 'article',
  search: 'search',
  dark: 'english-dark',
  palette: 'palette',
  settings: 'settings',
}
const tour = join(root, 'out/tour')
const folder = join(root, 'docs/pictures')
mkdirSync(folder, { recursive: true })
for (const [name, step] of Object.entries(wanted)) {
  const file = readdirSync(tour).find((one) => one.endsWith(`-${step}.png`))
  const picture = await new Transformer(readFileSync(join(tour, file))).webp(82)
  writeFileSync(join(folder, `${name}.webp`), picture)
}
