import { openArchiveDeclaration, type ArchiveDeclaration } from './archive-folder.ts'
import { listedIdentity, manifestIdentity, readManifest } from './bag.ts'
import { getMeta, openCatalogueForReading, type CatalogueDatabase } from './catalogue.ts'
import { derivedFolder, type DerivedFolder } from './derived-folder.ts'
import { ArchiveError, type Details, type ErrorCode } from './errors.ts'
import { joinInside, readInside, refuseLinksOut } from './files.ts'
import { locateOriginal, readInPlace, type InPlaceFile } from './in-place.ts'
import { parseIssueDocument } from './issue-document.ts'
import { withOcrText } from './ocr/ocr-text.ts'
import { readTiles } from './page-tiles.ts'
import type { ArchiveInfo, IssueDocument, TitleSummary, Totals } from './model.ts'

/** An archive opened for reading. */
export interface Reading {
  readonly path: string
  readonly declaration: ArchiveDeclaration
  readonly derived: DerivedFolder
  readonly database: CatalogueDatabase
  /** False when the archive changed since its catalogue was made. */
  readonly upToDate: boolean
  /** Originals that were left in place. */
  readonly inPlace: ReadonlyMap<string, InPlaceFile>
  close: () => void
}

/** Names an issue. */
export interface IssueName {
  title: string
  date: string
  edition: number
}

export interface IssueRow extends IssueName {
  id: number
  titleName: string
  language: string
  number: string | null
  supplement: string | null
  document: string
  pages: number
  articles: number
  problem: string | null
  /** Front page. */
  cover: number | null
  coverThumbnail: string | null
  coverWidth: number | null
  coverHeight: number | null
}

export interface PageRow {
  id: number
  local: string
  label: string
  name: string
  width: number
  height: number
  image: string | null
  imageDerived: boolean
  thumbnail: string | null
  /** Name of the tiles of a large page, made or not. */
  tiles: string | null
  problem: string | null
}

const issueColumns = `issues.id, issues.title, issues.date, issues.edition, titles.name AS titleName, titles.language,
  issues.number, issues.supplement, issues.document, issues.pages, issues.articles, issues.problem,
  pages.id AS cover, pages.thumbnail AS coverThumbnail, pages.width AS coverWidth, pages.height AS coverHeight`
const issueTables = `issues JOIN titles ON titles.id = issues.title
  LEFT JOIN pages ON pages.issue = issues.id AND pages.ord = 0`

/**
 * Opens an archive with its catalogue. Throws ArchiveError: those of `openArchiveFolder`, and `no-index` when there is
 * no catalogue yet.
 */
export async function openReading(path: string, cache: string): Promise<Reading> {
  const archive = await openArchiveDeclaration(path)
  const { declaration } = archive
  const derived = await derivedFolder({ path: archive.path, id: declaration.id }, cache)
  const database = openCatalogueForReading(derived.catalogue)
  const made = database && getMeta(database, 'manifest')
  if (!database || made === undefined) {
    database?.close()
    throw new ArchiveError('no-index', { file: archive.path })
  }
  return {
    path: archive.path,
    declaration,
    derived,
    database,
    upToDate:
      made === (await listedIdentity(archive.path)) || made === manifestIdentity(await readManifest(archive.path)),
    inPlace: await readInPlace(archive.path),
    close: () => database.close(),
  }
}

/** What the archive holds, title by title. */
export function readInfo(reading: Pick<Reading, 'declaration' | 'database'>): ArchiveInfo {
  return {
    format: reading.declaration.format,
    version: reading.declaration.version,
    titles: readTitles(reading.database),
    totals: readTotals(reading.database),
  }
}

function readTitles(database: CatalogueDatabase): TitleSummary[] {
  const firstOrLast = (which: 'MIN' | 'MAX'): string => `(SELECT ${which}(date) FROM issues WHERE title = titles.id)`
  return database
    .prepare(
      `SELECT id, name, language, ${firstOrLast('MIN')} AS first, ${firstOrLast('MAX')} AS last, issues, pages, articles
       FROM titles WHERE issues > 0 ORDER BY issues DESC, id`,
    )
    .all()
    .map((row) => plainRow<TitleSummary>(row))
}

function readTotals(database: CatalogueDatabase): Totals {
  const row = database
    .prepare(
      `SELECT TOTAL(issues) AS issues, TOTAL(pages) AS pages, TOTAL(articles) AS articles, TOTAL(zones) AS zones,
         TOTAL(words) AS words FROM titles`,
    )
    .get()
  return plainRow<Totals>(row)
}

/** Whether there is an issue of a title. */
export function holdsTitle({ database }: Reading, title: string): boolean {
  return database.prepare('SELECT 1 FROM issues WHERE title = ? LIMIT 1').get(title) !== undefined
}

/** All issues of a title, ascending by date and edition. */
export function issuesOfTitle(reading: Reading, title: string): IssueRow[] {
  return reading.database
    .prepare(`SELECT ${issueColumns} FROM ${issueTables} WHERE issues.title = ? ORDER BY issues.date, issues.edition`)
    .all(title)
    .map((row) => plainRow<IssueRow>(row))
}

/** All issues of a day, the title with most issues first. */
export function issuesOfDay(reading: Reading, date: string): IssueRow[] {
  return reading.database
    .prepare(`SELECT ${issueColumns} FROM ${issueTables} WHERE issues.date = ? ORDER BY issues.title, issues.edition`)
    .all(date)
    .map((row) => plainRow<IssueRow>(row))
}

/** The newest issues with a front page to show. */
export function newestIssues(reading: Reading, limit: number): IssueRow[] {
  return reading.database
    .prepare(
      `SELECT ${issueColumns} FROM ${issueTables} WHERE pages.thumbnail IS NOT NULL ORDER BY issues.date DESC LIMIT ?`,
    )
    .all(limit)
    .map((row) => plainRow<IssueRow>(row))
}

/** Throws ArchiveError `unknown-issue`, or the reason why the issue's document cannot be used. */
export function findIssue(reading: Reading, name: IssueName): IssueRow {
  const row = reading.database
    .prepare(
      `SELECT ${issueColumns} FROM ${issueTables} WHERE issues.title = ? AND issues.date = ? AND issues.edition = ?`,
    )
    .get(name.title, name.date, name.edition)
  if (!row) throw new ArchiveError('unknown-issue', { file: `${name.title}/${name.date}/${name.edition}` })
  const issue = plainRow<IssueRow>(row)
  if (issue.problem !== null) {
    const { code, details } = JSON.parse(issue.problem) as { code: ErrorCode; details: Details }
    throw new ArchiveError(code, details)
  }
  return issue
}

/** The issues before and after one, in edition order, of the same title. */
export function neighboursOf(reading: Reading, issue: IssueName): { previous?: IssueName; next?: IssueName } {
  const near = (sign: '<' | '>', order: 'DESC' | 'ASC'): IssueName | undefined => {
    const row = reading.database
      .prepare(
        `SELECT title, date, edition FROM issues WHERE title = ? AND (date, edition) ${sign} (?, ?)
         ORDER BY date ${order}, edition ${order} LIMIT 1`,
      )
      .get(issue.title, issue.date, issue.edition)
    return row ? plainRow<IssueName>(row) : undefined
  }
  return { previous: near('<', 'DESC'), next: near('>', 'ASC') }
}

/** The document of an issue, as stored. Throws ArchiveError `missing-file`, `damaged-document`. */
export async function readIssueDocument(reading: Reading, issue: Pick<IssueRow, 'document'>): Promise<IssueDocument> {
  return parseIssueDocument(await readInside(reading.path, issue.document), issue.document)
}

/** The document of an issue with the text that was recognised on its pages; `issue`: its row. Errors as above. */
export async function readIssueWithOcr(
  reading: Reading,
  issue: Pick<IssueRow, 'id' | 'document'>,
): Promise<IssueDocument> {
  const document = await readIssueDocument(reading, issue)
  const names = new Map(
    pagesOf(reading, issue.id).map(({ local, thumbnail }) => [local, thumbnail?.replace(/\.webp$/, '')]),
  )
  return (await withOcrText(document, (page) => names.get(page.id), reading.derived.ocr)).issue
}

/** The pages of an issue in order; `most`: only the first so many. */
export function pagesOf(reading: Reading, issue: number, most = -1): PageRow[] {
  return reading.database
    .prepare(
      `SELECT id, local, label, name, width, height, image, image_derived AS imageDerived, thumbnail, tiles, problem
       FROM pages WHERE issue = ? ORDER BY ord LIMIT ?`,
    )
    .all(issue, most)
    .map((row) => plainRow<PageRow>(row))
}

/** The label of a page by its id in its issue (a row); empty when there is no such page. */
export function pageLabelOf(reading: Reading, issue: number, page: string): string {
  const row = reading.database.prepare('SELECT label FROM pages WHERE issue = ? AND local = ?').get(issue, page)
  return (row as { label: string } | undefined)?.label ?? ''
}

/** The rows of an issue's articles by their ids in the issue. */
export function articleRows(reading: Reading, issue: number): Map<string, number> {
  const rows = reading.database.prepare('SELECT id, local FROM articles WHERE issue = ?').all(issue)
  return new Map(rows.map((row) => plainRow<{ id: number; local: string }>(row)).map((row) => [row.local, row.id]))
}

/** The words of an article with their boxes, packed as `word-boxes.ts` has them; undefined where none has one. */
export function wordBoxesOf(reading: Reading, article: number): Uint8Array | undefined {
  const row = reading.database.prepare('SELECT data FROM word_boxes WHERE article = ?').get(article)
  return (row as { data: Uint8Array } | undefined)?.data
}

/** Where the picture or thumbnail of a page stands on disk. Throws ArchiveError `missing-file`, `unsafe-path`. */
export async function locatePagePicture(reading: Reading, page: number, kind: 'page' | 'thumbnail'): Promise<string> {
  const row = reading.database
    .prepare('SELECT image, image_derived AS imageDerived, thumbnail FROM pages WHERE id = ?')
    .get(page) as Pick<PageRow, 'image' | 'imageDerived' | 'thumbnail'> | undefined
  if (kind === 'thumbnail' && row?.thumbnail) return joinInside(reading.derived.thumbnails, row.thumbnail)
  if (kind === 'page' && row?.image) {
    return row.imageDerived ? locateInside(reading.derived.rasters, row.image) : locateOriginal(reading, row.image)
  }
  throw new ArchiveError('missing-file', { file: `${kind} ${page}` })
}

/** Tiles of a page of an issue (its row), as JPEGs. Throws ArchiveError `missing-file`, `unsafe-path`. */
export async function readPageTiles(
  reading: Reading,
  issue: number,
  page: string,
  tiles: readonly number[],
): Promise<Uint8Array[]> {
  const row = reading.database.prepare('SELECT tiles FROM pages WHERE issue = ? AND local = ?').get(issue, page) as
    Pick<PageRow, 'tiles'> | undefined
  if (!row?.tiles) throw new ArchiveError('missing-file', { file: `tiles ${page}` })
  return readTiles(await locateInside(reading.derived.tiles, row.tiles), tiles)
}

/** Where a photo of an article stands on disk. Throws ArchiveError `missing-file`, `unsafe-path`. */
export async function locatePhoto(reading: Reading, article: number, photo: number): Promise<string> {
  const row = reading.database
    .prepare(
      'SELECT articles.local, issues.document FROM articles JOIN issues ON issues.id = articles.issue WHERE articles.id = ?',
    )
    .get(article) as { local: string; document: string } | undefined
  const document = row && (await readIssueDocument(reading, row))
  const file = document?.articles.find((one) => one.id === row?.local)?.photos[photo]?.file
  if (file === undefined) throw new ArchiveError('missing-file', { file: `photo ${article}/${photo}` })
  return locateOriginal(reading, file)
}

/** A place that no link leads away from: nothing outside the archive is ever shown as part of it. */
async function locateInside(root: string, path: string): Promise<string> {
  const place = joinInside(root, path)
  await refuseLinksOut(root, place, path)
  return place
}

/** libsql adds its own field to every row; nothing of it leaves this layer. */
export function plainRow<Row>(row: unknown): Row {
  const { _metadata, ...fields } = row as Record<string, unknown>
  return fields as Row
}
