/** What the search engine is measured against. */
import { join } from 'node:path'
import { Index } from 'flexsearch'
import Database from 'libsql'
import { fold } from '../../archive/search/folding.ts'
import { answers, originalOccurrences } from '../../archive/search/occurrences.ts'
import { encoderPhrase, parseQuery, positivePhrases } from '../../archive/search/query-language.ts'
import { snippet } from '../../archive/search/snippet.ts'
import { indexTerms, queryTerms } from '../../archive/search/terms.ts'
import { articles, documents, measure, peakMb, sizeMb, timed, type Measured } from './search-material.ts'

const facts = { day: 0, pages: '', headlineLines: 1, bylineLines: 1 }

export const rivalParts: Record<string, (folder: string) => Promise<Measured>> = {
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
    const expression = (query: string): string =>
      positivePhrases(parseQuery(query))
        .flatMap((phrase) => queryTerms(encoderPhrase(phrase)))
        .map((term) => (term.length === 1 ? `"${term}"*` : `"${term.replaceAll('\0', '_')}"`))
        .join(' AND ')
    const firstPage = (query: string): void => {
      const tree = parseQuery(query)
      let hits = 0
      for (const row of match.iterate(expression(query)) as Iterable<{ id: number; text: string }>) {
        if (!answers(tree, row.text, facts)) continue
        const original = (get.get(row.id) as { text: string }).text
        snippet(original, originalOccurrences(positivePhrases(tree), original, facts))
        if (++hits === 20) break
      }
    }
    const first = await measure(folder, firstPage)
    const rss = peakMb()
    const total = await measure(folder, (query) => {
      const tree = parseQuery(query)
      const isProved = positivePhrases(tree).every((phrase) => phrase.text.length <= 2)
      if (isProved) return void count.get(expression(query))
      for (const row of match.iterate(expression(query)) as Iterable<{ text: string }>) answers(tree, row.text, facts)
    })
    const cold = await measure(folder, firstPage, { most: 8, cold: true })
    return { open, rss, peak: peakMb(), first, total, cold }
  },

  /** Finds three characters and more by itself; shorter ones by LIKE, which reads every text. */
  async 'fts5 trigram'(folder) {
    const database = new Database(join(folder, 'trigram.db'))
    database.exec(`PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE terms USING fts5(text, tokenize='trigram')`)
    const insert = database.prepare('INSERT INTO terms(rowid, text) VALUES (?, ?)')
    const source = timed(documents())
    database.exec('BEGIN')
    for (const { id, text } of source.items) {
      insert.run(id, fold(text))
      if (id % 10_000 === 0) database.exec('COMMIT; BEGIN')
    }
    database.exec("COMMIT; INSERT INTO terms(terms) VALUES('optimize'); PRAGMA wal_checkpoint(TRUNCATE)")
    const rates = source.rates()
    const peak = peakMb()
    const match = database.prepare('SELECT rowid AS id, text FROM terms WHERE terms MATCH ? ORDER BY rowid DESC')
    const like = database.prepare('SELECT rowid AS id, text FROM terms ORDER BY rowid DESC')
    const first = await measure(
      folder,
      (query) => {
        const tree = parseQuery(query)
        const phrases = positivePhrases(tree)
        const isLong = phrases.every(({ text }) => [...text].length >= 3)
        const expression = phrases.map(({ text }) => `"${text.replaceAll('"', '""')}"`).join(' AND ')
        let hits = 0
        const rows = (isLong ? match.iterate(expression) : like.iterate()) as Iterable<{ text: string }>
        for (const { text } of rows) {
          if (!answers(tree, text, facts)) continue
          snippet(text, originalOccurrences(phrases, text, facts))
          if (++hits === 20) break
        }
      },
      { rounds: 1, most: 10 },
    )
    database.close()
    return { ...rates, peak, size: sizeMb(folder, /^trigram\.db$/), first }
  },

  /** With the same encoder, everything in memory: to start is to build. */
  async 'flexsearch in memory'(folder) {
    const index = new Index({ tokenize: 'strict', resolution: 2, encode: indexTerms })
    const asking = new Map<number, string>()
    const source = timed(documents())
    const started = performance.now()
    for (const { id, text } of source.items) {
      const folded = fold(text)
      index.add(id, folded)
      asking.set(id, folded)
    }
    const open = performance.now() - started
    const rates = source.rates()
    const rss = peakMb()
    const first = await measure(
      folder,
      (query) => {
        const tree = parseQuery(query)
        const phrases = positivePhrases(tree)
        const terms = phrases.flatMap((phrase) => queryTerms(encoderPhrase(phrase)))
        let ids: number[] | undefined
        for (const term of terms) {
          // One character is not a term of a strict index: it is left to the scan of all.
          if (term.length === 1) continue
          const found = index.search({
            query: term,
            limit: articles,
            encode: (text: string) => [text],
          } as never) as number[]
          const known = new Set(found)
          ids = ids ? ids.filter((id) => known.has(id)) : found
        }
        let hits = 0
        for (const id of (ids ?? [...asking.keys()]).sort((a, b) => b - a)) {
          const text = asking.get(id) ?? ''
          if (!answers(tree, text, facts)) continue
          snippet(text, originalOccurrences(phrases, text, facts))
          if (++hits === 20) break
        }
      },
      { rounds: 1, most: 10 },
    )
    return { ...rates, open, rss, first }
  },

  /** Every text is read and looked through. */
  async scan(folder) {
    const database = new Database(join(folder, 'fts5.db'), { readonly: true })
    const all = database.prepare('SELECT text FROM folded')
    const first = await measure(
      folder,
      (query) => {
        const tree = parseQuery(query)
        for (const { text } of all.iterate() as Iterable<{ text: string }>) answers(tree, text, facts)
      },
      { rounds: 0, most: 3 },
    )
    return { first, rss: peakMb() }
  },
}
