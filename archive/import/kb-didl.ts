import { cleanLine } from './clean-text.ts'
import { joinDescriptions, type MetsDescription, metsDescription } from './mets-description.ts'
import { numberOf, type Rect } from './page-text.ts'
import { descendantsOf, elementsOf, readXmlTree, textContent, type XmlNode } from './xml-tree.ts'

/** A part of an article on one page. */
export interface DidlPart {
  /** Id of the whole article: parts on several pages share it. */
  article: string
  said: MetsDescription
  /** `artikel`, `advertentie`, `familiebericht`, `illustratie met onderschrift` … */
  subject: string
  areas: Rect[]
  /** The files the component names: its text. */
  files: string[]
}

export interface DidlPage {
  id: string
  label?: string
  /** By role: `image`, `image/preservation`, `alto`, `pdf`. */
  files: { role: string; href: string; mime: string }[]
  parts: DidlPart[]
  metadata: MetsDescription
}

/** The DIDL (MPEG-21) of an issue as the National Library of the Netherlands delivers it. */
export interface Didl {
  said: MetsDescription
  pages: DidlPage[]
  files: { role: string; href: string; mime: string }[]
}

/** What a component is: by its statement of the role, else by the end of its id (`ddd:…:p001:alto`). */
function roleOf(component: XmlNode): string {
  const statements = elementsOf(component, 'Descriptor').flatMap((each) => elementsOf(each, 'Statement'))
  const said = statements.find(({ attributes }) => attributes.type === 'role')?.parts.join('')
  return (
    said ??
    /:(metadata|image|alto|pdf|ocr|zoning|access)$/i.exec(component.attributes.identifier ?? '')?.[1] ??
    ''
  )
    .trim()
    .replace(/^access$/i, 'image')
}

/** `dcx:filename` is the name in the delivery, `ref` an address or a name. */
function filesOf(item: XmlNode): { role: string; href: string; mime: string }[] {
  return elementsOf(item, 'Component').flatMap((component) =>
    elementsOf(component, 'Resource').flatMap(({ attributes }) => {
      const href = attributes.filename ?? attributes.ref
      return href ? [{ role: roleOf(component), href, mime: attributes.mimeType ?? '' }] : []
    }),
  )
}

function metadataOf(item: XmlNode): MetsDescription {
  const inside = elementsOf(item, 'Component').filter((component) => roleOf(component) === 'metadata')
  return joinDescriptions(inside.flatMap((component) => descendantsOf(component, 'dcx').map(metsDescription)))
}

function areaOf({ attributes }: XmlNode): Rect {
  const [x, y, w, h] = ['hpos', 'vpos', 'width', 'height'].map((name) => numberOf(attributes[name]))
  return { x: x ?? 0, y: y ?? 0, w: w ?? 0, h: h ?? 0 }
}

function partOf(item: XmlNode): DidlPart {
  const subject = descendantsOf(item, 'subject').map((node) => cleanLine(textContent(node)))
  const areas = descendantsOf(item, 'area').map(areaOf)
  return {
    article: item.attributes.article_id ?? item.attributes.identifier ?? '',
    said: metadataOf(item),
    subject: subject[0] ?? '',
    areas,
    files: filesOf(item).map(({ href }) => href),
  }
}

const pageRole = /^page\b/i

function pageOf(item: XmlNode): DidlPage {
  const label = ['nativePageNumber', 'pagenumber']
    .flatMap((name) => descendantsOf(item, name))
    .map((node) => cleanLine(textContent(node)))[0]
  return {
    id: item.attributes.identifier ?? '',
    label: label || /\d+$/.exec(roleOf(item))?.[0],
    files: filesOf(item),
    parts: elementsOf(item, 'Item').map(partOf),
    metadata: metadataOf(item),
  }
}

/** Reads a DIDL; undefined when the XML is something else. Throws Error when it is not well formed. */
export function readDidl(bytes: Uint8Array): Didl | undefined {
  const root = readXmlTree(bytes)
  const didl = root.name === 'DIDL' ? root : descendantsOf(root, 'DIDL')[0]
  const issue = didl && elementsOf(didl, 'Item')[0]
  if (!issue) return undefined
  const items = elementsOf(issue, 'Item')
  const pages = items.filter((item) => pageRole.test(roleOf(item)) || /:p\d+$/.test(item.attributes.identifier ?? ''))
  const read = pages.map(pageOf)
  // Articles may also stand beside the pages: their zoning says on which they are.
  for (const item of items) if (!pages.includes(item)) addArticle(item, read)
  return { said: metadataOf(issue), pages: read, files: filesOf(issue) }
}

const pageIdNames = ['pageid', 'pageId', 'page_id']

function pageNamedBy({ attributes }: XmlNode, pages: readonly DidlPage[]): DidlPage | undefined {
  const named = pageIdNames.map((name) => attributes[name]).find((each) => each !== undefined)
  return named === undefined ? undefined : pages.find(({ id }) => id !== '' && (id === named || id.endsWith(named)))
}

function addArticle(item: XmlNode, pages: readonly DidlPage[]): void {
  const whole = partOf(item)
  if (whole.subject === '' && whole.areas.length === 0) return
  const areas = new Map<DidlPage, Rect[]>()
  const walk = (node: XmlNode, around: DidlPage | undefined): void => {
    const page = pageNamedBy(node, pages) ?? around
    if (page && node.name === 'area') areas.set(page, [...(areas.get(page) ?? []), areaOf(node)])
    else if (page && !areas.has(page)) areas.set(page, [])
    for (const child of elementsOf(node)) walk(child, page)
  }
  walk(item, undefined)
  const [first] = pages
  if (areas.size === 0 && first) areas.set(first, [])
  for (const [page, own] of areas) page.parts.push({ ...whole, areas: own })
}
