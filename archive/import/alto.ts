import { readAltoElements, type RawAlto, type RawBlock, type RawPage } from './alto-elements.ts'
import { textOfLines, joinOverBlocks } from './line-text.ts'
import { around, boxOf, type PageText, polygonOf, type Size, type TextBlock } from './page-text.ts'

/** How far the elements of a page reach. */
function reachOf(raw: RawPage): Size {
  const rects = [...raw.blocks, ...raw.figures].map((each) => each.rect)
  const words = raw.blocks.flatMap(({ lines }) =>
    lines.flatMap((line) => [line.rect, ...line.strings.map((string) => string.rect)]),
  )
  const all = around([...rects, ...words])
  return { width: all ? all.x + all.w : 0, height: all ? all.y + all.h : 0 }
}

/** The page's own size, else what its print space or its blocks reach to. */
function sizeOf(raw: RawPage, reach: Size): Size {
  if (raw.size.width > 0 && raw.size.height > 0) return raw.size
  const print = raw.printSpace
  return {
    width: Math.max(reach.width, print ? print.x + print.w : 0),
    height: Math.max(reach.height, print ? print.y + print.h : 0),
  }
}

function textBlock(block: RawBlock, id: string, size: Size): TextBlock | undefined {
  const { text, words } = textOfLines(block.lines)
  if (text === '') return undefined
  const own = block.rect.w > 0 && block.rect.h > 0 ? block.rect : around(words.map((word) => word.rect))
  return {
    id,
    box: boxOf(own ?? block.rect, size),
    polygon: block.polygon && polygonOf(block.polygon, size),
    text,
    words: words.map(({ rect, ...word }) => ({ ...word, box: boxOf(rect, size) })),
    language: block.language,
    role: block.role,
  }
}

function pageText(raw: RawPage, alto: RawAlto, frame: Size | undefined): PageText {
  const reach = reachOf(raw)
  const own = sizeOf(raw, reach)
  const size = frame ?? own
  const ids = new Set<string>()
  const empty = new Set<string>()
  joinOverBlocks(raw.blocks)
  const blocks = raw.blocks.flatMap((block, index): TextBlock[] => {
    const id = ids.has(block.id) ? `${block.id}-${index + 1}` : block.id
    const placed = textBlock(block, id, size)
    if (placed) ids.add(id)
    else empty.add(block.id)
    return placed ? [placed] : []
  })
  const figures = raw.figures.map(({ id, kind, rect, polygon }) => {
    return { id, kind, box: boxOf(rect, size), polygon: polygon && polygonOf(polygon, size) }
  })
  const isPixels = /^pixel/i.test(alto.unit) || alto.unit === ''
  return {
    ...own,
    reach,
    isPixels,
    blocks,
    figures,
    groups: raw.groups,
    empty,
    picture: alto.picture,
    label: raw.label,
  }
}

/**
 * Reads an ALTO file (Library of Congress, versions 1 to 4, any namespace): of each page the text blocks in reading
 * order, also those in margins and inside composed blocks, with the box of every word. The measurement unit is not
 * needed: boxes are scaled by the page's own size, which holds where the declared unit does not. The same bytes always
 * give the same blocks, so an index can read the boxes again later. `frame`: the page's size in the file's unit, where
 * the file's own is wrong. Throws Error on broken XML, on a DOCTYPE and on XML that is no ALTO.
 */
export function readAltoPages(bytes: Uint8Array, frame?: Size): PageText[] {
  const alto = readAltoElements(bytes)
  return alto.pages.map((page) => pageText(page, alto, frame))
}

/** The first page of an ALTO file: most have one. Errors as `readAltoPages`; an empty page when it has none. */
export function readAlto(bytes: Uint8Array): PageText {
  const nothing: PageText = {
    width: 0,
    height: 0,
    reach: { width: 0, height: 0 },
    isPixels: true,
    blocks: [],
    figures: [],
    groups: new Map(),
    empty: new Set(),
  }
  return readAltoPages(bytes)[0] ?? nothing
}
