import { articleText } from '../article-text.ts'
import type { ZoneBox } from '../catalogue-writer.ts'
import { hitBoxes, reckonedBoxes } from '../hit-boxes.ts'
import type { Article, HitBox, IssueDocument, Page } from '../model.ts'
import type { Reading } from '../reading.ts'
import { wordsInRanges } from '../word-boxes.ts'
import type { JsonObject, Note, NotePlace, NoteShape, PlacedNote, TextQuote } from './annotation-model.ts'
import { keptBoxes, noteOf } from './annotation-record.ts'
import { contains } from './region-shape.ts'
import { findQuote, quoteIn } from './text-anchor.ts'

/** An issue as it is read now, for placing notes in it. */
export interface IssueText {
  reading: Reading
  document: IssueDocument
  /** Rows of the articles in the catalogue, by their ids in the issue. */
  articles: ReadonlyMap<string, number>
}

interface ArticleRow {
  boxes: string
  words: Uint8Array | null
}

function rowOf({ reading, articles }: IssueText, article: string): ArticleRow | undefined {
  const row = articles.get(article)
  if (row === undefined) return undefined
  return reading.database
    .prepare(
      'SELECT articles.boxes, word_boxes.data AS words FROM articles LEFT JOIN word_boxes ON word_boxes.article = articles.id WHERE articles.id = ?',
    )
    .get(row) as ArticleRow | undefined
}

/** Where a stretch of an article's flat text stands on its pages: words, else the article's zones, else its page. */
export function boxesOfSpan(issue: IssueText, article: Article, start: number, end: number): HitBox[] {
  const row = rowOf(issue, article.id)
  const zones = row ? (JSON.parse(row.boxes) as ZoneBox[]) : []
  return reckonedBoxes([[start, end]], article.pages, row?.words ?? undefined, zones)
}

/** The same, as exactly as the source allows: what was reckoned from lines is marked as the lines. */
export function hitsOfSpan(issue: IssueText, article: Article, start: number, end: number): HitBox[] {
  const row = rowOf(issue, article.id)
  const zones = row ? (JSON.parse(row.boxes) as ZoneBox[]) : []
  return hitBoxes([[start, end]], article.pages, row?.words ?? undefined, zones)
}

/**
 * What a region covers of the text: the stretch of the article with most words inside it. Undefined where no words are
 * known there.
 */
export function quoteUnder(
  issue: IssueText,
  page: string,
  shape: NoteShape,
): { article: Article; quote: TextQuote } | undefined {
  let found: { article: Article; quote: TextQuote; words: number } | undefined
  for (const article of issue.document.articles) {
    const onPage = article.pages.indexOf(page)
    const packed = onPage < 0 ? undefined : rowOf(issue, article.id)?.words
    if (!packed) continue
    const inside = wordsInRanges(packed, [[0, Number.MAX_SAFE_INTEGER]]).filter(
      ({ page: at, box }) => at === onPage && contains(shape, [box.x + box.w / 2, box.y + box.h / 2]),
    )
    if (inside.length === 0 || inside.length <= (found?.words ?? 0)) continue
    const start = Math.min(...inside.map((word) => word.start))
    const end = Math.max(...inside.map((word) => word.end))
    const longest = 5000
    found = {
      article,
      quote: quoteIn(articleText(article).text, start, Math.min(end, start + longest)),
      words: inside.length,
    }
  }
  return found && { article: found.article, quote: found.quote }
}

/** The place of a new note, with all that a citation of it needs. */
export function placeIn({ reading, document }: IssueText, page?: string, article?: string): NotePlace {
  const onPage = document.pages.find((each) => each.id === page)
  const about = document.articles.find((each) => each.id === article)
  return {
    archive: reading.declaration.id,
    archiveName: reading.declaration.name,
    title: document.title.id,
    titleName: document.title.name,
    language: document.title.language,
    date: document.date,
    edition: document.edition,
    ...(document.number !== undefined && { number: document.number }),
    ...(document.supplement !== undefined && { supplement: document.supplement }),
    ...(onPage && { page: { id: onPage.id, label: onPage.label, name: onPage.name ?? '' } }),
    ...(about && { article: articlePlace(about, document) }),
  }
}

function articlePlace(article: Article, { pages }: IssueDocument): NonNullable<NotePlace['article']> {
  const { id, headline, kicker, subtitle, byline } = article
  return {
    id,
    headline,
    ...(kicker !== undefined && { kicker }),
    ...(subtitle !== undefined && { subtitle }),
    ...(byline !== undefined && { byline }),
    pages: article.pages.map((page) => pages.find((each) => each.id === page)?.label ?? page),
  }
}

/** A note where it stands in the issue as it is now; what is not found any more is said to be lost. */
export function placedNote(issue: IssueText, record: JsonObject): PlacedNote {
  const note = noteOf(record)
  const page = pageOf(issue.document, note)
  if (note.level === 'issue') return { ...note, pages: [], boxes: [] }
  if (note.level === 'page' || note.level === 'region') {
    if (!page) return { ...note, pages: [], boxes: [], lost: 'page' }
    const span = note.quote && spanOf(issue, note)
    const boxes = note.shape ? [] : [{ page: page.id, x: 0, y: 0, w: 1, h: 1, precision: 'page' as const }]
    return { ...note, pages: [page.id], boxes, ...(span && { span }) }
  }
  return note.level === 'article' ? placedOnArticle(issue, note) : placedOnText(issue, note, keptBoxes(record))
}

function pageOf({ pages }: IssueDocument, { place: { page } }: Note): Page | undefined {
  if (!page) return undefined
  const same = pages.find((each) => each.id === page.id)
  if (same && (page.label === '' || same.label === page.label)) return same
  // After another import the numbers of the pages may have moved; what is printed on them has not.
  return pages.find((each) => each.label === page.label) ?? same
}

function placedOnArticle(issue: IssueText, note: Note): PlacedNote {
  const about = note.place.article
  const { articles } = issue.document
  const same = articles.find((each) => each.id === about?.id)
  const found =
    same && (!about?.headline || same.headline === about.headline)
      ? same
      : (articles.find((each) => about?.headline && each.headline === about.headline) ?? same)
  if (!found)
    return {
      ...note,
      pages: pageOf(issue.document, note) ? [note.place.page?.id ?? ''] : [],
      boxes: [],
      lost: 'article',
    }
  const zones = JSON.parse(rowOf(issue, found.id)?.boxes ?? '[]') as ZoneBox[]
  const boxes = hitBoxes([], found.pages, undefined, zones)
  const span = { article: found.id, start: 0, end: 0 }
  return { ...note, pages: found.pages, boxes, span }
}

function placedOnText(issue: IssueText, note: Note, kept: HitBox[]): PlacedNote {
  const span = spanOf(issue, note)
  const article = issue.document.articles.find((each) => each.id === span?.article)
  if (!span || !article) {
    const pages = [...new Set(kept.map((box) => box.page))].filter((id) =>
      issue.document.pages.some((page) => page.id === id),
    )
    return { ...note, pages, boxes: kept, lost: 'text' }
  }
  const now = boxesOfSpan(issue, article, span.start, span.end)
  // Words that lost their boxes in a new import still stand where they stood.
  const boxes = now.some((box) => box.precision === 'word') || kept.length === 0 ? now : kept
  return { ...note, pages: [...new Set(boxes.map((box) => box.page))], boxes, span }
}

/** Looks for the quote in its article, then in the others, nearest pages first. */
function spanOf({ document }: IssueText, { quote, place }: Note): PlacedNote['span'] {
  if (!quote) return undefined
  const own = document.articles.find((each) => each.id === place.article?.id)
  const others = document.articles
    .filter((each) => each !== own)
    .sort((one, other) => distance(one, place) - distance(other, place))
  for (const article of own ? [own, ...others] : others) {
    const { text } = articleText(article)
    // A short quote is everywhere: only in its own article it may differ.
    const strict = article !== own
    const found = strict && !isLikely(text, quote) ? undefined : findQuote(text, quote)
    if (found) return { article: article.id, ...found }
  }
  return undefined
}

function distance(article: Article, { article: about, page }: NotePlace): number {
  if (about?.headline && article.headline === about.headline) return 0
  return page && article.pages.includes(page.id) ? 1 : 2
}

/** Cheap look before the dear search: some part of the quote stands in the text as it is. */
function isLikely(text: string, { exact }: TextQuote): boolean {
  if (exact.length < 8) return false
  const third = Math.max(4, Math.floor(exact.length / 3))
  return [0, third, exact.length - third].some((from) => text.includes(exact.slice(from, from + third)))
}
