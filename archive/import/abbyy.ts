import { lineOfText, type RawLine, type RawString, textOfLines } from './line-text.ts'
import {
  around,
  boxOf,
  type Figure,
  numberOf,
  type PageText,
  type Rect,
  type Size,
  type TextBlock,
} from './page-text.ts'
import { readXml } from './xml-events.ts'

interface RawBlock {
  kind: string
  rect: Rect
  paragraphs: RawLine[][]
}

interface RawPage {
  size: Size
  blocks: RawBlock[]
}

function rectOf(attributes: Record<string, string>): Rect {
  const [x, y] = [numberOf(attributes.l), numberOf(attributes.t)]
  return { x, y, w: Math.max(0, numberOf(attributes.r) - x), h: Math.max(0, numberOf(attributes.b) - y) }
}

/** Letters gathered to words: at white space and where the engine says that a word starts. */
class WordGatherer {
  readonly strings: RawString[] = []
  private rects: Rect[] = []
  private text = ''

  add(letter: string, rect: Rect): void {
    if (letter.trim() === '') return this.end()
    this.text += letter
    this.rects.push(rect)
  }

  end(): void {
    if (this.text !== '') {
      const rect = around(this.rects) ?? { x: 0, y: 0, w: 0, h: 0 }
      this.strings.push({ rect, content: this.text, isSpaced: true })
    }
    ;[this.text, this.rects] = ['', []]
  }
}

function readPages(bytes: Uint8Array): RawPage[] {
  const pages: RawPage[] = []
  let block: RawBlock | undefined
  let line: RawLine | undefined
  let words = new WordGatherer()
  let [plain, letter] = ['', '']
  let letterRect: Rect | undefined
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (name === 'page') {
        pages.push({ size: { width: numberOf(attributes.width), height: numberOf(attributes.height) }, blocks: [] })
      }
      if (name === 'block') {
        block = { kind: attributes.blockType ?? 'Text', rect: rectOf(attributes), paragraphs: [] }
        pages.at(-1)?.blocks.push(block)
      }
      if (name === 'par') block?.paragraphs.push([])
      if (name === 'line') {
        line = { rect: rectOf(attributes), strings: [] }
        ;[words, plain] = [new WordGatherer(), '']
      }
      if (name === 'charParams') [letterRect, letter] = [rectOf(attributes), '']
    },
    text: (piece) => {
      if (letterRect) letter += piece
      else if (line) plain += piece
    },
    close: (name) => {
      if (name === 'charParams' && letterRect) {
        words.add(letter, letterRect)
        letterRect = undefined
      }
      if (name === 'line' && line) {
        words.end()
        // Text without letter boxes is spread over its line.
        const read = words.strings.length > 0 ? { ...line, strings: words.strings } : lineOfText(plain, line.rect)
        if (block?.paragraphs.length === 0) block.paragraphs.push([])
        block?.paragraphs.at(-1)?.push(read)
        line = undefined
      }
      if (name === 'block') block = undefined
    },
  })
  return pages
}

const figureKinds: Record<string, Figure['kind']> = { Picture: 'photo', Table: 'table' }

/**
 * Reads the XML of ABBYY FineReader (schemas 6 to 10), also the pages cut out of it: paragraphs with the box of every
 * word. `frame`: the page's size where the file's own is wrong. Throws Error on XML that is not well formed or has no
 * page.
 */
export function readAbbyy(bytes: Uint8Array, frame?: Size): PageText[] {
  const pages = readPages(bytes)
  if (pages.length === 0) throw new Error('no page')
  return pages.map((page) => {
    const all = around(page.blocks.map((block) => block.rect))
    const reach = { width: all ? all.x + all.w : 0, height: all ? all.y + all.h : 0 }
    const own = page.size.width > 0 && page.size.height > 0 ? page.size : reach
    const size = frame ?? own
    const blocks = page.blocks.flatMap((block, index) =>
      block.paragraphs.flatMap((lines, number): TextBlock[] => {
        const { text, words } = textOfLines(lines)
        if (text === '') return []
        const rect = around(lines.map((each) => each.rect)) ?? block.rect
        const placed = words.map(({ rect: place, ...word }) => ({ ...word, box: boxOf(place, size) }))
        return [{ id: `block-${index + 1}-${number + 1}`, box: boxOf(rect, size), text, words: placed }]
      }),
    )
    const figures = page.blocks.flatMap((block, index): Figure[] => {
      const kind = figureKinds[block.kind]
      return kind ? [{ id: `figure-${index + 1}`, kind, box: boxOf(block.rect, size) }] : []
    })
    return { ...own, reach, isPixels: true, blocks, figures, groups: new Map(), empty: new Set() }
  })
}
