import { ArchiveError } from '../errors.ts'
import { type DetailOf, issueOfDay, type JsonDay, parseDay } from './day-json-issue.ts'
import { isObject, type JsonObject } from './day-json-fields.ts'
import { dayObjects, loneArticle } from './day-json-shape.ts'
import { placeInName } from './dated-name.ts'
import { decodeText } from './encoding.ts'
import type { Origins } from '../model.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { parseJson } from './json-values.ts'
import type { Source } from './source.ts'

/**
 * The JSON of a day: one file a day with its pages and their articles, or with articles that name their page. The text
 * of an article may stand in a file of its own, named by the article's id.
 */
const id = 'day-json'
const version = 3

/** A day is some hundred kilobytes of text. */
const largestFile = 64 * 1024 * 1024
const mostLooks = 500
/** What only points into a day is never one. */
const mentions =
  /"(?:[a-zA-Z_]*(?:date|time|published\w*)|[a-zA-Z]*(?:Date|Time)|day|出版日期|发布日期|日期|\d{4}-?\d\d-?\d\d)"\s*:/
const holds =
  /"(?:pages|layouts|pageList|page_list|versions|版面|articles|items|news|contents|list|article_list|articleList|稿件|文章|title|headline|标题)"\s*:/

async function parse(source: Source, file: string): Promise<{ days: JsonObject[]; isLone: boolean }> {
  const size = await source.size(file)
  if (size > largestFile) throw new ArchiveError('too-large', { file, size, limit: largestFile })
  const { text } = decodeText(await source.bytes(file))
  const { date } = placeInName(file)
  const isWorthIt = date === undefined ? mentions.test(text) && holds.test(text) : holds.test(text)
  if (!isWorthIt) return { days: [], isLone: false }
  const around = date === undefined ? {} : { date }
  const value = parseJson(Buffer.from(text), file)
  const days = dayObjects(value, around)
  return days.length > 0 ? { days, isLone: false } : { days: loneArticle(value, around), isLone: true }
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries = source.files.filter((file) => /\.json$/i.test(file))
  for (const file of entries.slice(0, mostLooks)) {
    try {
      const { days } = await parse(source, file)
      if (days.some((day) => parseDay(day, () => undefined))) return { confidence: 0.85, entries }
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
  /** True when the file is a single article. */
  isLone: boolean
  /** Where each of its articles was read, and the file of its own that some have. */
  origins: Origins[]
}

/** One day of several files: single articles together; else the fullest, such as an index beside what was collected. */
function fullest(found: FoundDay[]): FoundDay | undefined {
  const [best] = found.filter(({ isLone }) => !isLone).sort((a, b) => b.length - a.length)
  const [first] = found
  if (best ?? !first) return best
  const of = <Value>(pick: (each: FoundDay) => Value[]): Value[] => found.flatMap(pick)
  const day = {
    ...first.day,
    lines: of((each) => each.day.lines),
    photos: new Map(of((each) => [...each.day.photos])),
    bad: of((each) => each.day.bad),
  }
  return { ...first, day, files: of(({ files }) => files), origins: of(({ origins }) => origins) }
}

async function readDay(source: Source, file: string, fileOf: (id: string) => string | undefined): Promise<FoundDay[]> {
  const { days: value, isLone } = await parse(source, file)
  const objects = new Map<string, JsonObject>()
  const files = new Map<string, string>()
  for (const name of idsIn(value)) {
    const own = fileOf(name)
    if (own === undefined || own === file) continue
    const detail = parseJson(await source.bytes(own), own)
    if (!isObject(detail)) continue
    objects.set(name, detail)
    files.set(name, own)
  }
  const detailOf: DetailOf = (name) => objects.get(name)
  return value.flatMap((each): FoundDay[] => {
    const day = parseDay(each, detailOf)
    if (!day) return []
    const length = day.lines.reduce((sum, line) => sum + line.paragraphs.join('').length, 0)
    const origins = day.lines.map((line, index): Origins => {
      const own = day.details.get(line)
      const detail = own === undefined ? undefined : files.get(own)
      return { '*': { file, at: `article ${index + 1}` }, ...(detail ? { blocks: { file: detail } } : {}) }
    })
    return [{ day, origins, files: [file, ...day.named.map((name) => files.get(name) ?? file)], length, isLone }]
  })
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
      for (const found of context.claimed?.has(file) ? [] : await readDay(source, file, fileOf)) {
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
    const best = fullest(found)
    if (!best) continue
    const issue = await issueOfDay(best.day, paper, { importer: id, version, name: source.name }, source, delivered)
    const [file = ''] = best.files
    issue.origins = { '*': { file } }
    for (const [index, article] of issue.articles.entries()) article.origins = best.origins[index]
    for (const reason of best.day.bad) issue.warnings.push(warning('text-unreadable', file, { reason }))
    const pictures = [
      ...issue.pages.flatMap(({ renditions }) => renditions.map((rendition) => rendition.file)),
      ...issue.articles.flatMap(({ photos }) => photos.flatMap(({ file }) => file ?? [])),
    ]
    yield { type: 'issue', issue, files: [...new Set([...found.flatMap(({ files }) => files), ...pictures])] }
  }
}

/** The JSON of a day, with pages and articles. */
export const dayJsonImporter: Importer = { id, version, recognise, read }
