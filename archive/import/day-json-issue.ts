import type { IssueDocument, Page } from '../model.ts'
import { isoDateOf } from './article-date.ts'
import { type ArticleLine, BadLine, parseArticleLine } from './article-line.ts'
import { issueOfLines } from './article-lines-issue.ts'
import { isObject, type JsonObject, listOf, take } from './day-json-fields.ts'
import { parseHtml, textOf } from './html-tree.ts'
import { measureImage } from './image-size.ts'
import { warning } from './import-warning.ts'
import { languageTag } from './language-tag.ts'
import { comparablePageLabel, parsePageLabel, type PageLabel } from './page-label.ts'
import type { Source } from './source.ts'

/** A page as the day's file lists it, also one without articles. */
interface ListedPage extends PageLabel {
  pdf?: string
  image?: string
}

/** One newspaper of one day, as a JSON file has it. */
export interface JsonDay {
  paper?: string
  /** ISO date. */
  date: string
  edition: number
  number?: string
  /** BCP 47, when the day says it. */
  language?: string
  pages: ListedPage[]
  lines: ArticleLine[]
  /** Photos as the articles link to them. */
  photos: Map<ArticleLine, LinkedPhoto[]>
  /** Articles that are none, with the reason. */
  bad: string[]
  /** Names of articles whose text stands in files of their own. */
  named: string[]
  details: Map<ArticleLine, string>
}

interface LinkedPhoto {
  link: string
  caption?: string
}

/** Finds the object of an article that has a file of its own: by its id. */
export type DetailOf = (id: string) => JsonObject | undefined

function textual(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function plainBody(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainBody)
  if (isObject(value)) return plainBody(value['text'] ?? value['content'])
  if (typeof value !== 'string' || !/<\/?(?:p|br|div|span|img|strong|a)\b/i.test(value)) return value
  return textOf(parseHtml(value))
}

/** `{ "block": { "title": …, "content": … } }`: the article stands one level down. */
function flat(object: JsonObject): Map<string, unknown> {
  const fields = new Map(Object.entries(object))
  for (const key of ['block', 'article', 'data', 'item']) {
    const inner = fields.get(key)
    if (!isObject(inner)) continue
    fields.delete(key)
    for (const [name, value] of Object.entries(inner)) if (!fields.has(name)) fields.set(name, value)
  }
  return fields
}

/** Links to pictures, alone or in objects with a caption. */
function photosOf(value: unknown): LinkedPhoto[] {
  return (Array.isArray(value) ? value : [value]).flatMap((each: unknown): LinkedPhoto[] => {
    if (!isObject(each)) return typeof each === 'string' && each.trim() !== '' ? [{ link: each.trim() }] : []
    const first = (...names: string[]): string | undefined =>
      names.map((name) => textual(each[name])).find((one) => one !== undefined)
    const link = first('file', 'url', 'src', 'path', 'image', 'img', '地址')
    const caption = first('caption', 'description', 'desc', 'title', 'alt', '图片说明', '说明')
    return link === undefined ? [] : [{ link, ...(caption ? { caption } : {}) }]
  })
}

/** An article as the line of JSON Lines that says the same, so that both are read by one set of rules. */
function lineOf(object: JsonObject, day: JsonDay, page: PageLabel | undefined, detailOf: DetailOf): ArticleLine {
  const fields = flat(object)
  const id = textual(take(fields, 'id'))
  const detail = id === undefined ? undefined : detailOf(id)
  if (detail && id !== undefined) {
    day.named.push(id)
    for (const [key, value] of flat(detail)) if ((fields.get(key) ?? '') === '') fields.set(key, value)
  }
  const photos = photosOf(take(fields, 'photos'))
  const own = page ? undefined : textual(take(fields, 'pageLabel'))
  const line = {
    headline: take(fields, 'headline'),
    kicker: take(fields, 'kicker'),
    subtitle: take(fields, 'subtitle'),
    byline: take(fields, 'byline'),
    section: take(fields, 'section'),
    body: plainBody(take(fields, 'body')),
    language: take(fields, 'language'),
    kind: fields.get('kind'),
    id: id?.replace(/[^\w.-]+/g, '-').slice(0, 100),
    pageLabel: page?.label ?? own ?? '1',
    pageName: page?.name ?? (own === undefined ? undefined : textual(fields.get('page_name'))),
    date: day.date,
  }
  const parsed = parseArticleLine(JSON.stringify(line))
  const rest = parseArticleLine(
    JSON.stringify({ ...Object.fromEntries(fields), date: day.date, headline: 'x' }),
  ).metadata
  const read: ArticleLine = { ...parsed, metadata: { ...parsed.metadata, ...rest } }
  if (photos.length > 0) day.photos.set(read, photos)
  if (detail && id !== undefined) day.details.set(read, id)
  return read
}

function addArticles(list: JsonObject[], day: JsonDay, page: PageLabel | undefined, detailOf: DetailOf): void {
  for (const [index, object] of list.entries()) {
    try {
      day.lines.push(lineOf(object, day, page, detailOf))
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      day.bad.push(`${page ? `page ${page.label}, ` : ''}article ${index + 1}: ${error.message}`)
    }
  }
}

/**
 * Reads a day: an object with a date and pages with articles, or with articles that name their page. Undefined when
 * it is something else.
 */
export function parseDay(value: unknown, detailOf: DetailOf): JsonDay | undefined {
  if (!isObject(value) || '@context' in value) return undefined
  const fields = new Map(Object.entries(value))
  const pages = listOf(value, 'pages')
  const articles = listOf(value, 'articles')
  const date = isoDateOf(take(fields, 'date'))
  if (!date || !(articles || pages?.some((page) => listOf(page, 'articles')))) return undefined
  const edition = Number(take(fields, 'edition') ?? 1)
  const day: JsonDay = {
    paper: textual(take(fields, 'paper')),
    date,
    edition: Number.isInteger(edition) && edition >= 1 && edition <= 900 ? edition : 1,
    number: textual(take(fields, 'number')),
    language: languageTag(textual(take(fields, 'language'))),
    pages: [],
    lines: [],
    photos: new Map(),
    bad: [],
    named: [],
    details: new Map(),
  }
  for (const [index, page] of (pages ?? []).entries()) {
    const own = new Map(Object.entries(page))
    const said = textual(take(own, 'pageLabel')) ?? String(index + 1)
    const label = parsePageLabel(said) ?? { label: said.slice(0, 100) }
    const listed: ListedPage = {
      label: label.label,
      name: label.name ?? textual(take(own, 'pageName')),
      pdf: textual(take(own, 'pagePdf')),
      image: textual(take(own, 'pageImage')),
    }
    day.pages.push(listed)
    addArticles(listOf(page, 'articles') ?? [], day, listed, detailOf)
  }
  if (articles) addArticles(articles, day, undefined, detailOf)
  return day.lines.length > 0 || day.pages.length > 0 ? day : undefined
}

/** Finds a delivered file by the link to it. */
type FileOf = (link: string) => string | undefined

async function addPictures(day: JsonDay, issue: IssueDocument, source: Source, fileOf: FileOf): Promise<void> {
  const byLabel = new Map(issue.pages.map((page): [string, Page] => [comparablePageLabel(page.label), page]))
  for (const { label, pdf, image } of day.pages) {
    const page = byLabel.get(comparablePageLabel(label))
    const [pdfFile, imageFile] = [pdf && fileOf(pdf), image && fileOf(image)]
    if (page && imageFile) {
      const size = await measureImage(source, imageFile)
      page.renditions.push({ kind: 'image', file: imageFile, mime: 'image/jpeg', ...size })
      if (size) [page.width, page.height] = [size.width, size.height]
    } else if (image) issue.warnings.push(warning('missing-image', image))
    if (pdfFile) page?.renditions.push({ kind: 'pdf', file: pdfFile, mime: 'application/pdf', pdfPage: 0 })
    else if (pdf) issue.warnings.push(warning('missing-pdf', pdf))
  }
  for (const [index, line] of day.lines.entries()) {
    for (const { link, caption } of day.photos.get(line) ?? []) {
      const file = fileOf(link)
      if (file === undefined) issue.warnings.push(warning('missing-image', link))
      const size = file === undefined ? undefined : await measureImage(source, file)
      if (file !== undefined || caption) issue.articles[index]?.photos.push({ file, ...size, caption })
    }
  }
}

/** The document of a day, its pages in the order in which they are listed, with the pictures that were delivered. */
export async function issueOfDay(
  day: JsonDay,
  paper: string,
  importer: IssueDocument['source'],
  source: Source,
  fileOf: FileOf,
): Promise<IssueDocument> {
  const issue = issueOfLines(day.lines, { paper, date: day.date, edition: day.edition }, importer, {
    listed: day.pages,
  })
  if (day.number) issue.number = day.number
  if (day.language) issue.title.language = day.language
  await addPictures(day, issue, source, fileOf)
  return issue
}
