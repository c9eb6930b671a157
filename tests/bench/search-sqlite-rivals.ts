/** SQLite FTS5 as a rival of the search engine: pairs from the same encoder with a text check, and its own trigrams. */
import { join } from 'node:path'
import Database from 'libsql'
import { fold } from '../../archive/search/folding.ts'
import { answers } from '../../archive/search/occurrences.ts'
import { parseQuery, positivePhrases } from '../../archive/search/query-language.ts'
import { indexTerms } from '../../archive/search/terms.ts'
import { articles, documents } from './search-material.ts'
import { measure, memoryMb, peakMb, sizeMb, timed, type Measured } from './search-measure.ts'
import { firstHits, originalReader, phraseFacts, termsOf } from './search-rival-reading.ts'

const isProved = (query: string): boolean => positivePhrases(parseQuery(query)).every(({ text }) => text.length <= 2)

export const sqliteRivals: Record<string, (folder: string) => Promise<Measured> | Measured> = {
  'fts5 build'(folder) {
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
    database.close()
    return { ...rates, peak: peakMb(), size: sizeMb(folder, /^fts5\.db$/), indexMb: index / 1e6 }
  },

  async 'fts5 query'(folder) {
    const original = originalReader(folder)
    const started = performance.now()
    const database = new Database(join(folder, 'fts5.db'), { readonly: true })
    const match = database.prepare(
      'SELECT f.id AS id, f.text AS text FROM terms JOIN folded f ON f.id = terms.rowid WHERE terms MATCH ? ORDER BY terms.rowid DESC',
    )
    const ids = database.prepare('SELECT rowid AS id FROM terms WHERE terms MATCH ? ORDER BY rowid DESC LIMIT 20')
    const count = database.prepare('SELECT count(*) AS n FROM terms WHERE terms MATCH ?')
    const open = performance.now() - started
    const opened = memoryMb()
    const expression = (query: string): string =>
      termsOf(query)
        .map((term) => ([...term].length === 1 ? `"${term}"*` : `"${term.replaceAll('\0', '_')}"`))
        .join(' AND ')
    const matching = (query: string) => match.iterate(expression(query)) as Iterable<{ id: number; text: string }>
    const ask = (query: string): void => {
      // What the terms prove needs no folded text.
      const rows = isProved(query) ? (ids.iterate(expression(query)) as Iterable<{ id: number }>) : matching(query)
      firstHits(query, rows, original)
    }
    const first = await measure(folder, ask)
    const rss = memoryMb()
    const rss20 = peakMb()
    const countAll = (query: string): void => {
      const tree = parseQuery(query)
      if (isProved(query)) count.get(expression(query))
      else for (const { text } of matching(query)) answers(tree, text, phraseFacts)
    }
    // Of a million articles it reads texts for ten seconds and more a query.
    const total = await measure(folder, countAll, articles > 100_000 ? { rounds: 1, most: 5 } : {})
    const peak = peakMb()
    const cold = await measure(folder, ask, { most: 12, cold: true })
    return { open, opened, rss, rss20, peak, first, total, cold }
  },

  /** Finds three characters and more by itself; shorter ones by LIKE, which reads every text. */
  async 'fts5 trigram'(folder) {
    const original = originalReader(folder)
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
    const ask = (query: string): void => {
      const phrases = positivePhrases(parseQuery(query))
      const isLong = phrases.every(({ text }) => [...text].length >= 3)
      const expression = phrases.map(({ text }) => `"${text.replaceAll('"', '""')}"`).join(' AND ')
      const rows = isLong ? match.iterate(expression) : like.iterate()
      firstHits(query, rows as Iterable<{ id: number; text: string }>, original)
    }
    const first = await measure(folder, ask, { rounds: 2, most: 10 })
    database.close()
    return { ...rates, peak, size: sizeMb(folder, /^trigram\.db$/), first }
  },
}
