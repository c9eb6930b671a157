import { articleText } from '../article-text.ts'
import type { Article, IssueDocument } from '../model.ts'
import type { PlacedNote } from './annotation-model.ts'

/**
 * The reader's corrections of a text (notes with the motivation `editing`): a layer over an issue's document, which stays
 * as it was delivered. A correction is applied only where exactly the words stand that it corrects: what another import or
 * OCR changed meanwhile is not touched again.
 */

/** A stretch of an article's flat text that reads otherwise; UTF-16 offsets, end exclusive. */
export interface TextCorrection {
  /** Id of the note. */
  note: string
  article: string
  start: number
  end: number
  /** What was delivered, and what is read instead; empty when it is read as nothing. */
  was: string
  now: string
}

/** The corrections among the notes of an issue, by article, in the order of the text. Of two that overlap the later made wins. */
export function correctionsIn(document: IssueDocument, notes: readonly PlacedNote[]): Map<string, TextCorrection[]> {
  const found = new Map<string, TextCorrection[]>()
  const latestFirst = [...notes].sort((one, other) => other.modified.localeCompare(one.modified))
  for (const { id, correction, kind, quote, span, lost } of latestFirst) {
    if (kind !== 'editing' || correction === undefined || !quote || !span || lost) continue
    const article = document.articles.find((each) => each.id === span.article)
    const text = article && articleText(article)
    if (!text || text.text.slice(span.start, span.end) !== quote.exact || quote.exact === correction) continue
    // Fields are lines of the flat text: a correction stays within one.
    if (!text.spans.some(({ start, end }) => span.start >= start && span.end <= end)) continue
    const list = found.get(span.article) ?? []
    if (list.some((each) => span.start < each.end && each.start < span.end)) continue
    const { article: of, start, end } = span
    list.push({ note: id, article: of, start, end, was: quote.exact, now: correction })
    found.set(of, list)
  }
  for (const list of found.values()) list.sort((one, other) => one.start - other.start)
  return found
}

/** The issue as the reader corrected it; itself where nothing is. */
export function correctedIssue(
  document: IssueDocument,
  corrections: ReadonlyMap<string, readonly TextCorrection[]>,
): IssueDocument {
  if (corrections.size === 0) return document
  const articles = document.articles.map((article) => correctedArticle(article, corrections.get(article.id) ?? []))
  return { ...document, articles }
}

export function correctedArticle(article: Article, corrections: readonly TextCorrection[]): Article {
  if (corrections.length === 0) return article
  const corrected: Article = { ...article, blocks: [...article.blocks], photos: [...article.photos] }
  for (const { field, part, start, end } of articleText(article).spans) {
    const own = corrections.filter((each) => each.start >= start && each.end <= end)
    if (own.length === 0) continue
    const value = (text: string): string => correctedText(text, own, start).text
    if (field === 'body') replaceAt(corrected.blocks, part, (block) => ({ ...block, text: value(block.text) }))
    else if (field === 'caption') {
      replaceAt(corrected.photos, part, (photo) => ({ ...photo, caption: value(photo.caption ?? '') }))
    } else corrected[field] = value(article[field] ?? '')
  }
  return corrected
}

function replaceAt<Item>(list: Item[], at: number | undefined, change: (item: Item) => Item): void {
  const item = at === undefined ? undefined : list[at]
  if (at !== undefined && item !== undefined) list[at] = change(item)
}

/** A text with its corrections, and the ways between its places and those of the text as it was delivered. */
export interface CorrectedText {
  text: string
  /** A stretch of the corrected text in the original: half of a corrected word is the whole word. */
  toOriginal: (start: number, end: number) => { start: number; end: number }
  /** A stretch of the original in the corrected text. */
  toCorrected: (start: number, end: number) => { start: number; end: number }
}

/** `from`: offset of the text in the flat text that the corrections count in. */
export function correctedText(original: string, corrections: readonly TextCorrection[], from = 0): CorrectedText {
  const pieces: { before: [number, number]; after: [number, number] }[] = []
  let text = ''
  let at = 0
  for (const { start, end, now } of corrections) {
    text += original.slice(at, start - from)
    pieces.push({ before: [start - from, end - from], after: [text.length, text.length + now.length] })
    text += now
    at = end - from
  }
  text += original.slice(at)
  type Side = 'before' | 'after'
  /** A place that lies in no corrected word: what was corrected before it moves it. */
  const moved = (place: number, here: Side, there: Side): number => {
    const last = pieces.findLast((piece) => piece[here][1] <= place)
    return last ? place + last[there][1] - last[here][1] : place
  }
  const between = (here: Side, there: Side) => (start: number, end: number) => {
    const first = pieces.find((piece) => piece[here][0] <= start && start < piece[here][1])
    const last = pieces.find((piece) => piece[here][0] < end && end <= piece[here][1])
    return {
      start: first ? first[there][0] : moved(start, here, there),
      end: last ? last[there][1] : moved(end, here, there),
    }
  }
  return { text, toOriginal: between('after', 'before'), toCorrected: between('before', 'after') }
}
