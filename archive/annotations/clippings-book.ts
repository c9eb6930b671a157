import { makeDeepLink } from '../deep-link.ts'
import type { Article, Block, Box, IssueDocument, Page } from '../model.ts'
import type { JsonObject, NotePlace, PlacedNote } from './annotation-model.ts'
import { noteOf } from './annotation-record.ts'
import type { BookStyle } from './annotation-model.ts'
import type { Clipping, ClippingPart } from './book-model.ts'
import { itemOfNote } from './citation-item.ts'
import { cite } from './citations.ts'
import { placedNote, type IssueText } from './placed-notes.ts'
import { correctedArticle, type TextCorrection } from './text-corrections.ts'
import { boxAround } from './region-shape.ts'

/** A clippings book (剪报本): notes in their order, each with its picture, its text, its comment and its source. */

/** White around words, in fractions of the page: their outermost letters touch the edge of their boxes. */
const room = 0.008

/** A clipping of a note; `issue`: its issue as it is read now, in the archive that the shelf names `archive`. */
export function clippingOf(
  record: JsonObject,
  style: BookStyle,
  found?: { issue: IssueText; archive: string; corrections: ReadonlyMap<string, readonly TextCorrection[]> },
): Clipping {
  const note = noteOf(record)
  const { place } = note
  const placed = found && placedNote(found.issue, record)
  const delivered = placed && articleOf(placed, found.issue.document)
  const article = delivered && correctedArticle(delivered, found?.corrections.get(delivered.id) ?? [])
  const quoted = (note.correction ?? note.quote?.exact)?.split('\n').map((text): Block => ({ kind: 'paragraph', text }))
  const isWhole = note.level === 'article' || (found && delivered && !note.quote && covers(placed, delivered, found))
  const whole = isWhole ? article?.blocks : undefined
  const { headline, kicker, byline } = article ?? place.article ?? { headline: '' }
  return {
    id: note.id,
    heading: headline || place.page?.name || place.titleName || '—',
    ...(kicker && { kicker }),
    ...(byline && { byline }),
    text: whole ?? quoted ?? [],
    isQuote: whole === undefined && quoted !== undefined,
    comment: note.comment,
    tags: note.tags,
    place,
    reference: place.date === '' ? place.titleName : cite([itemOfNote(note)], style),
    link: linkOf(place, placed),
    parts: placed && found ? partsOf(placed, article, found) : [],
    isMissing: !placed || placed.lost === 'page' || placed.lost === 'article' || placed.lost === 'issue',
  }
}

function articleOf(note: PlacedNote, document: IssueDocument): Article | undefined {
  const id = note.span?.article ?? (note.lost ? undefined : note.place.article?.id)
  return document.articles.find((each) => each.id === id)
}

/** A region around all that the article has on that page, where no words are known, means the article. */
function covers({ shape, pages: [page] }: PlacedNote, { id }: Article, { issue }: { issue: IssueText }): boolean {
  const zones = issue.document.pages.find((each) => each.id === page)?.zones.filter(({ article }) => article === id)
  if (!shape || !zones || zones.length === 0) return false
  const frame = grown(boxAround(shape))
  return zones.every(({ polygon }) => {
    const { x, y, w, h } = boxAround({ kind: 'polygon', points: polygon })
    return x >= frame.x && y >= frame.y && x + w <= frame.x + frame.w && y + h <= frame.y + frame.h
  })
}

function linkOf(place: NotePlace, placed: PlacedNote | undefined): string {
  const { archive, title, date, edition, page } = place
  if (date === '' || archive === '') return ''
  const region = placed?.shape ? inside(boxAround(placed.shape)) : undefined
  const article = placed?.level === 'article' || placed?.level === 'text' ? placed.span?.article : undefined
  const known = page && (page.label || page.id)
  return makeDeepLink({ archive, title, date, edition, page: known, article, region: article ? undefined : region })
}

function partsOf(
  note: PlacedNote,
  article: Article | undefined,
  found: { issue: IssueText; archive: string },
): ClippingPart[] {
  const { document } = found.issue
  const name = { archive: found.archive, title: document.title.id, date: document.date, edition: document.edition }
  const boxes = note.level === 'article' && article ? articleBoxes(article, document.pages) : noteBoxes(note)
  return boxes
    .filter(({ page }) => document.pages.some(({ id, renditions }) => id === page && renditions.length > 0))
    .map(({ page, box }) => ({ ...name, page, box }))
}

interface PageBox {
  page: string
  box: Box
}

function noteBoxes(note: PlacedNote): PageBox[] {
  const [page] = note.pages
  if (page === undefined) return []
  if (note.shape) return [{ page, box: inside(boxAround(note.shape)) }]
  // Words are cut out with what is around them; where only zones are known these are what was meant.
  return [...new Set(note.boxes.map((box) => box.page))].map((id) => ({
    page: id,
    box: inside(grown(around(note.boxes.filter((box) => box.page === id)))),
  }))
}

/** The upright box around the zones of an article on each of its pages; without zones the page. */
function articleBoxes(article: Article, pages: Page[]): PageBox[] {
  return article.pages.map((page) => {
    const zones = pages.find(({ id }) => id === page)?.zones.filter((zone) => zone.article === article.id) ?? []
    const boxes = zones.map(({ polygon }) => boxAround({ kind: 'polygon', points: polygon }))
    return { page, box: boxes.length > 0 ? inside(grown(around(boxes))) : { x: 0, y: 0, w: 1, h: 1 } }
  })
}

function around(boxes: Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.w))
  const bottom = Math.max(...boxes.map((box) => box.y + box.h))
  return { x, y, w: right - x, h: bottom - y }
}

const grown = ({ x, y, w, h }: Box): Box => ({ x: x - room, y: y - room, w: w + 2 * room, h: h + 2 * room })

function inside({ x, y, w, h }: Box): Box {
  const within = (value: number): number => Math.min(Math.max(value, 0), 1)
  return { x: within(x), y: within(y), w: within(x + w) - within(x), h: within(y + h) - within(y) }
}
