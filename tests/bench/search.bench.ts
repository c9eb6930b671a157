/**
 * The search engine against its rivals, one after the other over the same articles, each part in a process of its own
 * on one core, so that the memory is its own: SQLite FTS5 (pairs made by the same encoder, `detail=none`, text check,
 * newest first; and its trigrams), MiniSearch, FlexSearch in memory, a plain scan. The parts run bundled, as the app does.
 * `npm run bench -- search [--full]`, or `npx tsx tests/bench/search.bench.ts`. `BENCH_ARTICLES` (100,000; 1,000,000 with
 * `--full`, where of the rivals only FTS5 with pairs and the scan go along), `BENCH_FOLDER`, `BENCH_CORE` (0) and `BENCH_PARTS` (a
 * regular expression) can be set; with `BENCH_KEEP`, a folder that stays, parts can be run one after the other. Besides the
 * table, `out/bench/search.json` has all figures. Cold: the files are not in the system's cache (GNU `dd` makes it
 * forget them; without, these runs are left out).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { articles } from './search-material.ts'
import type { Measured } from './search-measure.ts'
import { report } from './search-report.ts'

const names = ['floor', 'texts', 'engine build', 'engine query', 'fts5 build', 'fts5 query', 'scan']
// What keeps everything in memory ends far below a million.
if (articles <= 100_000) names.push('fts5 trigram', 'minisearch', 'flexsearch in memory')
const wanted = new RegExp(process.env.BENCH_PARTS ?? '')

const out = resolve(import.meta.dirname, '../../out/bench')
mkdirSync(out, { recursive: true })
await build({
  logLevel: 'warn',
  configFile: false,
  build: {
    ssr: join(import.meta.dirname, 'search-parts.ts'),
    outDir: out,
    emptyOutDir: false,
    target: 'node20',
    rollupOptions: { external: ['libsql'], output: { entryFileNames: 'search-parts.mjs' } },
  },
  ssr: { noExternal: true, external: ['libsql'] },
})

const core = process.env.BENCH_CORE ?? '0'
const oneCore = spawnSync('taskset', ['-c', core, 'true']).status === 0 ? ['taskset', '-c', core] : []
const folder = process.env.BENCH_KEEP ?? mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'banmian-bench-'))
mkdirSync(folder, { recursive: true })
process.on('exit', () => {
  if (process.env.BENCH_KEEP === undefined) rmSync(folder, { recursive: true, force: true })
})
/** Parts that an earlier run has left in the folder that stays. */
const keptFile = join(folder, 'figures.json')
const kept: unknown = existsSync(keptFile) ? JSON.parse(readFileSync(keptFile, 'utf8')) : {}
const found = kept as Record<string, Measured>
for (const name of names.filter((one) => wanted.test(one))) {
  // The engine has what the app gives the process that searches (`nursery` of its service).
  const memory = /memory|mini/.test(name)
    ? ['--max-old-space-size=12000']
    : name === 'engine query'
      ? ['--max-semi-space-size=4']
      : []
  const [program = '', ...words] = [
    ...oneCore,
    process.execPath,
    ...memory,
    join(out, 'search-parts.mjs'),
    name,
    folder,
  ]
  const child = spawnSync(program, words, {
    env: { ...process.env, BENCH_ARTICLES: String(articles) },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`${name} failed`)
  found[name] = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measured
  console.log(name, JSON.stringify(found[name]))
  writeFileSync(keptFile, JSON.stringify(found))
}
report(articles, found)
const file = articles > 100_000 ? 'search-full.json' : 'search.json'
const figures = { articles, node: process.version, cores: oneCore.length > 0 ? 1 : 'all', parts: found }
writeFileSync(join(out, file), `${JSON.stringify(figures, null, 2)}\n`)
