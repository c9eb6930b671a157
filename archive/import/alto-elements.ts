import type { Point, ZoneKind } from '../model.ts'
import type { RawLine, RawString } from './line-text.ts'
import { aroundPoints, numberOf, pointsOf, type Rect, type Size } from './page-text.ts'
import { readXml } from './xml-events.ts'

/** A text block as the file has it, in the file's unit. */
export interface RawBlock {
  id: string
  rect: Rect
  polygon?: Point[]
  lines: RawLine[]
  language?: string
  role?: string
}

interface RawFigure {
  id: string
  kind: ZoneKind
  rect: Rect
  polygon?: Point[]
}

export interface RawPage {
  size: Size
  printSpace?: Rect
  blocks: RawBlock[]
  figures: RawFigure[]
  groups: Map<string, string[]>
  label?: string
}

export interface RawAlto {
  pages: RawPage[]
  unit: string
  picture?: string
}

type Attributes = Record<string, string>

function rectOf(attributes: Attributes): Rect {
  return {
    x: numberOf(attributes.HPOS),
    y: numberOf(attributes.VPOS),
    w: Math.max(0, numberOf(attributes.WIDTH)),
    h: Math.max(0, numberOf(attributes.HEIGHT)),
  }
}

function stringOf(attributes: Attributes): RawString {
  const string: RawString = { rect: rectOf(attributes), content: attributes.CONTENT ?? '', isSpaced: false }
  if (attributes.ID) string.id = attributes.ID
  const confidence = Number.parseFloat(attributes.WC ?? '')
  if (confidence >= 0 && confidence <= 1) string.confidence = confidence
  const part = /^HypPart([12])$/i.exec(attributes.SUBS_TYPE ?? '')?.[1]
  if (part && attributes.SUBS_CONTENT) string.hyphen = { part: part === '1' ? 1 : 2, whole: attributes.SUBS_CONTENT }
  return string
}

/** Roles by the id of a tag (`LayoutTag`, `StructureTag`), which blocks name in TAGREFS. */
type Tags = Map<string, string>

function roleOf(attributes: Attributes, tags: Tags): string | undefined {
  const refs = (attributes.TAGREFS ?? '').split(/\s+/)
  return refs.map((ref) => tags.get(ref)).find((label) => label !== undefined) ?? attributes.TYPE
}

/**
 * The elements of an ALTO file, all its pages. Throws Error on XML that is not well formed and on XML that is no ALTO.
 */
export function readAltoElements(bytes: Uint8Array): RawAlto {
  const alto: RawAlto = { pages: [], unit: '' }
  const tags: Tags = new Map()
  const order: string[] = []
  let isAlto = false
  let text: 'unit' | 'picture' | undefined
  let page: RawPage | undefined
  let block: RawBlock | undefined
  let figure: RawFigure | undefined
  let line: RawLine | undefined
  let string: RawString | undefined
  const composed: string[] = []
  const openBlock = (attributes: Attributes, of: RawPage): void => {
    const language = attributes.language ?? attributes.LANG
    const id = attributes.ID || `block-${of.blocks.length + 1}`
    block = { id, rect: rectOf(attributes), lines: [], language, role: roleOf(attributes, tags) }
    of.blocks.push(block)
    for (const group of composed) of.groups.get(group)?.push(id)
  }
  const openFigure = (name: string, attributes: Attributes, of: RawPage): void => {
    const id = attributes.ID || `figure-${of.figures.length + 1}`
    figure = { id, kind: name === 'Illustration' ? 'photo' : 'other', rect: rectOf(attributes) }
    of.figures.push(figure)
    for (const group of composed) of.groups.get(group)?.push(id)
  }
  const openPolygon = (points: Point[]): void => {
    const of = line ? undefined : (block ?? figure)
    if (!of || points.length < 3) return
    of.polygon = points
    const rect = aroundPoints(points)
    if (rect && (of.rect.w <= 0 || of.rect.h <= 0)) of.rect = rect
  }
  const opened: Record<string, (attributes: Attributes) => void> = {
    alto: () => (isAlto = true),
    MeasurementUnit: () => (text = 'unit'),
    fileName: () => (text = 'picture'),
    Page: (attributes) => {
      const size = { width: numberOf(attributes.WIDTH), height: numberOf(attributes.HEIGHT) }
      page = { size, blocks: [], figures: [], groups: new Map(), label: attributes.PRINTED_IMG_NR || undefined }
      alto.pages.push(page)
    },
    PrintSpace: (attributes) => {
      if (page) page.printSpace = rectOf(attributes)
    },
    ComposedBlock: (attributes) => {
      composed.push(attributes.ID ?? '')
      if (attributes.ID) page?.groups.set(attributes.ID, [])
    },
    TextLine: (attributes) => {
      line = { rect: rectOf(attributes), strings: [], ...(attributes.ID ? { id: attributes.ID } : {}) }
      block?.lines.push(line)
    },
    String: (attributes) => line?.strings.push((string = stringOf(attributes))),
    SP: () => {
      if (string) string.isSpaced = true
    },
    HYP: () => {
      if (line) line.isBroken = true
    },
    Polygon: (attributes) => openPolygon(pointsOf(attributes.POINTS)),
    ElementRef: (attributes) => order.push(attributes.REF ?? ''),
  }
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (name === 'TextBlock' && page) openBlock(attributes, page)
      else if ((name === 'Illustration' || name === 'GraphicalElement') && page) openFigure(name, attributes, page)
      else if (name.endsWith('Tag') && attributes.ID && attributes.LABEL) tags.set(attributes.ID, attributes.LABEL)
      else opened[name]?.(attributes)
    },
    text: (piece) => {
      if (text === 'unit') alto.unit += piece.trim()
      if (text === 'picture') alto.picture = (alto.picture ?? '') + piece.trim()
    },
    close: (name) => {
      if (name === 'MeasurementUnit' || name === 'fileName') text = undefined
      if (name === 'ComposedBlock') composed.pop()
      if (name === 'TextBlock') [block, line, string] = [undefined, undefined, undefined]
      if (name === 'TextLine') [line, string] = [undefined, undefined]
      if (name === 'Illustration' || name === 'GraphicalElement') figure = undefined
    },
  })
  if (!isAlto) throw new Error('not an ALTO file')
  for (const each of alto.pages) inReadingOrder(each, order)
  return alto
}

/** ALTO 4.3 may give the order of the blocks; those it does not name keep their place behind. */
function inReadingOrder(page: RawPage, order: string[]): void {
  const places = new Map(order.map((id, index) => [id, index]))
  if (!page.blocks.some((block) => places.has(block.id))) return
  const place = (block: RawBlock): number => places.get(block.id) ?? order.length
  page.blocks.sort((a, b) => place(a) - place(b))
}
