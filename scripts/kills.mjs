/**
 * `npm run kills [COUNT]`: annotates through the interface and kills the whole program at so many random moments (200),
 * looking after each whether everything is there that was shown as saved.
 */
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { runEndToEnd } from './end-to-end.mjs'
import { ensurePackages, ensureSystem, say } from './setup.mjs'

ensureSystem()
ensurePackages()
ensureBuilt()
const { ensureSampleArchive } = await import('./sample-archive.mjs')
const out = mkdtempSync(join(tmpdir(), 'banmian-kills-'))
chmodSync(out, 0o777)
const environment = { BANMIAN_KILLS: process.argv[2] ?? '200' }
const archive = ensureSampleArchive()
process.exit(await runEndToEnd({ electron: ensureElectron(say), archive, out, words: ['notes-killed'], environment }))
