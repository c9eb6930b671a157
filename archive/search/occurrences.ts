import { isWordAt } from './character-class.ts'
import { rangesInOriginal } from './folding.ts'
import type { PhraseNode, QueryNode } from './query-language.ts'
import { endOfLines } from './search-document.ts'

/** Offsets (UTF-16), end exclusive. */
export type TextRange = [start: number, end: number]

/** What the index knows of an article besides its text. */
export interface ArticleFacts {
  day: number
  /** Normalised page labels between spaces. */
  pages: string
  headlineLines: number
  bylineLines: number
}

/** The stretch of folded text in which a phrase must stand. */
function fieldOf(node: PhraseNode, text: string, facts: ArticleFacts): TextRange {
  if (node.field === undefined) return [0, text.length]
  const headline = facts.headlineLines > 0 ? endOfLines(text, facts.headlineLines) : 0
  if (node.field === 'headline') return [0, headline]
  const start = facts.headlineLines > 0 ? headline + 1 : 0
  return facts.bylineLines > 0 ? [start, endOfLines(text, facts.bylineLines, start)] : [0, 0]
}

/**
 * The next place of a phrase in folded text at or after `from`. Words match whole: `年` stands in `2013年`, `013` does
 * not. With `prefix` the last word may go on, and the place covers it to its end.
 */
function nextPlace(node: PhraseNode, text: string, from: number, to: number): TextRange | undefined {
  const { text: phrase, prefix } = node
  // What is looked for in a line is not looked for in the whole article.
  if (to < text.length) return nextPlace(node, text.slice(0, to), from, to)
  for (let start = text.indexOf(phrase, from); start >= 0; start = text.indexOf(phrase, start + 1)) {
    let end = start + phrase.length
    if (end > to) return undefined
    if (isWordAt(phrase, 0) && isWordAt(text, start - 1)) continue
    if (isWordAt(phrase, phrase.length - 1) && isWordAt(text, end)) {
      if (!prefix) continue
      while (end < to && isWordAt(text, end)) end++
    }
    return [start, end]
  }
  return undefined
}

function occurs(node: PhraseNode, text: string, facts: ArticleFacts): boolean {
  const [from, to] = fieldOf(node, text, facts)
  return nextPlace(node, text, from, to) !== undefined
}

/** Whether an article answers a query. */
export function answers(node: QueryNode, text: string, facts: ArticleFacts): boolean {
  switch (node.kind) {
    case 'phrase':
      return occurs(node, text, facts)
    case 'page':
      return facts.pages.includes(` ${node.key} `)
    case 'date':
      return facts.day >= node.from && facts.day <= node.to
    case 'all':
      return node.nodes.every((part) => answers(part, text, facts))
    case 'any':
      return node.nodes.some((part) => answers(part, text, facts))
    case 'not':
      return !answers(node.node, text, facts)
  }
}

/** Every place of the phrases in folded text, ascending; places that overlap are one. */
export function occurrences(phrases: PhraseNode[], text: string, facts: ArticleFacts): TextRange[] {
  const places: TextRange[] = []
  for (const phrase of phrases) {
    const [from, to] = fieldOf(phrase, text, facts)
    for (let place = nextPlace(phrase, text, from, to); place; place = nextPlace(phrase, text, place[1], to)) {
      places.push(place)
    }
  }
  places.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const merged: TextRange[] = []
  for (const place of places) {
    const last = merged.at(-1)
    if (last && place[0] < last[1]) last[1] = Math.max(last[1], place[1])
    else merged.push([...place])
  }
  return merged
}

/** Every place of the phrases in the original text: what is marked. */
export function originalOccurrences(
  phrases: PhraseNode[],
  original: string,
  facts: ArticleFacts,
  keepsGlyphs = false,
): TextRange[] {
  return rangesInOriginal(original, (text) => occurrences(phrases, text, facts), keepsGlyphs)
}
