import { Parser } from 'htmlparser2'
import { decodeText } from './encoding.ts'
import { lineOfText, type RawLine, type RawString, textOfLines } from './line-text.ts'
import { around, boxOf, type Figure, type PageText, type Rect, type Size, type TextBlock } from './page-text.ts'

/** What `title` says, by key: `bbox 1 2 3 4; x_wconf 90; image "a b.tif"`. */
export function hocrProperties(title: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, key, value] of title.matchAll(/(?:^|;)\s*(\w+)\s+((?:"[^"]*"|'[^']*'|[^;"'])*)/g)) {
    if (key && !found.has(key)) found.set(key, (value ?? '').trim().replace(/^(["'])(.*)\1$/, '$2'))
  }
  return found
}

interface RawBlock {
  id: string
  rect?: Rect
  role: string
  lines: RawLine[]
  language?: string
}

interface RawPage {
  size: Size
  picture?: string
  blocks: RawBlock[]
  figures: { id: string; rect: Rect }[]
}

const lineClasses = /^(?:ocr_line|ocrx_line|ocr_header|ocr_footer|ocr_caption|ocr_textfloat)$/
const areaClasses = /^(?:ocr_carea|ocrx_block|ocr_block|ocr_column|ocr_par|ocr_separator)$/
const figureClasses = /^(?:ocr_photo|ocr_image|ocr_linedrawing|ocr_float|ocr_table)$/
/** Elements that never have a content in HTML. */
const voids = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'wbr'])

function rectOf(properties: Map<string, string>): Rect | undefined {
  const [l, t, r, b] = (properties.get('bbox') ?? '').split(/\s+/).map(Number)
  if (l === undefined || t === undefined || r === undefined || b === undefined) return undefined
  const rect = { x: l, y: t, w: r - l, h: b - t }
  return Object.values(rect).every(Number.isFinite) && rect.w >= 0 && rect.h >= 0 ? rect : undefined
}

function sizeOf(rect: Rect | undefined): Size {
  return { width: rect ? rect.x + rect.w : 0, height: rect ? rect.y + rect.h : 0 }
}

/** Reads the stream of elements; a class counts by what it is, whatever element carries it. */
class HocrReader {
  readonly pages: RawPage[] = []
  private page: RawPage | undefined
  private block: RawBlock | undefined
  private line: (RawLine & { text: string }) | undefined
  private word: RawString | undefined
  private readonly open: { part?: 'page' | 'block' | 'line' | 'word'; block?: RawBlock }[] = []

  opentag(name: string, attributes: Record<string, string>): void {
    const title = hocrProperties(attributes.title ?? '')
    const kinds = (attributes.class ?? '').split(/\s+/)
    const part = this.start(kinds, attributes, title)
    if (!voids.has(name)) this.open.push(part)
  }

  private start(
    kinds: string[],
    attributes: Record<string, string>,
    title: Map<string, string>,
  ): { part?: 'page' | 'block' | 'line' | 'word'; block?: RawBlock } {
    const rect = rectOf(title)
    if (kinds.includes('ocr_page')) {
      const picture = title.get('image') ?? title.get('x_source') ?? title.get('file')
      this.page = { size: sizeOf(rect), picture, blocks: [], figures: [] }
      this.pages.push(this.page)
      return { part: 'page' }
    }
    if (!this.page) return {}
    const around = this.block
    const area = kinds.find((kind) => areaClasses.test(kind))
    const line = kinds.find((kind) => lineClasses.test(kind))
    if (kinds.some((kind) => figureClasses.test(kind)) && rect) {
      this.page.figures.push({ id: attributes.id || `figure-${this.page.figures.length + 1}`, rect })
    }
    if (area) {
      this.addBlock(attributes, area, rect)
      return { part: 'block', block: around }
    }
    if (line) {
      if (!this.block) this.addBlock({}, line, rect)
      this.line = { rect: rect ?? { x: 0, y: 0, w: 0, h: 0 }, strings: [], text: '' }
      this.block?.lines.push(this.line)
      return { part: 'line', block: around }
    }
    if (kinds.includes('ocrx_word') || kinds.includes('ocr_word')) {
      if (!this.line) return {}
      const confidence = Number.parseFloat(title.get('x_wconf') ?? title.get('x_conf') ?? '') / 100
      const known = confidence >= 0 && confidence <= 1
      const place = rect ?? this.line.rect
      this.word = { rect: place, content: '', isSpaced: true, ...(known ? { confidence } : {}) }
      if (attributes.id) this.word.id = attributes.id
      this.line.strings.push(this.word)
      return { part: 'word' }
    }
    return {}
  }

  private addBlock(attributes: Record<string, string>, role: string, rect: Rect | undefined): void {
    if (!this.page) return
    const id = attributes.id || `block-${this.page.blocks.length + 1}`
    const language = attributes.lang ?? attributes['xml:lang'] ?? this.block?.language
    this.block = { id, rect, role, lines: [], language }
    this.page.blocks.push(this.block)
  }

  text(piece: string): void {
    if (this.word) this.word.content += piece
    else if (this.line) this.line.text += piece
  }

  closetag(name: string): void {
    if (voids.has(name)) return
    const closed = this.open.pop()
    if (closed?.part === 'word') this.word = undefined
    if (closed?.part === 'line') {
      // A line without words: only where its text stands as a whole is known.
      if (this.line && this.line.strings.length === 0)
        Object.assign(this.line, lineOfText(this.line.text, this.line.rect))
      this.line = undefined
    }
    if (closed?.part === 'line' || closed?.part === 'block') this.block = closed.block
    if (closed?.part === 'page') this.page = undefined
  }
}

function pageText(raw: RawPage, frame: Size | undefined): PageText {
  const rects = raw.blocks.flatMap(({ rect, lines }) => [rect, ...lines.map((line) => line.rect)])
  const reach = sizeOf(around(rects.filter((rect) => rect !== undefined)))
  const own = raw.size.width > 0 && raw.size.height > 0 ? raw.size : reach
  const size = frame ?? own
  const ids = new Set<string>()
  const blocks = raw.blocks.flatMap((block, index): TextBlock[] => {
    const { text, words } = textOfLines(block.lines)
    if (text === '') return []
    const id = ids.has(block.id) ? `${block.id}-${index + 1}` : block.id
    ids.add(id)
    const box = boxOf(block.rect ?? around(words.map(({ rect }) => rect)) ?? { x: 0, y: 0, w: 0, h: 0 }, size)
    const placed = words.map(({ rect, ...word }) => ({ ...word, box: boxOf(rect, size) }))
    return [{ id, box, text, words: placed, language: block.language, role: block.role.replace(/^ocrx?_/, '') }]
  })
  const figures = raw.figures.map(({ id, rect }): Figure => ({ id, kind: 'photo', box: boxOf(rect, size) }))
  return { ...own, reach, isPixels: true, blocks, figures, groups: new Map(), empty: new Set(), picture: raw.picture }
}

/**
 * Reads an hOCR file (hOCR 1.2), all its pages, of any engine: XHTML, HTML or broken markup, in any encoding. Boxes are
 * scaled by the page's own box, which is not always in pixels. `frame`: the page's size in the file's unit, where the
 * file's own is wrong. Throws Error when there is no `ocr_page`.
 */
export function readHocr(bytes: Uint8Array, frame?: Size): PageText[] {
  const reader = new HocrReader()
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.opentag(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (name) => reader.closetag(name),
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true },
  )
  parser.end(decodeText(bytes).text)
  if (reader.pages.length === 0) throw new Error('no ocr_page')
  return reader.pages.map((page) => pageText(page, frame))
}
