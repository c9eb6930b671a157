/**
 * The search engine against its rivals, one after the other over the same articles, each part in a process of its own so
 * that the memory is its own: SQLite FTS5 (pairs made by the same encoder, `detail=none`, text check, newest first; and its
 * trigrams), FlexSearch in memory, a plain scan. MiniSearch is not among the packages and left out.
 * `npm run bench -- search [--full]`, or `npx tsx tests/bench/search.bench.ts`. `BENCH_ARTICLES` (100,000; 1,000,000 with
 * `--full`) and `BENCH_FOLDER` can be set; with `BENCH_ENGINE=only` the rivals are left out. Besides the table,
 * `out/bench/search.json` has all figures. Cold runs need root on Linux; without, they are left out.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { fold } from '../../archive/search/folding.ts'
import { createSearchIndex } from '../../archive/search/index-writer.ts'
import { openSearchIndex } from '../../archive/search/search-index.ts'
import { snippet } from '../../archive/search/snippet.ts'
import { indexTerms } from '../../archive/search/terms.ts'
import { articles, documents, measure, peakMb, queries, sizeMb, timed, type Measured } from './search-material.ts'
import { rivalParts } from './search-rivals.ts'

const parts: Record<string, (folder: string) => Promise<Measured>> = {
  async texts(folder) {
    const database = new Database(join(folder, 'texts.db'))
    database.exec('PRAGMA journal_mode=WAL; CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)')
    const insert = database.prepare('INSERT INTO texts VALUES (?, ?)')
    database.exec('BEGIN')
    let bytes = 0
    for (const { id, text } of documents()) {
      bytes += Buffer.byteLength(text)
      insert.run(id, text)
    }
    database.exec('COMMIT')
    database.close()
    writeFileSync(join(folder, 'queries.json'), JSON.stringify(queries()))
    return { mb: bytes / 1e6 }
  },

  async 'engine build'(folder) {
    const source = timed(documents())
    await createSearchIndex(join(folder, 'engine')).addDocuments(source.items)
    return { ...source.rates(), peak: peakMb(), size: sizeMb(join(folder, 'engine'), /./) }
  },

  async 'engine query'(folder) {
    const database = new Database(join(folder, 'texts.db'), { readonly: true })
    const get = database.prepare('SELECT text FROM texts WHERE id = ?')
    const texts = new Map<number, string>()
    const readText = (id: number): string => {
      const text = (get.get(id) as { text: string }).text
      texts.set(id, text)
      return text
    }
    const started = performance.now()
    const index = await openSearchIndex(join(folder, 'engine'), { readText })
    const open = performance.now() - started
    const first = await measure(folder, async (query) => {
      const { hits } = await index.find(query, { pageOnly: true })
      for (const hit of hits) snippet(texts.get(hit.id) ?? '', hit.ranges)
      texts.clear()
    })
    const rss = peakMb()
    const total = await measure(folder, async (query) => {
      await index.find(query, { limit: 0 })
    })
    const relevance = await measure(folder, async (query) => {
      await index.find(query, { sort: 'relevance' })
    })
    const months = await measure(folder, async (query) => {
      await index.find(query, { facets: true })
    })
    const ask = async (query: string): Promise<void> => {
      const { hits } = await index.find(query, { pageOnly: true })
      for (const hit of hits) snippet(texts.get(hit.id) ?? '', hit.ranges)
      texts.clear()
    }
    const cold = await measure(folder, ask, { most: 8, cold: true })
    return { open, rss, peak: peakMb(), first, total, relevance, months, cold }
  },

  async 'fts5 build'(folder) {
    const database = new Database(join(folder, 'fts5.db'))
    database.exec(`PRAGMA journal_mode=WAL; CREATE TABLE folded (id INTEGER PRIMARY KEY, text TEXT);
      CREATE VIRTUAL TABLE terms USING fts5(text, content='', detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars '_'")`)
    const insertText = database.prepare('INSERT INTO folded VALUES (?, ?)')
    const insertTerms = database.prepare('INSERT INTO terms(rowid, text) VALUES (?, ?)')
    const source = timed(documents())
    database.exec('BEGIN')
    for (const { id, text } of source.items) {
      const folded = fold(text)
      insertText.run(id, folded)
      insertTerms.run(id, indexTerms(folded).join(' ').replaceAll('\0', '_'))
      if (id % 10_000 === 0) database.exec('COMMIT; BEGIN')
    }
    database.exec("COMMIT; INSERT INTO terms(terms) VALUES('optimize'); PRAGMA wal_checkpoint(TRUNCATE)")
    const rates = source.rates()
    const bytes = (sql: string): number => (database.prepare(sql).get() as { bytes: number }).bytes
    const index =
      bytes('SELECT sum(length(block)) AS bytes FROM terms_data') +
      bytes('SELECT sum(length(term)+8) AS bytes FROM terms_idx')
    const size = sizeMb(folder, /^fts5\.db$/)
    database.close()
    return { ...rates, peak: peakMb(), size, index: index / 1e6 }
  },

  ...rivalParts,
}

/** A class of queries that this corpus is too small for has no figure. */
const pair = (values: (number | null)[] | undefined): string =>
  (values ?? [])
    .map((value) => (value === null ? '–' : value.toFixed(2)))
    .join(' / ')
    .padStart(17)
const number = (value: unknown, digits = 1): string => Number(value).toFixed(digits)

function report(found: Record<string, Measured>): void {
  const [texts, build, query] = [found.texts!, found['engine build']!, found['engine query']!]
  const [ftsBuild = {}, ftsQuery = {}] = [found['fts5 build'], found['fts5 query']]
  const indexMb = Number(query.indexMb)
  console.log(`\n${articles} articles, ${number(texts.mb)} MB of text (UTF-8), node ${process.version}`)
  console.log('                              engine        fts5   ratio (engine : fts5)')
  const row = (name: string, own: number, other: number): void =>
    console.log(
      name.padEnd(20),
      number(own).padStart(11),
      number(other).padStart(11),
      number(own / other, 2).padStart(7),
    )
  row('build, articles/s', Number(build.rate), Number(ftsBuild.rate))
  row('build, articles/CPU s', Number(build.cpuRate), Number(ftsBuild.cpuRate))
  row('build, peak RSS MB', Number(build.peak), Number(ftsBuild.peak))
  row('index, MB', indexMb, Number(ftsBuild.index))
  row('index and texts, MB', Number(build.size), Number(ftsBuild.size))
  console.log(
    `index : text           ${number(indexMb / Number(texts.mb), 3)}       ${number(Number(ftsBuild.index) / Number(texts.mb), 3)}`,
  )
  row('open, ms', Number(query.open), Number(ftsQuery.open))
  row('query, peak RSS MB', Number(query.rss), Number(ftsQuery.rss))
  for (const [title, key] of [
    ['first 20 with snippets, newest first, best of 4, ms p50 / p95', 'first'],
    ['exact total, best of 4, ms p50 / p95', 'total'],
  ] as const) {
    console.log(`\n${title}`)
    const [own, other = {}] = [query[key], ftsQuery[key]] as Record<string, number[]>[]
    for (const name of Object.keys(own!)) {
      const ratio = number(own![name]![1]! / (other[name]?.[1] ?? NaN), 2)
      console.log(name.padEnd(20), pair(own![name]), pair(other[name]), ratio.padStart(7))
    }
  }
  console.log('\nthe other rivals: first 20 (scan: all), ms p50 / p95')
  for (const [name, { first, rate, size, open, rss, peak }] of Object.entries(found)) {
    if (!/trigram|memory|scan/.test(name)) continue
    const facts = { rate, size, open, rss, peak }
    const shown = Object.entries(facts).flatMap(([key, value]) =>
      value === undefined ? [] : `${key} ${number(value)}`,
    )
    console.log(`${name}: ${shown.join(', ')}`)
    for (const [kind, times] of Object.entries((first ?? {}) as Record<string, number[]>))
      console.log(kind.padEnd(20), pair(times))
  }
  console.log('\ncold, first 20, ms p50 / p95:                     engine             fts5')
  const [cold = {}, ftsCold = {}] = [query.cold, ftsQuery.cold] as Record<string, number[]>[]
  for (const name of Object.keys(cold)) console.log(name.padEnd(20), pair(cold[name]), pair(ftsCold[name]))
  console.log('\nengine only, best of 4, ms p50 / p95:          relevance      counts by month')
  const [relevance, months] = [query.relevance, query.months] as Record<string, number[]>[]
  for (const name of Object.keys(relevance!)) console.log(name.padEnd(20), pair(relevance![name]), pair(months![name]))
}

const [, script = '', ...given] = process.argv
const [role, folder = ''] = given.filter((word) => !word.startsWith('--'))
const part = role ? parts[role] : undefined
if (part) {
  const measured = await part(folder)
  if (role === 'engine query') measured.indexMb = await indexMbOf(join(folder, 'engine'))
  console.log(JSON.stringify(measured))
} else {
  const base = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'banmian-bench-'))
  process.on('exit', () => rmSync(base, { recursive: true, force: true }))
  const found: Record<string, Measured> = {}
  for (const name of Object.keys(parts)) {
    if (process.env.BENCH_ENGINE === 'only' && !/^(texts|engine)/.test(name)) continue
    // What keeps everything in memory ends far below a million.
    if (articles > 100_000 && /memory|trigram/.test(name)) continue
    const words = [...process.execArgv, '--max-old-space-size=12000', fileURLToPath(import.meta.url), name, base]
    const child = spawnSync(process.execPath, words, {
      env: { ...process.env, BENCH_ARTICLES: String(articles) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (child.status !== 0) throw new Error(`${name} failed (${script})`)
    found[name] = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measured
    console.log(name, JSON.stringify(found[name]))
  }
  report(found)
  const out = resolve(import.meta.dirname, '../../out/bench')
  mkdirSync(out, { recursive: true })
  writeFileSync(
    join(out, 'search.json'),
    `${JSON.stringify({ articles, node: process.version, parts: found }, null, 2)}\n`,
  )
}

/** The index without the folded texts, which both engines keep besides it. */
async function indexMbOf(path: string): Promise<number> {
  const { openSegment } = await import('../../archive/search/segment-reader.ts')
  const names = readdirSync(path).filter((name) => name.endsWith('.segment'))
  return (
    names.reduce((sum, name) => {
      const segment = openSegment(join(path, name))
      const bytes = statSync(join(path, name)).size - segment.head.postings
      segment.close()
      return sum + bytes
    }, 0) / 1e6
  )
}
