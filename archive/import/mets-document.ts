import { type MetsDescription, metsDescription } from './mets-description.ts'
import { numberOf, type Size } from './page-text.ts'
import { descendantsOf, elementsOf, readXmlTree, type XmlNode } from './xml-tree.ts'

/** A place in a file: an element of a text, a span of its elements, or a shape on a picture. */
export interface MetsArea {
  file: string
  begin?: string
  end?: string
  /** Pixels of the picture: left, top, right, bottom. */
  rect?: [number, number, number, number]
}

/** A `div` of a structMap. */
export interface MetsDiv {
  id: string
  /** In capitals without separators, so that `TITLE_SECTION`, `TitleSection` and `np:titlesection` are the same. */
  type: string
  label?: string
  orderLabel?: string
  order?: number
  descriptions: string[]
  areas: MetsArea[]
  /** Addresses of other METS files. */
  pointers: string[]
  children: MetsDiv[]
}

export interface MetsFile {
  id: string
  href: string
  mime: string
  /** USE of its group or its own: `MAX`, `THUMBS`, `ocr`. */
  use: string
  size?: Size
}

/** What a METS file says (METS 1.12 and 2.0), whatever dialect it is written in. */
export interface MetsDocument {
  type: string
  label: string
  descriptions: Map<string, MetsDescription>
  files: Map<string, MetsFile>
  physical: MetsDiv[]
  logical: MetsDiv[]
  /** Ids of physical divs by those of logical divs, in the order of the links. */
  links: Map<string, string[]>
}

function idsOf(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((id) => id !== '')
}

function areaOf({ attributes }: XmlNode): MetsArea {
  const area: MetsArea = { file: attributes.FILEID ?? '' }
  if (attributes.BEGIN) area.begin = attributes.BEGIN
  if (attributes.END) area.end = attributes.END
  const numbers = (attributes.COORDS ?? '').split(/[\s,]+/).map(Number)
  if (numbers.length >= 4 && numbers.every(Number.isFinite)) {
    const [xs, ys] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)]
    area.rect = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  }
  return area
}

/** `xlink:href`, in METS 2 `LOCREF`. */
function hrefOf({ attributes }: XmlNode): string {
  return attributes.href ?? attributes.LOCREF ?? ''
}

function divOf(node: XmlNode): MetsDiv {
  const { attributes } = node
  const pointers = elementsOf(node, 'fptr')
  const inside = pointers.flatMap((pointer) => descendantsOf(pointer, 'area').map(areaOf))
  const whole = pointers.map(({ attributes: own }) => own.FILEID ?? '').filter((file) => file !== '')
  return {
    id: attributes.ID ?? '',
    type: (attributes.TYPE ?? '')
      .replace(/^.*:/, '')
      .toUpperCase()
      .replace(/[^A-Z]/g, ''),
    label: attributes.LABEL || undefined,
    orderLabel: attributes.ORDERLABEL || undefined,
    order: attributes.ORDER === undefined ? undefined : numberOf(attributes.ORDER),
    descriptions: idsOf(attributes.DMDID ?? attributes.MDID),
    areas: [...whole.map((file) => ({ file })), ...inside],
    pointers: elementsOf(node, 'mptr').map(hrefOf),
    children: elementsOf(node, 'div').map(divOf),
  }
}

function add(links: Map<string, string[]>, from: string, to: string): void {
  const known = links.get(from) ?? []
  if (!known.includes(to)) known.push(to)
  links.set(from, known)
}

const plainId = (reference: string | undefined): string => (reference ?? '').replace(/^#/, '')

/** `smLink` from logical to physical, and the groups of the British Library: locators by label, joined by arcs. */
function linksOf(root: XmlNode): Map<string, string[]> {
  const links = new Map<string, string[]>()
  for (const { attributes } of descendantsOf(root, 'smLink'))
    add(links, plainId(attributes.from), plainId(attributes.to))
  for (const group of descendantsOf(root, 'smLinkGrp')) {
    const ids = new Map(
      elementsOf(group, 'smLocatorLink').map(({ attributes: at }) => [at.label ?? '', plainId(at.href)]),
    )
    const arcs = elementsOf(group, 'smArcLink')
    for (const { attributes } of arcs) {
      const [from, to] = [attributes.from ?? '', attributes.to ?? '']
      add(links, ids.get(from) ?? plainId(from), ids.get(to) ?? plainId(to))
    }
    // Without arcs the first locator is what the others belong to.
    const [first, ...others] = elementsOf(group, 'smLocatorLink').map(({ attributes: at }) => plainId(at.href))
    if (arcs.length === 0 && first) for (const other of others) add(links, first, other)
  }
  return links
}

/** `dmdSec`; in METS 2 each `md`, whatever its use. */
function descriptiveSections(root: XmlNode): XmlNode[] {
  return [
    ...elementsOf(root, 'dmdSec'),
    ...elementsOf(root, 'mdSec').flatMap((section) => descendantsOf(section, 'md')),
  ]
}

/** Pixels of pictures by the id of the section that has them (MIX: imageWidth, imageHeight). */
function sizesOf(root: XmlNode): Map<string, Size> {
  const sizes = new Map<string, Size>()
  for (const section of [...elementsOf(root, 'amdSec'), ...descriptiveSections(root)]) {
    for (const part of [section, ...elementsOf(section)]) {
      const value = (names: string[]): number => {
        const [node] = names.flatMap((name) => descendantsOf(part, name))
        return numberOf(node?.parts.filter((each) => typeof each === 'string').join(''))
      }
      const size = {
        width: value(['imageWidth', 'ImageWidth']),
        height: value(['imageHeight', 'ImageLength', 'ImageHeight']),
      }
      if (part.attributes.ID && size.width > 0 && size.height > 0) sizes.set(part.attributes.ID, size)
    }
  }
  return sizes
}

function filesOf(root: XmlNode): Map<string, MetsFile> {
  const files = new Map<string, MetsFile>()
  const sizes = sizesOf(root)
  const walk = (group: XmlNode, use: string): void => {
    for (const node of elementsOf(group)) {
      const own = node.attributes.USE ?? use
      if (node.name === 'fileGrp' || node.name === 'fileSec') walk(node, own)
      const id = node.attributes.ID
      if (node.name !== 'file' || id === undefined) continue
      const href = elementsOf(node, 'FLocat').map(hrefOf)[0] ?? ''
      const size = idsOf(node.attributes.ADMID ?? node.attributes.MDID)
        .map((each) => sizes.get(each))
        .find((each) => each !== undefined)
      files.set(id, { id, href, mime: node.attributes.MIMETYPE ?? '', use: own, size })
      walk(node, own)
    }
  }
  for (const section of elementsOf(root, 'fileSec')) walk(section, '')
  return files
}

/** Reads a METS file; undefined when the XML is something else. Throws Error when it is not well formed. */
export function readMets(bytes: Uint8Array): MetsDocument | undefined {
  const root = readXmlTree(bytes)
  // OAI and other envelopes carry the METS inside.
  const mets = root.name === 'mets' ? root : descendantsOf(root, 'mets')[0]
  if (!mets) return undefined
  const maps = descendantsOf(mets, 'structMap')
  const kind = (map: XmlNode): string => `${map.attributes.TYPE ?? ''} ${map.attributes.LABEL ?? ''}`
  // BnF writes several physical maps: the first one has the pages. NDNP has one without a type.
  const physical = maps.filter((map) => /physical/i.test(kind(map)))
  const logical = maps.filter((map) => /logical/i.test(kind(map)))
  // Others name the map after what was scanned (Transkribus: MANUSCRIPT).
  const untyped = maps.filter((map) => !physical.includes(map) && !logical.includes(map))
  return {
    type: mets.attributes.TYPE ?? '',
    label: mets.attributes.LABEL ?? '',
    descriptions: new Map(descriptiveSections(mets).map((node) => [node.attributes.ID ?? '', metsDescription(node)])),
    files: filesOf(mets),
    physical: (physical.length > 0 ? physical : untyped).flatMap((map) => elementsOf(map, 'div').map(divOf)),
    logical: (logical.length > 0 ? logical : untyped).flatMap((map) => elementsOf(map, 'div').map(divOf)),
    links: linksOf(mets),
  }
}

/** A div and every one inside it, in the order of the document. */
export function withDescendants(div: MetsDiv): MetsDiv[] {
  return [div, ...div.children.flatMap(withDescendants)]
}
