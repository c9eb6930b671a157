import type { IssueDocument, Page } from '../model.ts'
import { isoDateOf } from './article-date.ts'
import { type ArticleLine, BadLine, parseArticleLine } from './article-line.ts'
import { issueOfLines } from './article-lines-issue.ts'
import { isObject, type JsonObject, listOf, take } from './day-json-fields.ts'
import { parseHtml, textOf } from './html-tree.ts'
import { comparablePageLabel, parsePageLabel, type PageLabel } from './page-label.ts'

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
  pages: ListedPage[]
  lines: ArticleLine[]
  /** Articles that are none, with the reason. */
  bad: string[]
  /** Names of articles whose text stands in files of their own. */
  named: string[]
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

/** An article as the line of JSON Lines that says the same, so that both are read by one set of rules. */
function lineOf(object: JsonObject, day: JsonDay, page: PageLabel | undefined, detailOf: DetailOf): ArticleLine {
  const fields = flat(object)
  const id = textual(take(fields, 'id'))
  const detail = id === undefined ? undefined : detailOf(id)
  if (detail && id !== undefined) {
    day.named.push(id)
    for (const [key, value] of flat(detail)) if ((fields.get(key) ?? '') === '') fields.set(key, value)
  }
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
  return { ...parsed, metadata: { ...parsed.metadata, ...rest } }
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
    pages: [],
    lines: [],
    bad: [],
    named: [],
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

/** The document of a day, its pages in the order in which they are listed; `fileOf` finds a page's delivered file. */
export function issueOfDay(
  day: JsonDay,
  paper: string,
  source: IssueDocument['source'],
  fileOf: (link: string) => string | undefined,
): IssueDocument {
  const issue = issueOfLines(day.lines, { paper, date: day.date, edition: day.edition }, source, day.pages)
  if (day.number) issue.number = day.number
  const byLabel = new Map(issue.pages.map((page): [string, Page] => [comparablePageLabel(page.label), page]))
  for (const { label, pdf, image } of day.pages) {
    const page = byLabel.get(comparablePageLabel(label))
    const [pdfFile, imageFile] = [pdf && fileOf(pdf), image && fileOf(image)]
    if (imageFile) page?.renditions.push({ kind: 'image', file: imageFile, mime: 'image/jpeg' })
    if (pdfFile) page?.renditions.push({ kind: 'pdf', file: pdfFile, mime: 'application/pdf', pdfPage: 0 })
  }
  return issue
}
