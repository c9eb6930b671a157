import { articleText, type TextField } from '../article-text.ts'
import type { Article, Box, IssueDocument, Page } from '../model.ts'
import type { PlacedWord } from '../word-boxes.ts'

/** A stretch of an article's text on one page, with the words whose places are known. */
export interface PageBlock {
  /** Unique in the issue, usable as an XML ID. */
  id: string
  article: string
  field: TextField
  text: string
  box: Box
  /** Lines of words; empty when no place within the block is known. */
  lines: { text: string; box: Box }[][]
}

/**
 * The text of a page in blocks, article by article. A block with words stands where they stand; one without stands in
 * its article's zones on the page, or on the whole page. `wordsOf`: the placed words of an article.
 */
export function blocksOfPage(
  issue: IssueDocument,
  page: Page,
  wordsOf: (article: string) => readonly PlacedWord[],
): PageBlock[] {
  return issue.articles.flatMap((article, at) => {
    const local = article.pages.indexOf(page.id)
    return local < 0 ? [] : blocksOfArticle(article, at, local, page, wordsOf(article.id))
  })
}

function blocksOfArticle(
  article: Article,
  at: number,
  local: number,
  page: Page,
  words: readonly PlacedWord[],
): PageBlock[] {
  const { text, spans } = articleText(article)
  const zones = page.zones.filter((zone) => zone.article === article.id)
  const place = unite(zones.map(({ polygon }) => boxOf(polygon))) ?? { x: 0, y: 0, w: 1, h: 1 }
  return spans.flatMap((span, index) => {
    const block = span.field === 'body' && span.part !== undefined ? article.blocks[span.part] : undefined
    const own = words.filter((word) => word.page === local && word.start >= span.start && word.end <= span.end)
    const isHere = block?.page === undefined ? own.length > 0 || local === 0 : block.page === page.id
    if (!isHere) return []
    const placed = own.map(({ start, end, box }) => ({ text: text.slice(start, end), box }))
    return {
      id: `B${at + 1}_${index + 1}_${local + 1}`,
      article: article.id,
      field: span.field,
      text: text.slice(span.start, span.end),
      box: unite(placed.map(({ box }) => box)) ?? place,
      lines: linesOf(placed),
    }
  })
}

/** Words follow each other in a line until one stands clearly lower, higher, or before the one before it. */
function linesOf(words: { text: string; box: Box }[]): { text: string; box: Box }[][] {
  const lines: { text: string; box: Box }[][] = []
  for (const word of words) {
    const before = lines.at(-1)?.at(-1)
    const middle = word.box.y + word.box.h / 2
    const isSameLine =
      before !== undefined &&
      middle > before.box.y &&
      middle < before.box.y + before.box.h &&
      word.box.x >= before.box.x
    if (isSameLine) lines.at(-1)?.push(word)
    else lines.push([word])
  }
  return lines
}

/** The upright box around a polygon. */
export function boxOf(polygon: readonly (readonly [number, number])[]): Box {
  const [across, down] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)]
  const [x, y] = [Math.min(...across), Math.min(...down)]
  return { x, y, w: Math.max(...across) - x, h: Math.max(...down) - y }
}

/** The box around boxes; undefined for none. */
export function unite(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.w))
  const bottom = Math.max(...boxes.map((box) => box.y + box.h))
  return { x, y, w: right - x, h: bottom - y }
}

/** Pixels of a page; a page of unknown size gets that of a broadsheet at 100 dpi, so that places stay in proportion. */
export function pixelsOf(page: Page): { width: number; height: number } {
  const [width, height] = [Math.round(page.width), Math.round(page.height)]
  return width > 0 && height > 0 ? { width, height } : { width: 1500, height: 2200 }
}
