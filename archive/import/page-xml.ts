import type { Point, ZoneKind } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { lineOfText, type RawLine, textOfLines } from './line-text.ts'
import { customValue, type PageElement, type PageXml, readPageElements } from './page-xml-elements.ts'
import {
  around,
  aroundPoints,
  boxOf,
  type Figure,
  type PageText,
  polygonOf,
  type Rect,
  type Size,
  type TextBlock,
} from './page-text.ts'

const nowhere: Rect = { x: 0, y: 0, w: 0, h: 0 }

/**
 * A line as words with their places. The line's own text is what was corrected last, so it counts before that of its
 * words; these lend it their places when they are as many.
 */
function lineOf(line: PageElement): RawLine {
  const words = line.children.filter((child) => child.name === 'Word')
  const places = words.map((word) => aroundPoints(word.points) ?? nowhere)
  const rect = aroundPoints(line.points) ?? around(places) ?? nowhere
  const said = cleanLine(line.text ?? '')
  const tokens = said === '' ? words.map((word) => cleanLine(word.text ?? '')) : said.split(' ')
  if (tokens.length !== words.length) return lineOfText(said, rect)
  const strings = tokens.map((content, index) => {
    const { id, confidence } = words[index] ?? {}
    const place = places[index] ?? nowhere
    return { rect: place, content, isSpaced: true, id: id || undefined, confidence }
  })
  return { rect, strings }
}

const figureKinds: [RegExp, ZoneKind][] = [
  [/^Advert/, 'advert'],
  [/^(?:Image|Graphic|LineDrawing|Chart|Map)/, 'photo'],
  [/^Table/, 'table'],
]

/** Elements in the order of `readingOrder {index}`, where they have one. */
function inOwnOrder(elements: PageElement[]): PageElement[] {
  const index = ({ custom }: PageElement): number => Number(customValue(custom, 'readingOrder', 'index') ?? Number.NaN)
  if (elements.some((element) => Number.isNaN(index(element)))) return elements
  return [...elements].sort((a, b) => index(a) - index(b))
}

interface Region {
  element: PageElement
  article?: string
}

/** Text regions, nested ones behind the one around them, in reading order; those it does not name stay behind. */
function regionsOf(page: PageXml): Region[] {
  const found: PageElement[] = []
  const walk = (elements: PageElement[]): void => {
    for (const element of elements) {
      if (/Region$/.test(element.name)) found.push(element)
      walk(element.children.filter((child) => /Region$/.test(child.name)))
    }
  }
  walk(page.order.length > 0 ? page.elements : inOwnOrder(page.elements))
  const places = new Map(page.order.map(({ region }, index) => [region, index]))
  const articles = new Map(page.order.map(({ region, article }) => [region, article]))
  const place = ({ id }: PageElement): number => places.get(id) ?? page.order.length
  return found.sort((a, b) => place(a) - place(b)).map((element) => ({ element, article: articles.get(element.id) }))
}

function articleOf({ custom, type }: PageElement): string | undefined {
  const kind = customValue(custom, 'structure', 'type') ?? type ?? ''
  return /^article/i.test(kind) ? (customValue(custom, 'structure', 'id') ?? kind) : undefined
}

/** The lines of a region, cut where the article changes: newspapers are marked line by line. */
function piecesOf(region: Region): { article?: string; lines: RawLine[]; points: Point[] }[] {
  const articleOfRegion = region.article ?? articleOf(region.element)
  const lines = inOwnOrder(region.element.children.filter((child) => child.name === 'TextLine'))
  const pieces: { article?: string; lines: RawLine[]; points: Point[] }[] = []
  for (const line of lines) {
    const article = articleOf(line) ?? articleOfRegion
    const last = pieces.at(-1)
    const piece = last?.article === article && last ? last : { article, lines: [], points: [] }
    if (piece !== last) pieces.push(piece)
    piece.lines.push(lineOf(line))
    piece.points.push(...line.points)
  }
  // Some tools draw the lines and write the text only once, for the whole region.
  const areSilent = pieces.every((piece) =>
    piece.lines.every(({ strings }) => strings.every((one) => one.content === '')),
  )
  if (!areSilent || !region.element.text) return pieces
  const rect = aroundPoints(region.element.points) ?? nowhere
  const texts = region.element.text.split(/\r?\n/).filter((text) => text.trim() !== '')
  if (texts.length === lines.length) {
    const own = lines.map((line, index) => lineOfText(texts[index] ?? '', aroundPoints(line.points) ?? rect))
    return [{ article: articleOfRegion, lines: own, points: [] }]
  }
  const height = rect.h / Math.max(1, texts.length)
  const spreadLines = texts.map((text, index) => lineOfText(text, { ...rect, y: rect.y + index * height, h: height }))
  return [{ article: articleOfRegion, lines: spreadLines, points: [] }]
}

function blocksOf(region: Region, size: Size): TextBlock[] {
  const { element } = region
  const pieces = piecesOf(region)
  return pieces.flatMap((piece, index): TextBlock[] => {
    const { text, words } = textOfLines(piece.lines)
    if (text === '') return []
    const points = pieces.length === 1 && element.points.length > 2 ? element.points : []
    const rect = aroundPoints(points) ?? aroundPoints(piece.points) ?? around(piece.lines.map((line) => line.rect))
    return [
      {
        id: index === 0 ? element.id : `${element.id}-${index + 1}`,
        box: boxOf(rect ?? nowhere, size),
        polygon: polygonOf(points, size),
        text,
        words: words.map(({ rect: place, ...word }) => ({ ...word, box: boxOf(place, size) })),
        role: customValue(element.custom, 'structure', 'type') ?? element.type ?? element.name.replace(/Region$/, ''),
        article: piece.article,
        language: element.language,
      },
    ]
  })
}

function allPoints(elements: PageElement[]): Point[] {
  return elements.flatMap((element) => [...element.points, ...allPoints(element.children)])
}

/**
 * Reads a PAGE file (PRImA PAGE 2010 to 2019): its text regions in reading order with the places of their words.
 * Coordinates are pixels of the picture the file names. `frame`: size of that picture, where the file's own is wrong.
 * Throws Error on XML that is not well formed or no PAGE.
 */
export function readPageXml(bytes: Uint8Array, frame?: Size): PageText[] {
  const page = readPageElements(bytes)
  const all = aroundPoints(allPoints(page.elements))
  const reach = { width: all ? all.x + all.w : 0, height: all ? all.y + all.h : 0 }
  const own = page.size.width > 0 && page.size.height > 0 ? page.size : reach
  const size = frame ?? own
  const regions = regionsOf(page)
  const ids = new Set<string>()
  const blocks = regions
    .flatMap((region) => blocksOf(region, size))
    .map((block, index) => {
      const id = block.id !== '' && !ids.has(block.id) ? block.id : `${block.id || 'block'}-${index + 1}`
      ids.add(id)
      return { ...block, id }
    })
  const figures = regions.flatMap(({ element }, index): Figure[] => {
    const kind = figureKinds.find(([pattern]) => pattern.test(element.name))?.[1]
    const rect = aroundPoints(element.points)
    if (!kind || !rect) return []
    const id = element.id || `figure-${index + 1}`
    return [{ id, kind, box: boxOf(rect, size), polygon: polygonOf(element.points, size) }]
  })
  return [
    { ...own, reach, isPixels: true, blocks, figures, groups: new Map(), empty: new Set(), picture: page.picture },
  ]
}
