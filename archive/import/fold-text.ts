import type { ArticleKind } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { decodeText } from './encoding.ts'
import { elementsOf, readXmlTree, textContent, type XmlNode } from './xml-tree.ts'

/** An article, advertisement or other part of a fold. */
export interface FoldPart {
  id?: string
  /** `article`, `advert`, `head`, `margin`, `image`, `other`. */
  type: string
  kind: ArticleKind
  paragraphs: string[]
  /** Number of the page of the fold it stands on. */
  page?: string
  isVertical: boolean
}

/** The text of a fold: one scan of two facing pages, as ECPO (Early Chinese Periodicals Online) writes it in XML. */
export interface Fold {
  id: string
  pages: string[]
  isFromRight: boolean
  parts: FoldPart[]
}

/**
 * Fills in the characters that the file declares for itself (gaiji) and takes its document type away. Only entities
 * that are one character or a few are taken: others are left for the parser to refuse.
 */
function withoutDoctype(bytes: Uint8Array): Uint8Array {
  const { text } = decodeText(bytes)
  const doctype = /<!DOCTYPE\s+\w+\s*(?:\[([^\]]*)\])?\s*>/.exec(text)
  if (!doctype) return bytes
  const entities = new Map<string, string>()
  for (const [, name = '', value = ''] of (doctype[1] ?? '').matchAll(
    /<!ENTITY\s+(\w+)\s+"([^"%&<]{0,8}|&#x?[\da-fA-F]{1,6};)"\s*>/g,
  )) {
    entities.set(name, value)
  }
  const rest = text.replace(doctype[0], '').replace(/&(\w+);/g, (whole, name: string) => entities.get(name) ?? whole)
  return Buffer.from(rest.replace(/^\uFEFF/, '').replace(/^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']/, '$1'))
}

const kinds: Record<string, ArticleKind> = { article: 'article', advert: 'advert', image: 'photo', head: 'notice' }

function partOf(node: XmlNode, page: string | undefined, isVertical: boolean): FoldPart | undefined {
  const type = node.attributes.type ?? 'other'
  const paragraphs = elementsOf(node, 'p')
    .map((each) => cleanLine(textContent(each)))
    .filter((text) => text !== '')
  const own = { ...node, parts: node.parts.filter((each) => typeof each === 'string' || each.name !== 'div') }
  const loose = paragraphs.length === 0 ? cleanLine(textContent(own)) : ''
  const all = loose === '' ? paragraphs : [loose]
  if (all.length === 0) return undefined
  const mode = node.attributes.mode
  return {
    ...(node.attributes.itemid ? { id: node.attributes.itemid } : node.attributes.id ? { id: node.attributes.id } : {}),
    type,
    kind: kinds[type] ?? 'notice',
    paragraphs: all,
    ...(page === undefined ? {} : { page }),
    isVertical: mode === undefined ? isVertical : mode.startsWith('vertical'),
  }
}

/** Reads a fold; undefined when the XML is something else. Throws Error when it is not well formed. */
export function readFold(bytes: Uint8Array): Fold | undefined {
  const root = readXmlTree(withoutDoctype(bytes))
  if (root.name !== 'fold') return undefined
  const fold: Fold = { id: root.attributes.id ?? '', pages: [], isFromRight: false, parts: [] }
  const walk = (node: XmlNode, page: string | undefined, isVertical: boolean): void => {
    for (const div of elementsOf(node, 'div')) {
      const { type, n, mode, dir } = div.attributes
      const isPage = type === 'page' || (type === undefined && n !== undefined)
      const vertical = mode === undefined ? isVertical : mode.startsWith('vertical')
      if (isPage && n !== undefined) fold.pages.push(n)
      if (isPage && dir === 'rtl') fold.isFromRight = true
      const part = isPage ? undefined : partOf(div, page, vertical)
      if (part) fold.parts.push(part)
      walk(div, isPage ? n : page, vertical)
    }
  }
  walk(root, undefined, true)
  return fold
}
