import { ArchiveError } from '../errors.ts'
import { type DetailOf, issueOfDay, type JsonDay, parseDay } from './day-json-issue.ts'
import { isObject, type JsonObject } from './day-json-fields.ts'
import { placeInName } from './dated-name.ts'
import { decodeText } from './encoding.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import type { Source } from './source.ts'

/**
 * The JSON of a day: one file a day with its pages and their articles, or with articles that name their page. The text
 * of an article may stand in a file of its own, named by the article's id.
 */
const id = 'day-json'
const version = 1

/** A day is some hundred kilobytes of text. */
const largestFile = 64 * 1024 * 1024
const mostLooks = 500
/** What only points into a day is never one. */
const mentions = /"(?:[a-zA-Z_]*date|pubDate|day|日期)"\s*:/
const holds =
  /"(?:pages|layouts|pageList|page_list|版面|articles|items|news|contents|article_list|articleList|稿件|文章)"\s*:/

async function parse(source: Source, file: string): Promise<unknown> {
  const size = await source.size(file)
  if (size > largestFile) throw new ArchiveError('too-large', { file, size, limit: largestFile })
  const { text } = decodeText(await source.bytes(file))
  return mentions.test(text) && holds.test(text) ? (JSON.parse(text) as unknown) : undefined
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries = source.files.filter((file) => /\.json$/i.test(file))
  for (const file of entries.slice(0, mostLooks)) {
    try {
      if (parseDay(await parse(source, file), () => undefined)) return { confidence: 0.85, entries }
    } catch {
      // Damaged files are reported when they are read.
    }
  }
  return undefined
}

/** Files of single articles by their name without ending, which is the article's id. */
function details(source: Source): { fileOf: (id: string) => string | undefined } {
  const byName = new Map<string, string>()
  for (const file of source.files) {
    const name = /([^/]+)\.json$/i.exec(file)?.[1]
    if (name !== undefined && !byName.has(name)) byName.set(name, file)
  }
  return { fileOf: (name) => byName.get(name) }
}

/** Ids that a day's articles have, so that their files are read before the day is. */
function idsIn(value: unknown, found: Set<string> = new Set(), depth = 0): Set<string> {
  if (depth > 6) return found
  if (Array.isArray(value)) for (const each of value) idsIn(each, found, depth + 1)
  else if (isObject(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (/^(?:item_|article_)?id$|^articleId$/.test(key) && typeof each === 'string') found.add(each)
      else idsIn(each, found, depth + 1)
    }
  }
  return found
}

interface FoundDay {
  day: JsonDay
  files: string[]
  /** Characters of its articles. */
  length: number
}

async function readDay(
  source: Source,
  file: string,
  fileOf: (id: string) => string | undefined,
): Promise<FoundDay | undefined> {
  const value = await parse(source, file)
  const objects = new Map<string, JsonObject>()
  const files = new Map<string, string>()
  for (const name of idsIn(value)) {
    const own = fileOf(name)
    if (own === undefined || own === file) continue
    const detail: unknown = JSON.parse(decodeText(await source.bytes(own)).text)
    if (!isObject(detail)) continue
    objects.set(name, detail)
    files.set(name, own)
  }
  const detailOf: DetailOf = (name) => objects.get(name)
  const day = parseDay(value, detailOf)
  if (!day) return undefined
  const length = day.lines.reduce((sum, line) => sum + line.paragraphs.join('').length, 0)
  return { day, files: [file, ...day.named.map((name) => files.get(name) ?? file)], length }
}

/** Links to pages' files, by their names: the address they were fetched from is not here. */
function deliveredFiles(source: Source): (link: string) => string | undefined {
  const nameOf = (path: string): string =>
    (
      path
        .replace(/[?#].*$/, '')
        .split('/')
        .at(-1) ?? ''
    ).toLowerCase()
  const byName = new Map(source.files.map((file) => [nameOf(file), file]))
  return (link) => byName.get(nameOf(link))
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const { fileOf } = details(source)
  const days = new Map<string, FoundDay[]>()
  let done = 0
  for (const file of recognition.entries) {
    stopIfCancelled(context.signal)
    try {
      const found = context.claimed?.has(file) ? undefined : await readDay(source, file, fileOf)
      if (found) {
        const paper = found.day.paper ?? placeInName(file).title ?? source.name
        const key = JSON.stringify([found.day.date, paper, found.day.edition])
        days.set(key, [...(days.get(key) ?? []), found])
      }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'text-unreadable') }
    }
    context.onProgress?.(++done, recognition.entries.length, file)
  }
  const delivered = deliveredFiles(source)
  for (const [key, found] of days) {
    stopIfCancelled(context.signal)
    const [, paper] = JSON.parse(key) as [string, string]
    // One day in two files, such as an index and what was collected for it: the fuller one is read, both are kept.
    const [best] = found.sort((a, b) => b.length - a.length)
    if (!best) continue
    const issue = issueOfDay(best.day, paper, { importer: id, version, name: source.name }, delivered)
    const [file = ''] = best.files
    for (const reason of best.day.bad) issue.warnings.push(warning('text-unreadable', file, { reason }))
    const pictures = issue.pages.flatMap(({ renditions }) => renditions.map((rendition) => rendition.file))
    yield { type: 'issue', issue, files: [...new Set([...found.flatMap(({ files }) => files), ...pictures])] }
  }
}

/** The JSON of a day, with pages and articles. */
export const dayJsonImporter: Importer = { id, version, recognise, read }
