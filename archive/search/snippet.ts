import type { SnippetPart } from '../model.ts'
import type { TextRange } from './occurrences.ts'

/** Length of a snippet in UTF-16 units, ellipses apart. */
const snippetLength = 72
/** How much further a cut may go to end at a punctuation mark. */
const slack = 12
/** What stands before the first mark, when there is room. */
const lead = 18

const ellipsis: SnippetPart = { text: '……', mark: false }
const sentenceEnds = /[。！？!?\n]/
const stops = /[。！？；，、：!?;,\n]/

function isWithinPair(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)]
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

/** Index of the first range of the stretch that holds most ranges; the earliest of equals. */
function densest(ranges: TextRange[]): number {
  let best = 0
  let most = 0
  for (let first = 0; first < ranges.length; first++) {
    const limit = (ranges[first]?.[0] ?? 0) + snippetLength - lead
    let last = first
    while (last < ranges.length && (ranges[last]?.[1] ?? 0) <= limit) last++
    if (last - first > most) [best, most] = [first, last - first]
  }
  return best
}

/** Start of the snippet: the beginning of a sentence if one is near, else behind a comma; never in a mark. */
function cutBefore(text: string, wanted: number, firstMark: number): number {
  if (wanted <= 0) return 0
  for (const pattern of [sentenceEnds, stops]) {
    for (let index = firstMark; index > Math.max(0, wanted - slack); index--) {
      if (pattern.test(text[index - 1] ?? '')) return index
    }
  }
  return isWithinPair(text, wanted) ? wanted - 1 : wanted
}

/** End of the snippet: behind a punctuation mark close to `wanted`, never in a mark. */
function cutAfter(text: string, wanted: number, lastMark: number): number {
  if (wanted >= text.length) return text.length
  for (let index = wanted; index < Math.min(text.length, wanted + slack); index++) {
    if (stops.test(text[index] ?? '')) return index + 1
  }
  for (let index = wanted; index > Math.max(lastMark, wanted - slack); index--) {
    if (stops.test(text[index - 1] ?? '')) return index
  }
  return isWithinPair(text, wanted) ? wanted + 1 : wanted
}

/** A stretch of the text as pieces, marked where the ranges (ascending, apart) say so; line breaks are spaces. */
export function markedPieces(text: string, ranges: TextRange[], start: number, end: number): SnippetPart[] {
  const parts: SnippetPart[] = []
  const add = (from: number, to: number, mark: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to).replace(/[\r\n\u2028\u2029]+/g, ' '), mark })
  }
  let done = start
  for (const [from, to] of ranges) {
    if (from < start || from >= end) continue
    add(done, from, false)
    // A phrase as long as a sentence is cut with the snippet.
    done = Math.min(to, end)
    add(from, done, true)
  }
  add(done, end, false)
  return parts
}

/**
 * The words around the densest hits of an article's original text, as pieces: marked ones are hits, `……` stands where
 * something is left out, line breaks are spaces. Hits behind `preferred` come before those above it, and nothing above
 * it is then shown. Without ranges, the beginning of the text.
 */
export function snippet(text: string, ranges: TextRange[], preferred = 0): SnippetPart[] {
  const behind = ranges.findIndex(([from]) => from >= preferred)
  const first = behind < 0 ? 0 : preferred
  const wanted = ranges.slice(Math.max(0, behind))
  const chosen = wanted.slice(densest(wanted))
  const [firstStart, firstEnd] = chosen[0] ?? [0, 0]
  const start = Math.max(first, cutBefore(text, firstStart - lead, firstStart))
  const cut = Math.max(start, cutAfter(text, Math.max(start + snippetLength, firstEnd), firstEnd))
  const end = isWithinPair(text, cut) ? cut + 1 : cut
  const parts = markedPieces(text, ranges, start, end)
  return [...(start > first ? [ellipsis] : []), ...parts, ...(end < text.length ? [ellipsis] : [])]
}
