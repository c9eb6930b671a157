import type { Point } from '../model.ts'
import { numberOf, pointsOf, type Size } from './page-text.ts'
import { readXml } from './xml-events.ts'

/** A word, line or region of a PAGE file, in its pixels. */
export interface PageElement {
  /** `TextRegion`, `TextLine`, `Word` … */
  name: string
  id: string
  points: Point[]
  /** What `TextEquiv` says, the best one. */
  text?: string
  confidence?: number
  type?: string
  custom: string
  language?: string
  children: PageElement[]
}

export interface PageXml {
  picture?: string
  size: Size
  elements: PageElement[]
  /** Ids of regions in reading order; groups that are articles give theirs an article. */
  order: { region: string; article?: string }[]
}

interface OrderGroup {
  index: number
  article?: string
  items: { index: number; region: string }[]
  groups: OrderGroup[]
}

interface Equivalent {
  index: number
  confidence?: number
  unicode: string
  /** `PlainText`, which stands for what Unicode cannot say, and in some files for both. */
  plain: string
}

const containers = /(?:Region|TextLine|Word)$/
/** Letters have outlines and alternatives of their own, which are not those of the word they stand in. */
const letters = /^(?:Glyph|Grapheme|GraphemeGroup|NonPrintingChar)$/

/** The value of a key in Transkribus' `custom`: `structure {type:heading;}`. */
export function customValue(custom: string, key: string, name: string): string | undefined {
  const body = new RegExp(`(?:^|[\\s}])${key}\\s*\\{([^}]*)\\}`).exec(custom)?.[1]
  return body === undefined ? undefined : new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([^;]*)`).exec(body)?.[1]?.trim()
}

function flatten(group: OrderGroup, article: string | undefined): PageXml['order'] {
  const own = group.article ?? article
  const all = [
    ...group.items.map((item) => ({ index: item.index, refs: [{ region: item.region, article: own }] })),
    ...group.groups.map((inner) => ({ index: inner.index, refs: flatten(inner, own) })),
  ]
  return all.sort((a, b) => a.index - b.index).flatMap(({ refs }) => refs)
}

/** Best is the smallest index (PAGE 2019: the order of alternatives), then the surest. */
function best(equivalents: Equivalent[]): Equivalent | undefined {
  const said = equivalents.filter(({ unicode, plain }) => unicode.trim() !== '' || plain.trim() !== '')
  return said.sort((a, b) => a.index - b.index || (b.confidence ?? 0) - (a.confidence ?? 0))[0]
}

/** The elements of a PAGE file. Throws Error on XML that is not well formed or no PAGE. */
export function readPageElements(bytes: Uint8Array): PageXml {
  const page: PageXml = { size: { width: 0, height: 0 }, elements: [], order: [] }
  const open: { element: PageElement; equivalents: Equivalent[] }[] = []
  const groups: OrderGroup[] = []
  let equivalent: Equivalent | undefined
  let textOf: 'unicode' | 'plain' | undefined
  let pages = 0
  let insideLetter = 0
  const openGroup = (name: string, attributes: Record<string, string>): void => {
    const isArticle = /article/i.test(`${attributes.type ?? ''} ${attributes.caption ?? ''} ${attributes.custom ?? ''}`)
    const group: OrderGroup = {
      index: attributes.index === undefined ? (groups.at(-1)?.groups.length ?? 0) : numberOf(attributes.index),
      items: [],
      groups: [],
      ...(isArticle ? { article: attributes.id ?? attributes.regionRef ?? name } : {}),
    }
    if (attributes.regionRef) group.items.push({ index: -1, region: attributes.regionRef })
    groups.at(-1)?.groups.push(group)
    groups.push(group)
  }
  const openElement = (name: string, attributes: Record<string, string>): void => {
    const element: PageElement = {
      name,
      id: attributes.id ?? '',
      points: [],
      type: attributes.type,
      custom: attributes.custom ?? '',
      language: attributes.primaryLanguage ?? attributes.language,
      children: [],
    }
    ;(open.at(-1)?.element.children ?? page.elements).push(element)
    open.push({ element, equivalents: [] })
  }
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (letters.test(name)) insideLetter++
      const current = insideLetter > 0 ? undefined : open.at(-1)
      if (name === 'Page' && ++pages === 1) {
        page.picture = attributes.imageFilename
        page.size = { width: numberOf(attributes.imageWidth), height: numberOf(attributes.imageHeight) }
      } else if (/^(?:Un)?[Oo]rderedGroup(?:Indexed)?$/.test(name)) openGroup(name, attributes)
      else if (/^RegionRef(?:Indexed)?$/.test(name)) {
        const items = groups.at(-1)?.items
        items?.push({ index: numberOf(attributes.index ?? String(items.length)), region: attributes.regionRef ?? '' })
      } else if (pages > 0 && containers.test(name)) openElement(name, attributes)
      else if (name === 'Coords' && current) current.element.points = pointsOf(attributes.points)
      else if (name === 'Point' && current && attributes.x !== undefined) {
        current.element.points.push([numberOf(attributes.x), numberOf(attributes.y)])
      } else if (name === 'TextEquiv' && current) {
        const confidence = attributes.conf === undefined ? undefined : numberOf(attributes.conf)
        equivalent = { index: numberOf(attributes.index), confidence, unicode: '', plain: '' }
        current.equivalents.push(equivalent)
      } else if (name === 'Unicode') textOf = 'unicode'
      else if (name === 'PlainText') textOf = 'plain'
    },
    text: (piece) => {
      if (textOf && equivalent) equivalent[textOf] += piece
    },
    close: (name) => {
      if (letters.test(name)) insideLetter--
      if (name === 'Unicode' || name === 'PlainText') textOf = undefined
      if (name === 'TextEquiv') equivalent = undefined
      if (/OrderedGroup(?:Indexed)?$/i.test(name)) {
        const group = groups.pop()
        if (group && groups.length === 0) page.order.push(...flatten(group, undefined))
      }
      if (pages > 0 && containers.test(name)) {
        const closed = open.pop()
        const said = closed && best(closed.equivalents)
        if (said) [closed.element.text, closed.element.confidence] = [said.unicode || said.plain, said.confidence]
      }
    },
  })
  if (pages === 0) throw new Error('not a PAGE file')
  return page
}
