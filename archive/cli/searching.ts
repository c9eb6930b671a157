import { text as readAll } from 'node:stream/consumers'
import { ArchiveError, explain, type Language } from '../errors.ts'
import { readWhole } from '../files.ts'
import type { ArticleKind, SearchPlace, SearchQuery } from '../model.ts'
import { openReading, type Reading } from '../reading.ts'
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
    const question = { ...asked, titles: asked.titles && titleIds(reading, asked.titles) }
    try {
      if (lines === undefined) answer(command.terminal, await findInArchive(search, { ...question, text: query ?? '' }))
      else for (const text of lines) await answerLine(command, search, { ...question, text })
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

/** Newspapers by id, or by their name as it is printed. Throws `bad-request` for one that the archive does not have. */
function titleIds({ database }: Reading, wanted: string[]): string[] {
  const titles = database.prepare('SELECT id, name FROM titles').all() as { id: string; name: string }[]
  return wanted.flatMap((one) => {
    const found = titles.filter(({ id, name }) => id === one || name === one)
    if (found.length === 0) throw new ArchiveError('bad-request', { reason: `--title ${one} is not in the archive` })
    return found.map(({ id }) => id)
  })
}

/** First or last day of a year, month or day; undefined for anything else. */
function dayOf(value: unknown, last: boolean): string | undefined {
  const match = typeof value === 'string' ? /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value) : null
  if (!match) return undefined
  const [, year = '', month = last ? '12' : '01', day] = match
  const end = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return `${year}-${month}-${day ?? (last ? String(end) : '01')}`
}

function questionOf(options: Record<string, unknown>): Omit<SearchQuery, 'text'> {
  const { from, to, title, sort, limit, all } = options
  const wrong = (reason: string): never => {
    throw new ArchiveError('bad-request', { reason })
  }
  const [first, last] = [dayOf(from, false), dayOf(to, true)]
  if (from !== undefined && first === undefined) wrong(`--from ${String(from)} is no ISO date`)
  if (to !== undefined && last === undefined) wrong(`--to ${String(to)} is no ISO date`)
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
    ...(first ? { from: first } : {}),
    ...(last ? { to: last } : {}),
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
