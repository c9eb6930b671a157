import type { Article, Block, Page, Zone, ZoneKind } from '../model.ts'
import { cornersOf, type Figure, type PageText, type TextBlock } from './page-text.ts'

const roles: [RegExp, ZoneKind][] = [
  [/^(?:advert|annonce|reklame|anzeige)/i, 'advert'],
  [/^table/i, 'table'],
  [/^(?:masthead|title-?section)/i, 'masthead'],
  [/^(?:page-?number|header|footer|signature|catch-?word|margin)/i, 'other'],
]

/** The kind of zone of a text block by what its file calls it. */
function zoneKind(role: string | undefined): ZoneKind {
  return roles.find(([pattern]) => pattern.test(role ?? ''))?.[1] ?? 'text'
}

/** Adds the zone of a text block or figure; one without area is left out. */
export function addZone(page: Page, part: TextBlock | Figure, kind: ZoneKind, article?: string): void {
  if (part.box.w <= 0 || part.box.h <= 0) return
  const zone: Zone = { id: `${page.id}-z${page.zones.length + 1}`, kind, polygon: part.polygon ?? cornersOf(part.box) }
  if (article !== undefined) zone.article = article
  page.zones.push(zone)
}

/** Spans of a block, as offsets into its text. */
export type Spans = [start: number, end: number][]

/** The parts of a block with words that no span covers. */
function gapsOf(block: TextBlock, spans: Spans): Spans {
  const gaps: Spans = []
  for (const { start, end } of block.words) {
    if (spans.some(([from, to]) => start >= from && end <= to)) continue
    const last = gaps.at(-1)
    const isNext = last && !spans.some(([from]) => from >= last[1] && from < start)
    if (last && isNext) last[1] = Math.max(last[1], end)
    else gaps.push([start, end])
  }
  return gaps
}

/**
 * The stand-in article of a page: what of its text belongs to no article, so that nothing is lost to search. Undefined
 * when nothing is left. `used`: what articles have, by the id of the block: all of it, or spans of its text.
 */
export function restOfPage(page: Page, text: PageText, used: ReadonlyMap<string, 'all' | Spans>): Article | undefined {
  const id = `page-${page.id.slice(1)}`
  const blocks = text.blocks.flatMap((block): Block[] => {
    const spans = used.get(block.id)
    if (spans === 'all') return []
    const kind = /^(?:heading|title|headline)$/i.test(block.role ?? '') ? 'heading' : 'paragraph'
    const whole: Block = { kind, text: block.text, page: page.id, source: block.id }
    if (spans)
      return gapsOf(block, spans).map(([start, end]) => ({
        ...whole,
        text: block.text.slice(start, end),
        sourceStart: start,
      }))
    addZone(page, block, zoneKind(block.role), id)
    return [whole]
  })
  if (blocks.length === 0) return undefined
  return { id, kind: 'page', headline: '', blocks, photos: [], pages: [page.id], metadata: { page: page.label } }
}

/** Zones of the figures that no article has. */
export function addFigures(page: Page, text: PageText, used: ReadonlyMap<string, unknown> = new Map()): void {
  for (const figure of text.figures) if (!used.has(figure.id)) addZone(page, figure, figure.kind)
}

/** Articles that the file itself marks on its blocks (PAGE `structure {type:article}`), in reading order. */
export function markedArticles(page: Page, text: PageText): Article[] {
  const articles = new Map<string, Article>()
  for (const block of text.blocks) {
    if (block.article === undefined) continue
    const id = `${page.id}-${block.article}`
    let article = articles.get(id)
    if (!article) {
      article = { id, kind: 'article', headline: '', blocks: [], photos: [], pages: [page.id] }
      articles.set(id, article)
    }
    const isFirst = article.blocks.length === 0 && article.headline === ''
    if (isFirst && /^(?:heading|title|headline)$/i.test(block.role ?? '')) {
      article.headline = block.text
      article.fieldSources = [{ field: 'headline', start: 0, page: page.id, source: block.id }]
    } else article.blocks.push({ kind: 'paragraph', text: block.text, page: page.id, source: block.id })
    addZone(page, block, zoneKind(block.role), id)
  }
  return [...articles.values()]
}

/** Languages of the text, most frequent first, by the letters they cover. */
export function languagesOf(texts: readonly PageText[]): string[] {
  const letters = new Map<string, number>()
  for (const { language, text } of texts.flatMap((each) => each.blocks)) {
    if (language) letters.set(language, (letters.get(language) ?? 0) + text.length)
  }
  return [...letters].sort((a, b) => b[1] - a[1]).map(([language]) => language)
}

/** The text of every block of pages. */
export function* textsIn(pages: readonly { text?: PageText }[]): Generator<string> {
  for (const { text } of pages) for (const block of text?.blocks ?? []) yield block.text
}
