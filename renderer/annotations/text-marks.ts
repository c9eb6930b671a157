import type { TextQuote } from '../../archive/annotations/annotation-model.ts'
import { findQuote, quoteIn } from '../../archive/annotations/text-anchor.ts'

/** The text of an article as it stands on the screen, and the way between it and quotes. */

interface TextRun {
  node: Text
  /** Offset of its first character in the text of its part. */
  start: number
}

interface ShownPart {
  /** Id of the article. */
  article: string
  text: string
  runs: TextRun[]
}

/** The parts of the article in an element, each with its fields and blocks, one line each, as the archive counts. */
export function shownParts(root: HTMLElement): ShownPart[] {
  const parts: ShownPart[] = []
  const selector = '[data-part], [data-field], .text-blocks > *, figcaption'
  for (const element of root.querySelectorAll<HTMLElement>(selector)) {
    const id = element.dataset['part']
    if (id !== undefined && parts.at(-1)?.article !== id) parts.push({ article: id, text: '', runs: [] })
    const part = parts.at(-1)
    if (!part || id !== undefined) continue
    if (part.text !== '') part.text += '\n'
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      part.runs.push({ node: node as Text, start: part.text.length })
      part.text += node.nodeValue ?? ''
    }
  }
  return parts
}

/** What a selection quotes; undefined when it holds nothing of an article, or parts of two. */
export function quoteOfRange(parts: ShownPart[], range: Range): { article: string; quote: TextQuote } | undefined {
  for (const part of parts) {
    let start: number | undefined
    let end = 0
    for (const { node, start: from } of part.runs) {
      if (!range.intersectsNode(node)) continue
      const first = range.startContainer === node ? range.startOffset : 0
      const last = range.endContainer === node ? range.endOffset : node.length
      if (last <= first) continue
      start ??= from + first
      end = from + last
    }
    if (start === undefined) continue
    const text = part.text.slice(start, end)
    const lead = text.length - text.trimStart().length
    const quote = quoteIn(part.text, start + lead, start + text.trimEnd().length)
    return quote.exact === '' ? undefined : { article: part.article, quote }
  }
  return undefined
}

/** Where a quote stands on the screen; undefined when it is not shown. */
export function rangeOfQuote(parts: ShownPart[], article: string | undefined, quote: TextQuote): Range | undefined {
  for (const part of parts.filter((each) => article === undefined || each.article === article)) {
    const found = findQuote(part.text, quote)
    const first = found && part.runs.findLast((run) => run.start <= found.start)
    const last = found && part.runs.findLast((run) => run.start < found.end)
    if (!found || !first || !last) continue
    const range = document.createRange()
    range.setStart(first.node, Math.min(found.start - first.start, first.node.length))
    range.setEnd(last.node, Math.min(found.end - last.start, last.node.length))
    return range
  }
  return undefined
}
