import type { Article, ArticleKind, Metadata } from '../model.ts'
import { isoDateOf } from './article-date.ts'
import { paragraphsOfLines } from './broken-lines.ts'
import { keys } from './day-json-fields.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'

/** What a line says, before it has a place in an issue. */
export interface ArticleLine {
  /** Name of the newspaper; undefined when the line does not say. */
  paper: string | undefined
  language: string | undefined
  /** ISO date. */
  date: string
  edition: number
  pages: PageLabel[]
  /** The publisher's own id of the article, where it can be used. */
  id: string | undefined
  article: Pick<Article, 'kind' | 'headline' | 'kicker' | 'subtitle' | 'byline' | 'section'>
  paragraphs: string[]
  metadata: Metadata
}

type Fields = Map<string, unknown>

const kinds: readonly string[] = ['article', 'photo', 'advert', 'notice'] satisfies ArticleKind[]

/** A line that is no article; its message says why. */
export class BadLine extends Error {}

function plain(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') return undefined
  const text = value.replaceAll('\0', '').trim()
  return text === '' ? undefined : text
}

/** One line of text: headlines and names are one line of the index each. */
function oneLine(value: unknown): string | undefined {
  const text = Array.isArray(value) ? value.map(plain).filter(Boolean).join(' ') : plain(value)
  return text ? text.replace(/\s*[\r\n\v\f\u0085\u2028\u2029]+\s*/g, ' ') : undefined
}

function pagesOf(value: unknown, name: string | undefined): PageLabel[] {
  const labels = (Array.isArray(value) ? value : [value]).flatMap((one) => {
    const text = oneLine(one)
    return text ? [parsePageLabel(text) ?? { label: text.slice(0, 100) }] : []
  })
  const [first = { label: '1' }, ...others] = labels
  return [name ? { ...first, name } : first, ...others]
}

function paragraphsOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? value : [value]
  return parts.flatMap((part) => paragraphsOfLines(plain(part) ?? ''))
}

function metadataOf(fields: Fields): Metadata {
  const entries = [...fields].map(([key, value]): [string, Metadata[string]] => {
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
    if (isPlain) return [key, value as string | number | boolean | null]
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
    return [key, isList ? (value as string[]) : JSON.stringify(value)]
  })
  return Object.fromEntries(entries)
}

/** Reads one line. Throws `BadLine`. */
export function parseArticleLine(text: string): ArticleLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadLine('no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadLine('no JSON object')
  const fields: Fields = new Map(Object.entries(value))
  /** The first of the keys that says something; all that were asked for are used up when it is theirs. */
  const take = <T>(read: (value: unknown) => T | undefined, ...keys: string[]): T | undefined => {
    for (const key of keys) {
      const found = fields.has(key) ? read(fields.get(key)) : undefined
      if (found === undefined) continue
      fields.delete(key)
      return found
    }
    return undefined
  }
  const list = (value: unknown): string[] | undefined => {
    const paragraphs = paragraphsOf(value)
    return paragraphs.length > 0 ? paragraphs : undefined
  }
  // `source` is the agency as often as the newspaper: it stays what it is called.
  const named = take(oneLine, 'paper', 'newspaper', ...keys.paper.filter((key) => key !== 'source'))
  const ownHeadline = take(oneLine, 'headline', '标题')
  const paper = named ?? (ownHeadline === undefined ? undefined : take(oneLine, 'title'))
  const headline = ownHeadline ?? take(oneLine, 'title')
  const date = take(isoDateOf, ...keys.date)
  if (date === undefined) throw new BadLine('no date')
  const paragraphs = take(list, ...keys.body.filter((key) => key !== 'html')) ?? []
  if (headline === undefined && paragraphs.length === 0) throw new BadLine('neither headline nor text')
  const edition = take(
    (one) => (Number.isInteger(one) && Number(one) >= 1 && Number(one) <= 900 ? Number(one) : undefined),
    'edition',
  )
  const pageName = take(oneLine, 'pageName', 'page_name', '版名', '版面名称')
  const isLabel = (one: unknown): unknown =>
    (Array.isArray(one) ? one : [one]).some((label) => oneLine(label) !== undefined) ? one : undefined
  const page = take(isLabel, 'pageLabel', 'page', 'page_number', 'pageNumber', 'page_no', 'pageNo', '版次', '版面')
  return {
    paper: paper?.slice(0, 500),
    language: take(
      (one) => (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(String(one)) ? String(one) : undefined),
      ...keys.language,
    ),
    date,
    edition: edition ?? 1,
    pages: pagesOf(page, pageName),
    id: take((one) => (/^[\w.-]{1,100}$/.test(plain(one) ?? '') ? plain(one) : undefined), 'id', ...keys.id),
    article: {
      kind: take((one) => (kinds.includes(String(one)) ? (one as ArticleKind) : undefined), 'kind') ?? 'article',
      headline: headline ?? '',
      kicker: take(oneLine, ...keys.kicker),
      subtitle: take(oneLine, ...keys.subtitle),
      byline: take(oneLine, ...keys.byline),
      section: take(oneLine, ...keys.section),
    },
    paragraphs,
    metadata: metadataOf(fields),
  }
}
