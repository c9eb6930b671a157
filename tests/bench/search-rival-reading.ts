/** What every rival does with what its index gives: check the text, read the original, mark, make a snippet. */
import { join } from 'node:path'
import Database from 'libsql'
import { answers, originalOccurrences, type ArticleFacts } from '../../archive/search/occurrences.ts'
import { encoderPhrase, parseQuery, positivePhrases } from '../../archive/search/query-language.ts'
import { snippet } from '../../archive/search/snippet.ts'
import { queryTerms } from '../../archive/search/terms.ts'

/** The bench asks for no fields. */
export const phraseFacts: ArticleFacts = { day: 0, pages: '', headlineLines: 1, bylineLines: 1 }

/** Reads original texts by id, those of a page at once, as the app does. */
export function originalReader(folder: string): (ids: number[]) => Map<number, string> {
  const database = new Database(join(folder, 'texts.db'), { readonly: true })
  const many = database.prepare(
    'SELECT texts.id, texts.text FROM json_each(?) AS wanted CROSS JOIN texts ON texts.id = wanted.value',
  )
  return (ids) => {
    const rows = many.all(JSON.stringify(ids)) as { id: number; text: string }[]
    return new Map(rows.map(({ id, text }) => [id, text]))
  }
}

/** Reads the folded text of an article from the table beside the FTS5 index. */
export function foldedReader(folder: string): (id: number) => string {
  const database = new Database(join(folder, 'fts5.db'), { readonly: true })
  const get = database.prepare('SELECT text FROM folded WHERE id = ?')
  return (id) => (get.get(id) as { text: string }).text
}

export function termsOf(query: string): string[] {
  return positivePhrases(parseQuery(query)).flatMap((phrase) => queryTerms(encoderPhrase(phrase)))
}

/** The first twenty of the candidates that answer the query, with snippets. A candidate without a text needs no check. */
export function firstHits(
  query: string,
  candidates: Iterable<{ id: number; text?: string }>,
  originals: (ids: number[]) => Map<number, string>,
): void {
  const tree = parseQuery(query)
  const phrases = positivePhrases(tree)
  const hits: number[] = []
  for (const { id, text } of candidates) {
    if (text !== undefined && !answers(tree, text, phraseFacts)) continue
    if (hits.push(id) === 20) break
  }
  for (const own of originals(hits).values()) snippet(own, originalOccurrences(phrases, own, phraseFacts))
}
