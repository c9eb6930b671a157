import { SaxesParser } from 'saxes'
import { decodeText } from './encoding.ts'

/** A start tag: local name and attributes by local name; namespaces and prefixes differ between deliveries. */
interface XmlElement {
  name: string
  attributes: Record<string, string>
}

export interface XmlHandler {
  open?: (element: XmlElement) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** Real files nest below 30; saxes keeps a stack of them. */
const deepestXml = 500

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/**
 * Reads XML as a stream of local names. A document type declaration is refused: none of the formats has one, and it is
 * the way to entity bombs and to files of the machine. Throws Error on anything that is not well formed, after having
 * told the handler what came before.
 */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  const parser = new SaxesParser({ xmlns: false, position: true })
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a document type declaration is not allowed')
  })
  parser.on('opentag', (tag) => {
    if (++depth > deepestXml) throw new Error(`nested deeper than ${deepestXml} elements`)
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(tag.attributes)) attributes[localName(name)] = value
    handler.open?.({ name: localName(tag.name), attributes })
  })
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  parser.on('closetag', (tag) => {
    depth--
    handler.close?.(localName(tag.name))
  })
  // Decoded here by the declaration; the parser would only take UTF-8.
  parser.write(decodeText(bytes).text.replace(/^\s*(?=<\?xml)/, '')).close()
}
