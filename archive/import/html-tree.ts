import { parseDocument } from 'htmlparser2'
import { isTag, isText } from 'domhandler'
import type { AnyNode, Element, ParentNode } from 'domhandler'

/** Elements whose text is never content. */
const silent = new Set(['script', 'style', 'iframe', 'noscript', 'object', 'embed', 'select', 'textarea', 'template'])

/** Elements that end the line they stand on. */
const blocks = new Set(
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main map ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)

/** Elements that HTML closes by itself; old templates leave thousands of them open. */
const selfClosing = /^(?:p|li|td|th|tr|dd|dt|option|br|img|hr|input|meta|link|area|param|embed|base|col|wbr)$/i

/** Real pages nest 20 to 60 deep. The parser's time grows with the square of the depth. */
const deepestNesting = 5000

function isNestedTooDeep(html: string): boolean {
  let depth = 0
  for (const [tag, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z\d:-]*)[^<>]*>/gi)) {
    if (selfClosing.test(name) || tag.endsWith('/>')) continue
    depth = Math.max(0, depth + (slash ? -1 : 1))
    if (depth > deepestNesting) return true
  }
  return false
}

/**
 * Parses HTML as tolerantly as browsers do for old templates: any case, no quotes, unknown elements, stray tags.
 * Throws Error for pages that nest as no template does.
 */
export function parseHtml(html: string): ParentNode {
  if (isNestedTooDeep(html)) throw new Error(`nested deeper than ${deepestNesting} elements`)
  return parseDocument(html, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true })
}

/** One step of a walk: a node is entered once and, when it is an element, left once. */
export interface Step {
  node: AnyNode
  leaving: boolean
}

/** Walks a tree in document order, without recursion: hostile pages nest deeper than the stack is. */
export function* walk(root: ParentNode, skip?: (node: AnyNode) => boolean): Generator<Step> {
  let node: AnyNode | null = root.children[0] ?? null
  while (node) {
    yield { node, leaving: false }
    const skipped = skip?.(node) ?? false
    const first: AnyNode | undefined = !skipped && 'children' in node ? (node.children[0] as AnyNode) : undefined
    if (first) {
      node = first
      continue
    }
    let at: AnyNode | null = node
    if (isTag(at)) yield { node: at, leaving: true }
    while (at && !at.next) {
      const parent: ParentNode | null = at.parent
      if (!parent || parent === root) return
      at = parent as AnyNode
      if (isTag(at)) yield { node: at, leaving: true }
    }
    node = at?.next ?? null
  }
}

/** Every element below `root` that passes, in document order. */
export function elements(root: ParentNode, passes: (element: Element) => boolean): Element[] {
  const found: Element[] = []
  for (const { node, leaving } of walk(root)) if (!leaving && isTag(node) && passes(node)) found.push(node)
  return found
}

/** The first element below `root` that passes. */
export function firstElement(root: ParentNode, passes: (element: Element) => boolean): Element | undefined {
  for (const { node, leaving } of walk(root)) if (!leaving && isTag(node) && passes(node)) return node
  return undefined
}

/** True for scripts, frames, form lists and the like. */
export function isSilent(node: AnyNode): boolean {
  return 'name' in node && typeof node.name === 'string' && silent.has(node.name)
}

/** True for elements that end the line they stand on. */
export function isBlockElement(node: AnyNode): boolean {
  return isTag(node) && blocks.has(node.name)
}

/** Readable text below `root`; lines end where a block or `<br>` does. */
export function textOf(root: ParentNode, skip?: (node: AnyNode) => boolean): string {
  let text = ''
  for (const { node } of walk(root, (each) => isSilent(each) || (skip?.(each) ?? false))) {
    if (isText(node)) text += node.data
    else if (isBlockElement(node)) text += '\n'
  }
  return text
}

/** An attribute by its name, trimmed; undefined when absent. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attribs[name]?.trim()
}

/** True when the element has the id or one of the classes, in any case: templates disagree on it. */
export function isMarked(element: Element, ...names: string[]): boolean {
  const own = `${element.attribs.id ?? ''} ${element.attribs.class ?? ''}`.toLowerCase().split(/\s+/)
  return names.some((name) => own.includes(name.toLowerCase()))
}

/** True when `ancestor` is above `node`. */
export function isInside(node: AnyNode, ancestor: AnyNode): boolean {
  for (let at: ParentNode | null = node.parent; at; at = at.parent) if (at === ancestor) return true
  return false
}
