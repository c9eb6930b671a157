import type { ArticleText, TextField } from '../article-text.ts'
import { ArchiveError } from '../errors.ts'
import type { ArticleKind } from '../model.ts'
import { fold } from './folding.ts'

/** An article as the index takes it: `text` and `spans` are what `articleText` answers. */
export interface SearchDocument extends ArticleText {
  /** The catalogue's number of the article: a whole number, 1 or higher, dense. Adding a known id replaces it. */
  id: number
  /** Id of the newspaper title. */
  title: string
  /** ISO date of the issue. */
  date: string
  /** Labels of the pages it stands on. */
  pages: string[]
  /** Whether it stands on the first page of its issue. */
  frontPage: boolean
  /** `article` when nothing is said. */
  kind?: ArticleKind
  /** Section 栏目, as printed. */
  section?: string
}

/** The kinds by the numbers they have in a segment. */
export const articleKinds: readonly ArticleKind[] = ['article', 'photo', 'advert', 'notice', 'page']

/** Highest id: the bookkeeping of what is replaced takes a bit for each. */
export const highestId = 2 ** 28

/** An article ready for a segment. */
export interface FoldedDocument {
  id: number
  title: string
  /** `20130110`, sorts as a number. */
  day: number
  frontPage: boolean
  /** Whether it has a body or captions. */
  hasText: boolean
  /** Place in `articleKinds`. */
  kind: number
  /** Folded section, empty when there is none. */
  section: string
  /** Normalised page labels between spaces: ` a1 23 `. */
  pages: string
  /** Folded text; the lines are the original's lines. */
  text: string
  /** Lines from the top that are kicker, headline and subtitle; then lines of byline; at most 255 each. */
  headlineLines: number
  bylineLines: number
}

/** An ISO date as a number that sorts, `20130110`; 0 when it is no date. */
export function dayNumber(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date)
  return match ? Number(`${match[1]}${match[2]}${match[3]}`) : 0
}

/** `20130110` as `2013-01-10`. */
export function isoDate(day: number): string {
  const digits = String(day).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

/** A page label as it is compared: `Ａ０１`, `A1` and `a01` are one page, and `第23版` is `23`. */
export function pageKey(label: string): string {
  return fold(label)
    .replace(/^第/, '')
    .replace(/版$/, '')
    .replace(/\s+/g, '')
    .replace(/0+(?=\d)/g, (zeros, offset: number, whole: string) => (/\d/.test(whole[offset - 1] ?? '') ? zeros : ''))
}

/** A section as it is compared. */
export function sectionKey(section: string): string {
  return fold(section).trim()
}

function linesOf(document: SearchDocument, fields: TextField[]): number {
  const lines = document.spans
    .filter((span) => fields.includes(span.field))
    .map((span) => document.text.slice(span.start, span.end).split('\n').length)
  return Math.min(
    255,
    lines.reduce((sum, count) => sum + count, 0),
  )
}

/** Folds an article. Throws `bad-request` for an id that is none. */
export function foldDocument(document: SearchDocument): FoldedDocument {
  const { id, title, date, frontPage } = document
  if (!Number.isInteger(id) || id < 1 || id > highestId) throw new ArchiveError('bad-request', { reason: `id ${id}` })
  const labels = [...new Set(document.pages.map(pageKey))].filter((label) => label !== '')
  return {
    id,
    title,
    day: dayNumber(date),
    frontPage,
    hasText: document.spans.some(({ field }) => field === 'body' || field === 'caption'),
    kind: Math.max(0, articleKinds.indexOf(document.kind ?? 'article')),
    section: sectionKey(document.section ?? ''),
    pages: labels.length > 0 ? ` ${labels.join(' ')} ` : '',
    text: fold(document.text),
    headlineLines: linesOf(document, ['kicker', 'headline', 'subtitle']),
    bylineLines: linesOf(document, ['byline']),
  }
}

/** Where the first `lines` lines end: offset of the line break behind them, or the length of the text. */
export function endOfLines(text: string, lines: number, from = 0): number {
  let end = from - 1
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1)
    if (end < 0) return text.length
  }
  return Math.max(end, from)
}
