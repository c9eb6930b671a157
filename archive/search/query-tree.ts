import type { PhraseNode, QueryNode } from './query-language.ts'

/** The query with every phrase changed. */
export function mapPhrases(node: QueryNode, change: (phrase: PhraseNode) => QueryNode): QueryNode {
  switch (node.kind) {
    case 'phrase':
      return change(node)
    case 'all':
    case 'any':
      return { ...node, nodes: node.nodes.map((part) => mapPhrases(part, change)) }
    case 'not':
      return { ...node, node: mapPhrases(node.node, change) }
    default:
      return node
  }
}

/** The query as it is asked of texts that were folded with their glyphs kept. */
export function glyphQuery(node: QueryNode): QueryNode {
  return mapPhrases(node, (phrase) => ({ ...phrase, text: phrase.glyphs ?? phrase.text }))
}
