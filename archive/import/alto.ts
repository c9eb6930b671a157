import type { Box, Word } from '../model.ts'
import { altoText, type RawLine, type RawString } from './alto-text.ts'
import { readXml } from './xml-events.ts'

/** A text block of a page; boxes are fractions 0–1 of the page. */
interface AltoBlock {
  /** The file's own id, else `block-N` by its place in the file. */
  id: string
  box: Box
  text: string
  /**
   * In the order of the text. A word broken at the end of a line stands in the text once, joined; two entries then
   * share one range, the first with the box on the upper line, the second with the one below.
   */
  words: Word[]
  /** ISO 639 code as the file gives it. */
  language?: string
}

export interface AltoPage {
  /** Page size in the file's own unit; 0 when it has none and nothing on the page tells. */
  width: number
  height: number
  blocks: AltoBlock[]
}

interface RawBlock {
  id: string
  rect: Rect
  lines: RawLine[]
  language?: string
}

export interface Rect {
  x: number
  y: number
  w: number
  h: number
}

/** `123.0`, and also the start of `1999;x_wconf 88`, which one library wrote; 0 when there is no number. */
function number(text: string | undefined): number {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : 0
}

function rectOf(attributes: Record<string, string>): Rect {
  return {
    x: number(attributes.HPOS),
    y: number(attributes.VPOS),
    w: Math.max(0, number(attributes.WIDTH)),
    h: Math.max(0, number(attributes.HEIGHT)),
  }
}

/** The smallest rectangle around those that have an area; one without stands for itself. */
function around(rects: Rect[]): Rect | undefined {
  const real = rects.filter((rect) => rect.w > 0 && rect.h > 0)
  if (real.length === 0) return rects[0]
  let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rect of real) {
    l = Math.min(l, rect.x)
    t = Math.min(t, rect.y)
    r = Math.max(r, rect.x + rect.w)
    b = Math.max(b, rect.y + rect.h)
  }
  return { x: l, y: t, w: r - l, h: b - t }
}

interface RawPage {
  size: { width: number; height: number }
  printSpace?: Rect
  blocks: RawBlock[]
}

/** First page of the file: one ALTO file is one page in every delivery seen. */
function readRaw(bytes: Uint8Array): RawPage {
  const page: RawPage = { size: { width: 0, height: 0 }, blocks: [] }
  let pages = 0
  let isAlto = false
  let block: RawBlock | undefined
  let line: RawLine | undefined
  let string: RawString | undefined
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (name === 'alto') isAlto = true
      if (name === 'Page' && ++pages === 1) {
        page.size = { width: number(attributes.WIDTH), height: number(attributes.HEIGHT) }
      }
      if (pages > 1) return
      if (name === 'PrintSpace') page.printSpace = rectOf(attributes)
      if (name === 'TextBlock') {
        const id = attributes.ID || `block-${page.blocks.length + 1}`
        block = { id, rect: rectOf(attributes), lines: [], language: attributes.language ?? attributes.LANG }
        page.blocks.push(block)
      }
      if (name === 'TextLine' && block) block.lines.push((line = { rect: rectOf(attributes), strings: [] }))
      if (name === 'String' && line) {
        string = { rect: rectOf(attributes), content: attributes.CONTENT ?? '', isSpaced: false }
        const part = /^HypPart([12])$/i.exec(attributes.SUBS_TYPE ?? '')?.[1]
        if (part && attributes.SUBS_CONTENT) {
          string.hyphen = { part: part === '1' ? 1 : 2, whole: attributes.SUBS_CONTENT }
        }
        line.strings.push(string)
      }
      if (name === 'SP' && string) string.isSpaced = true
    },
    close: (name) => {
      if (name === 'TextBlock') [block, line, string] = [undefined, undefined, undefined]
      if (name === 'TextLine') [line, string] = [undefined, undefined]
    },
  })
  if (!isAlto) throw new Error('not an ALTO file')
  return page
}

/** The page's own size, else what its print space or its blocks reach to. */
function pageSize(raw: RawPage): { width: number; height: number } {
  if (raw.size.width > 0 && raw.size.height > 0) return raw.size
  const rects = raw.blocks.flatMap((block) => [
    block.rect,
    ...block.lines.flatMap((line) => [line.rect, ...line.strings.map((string) => string.rect)]),
  ])
  const all = around(raw.printSpace ? [...rects, raw.printSpace] : rects)
  return { width: all ? all.x + all.w : 0, height: all ? all.y + all.h : 0 }
}

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e6) / 1e6

function fraction(rect: Rect, size: { width: number; height: number }): Box {
  if (!(size.width > 0 && size.height > 0)) return { x: 0, y: 0, w: 0, h: 0 }
  const [x, y] = [round(rect.x / size.width), round(rect.y / size.height)]
  return {
    x,
    y,
    w: round(Math.max(0, round((rect.x + rect.w) / size.width) - x)),
    h: round(Math.max(0, round((rect.y + rect.h) / size.height) - y)),
  }
}

/**
 * Reads an ALTO file (Library of Congress, versions 1 to 4, any namespace): text blocks in file order, also those in
 * margins and inside composed blocks, with the box of every word. The measurement unit is not needed: boxes are scaled
 * by the page's own size, which holds where the declared unit does not. The same bytes always give the same blocks, so
 * an index can read the boxes again later. Throws Error on broken XML, on a DOCTYPE and on XML that is no ALTO.
 */
export function readAlto(bytes: Uint8Array): AltoPage {
  const raw = readRaw(bytes)
  const size = pageSize(raw)
  const ids = new Set<string>()
  const blocks = raw.blocks.flatMap((block, index): AltoBlock[] => {
    const { text, words } = altoText(block.lines)
    if (text === '') return []
    const id = ids.has(block.id) ? `${block.id}-${index + 1}` : block.id
    ids.add(id)
    const own = block.rect.w > 0 && block.rect.h > 0 ? block.rect : around(words.map((word) => word.rect))
    const placed = words.map(({ start, end, rect }) => ({ start, end, box: fraction(rect, size) }))
    return [{ id, box: fraction(own ?? block.rect, size), text, words: placed, language: block.language }]
  })
  return { ...size, blocks }
}
