import { articleText } from './article-text.ts'
import type { CatalogueDatabase } from './catalogue.ts'
import type { Details, ErrorCode } from './errors.ts'
import type { Article, IssueDocument } from './model.ts'
import type { PagePictureResult } from './page-pictures.ts'
import { countWords } from './word-count.ts'
import { packWordBoxes, type PlacedWord } from './word-boxes.ts'

/** An issue document as the manifest has it. */
export interface ListedDocument {
  /** Path in the bag. */
  document: string
  sha256: string
}

/** Adds an issue: its row, titles, pages and articles with their words' boxes. */
export function addIssue(
  database: CatalogueDatabase,
  listed: ListedDocument,
  issue: IssueDocument,
  wordsOf: (article: Article) => PlacedWord[],
): void {
  const texts = issue.articles.map((article) => articleText(article))
  const zones = zoneBoxes(issue)
  database
    .prepare(
      'INSERT INTO titles (id, name, language) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, language = excluded.language',
    )
    .run(issue.title.id, issue.title.name, issue.title.language)
  const { lastInsertRowid: row } = database
    .prepare(
      `INSERT INTO issues (title, date, edition, number, supplement, document, sha256, pages, articles, zones, words)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      issue.title.id,
      issue.date,
      issue.edition,
      issue.number ?? null,
      issue.supplement ?? null,
      listed.document,
      listed.sha256,
      issue.pages.length,
      issue.articles.length,
      issue.pages.reduce((sum, page) => sum + page.zones.length, 0),
      texts.reduce((sum, { text }) => sum + countWords(text), 0),
    )
  const addPage = database.prepare(
    'INSERT INTO pages (issue, local, ord, label, name, width, height, pictured) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  issue.pages.forEach((page, index) => {
    const bare = page.renditions.length === 0 ? 1 : 0
    addPage.run(row, page.id, index, page.label, page.name ?? '', Math.round(page.width), Math.round(page.height), bare)
  })
  const addArticle = database.prepare(
    `INSERT INTO articles (issue, local, ord, page, pages, kind, section, headline, text, spans, boxes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addBoxes = database.prepare('INSERT INTO word_boxes (article, data) VALUES (?, ?)')
  issue.articles.forEach((article, index) => {
    const [page = ''] = article.pages
    const { text = '', spans = [] } = texts[index] ?? {}
    const added = addArticle.run(
      row,
      article.id,
      index,
      page,
      JSON.stringify(article.pages),
      article.kind,
      article.section ?? null,
      article.headline,
      text,
      JSON.stringify(spans),
      JSON.stringify(zones.get(article.id) ?? []),
    )
    const words = wordsOf(article)
    if (words.length > 0) addBoxes.run(added.lastInsertRowid, packWordBoxes(words))
  })
}

/** A zone of an article as its upright box, with the id of its page. */
export type ZoneBox = [page: string, x: number, y: number, w: number, h: number]

function zoneBoxes(issue: IssueDocument): Map<string, ZoneBox[]> {
  const boxes = new Map<string, ZoneBox[]>()
  for (const page of issue.pages) {
    for (const { article, polygon } of page.zones) {
      if (article === undefined) continue
      const across = polygon.map(([x]) => x)
      const down = polygon.map(([, y]) => y)
      const [left, top] = [Math.min(...across), Math.min(...down)]
      const box: ZoneBox = [page.id, left, top, Math.max(...across) - left, Math.max(...down) - top]
      boxes.set(article, [...(boxes.get(article) ?? []), box])
    }
  }
  return boxes
}

/** Adds an issue whose document cannot be used, so that it is listed with its reason instead of being absent. */
export function addDamagedIssue(
  database: CatalogueDatabase,
  listed: ListedDocument,
  problem: { code: ErrorCode; details: Details },
): void {
  const [, title = '', date = '', edition = ''] =
    /^data\/issues\/([^/]+)\/\d{4}\/(\d{4}-\d{2}-\d{2})_(\d+)\.json$/.exec(listed.document) ?? []
  database
    .prepare('INSERT INTO titles (id, name, language) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(title, title, 'und')
  database
    .prepare(
      `INSERT INTO issues (title, date, edition, document, sha256, pages, articles, zones, words, problem)
       VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?)`,
    )
    .run(title, date, Number(edition), listed.document, listed.sha256, JSON.stringify(problem))
}

/** Removes an issue, and notes its articles for the search index. */
export function removeIssue(database: CatalogueDatabase, row: number): void {
  const articles = '(SELECT id FROM articles WHERE issue = ?)'
  database.prepare(`INSERT INTO removed_articles SELECT id FROM articles WHERE issue = ?`).run(row)
  database.prepare(`DELETE FROM word_boxes WHERE article IN ${articles}`).run(row)
  for (const table of ['articles', 'pages']) database.prepare(`DELETE FROM ${table} WHERE issue = ?`).run(row)
  database.prepare('DELETE FROM issues WHERE id = ?').run(row)
}

/** Notes what the viewer can show of a page. */
export function setPagePicture(database: CatalogueDatabase, page: number, result: PagePictureResult): void {
  const { picture, problem } = result
  const reason = problem ? JSON.stringify(problem) : null
  if (!picture) {
    database.prepare('UPDATE pages SET pictured = 1, problem = ? WHERE id = ?').run(reason, page)
    return
  }
  database
    .prepare(
      'UPDATE pages SET pictured = 1, problem = ?, image = ?, image_derived = ?, width = ?, height = ?, thumbnail = ?, tiles = ? WHERE id = ?',
    )
    .run(
      reason,
      picture.image,
      picture.derived ? 1 : 0,
      picture.width,
      picture.height,
      picture.thumbnail ?? null,
      picture.tiles ?? null,
      page,
    )
}
