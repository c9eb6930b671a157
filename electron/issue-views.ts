import { existsSync } from 'node:fs'
import { ArchiveError } from '../archive/errors.ts'
import { joinInside } from '../archive/files.ts'
import type { Article, IssueDocument } from '../archive/model.ts'
import { ocrArticlePrefix } from '../archive/ocr/ocr-text.ts'
import { readsFromRight } from '../archive/page-order.ts'
import type { DatedPageRow } from '../archive/page-through-time.ts'
import { tileLevels, tileOverlap, tileSize } from '../archive/page-tiles.ts'
import {
  articleRows,
  findIssue,
  issuesOfDay,
  neighboursOf,
  pagesOf,
  readIssueWithOcr,
  type IssueName,
  type IssueRow,
  type PageRow,
  type Reading,
} from '../archive/reading.ts'
import type {
  ArticleHead,
  ArticleView,
  DatedPage,
  DayIssue,
  IssueGlance,
  IssueSummary,
  IssueView,
  PageView,
  Problem,
  TileSet,
} from './bridge/views.ts'
import { pictureUrl } from './picture-url.ts'

const headlinesOfDay = 6

/** An issue's document with what the catalogue adds, kept while it is being read. */
export interface LoadedIssue {
  row: IssueRow
  document: IssueDocument
  pages: PageRow[]
  articles: Map<string, number>
}

/** Throws ArchiveError `unknown-issue`, `missing-file`, `damaged-document`. */
export async function loadIssue(reading: Reading, name: IssueName): Promise<LoadedIssue> {
  const row = findIssue(reading, name)
  return {
    row,
    document: await readIssueWithOcr(reading, row),
    pages: pagesOf(reading, row.id),
    articles: articleRows(reading, row.id),
  }
}

export function issueSummary(archive: string, row: IssueRow): IssueSummary {
  return {
    title: row.title,
    titleName: row.titleName,
    date: row.date,
    edition: row.edition,
    number: row.number ?? undefined,
    supplement: row.supplement ?? undefined,
    pages: row.pages,
    articles: row.articles,
    cover: row.cover !== null ? thumbnailUrl(archive, row.cover, row.coverThumbnail) : undefined,
    coverWidth: row.coverWidth ?? undefined,
    coverHeight: row.coverHeight ?? undefined,
  }
}

/** A page among those of other days. */
export function datedPage(archive: string, row: DatedPageRow): DatedPage {
  const { date, edition, local, id, image, thumbnail, width, height } = row
  return {
    date,
    edition,
    page: local,
    image: image === null ? undefined : pictureUrl(archive, 'page', id, 0, thumbnail ?? ''),
    thumbnail: thumbnailUrl(archive, id, thumbnail),
    width,
    height,
  }
}

/** The issues of a day with the headlines a front page would shout. */
export function dayIssues(archive: string, reading: Reading, date: string): DayIssue[] {
  const heads = reading.database.prepare(
    `SELECT articles.local AS article, articles.page, pages.label AS pageLabel, articles.headline
     FROM articles JOIN pages ON pages.issue = articles.issue AND pages.local = articles.page
     WHERE articles.issue = ? AND articles.kind = 'article' AND articles.headline <> ''
     ORDER BY articles.ord LIMIT ?`,
  )
  return issuesOfDay(reading, date).map((row) => ({
    ...issueSummary(archive, row),
    headlines: (heads.all(row.id, headlinesOfDay) as DayIssue['headlines']).map((head) => ({
      article: head.article,
      page: head.page,
      pageLabel: head.pageLabel,
      headline: head.headline,
    })),
  }))
}

/** Pages of a first screen, and of some seconds of scrolling: the rest is there by then. */
const pagesAtAGlance = 480

/** What the catalogue knows of an issue; nothing of its document is read. Throws ArchiveError `unknown-issue`. */
export function issueGlance(archive: string, reading: Reading, name: IssueName): IssueGlance {
  const row = findIssue(reading, name)
  return {
    title: row.title,
    titleName: row.titleName,
    language: row.language,
    date: row.date,
    edition: row.edition,
    number: row.number ?? undefined,
    supplement: row.supplement ?? undefined,
    pages: pagesOf(reading, row.id, pagesAtAGlance).map((page) => ({
      id: page.local,
      label: page.label,
      name: page.name,
      width: page.width,
      height: page.height,
      thumbnail: thumbnailUrl(archive, page.id, page.thumbnail),
    })),
    pageCount: row.pages,
    articleCount: row.articles,
    ...neighboursOf(reading, row),
  }
}

/** Everything about an issue in one reply. */
export function issueView(archive: string, reading: Reading, loaded: LoadedIssue): IssueView {
  const { row, document } = loaded
  const pages = new Map(loaded.pages.map((page) => [page.local, page]))
  return {
    title: row.title,
    titleName: row.titleName,
    language: document.title.language,
    date: row.date,
    edition: row.edition,
    number: document.number,
    supplement: document.supplement,
    pages: document.pages.map((page): PageView => {
      const known = pages.get(page.id)
      const image = known?.image ? pictureUrl(archive, 'page', known.id, 0, known.thumbnail ?? '') : undefined
      return {
        id: page.id,
        label: page.label,
        name: page.name ?? '',
        width: known?.width || page.width,
        height: known?.height || page.height,
        image,
        thumbnail: known ? thumbnailUrl(archive, known.id, known.thumbnail) : undefined,
        zones: page.zones,
        tiles: known ? tileSet(archive, reading, known) : undefined,
        problem: known?.problem ? (JSON.parse(known.problem) as Problem) : zonesProblem(document, page.id),
      }
    }),
    articles: document.articles.map(articleHead),
    rightToLeft: readsFromRight(document),
    ...neighboursOf(reading, row),
    warnings: document.warnings.length,
  }
}

/** Said of a page whose zones could not all be drawn. */
function zonesProblem({ warnings }: IssueDocument, page: string): Problem | undefined {
  const warning = warnings.find(({ code, details }) => code === 'zones-outside' && details?.['id'] === page)
  return warning && { code: warning.code, details: warning.details ?? {} }
}

function tileSet(archive: string, reading: Reading, page: PageRow): TileSet | undefined {
  if (page.tiles === null) return undefined
  return {
    key: `${archive}/${page.id}/${page.tiles}`,
    size: tileSize,
    overlap: tileOverlap,
    levels: tileLevels(page.width, page.height).map(({ columns, rows, first }) => ({ columns, rows, first })),
    made: existsSync(joinInside(reading.derived.tiles, page.tiles)),
  }
}

function articleHead(article: Article): ArticleHead {
  const { id, kind, kicker, headline, subtitle, pages } = article
  const length = article.blocks.reduce((sum, block) => sum + block.text.length, 0)
  return { id, kind, kicker, headline, subtitle, pages, length }
}

/** Who recognised the text of an article; undefined for what was delivered. */
export function recognisedBy({ id, metadata }: Article): ArticleView['recognised'] {
  if (!id.startsWith(ocrArticlePrefix) || !metadata) return undefined
  const [engine, confidence] = [metadata['OCR by'], metadata['OCR confidence']]
  return typeof engine === 'string' && typeof confidence === 'number' ? { engine, confidence } : undefined
}

/** An article with its photos and neighbours. Throws ArchiveError `unknown-article`. */
export function articleView(archive: string, loaded: LoadedIssue, id: string): ArticleView {
  const { document, row } = loaded
  const at = document.articles.findIndex((article) => article.id === id)
  const article = document.articles[at]
  if (!article) throw new ArchiveError('unknown-article', { file: `${row.title}/${row.date}/${row.edition}#${id}` })
  const articleRow = loaded.articles.get(id)
  return {
    ...articleHead(article),
    issue: { title: row.title, date: row.date, edition: row.edition },
    titleName: row.titleName,
    language: document.title.language,
    byline: article.byline,
    section: article.section,
    recognised: recognisedBy(article),
    blocks: article.blocks,
    photos: article.photos.map((photo, index) => ({
      url: photo.file && articleRow !== undefined ? pictureUrl(archive, 'photo', articleRow, index, '') : undefined,
      width: photo.width,
      height: photo.height,
      caption: photo.caption,
    })),
    places: article.pages.map((page) => {
      const found = document.pages.find((one) => one.id === page)
      return { page, label: found?.label ?? '', name: found?.name ?? '' }
    }),
    continuedBy: article.continuedBy,
    continuedFrom: article.continuedFrom,
    previous: document.articles[at - 1]?.id,
    next: document.articles[at + 1]?.id,
  }
}

/** URL of a page's thumbnail, when it has one. */
export function thumbnailUrl(archive: string, page: number, thumbnail: string | null): string | undefined {
  return thumbnail === null ? undefined : pictureUrl(archive, 'thumbnail', page, 0, thumbnail)
}
