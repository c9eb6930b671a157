/**
 * The search engine against SQLite FTS5 (pairs made by the same encoder, `detail=none`, text check, newest first) in one
 * run over the same generated articles: `npx tsx tests/bench/search.bench.ts`. Each part runs in a process of its own, one after
 * the other, so that the memory is its own. `BENCH_ARTICLES` (100,000) and `BENCH_FOLDER` can be set; with `BENCH_ENGINE=only` the rival is left out.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { articleText } from '../../archive/article-text.ts'
import { fold } from '../../archive/search/folding.ts'
import { createSearchIndex } from '../../archive/search/index-writer.ts'
import { answers, originalOccurrences } from '../../archive/search/occurrences.ts'
import { encoderPhrase, parseQuery, positivePhrases } from '../../archive/search/query-language.ts'
import { openSearchIndex } from '../../archive/search/search-index.ts'
import type { SearchDocument } from '../../archive/search/search-document.ts'
import { snippet } from '../../archive/search/snippet.ts'
import { indexTerms, queryTerms } from '../../archive/search/terms.ts'
import { makeCorpus, seededRandom } from '../fixtures/make-corpus.ts'

const articles = Number(process.env.BENCH_ARTICLES ?? 100_000)
const rounds = 3

function* documents(): Generator<SearchDocument> {
  for (const article of makeCorpus(articles, { seed: 3 })) {
    const blocks = article.body.map((text) => ({ kind: 'paragraph' as const, text }))
    const text = articleText({ headline: article.headline, byline: article.byline, blocks, photos: [] })
    const frontPage = /^A?0?1$/.test(article.page)
    yield { ...text, id: article.id, title: article.title, date: article.date, pages: [article.page], frontPage }
  }
}

interface Measured {
  [name: string]: number | string | Record<string, number[]>
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A source and the time that goes by outside of it: making the articles is no part of a build. */
function timed<T>(source: Iterable<T>): { items: Iterable<T>; rates: () => { rate: number; cpuRate: number } } {
  const [wallStart, cpuStart] = [performance.now(), cpuMs()]
  let [wall, cpu] = [0, 0]
  return {
    rates: () => ({
      rate: (articles / (performance.now() - wallStart - wall)) * 1000,
      cpuRate: (articles / (cpuMs() - cpuStart - cpu)) * 1000,
    }),
    items: (function* () {
      const iterator = source[Symbol.iterator]()
      for (;;) {
        const [wallBefore, cpuBefore] = [performance.now(), cpuMs()]
        const next = iterator.next()
        wall += performance.now() - wallBefore
        cpu += cpuMs() - cpuBefore
        if (next.done) return
        yield next.value
      }
    })(),
  }
}

const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
const sizeMb = (folder: string, pattern: RegExp): number =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6

/** Queries of each class, from the articles themselves. */
function queries(): Record<string, string[]> {
  const random = seededRandom(99)
  const sample: string[] = []
  for (const { text } of documents()) if (random() < 400 / articles) sample.push(text)
  const han = /^\p{Script=Han}+$/u
  const stretch = (length: number, accept = (_: string): boolean => true): string => {
    for (;;) {
      const text = sample[Math.floor(random() * sample.length)]!
      const start = Math.floor(random() * text.length)
      const part = text.slice(start, start + length)
      if (part.length === length && han.test(part) && accept(part)) return part
    }
  }
  const many = (count: number, make: () => string): string[] => Array.from({ length: count }, make)
  const reporters = sample
    .map((text) => /本报记者 (\p{Script=Han}{3})\n/u.exec(text)?.[1])
    .filter((name) => name !== undefined)
  return {
    'one character': many(20, () => stretch(1)),
    'two characters': many(25, () => stretch(2)),
    'four characters': many(25, () => stretch(4)),
    'eight and more': many(25, () => stretch(8 + Math.floor(random() * 5))),
    'repeated characters': many(15, () => stretch(6, (text) => new Set(text).size < 5)),
    'two or three words': many(25, () => `${stretch(2)} ${stretch(2)}${random() < 0.3 ? ` ${stretch(2)}` : ''}`),
    'rare names': reporters.slice(0, 20),
    'very common': ['经济', '社会', '发展', '建设', '北京', '国务院', '推进', '年', '记者', '人'],
  }
}

async function measure(
  folder: string,
  ask: (query: string) => Promise<void> | void,
): Promise<Record<string, number[]>> {
  const result: Record<string, number[]> = {}
  for (const [name, list] of Object.entries(
    JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as Record<string, string[]>,
  )) {
    // The best of the rounds for each query: other work on the machine, and the first touch of a file, stay out.
    const times: number[] = []
    for (const query of list) {
      let best = Infinity
      for (let round = 0; round <= rounds; round++) {
        const started = performance.now()
        await ask(query)
        best = Math.min(best, performance.now() - started)
      }
      times.push(best)
    }
    times.sort((a, b) => a - b)
    result[name] = [times[Math.floor(times.length / 2)]!, times[Math.floor(times.length * 0.95)]!]
  }
  return result
}

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
    return { open, rss, first, total, relevance, months }
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

  async 'fts5 query'(folder) {
    const started = performance.now()
    const database = new Database(join(folder, 'fts5.db'), { readonly: true })
    database.exec(`ATTACH '${join(folder, 'texts.db')}' AS originals`)
    const match = database.prepare(
      'SELECT f.id AS id, f.text AS text FROM terms JOIN folded f ON f.id = terms.rowid WHERE terms MATCH ? ORDER BY terms.rowid DESC',
    )
    const get = database.prepare('SELECT text FROM originals.texts WHERE id = ?')
    const count = database.prepare('SELECT count(*) AS n FROM terms WHERE terms MATCH ?')
    const open = performance.now() - started
    const facts = { day: 0, pages: '', headlineLines: 1, bylineLines: 1 }
    const expression = (query: string): string =>
      positivePhrases(parseQuery(query))
        .flatMap((phrase) => queryTerms(encoderPhrase(phrase)))
        .map((term) => (term.length === 1 ? `"${term}"*` : `"${term.replaceAll('\0', '_')}"`))
        .join(' AND ')
    const first = await measure(folder, (query) => {
      const tree = parseQuery(query)
      let hits = 0
      for (const row of match.iterate(expression(query)) as Iterable<{ id: number; text: string }>) {
        if (!answers(tree, row.text, facts)) continue
        const original = (get.get(row.id) as { text: string }).text
        snippet(original, originalOccurrences(positivePhrases(tree), original, facts))
        if (++hits === 20) break
      }
    })
    const rss = peakMb()
    const total = await measure(folder, (query) => {
      const tree = parseQuery(query)
      const isProved = positivePhrases(tree).every((phrase) => phrase.text.length <= 2)
      if (isProved) return void count.get(expression(query))
      for (const row of match.iterate(expression(query)) as Iterable<{ text: string }>) answers(tree, row.text, facts)
    })
    return { open, rss, first, total }
  },
}

const pair = (values: number[] | undefined): string =>
  (values ?? [])
    .map((value) => value.toFixed(2))
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
  console.log('\nengine only, best of 4, ms p50 / p95:          relevance      counts by month')
  const [relevance, months] = [query.relevance, query.months] as Record<string, number[]>[]
  for (const name of Object.keys(relevance!)) console.log(name.padEnd(20), pair(relevance![name]), pair(months![name]))
}

const [, script = '', role, folder = ''] = process.argv
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
    if (process.env.BENCH_ENGINE === 'only' && name.startsWith('fts5')) continue
    const child = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), name, base], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (child.status !== 0) throw new Error(`${name} failed (${script})`)
    found[name] = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measured
    console.log(name, JSON.stringify(found[name]))
  }
  report(found)
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
