import { encoderPhrase, type QueryNode } from './query-language.ts'
import type { TermRarity } from './term-rarity.ts'
import { queryTerms } from './terms.ts'

/** Shares of the terms of a phrase; what no segment has told is guessed: long phrases are rare. */
function termShares(node: QueryNode & { kind: 'phrase' }, rarity: TermRarity): number[] {
  const guess = 1 / (1 + node.text.length ** 2)
  return queryTerms(encoderPhrase(node)).map((term) => rarity.of(term) ?? guess)
}

/** Share of the articles that may answer a node, as far as it is known: which part of a query is asked first. */
export function shareOf(node: QueryNode, rarity: TermRarity): number {
  switch (node.kind) {
    case 'phrase':
      return Math.min(1, ...termShares(node, rarity))
    case 'not':
      return 1 - shareOf(node.node, rarity)
    case 'all':
      return Math.min(1, ...node.nodes.map((part) => shareOf(part, rarity)))
    case 'any':
      return Math.min(
        1,
        node.nodes.reduce((sum, part) => sum + shareOf(part, rarity), 0),
      )
    default:
      // Numbers that lie in memory: asked before any list is.
      return 0
  }
}

/** Places of lists that are unpacked to answer a node, for each article of a segment. */
export function costOf(node: QueryNode, rarity: TermRarity): number {
  switch (node.kind) {
    case 'phrase':
      return Math.min(...termShares(node, rarity))
    case 'not':
      return costOf(node.node, rarity)
    case 'all':
    case 'any':
      return node.nodes.reduce((sum, part) => sum + costOf(part, rarity), 0)
    default:
      return 0
  }
}
