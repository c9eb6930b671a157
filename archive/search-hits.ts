import type { TextSpan } from './article-text.ts'
import type { CatalogueDatabase } from './catalogue.ts'
import type { ZoneBox } from './catalogue-writer.ts'
import { hitBoxes } from './hit-boxes.ts'
import type { SearchHit } from './model.ts'
import type { FoundArticle } from './search/search-index.ts'
import { markedPieces, snippet } from './search/snippet.ts'

interface HitRow {
  id: number
  local: string
  pages: string
  headline: string
  text: string
  spans: string
  boxes: string
  title: string
  titleName: string
  date: string
  edition: number
  issue: number
  /** Not a Buffer, as `get` gives: libsql 0.5 gives the blobs of `all` so. */
  words: ArrayBuffer | null
}

/** Rows that are read at once: a screen of hits, and all of them without holding all. */
const rowsAtOnce = 64

/**
 * Makes what the index has found the archive's hits, by id: with their headline, page, boxes and snippet. An article that
 * went away after the index was opened has none. What is asked for together is read together: a statement for each hit
 * was most of the time of an answer.
 */
export function hitReader(database: CatalogueDatabase): (found: FoundArticle[]) => Map<number, SearchHit> {
  const articles = database.prepare(
    `SELECT articles.id, articles.local, articles.pages, articles.headline, articles.text, articles.spans, articles.boxes,
       articles.issue, issues.title, titles.name AS titleName, issues.date, issues.edition, word_boxes.data AS words
     FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value
     JOIN issues ON issues.id = articles.issue JOIN titles ON titles.id = issues.title
     LEFT JOIN word_boxes ON word_boxes.article = articles.id`,
  )
  const label = database.prepare('SELECT label, name FROM pages WHERE issue = ? AND local = ?')
  return (found) => {
    const hits = new Map<number, SearchHit>()
    const labels = new Map<string, { label: string; name: string } | undefined>()
    const labelOf = (issue: number, page: string): { label: string; name: string } | undefined => {
      const key = `${issue} ${page}`
      if (!labels.has(key)) labels.set(key, label.get(issue, page) as { label: string; name: string } | undefined)
      return labels.get(key)
    }
    for (let at = 0; at < found.length; at += rowsAtOnce) {
      const part = new Map(found.slice(at, at + rowsAtOnce).map((one) => [one.id, one]))
      for (const row of articles.all(JSON.stringify([...part.keys()])) as HitRow[]) {
        const article = part.get(row.id)
        if (article) hits.set(row.id, hitOf(row, article, labelOf))
      }
    }
    return hits
  }
}

function hitOf(
  row: HitRow,
  { ranges, count }: FoundArticle,
  labelOf: (issue: number, page: string) => { label: string; name: string } | undefined,
): SearchHit {
  const pages = JSON.parse(row.pages) as string[]
  const boxes = hitBoxes(
    ranges,
    pages,
    row.words ? new Uint8Array(row.words) : undefined,
    JSON.parse(row.boxes) as ZoneBox[],
  )
  const pageId = boxes[0]?.page ?? pages[0] ?? ''
  const page = labelOf(row.issue, pageId)
  const spans = JSON.parse(row.spans) as TextSpan[]
  const { start = 0, end = 0 } = spans.find(({ field }) => field === 'headline') ?? {}
  const body = spans.find(({ field }) => field === 'body' || field === 'caption')?.start
  return {
    article: `${row.title}/${row.date}/${row.edition}#${row.local}`,
    title: row.title,
    titleName: row.titleName,
    date: row.date,
    edition: row.edition,
    page: page?.label ?? '',
    pageId,
    pageName: page?.name ?? '',
    headline: row.headline,
    headlineParts: markedPieces(row.text, ranges, start, end),
    snippet: snippet(row.text, ranges, body),
    boxes,
    count,
  }
}

/** Reads the original texts of articles, those of a page of hits at once. */
export function textReader(database: CatalogueDatabase) {
  const one = database.prepare('SELECT text FROM articles WHERE id = ?')
  const many = database.prepare(
    'SELECT articles.id, articles.text FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value',
  )
  let ready = new Map<number, string>()
  return {
    prepareTexts(ids: number[]): void {
      const rows = many.all(JSON.stringify(ids)) as { id: number; text: string }[]
      ready = new Map(rows.map(({ id, text }) => [id, text]))
    },
    readText: (id: number): string | undefined => ready.get(id) ?? (one.get(id) as { text: string } | undefined)?.text,
  }
}
