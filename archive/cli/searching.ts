import { text as readAll } from 'node:stream/consumers'
import { ArchiveError, explain, type Language } from '../errors.ts'
import { readWhole } from '../files.ts'
import type { ArticleKind, SearchPlace, SearchQuery } from '../model.ts'
import { openReading } from '../reading.ts'
import { findInArchive, openArchiveSearch, type ArchiveSearch, type FoundArticles } from '../search-catalogue.ts'
import type { Terminal } from './terminal.ts'

interface SearchCommand {
  terminal: Terminal
  cache: string
  archive: string
  language: Language
  /** The one query; or the file with one query a line, `-` for standard input. */
  query: string | undefined
  queries: string | undefined
  options: Record<string, unknown>
}

const kinds: readonly ArticleKind[] = ['article', 'photo', 'advert', 'notice', 'page']

const sorts: Record<string, SearchQuery['sort']> = {
  date: 'newest',
  newest: 'newest',
  oldest: 'oldest',
  relevance: 'relevance',
}

/** `banmian search`: one query, or a file of them in one process. */
export async function runSearch(command: SearchCommand): Promise<void> {
  const { query, queries, options } = command
  if ((query === undefined) === (queries === undefined)) {
    throw new ArchiveError('bad-query', { query: query ?? '', reason: 'give a query or --queries FILE' })
  }
  const asked = questionOf(options)
  const lines = queries === undefined ? undefined : await readQueries(queries)
  const reading = await openReading(command.archive, command.cache)
  try {
    const search = await openArchiveSearch(reading)
    try {
      if (lines === undefined) answer(command.terminal, await findInArchive(search, { ...asked, text: query ?? '' }))
      else for (const text of lines) await answerLine(command, search, { ...asked, text })
    } finally {
      search.close()
    }
  } finally {
    reading.close()
  }
}

/** A query that fails is its line; the others go on. */
async function answerLine(command: SearchCommand, search: ArchiveSearch, query: SearchQuery): Promise<void> {
  const { terminal, language } = command
  try {
    answer(terminal, await findInArchive(search, query), query.text)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    const { code, details } = error
    const message = explain(code, details, language)
    terminal.say(`${query.text.slice(0, 80)}: ${code}: ${message}`)
    terminal.result({ query: query.text, error: { code, message } })
  }
}

function answer(terminal: Terminal, found: FoundArticles, heading?: string): void {
  const { query, total, exact, ms, hits } = found
  terminal.say(`${heading === undefined ? '' : `${heading}: `}${exact ? '' : '≤ '}${total} articles, ${ms} ms`)
  for (const hit of terminal.json ? [] : hits) {
    const marked = hit.snippet.map((part) => (part.mark ? `【${part.text}】` : part.text)).join('')
    terminal.say(`${hit.date} ${hit.titleName} ${hit.page} ${hit.pageName}  ${hit.headline}\n    ${marked}`)
  }
  const plain = hits.map((hit) => ({
    ...hit,
    headlineParts: undefined,
    snippet: hit.snippet.map((part) => part.text).join(''),
    parts: hit.snippet,
  }))
  terminal.result({ query, total, exact, ms, hits: plain })
}

/** One query a line; the break behind the last one begins no further line. */
async function readQueries(file: string): Promise<string[]> {
  const content = file === '-' ? await readAll(process.stdin) : (await readWhole(file)).toString('utf8')
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function questionOf(options: Record<string, unknown>): Omit<SearchQuery, 'text'> {
  const { from, to, title, sort, limit, all } = options
  const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  const wrong = (reason: string): never => {
    throw new ArchiveError('bad-request', { reason })
  }
  if (from !== undefined && !isDate(from)) wrong(`--from ${String(from)} is no ISO date`)
  if (to !== undefined && !isDate(to)) wrong(`--to ${String(to)} is no ISO date`)
  const order = Object.hasOwn(sorts, String(sort)) ? sorts[String(sort)] : wrong(`--sort ${String(sort)} is unknown`)
  const count = Number(limit)
  if (!Number.isInteger(count) || count < 1) wrong(`--limit ${String(limit)} is no number`)
  const list = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined)
  return {
    exactGlyphs: options['exactGlyphs'] === true,
    fuzzy: options['fuzzy'] === true,
    kinds: list(options['kind'])?.map(
      (kind) => kinds.find((one) => one === kind) ?? wrong(`--kind ${kind} is unknown`),
    ),
    pages: list(options['page']),
    sections: list(options['section']),
    withText: typeof options['text'] === 'boolean' ? options['text'] : undefined,
    within:
      options['within'] === undefined
        ? undefined
        : (placeOf(String(options['within'])) ?? wrong('--within is no issue')),
    sort: order,
    ...(isDate(from) ? { from } : {}),
    ...(isDate(to) ? { to } : {}),
    titles: list(title),
    limit: all === true ? Number.MAX_SAFE_INTEGER : count,
  }
}

/** `TITLE/DATE/EDITION`, with `#ARTICLE` for one article. */
function placeOf(text: string): SearchPlace | undefined {
  const match = /^([^/]+)\/(\d{4}-\d{2}-\d{2})\/(\d+)(?:#(.+))?$/.exec(text)
  const [, title = '', date = '', edition = '', article] = match ?? []
  return match ? { title, date, edition: Number(edition), ...(article ? { article } : {}) } : undefined
}
