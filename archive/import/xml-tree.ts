import { readXml } from './xml-events.ts'

/** An element with its local name, and attributes by their local names. */
export interface XmlNode {
  name: string
  attributes: Record<string, string>
  /** Elements and the text between them, in order. */
  parts: (XmlNode | string)[]
}

/** A tree of more elements is no description of an issue, and would not fit into memory. */
const mostElements = 2_000_000

/** Reads XML as a tree. Throws Error on anything not well formed, without elements or with too many. */
export function readXmlTree(bytes: Uint8Array): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, parts: [] }
  const open = [root]
  let count = 0
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (++count > mostElements) throw new Error(`more than ${mostElements} elements`)
      const node: XmlNode = { name, attributes, parts: [] }
      open.at(-1)?.parts.push(node)
      open.push(node)
    },
    text: (text) => {
      if (open.length > 1) open.at(-1)?.parts.push(text)
    },
    close: () => {
      open.pop()
    },
  })
  const [top] = elementsOf(root)
  if (!top) throw new Error('no element')
  return top
}

/** The elements inside one, of a name when it is given. */
export function elementsOf(node: XmlNode, name?: string): XmlNode[] {
  return node.parts
    .filter((part) => typeof part !== 'string')
    .filter((part) => name === undefined || part.name === name)
}

/** Every element of a name below one, in the order of the document. */
export function descendantsOf(node: XmlNode, name: string): XmlNode[] {
  const found: XmlNode[] = []
  const walk = (each: XmlNode): void => {
    for (const inner of elementsOf(each)) {
      if (inner.name === name) found.push(inner)
      walk(inner)
    }
  }
  walk(node)
  return found
}

/** All text of an element and what is inside it. */
export function textContent(node: XmlNode): string {
  return node.parts.map((part) => (typeof part === 'string' ? part : textContent(part))).join('')
}
