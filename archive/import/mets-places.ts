import type { Page } from '../model.ts'
import type { MetsArea, MetsDiv, MetsDocument } from './mets-document.ts'
import { boxOf, cornersOf, type Figure, type PageText, type Size, type TextBlock } from './page-text.ts'

/** A page of an issue with its text, and the ids of the files that are it. */
export interface MetsPage {
  page: Page
  text?: PageText
  files: ReadonlySet<string>
  /** Pixels of its picture, as delivered or as described. */
  pixels?: Size
}

/** Text that an area points at: a block, or the words of it from `start` to `end`. */
export interface PlacedText {
  on: MetsPage
  block: TextBlock
  start?: number
  end?: number
}

export interface PlacedFigure {
  on: MetsPage
  figure: Figure
}

export interface Places {
  texts: PlacedText[]
  figures: PlacedFigure[]
  /** Shapes drawn on the picture, which are finer than the blocks of the text. */
  shapes: PlacedFigure[]
  /** Pages that are pointed at as a whole. */
  pages: MetsPage[]
  /** Ids that are not there. */
  lost: string[]
}

function noPlaces(): Places {
  return { texts: [], figures: [], shapes: [], pages: [], lost: [] }
}

/** Words from one id to another, of words or of lines, cut at the blocks they stand in. */
function wordRange(on: MetsPage, text: PageText, begin: string, end: string): PlacedText[] {
  const placed: PlacedText[] = []
  let isInside = false
  for (const block of text.blocks) {
    const inside = block.words.filter((word, index) => {
      if (word.id === begin || word.line === begin) isInside = true
      const isOne = isInside
      const endsLine = word.line === end && block.words[index + 1]?.line !== end
      if (isInside && (word.id === end || endsLine)) isInside = false
      return isOne
    })
    const [first, last] = [inside[0], inside.at(-1)]
    if (!first || !last) continue
    const [start, stop] = [first.start, Math.max(...inside.map((word) => word.end))]
    const isWhole = start === 0 && stop === block.text.length
    placed.push(isWhole ? { on, block } : { on, block, start, end: stop })
  }
  return placed
}

function elements(on: MetsPage, text: PageText, ids: readonly string[], places: Places): boolean {
  const before = places.texts.length + places.figures.length
  for (const id of ids) {
    const block = text.blocks.find((each) => each.id === id)
    if (block) places.texts.push({ on, block })
    const figure = text.figures.find((each) => each.id === id)
    if (figure) places.figures.push({ on, figure })
  }
  return places.texts.length + places.figures.length > before
}

/** Blocks whose middle lies inside a shape, for areas that have no other tie to the text. */
function textInside(on: MetsPage, figure: Figure): PlacedText[] {
  const { x, y, w, h } = figure.box
  return (on.text?.blocks ?? [])
    .filter(({ box }) => {
      const [middleX, middleY] = [box.x + box.w / 2, box.y + box.h / 2]
      return middleX >= x && middleX <= x + w && middleY >= y && middleY <= y + h
    })
    .map((block) => ({ on, block }))
}

/** Where areas of METS lead: to text blocks, composed blocks, figures, spans of words, and shapes on pictures. */
export class PlaceFinder {
  private readonly pageOfFile = new Map<string, MetsPage>()
  private readonly physical = new Map<string, MetsDiv>()

  constructor(
    private readonly mets: MetsDocument,
    pages: readonly MetsPage[],
    private readonly pageOfDiv: ReadonlyMap<string, MetsPage>,
  ) {
    for (const page of pages) for (const file of page.files) this.pageOfFile.set(file, page)
    const walk = (div: MetsDiv): void => {
      this.physical.set(div.id, div)
      div.children.forEach(walk)
    }
    mets.physical.forEach(walk)
  }

  /** The places of a div's own areas. */
  of(areas: readonly MetsArea[], places = noPlaces(), id = ''): Places {
    const shapes: PlacedFigure[] = []
    let hasText = false
    for (const area of areas) {
      const on = this.pageOfFile.get(area.file)
      if (!on) {
        places.lost.push(area.begin ?? area.file)
        continue
      }
      if (area.begin !== undefined) hasText = this.element(on, area, area.begin, places) || hasText
      else if (area.rect) shapes.push(...this.shape(on, area, places.shapes.length + shapes.length))
      else places.pages.push(on)
    }
    places.shapes.push(...shapes)
    // The British Library gives a page area the id of the text block it stands for.
    const on = areas.map(({ file }) => this.pageOfFile.get(file)).find((page) => page?.text !== undefined)
    if (!hasText && id !== '' && on?.text) hasText = elements(on, on.text, [id], places)
    if (!hasText) places.texts.push(...shapes.flatMap(({ on, figure }) => textInside(on, figure)))
    return places
  }

  private element(on: MetsPage, { end }: MetsArea, begin: string, places: Places): boolean {
    const { text } = on
    if (!text) return false
    const words = end === undefined ? [] : wordRange(on, text, begin, end)
    places.texts.push(...words)
    const isElement = words.length > 0 || elements(on, text, [begin, ...(text.groups.get(begin) ?? [])], places)
    // A line or a word of its own, as some structures name them.
    const alone = isElement ? [] : wordRange(on, text, begin, begin)
    places.texts.push(...alone)
    const isFound = isElement || alone.length > 0
    // Blocks without a word are not kept, and a group may hold nothing but them.
    if (!isFound && !text.empty.has(begin) && !text.groups.has(begin)) places.lost.push(begin)
    return isFound
  }

  private shape(on: MetsPage, { file, rect }: MetsArea, count: number): PlacedFigure[] {
    const size = this.mets.files.get(file)?.size ?? on.pixels ?? (on.text?.isPixels ? on.text : undefined)
    if (!size || !rect) return []
    const [l, t, r, b] = rect
    const box = boxOf({ x: l, y: t, w: r - l, h: b - t }, size)
    return [{ on, figure: { id: `shape-${count + 1}`, kind: 'text', box, polygon: cornersOf(box) } }]
  }

  /** The places that links of the structure lead to: page areas, or pages as a whole. */
  linked(div: MetsDiv): Places {
    const places = noPlaces()
    for (const id of this.mets.links.get(div.id) ?? []) {
      const page = this.pageOfDiv.get(id)
      const target = this.physical.get(id)
      if (page) places.pages.push(page)
      else if (target) this.pageArea(target, places)
    }
    return places
  }

  private pageArea(area: MetsDiv, places: Places): void {
    this.of(area.areas, places, area.id)
    for (const child of area.children) this.pageArea(child, places)
  }
}
