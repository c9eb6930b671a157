import { ArchiveError } from '../errors.ts'
import { importSources } from '../importing.ts'
import type { SearchQuery } from '../model.ts'
import { prepareArchive } from '../preparing.ts'
import { findIssue, openReading, readInfo, readIssueDocument } from '../reading.ts'
import { findInArchive, openArchiveSearch } from '../search-catalogue.ts'
import { verifyArchive } from '../verifying.ts'
import type { Terminal } from './terminal.ts'

interface Run {
  terminal: Terminal
  cache: string
}

/** `banmian import`: everything of the sources into the archive, then its index. */
export async function runImport(
  run: Run & { sources: string[]; target: string; index: boolean; name?: string },
): Promise<void> {
  const { terminal, cache, sources, target } = run
  const outcome = await importSources(sources, target, {
    name: run.name,
    onProgress: ({ phase, done, total, file }) => terminal.progress(phase, done, total, file),
  })
  if (run.index) await runPrepare(target, cache, terminal)
  const { issues, pages, articles, zones, words, warnings } = outcome
  terminal.say(`${issues} issues, ${pages} pages, ${articles} articles, ${zones} zones, ${words} words`)
  for (const { file, code, message } of warnings) terminal.say(`  ${code}: ${file}: ${message}`)
  if (warnings.length > 0) terminal.say(`${warnings.length} warnings`)
  terminal.result({ issues, pages, articles, zones, words, warnings })
}

/** `banmian index`. */
export async function runIndex({ archive, cache, terminal }: Run & { archive: string }): Promise<void> {
  await runPrepare(archive, cache, terminal)
  const reading = await openReading(archive, cache)
  const { totals } = readInfo(reading)
  reading.close()
  terminal.say(`${totals.issues} issues, ${totals.articles} articles: ready`)
  terminal.result(totals)
}

async function runPrepare(archive: string, cache: string, terminal: Terminal): Promise<void> {
  await prepareArchive(archive, {
    cache,
    onProgress: ({ phase, done, total, file }) => terminal.progress(phase, done, total, file),
  })
}

/** `banmian search`. */
export async function runSearch(
  run: Run & { archive: string; text: string; options: Record<string, unknown> },
): Promise<void> {
  const { terminal, options } = run
  const reading = await openReading(run.archive, run.cache)
  const search = await openArchiveSearch(reading)
  try {
    const { query, total, exact, ms, hits } = await findInArchive(search, queryOf(run.text, options))
    terminal.say(`${exact ? '' : '≤ '}${total} articles, ${ms} ms`)
    for (const hit of hits) {
      const marked = hit.snippet.map((part) => (part.mark ? `【${part.text}】` : part.text)).join('')
      terminal.say(`${hit.date} ${hit.titleName} ${hit.page} ${hit.pageName}  ${hit.headline}\n    ${marked}`)
    }
    const short = hits.map((hit) => ({
      ...hit,
      snippet: hit.snippet.map((part) => part.text).join(''),
      parts: hit.snippet,
    }))
    terminal.result({ query, total, exact, ms, hits: short })
  } finally {
    search.close()
    reading.close()
  }
}

function queryOf(text: string, options: Record<string, unknown>): SearchQuery {
  const { from, to, title, sort, limit, all } = options
  const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  const wrong = (reason: string): never => {
    throw new ArchiveError('bad-query', { query: text, reason })
  }
  if (from !== undefined && !isDate(from)) wrong(`--from ${String(from)} is no ISO date`)
  if (to !== undefined && !isDate(to)) wrong(`--to ${String(to)} is no ISO date`)
  if (sort !== 'newest' && sort !== 'oldest' && sort !== 'relevance') return wrong(`--sort ${String(sort)} is unknown`)
  const count = Number(limit)
  if (!Number.isInteger(count) || count < 1) wrong(`--limit ${String(limit)} is no number`)
  return {
    text,
    sort,
    ...(isDate(from) ? { from } : {}),
    ...(isDate(to) ? { to } : {}),
    ...(Array.isArray(title) ? { titles: title.map(String) } : {}),
    limit: all === true ? Number.MAX_SAFE_INTEGER : count,
  }
}

/** `banmian info`: the archive, or the document of one issue. */
export async function runInfo(run: Run & { archive: string; issue: string | undefined }): Promise<void> {
  const { terminal } = run
  const reading = await openReading(run.archive, run.cache)
  try {
    if (run.issue !== undefined) {
      const [title = '', date = '', edition = '1'] = run.issue.split('/')
      const document = await readIssueDocument(reading, findIssue(reading, { title, date, edition: Number(edition) }))
      terminal.say(JSON.stringify(document, null, 2))
      terminal.result(document)
      return
    }
    const info = readInfo(reading)
    for (const title of info.titles) {
      terminal.say(
        `${title.id}  ${title.name}  ${title.first} – ${title.last}  ${title.issues} issues, ${title.pages} pages, ${title.articles} articles`,
      )
    }
    const { issues, pages, articles, zones, words } = info.totals
    terminal.say(`${issues} issues, ${pages} pages, ${articles} articles, ${zones} zones, ${words} words`)
    terminal.result(info)
  } finally {
    reading.close()
  }
}

/** `banmian verify`; answers whether everything was whole. */
export async function runVerify({ archive, terminal }: { archive: string; terminal: Terminal }): Promise<boolean> {
  const result = await verifyArchive(archive, {
    onProgress: (done, total, file) => terminal.progress('verify', done, total, file),
  })
  for (const kind of ['damaged', 'missing', 'extra'] as const) {
    for (const file of result[kind]) terminal.say(`${kind}: ${file}`)
  }
  terminal.say(
    result.ok ? `${result.files} files, all as they should be` : `${result.files} files, not all as they should be`,
  )
  terminal.result(result)
  return result.ok
}
