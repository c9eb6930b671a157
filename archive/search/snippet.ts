import type { SnippetPart } from '../model.ts'
import { isWordAt } from './character-class.ts'
import type { TextRange } from './occurrences.ts'

/** Length of a snippet in UTF-16 units, ellipses apart. */
const snippetLength = 72
/** How much further a cut may go to end at a punctuation mark. */
const slack = 12
/** What stands before the first mark, when there is room. */
const lead = 18
/** Longest word that is left out rather than cut. */
const longestWord = 24

const ellipsis: SnippetPart = { text: '……', mark: false }
const sentenceEnds = /[。！？!?\n]/
const stops = /[。！？；，、：!?;,\n]/
const blank = /\s/

function isWithinPair(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)]
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

/** Whether a cut may be behind the character before the index, because it is one of these marks: not in `1,000`. */
function isBehind(pattern: RegExp, text: string, index: number): boolean {
  const mark = text[index - 1] ?? ''
  return pattern.test(mark) && (mark > '\u007f' || mark === '\n' || !isWordAt(text, index))
}

/** Whether a cut would fall into a word, or between a letter and its accent. */
function isWithinWord(text: string, index: number): boolean {
  return isWithinPair(text, index) || (isWordAt(text, index - 1) && isWordAt(text, index))
}

/** The place nearest to `wanted` that is not within a word: towards the mark, before it, else away from it. */
function besideWord(text: string, wanted: number, mark: number): number {
  const towards = mark < wanted ? -1 : 1
  for (const step of [towards, -towards]) {
    for (let far = 0, index = wanted; far <= longestWord && index !== mark; far++, index += step) {
      if (!isWithinWord(text, index)) return index
    }
  }
  return isWithinPair(text, wanted) ? wanted - towards : wanted
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

/** Start of the snippet: the beginning of a sentence if one is near, else behind a comma, else of a word; never in a mark. */
function cutBefore(text: string, wanted: number, firstMark: number): number {
  if (wanted <= 0) return 0
  for (const pattern of [sentenceEnds, stops]) {
    for (let index = firstMark; index > Math.max(0, wanted - slack); index--) {
      if (isBehind(pattern, text, index)) return index
    }
  }
  return besideWord(text, wanted, firstMark)
}

/** End of the snippet: behind a punctuation mark close to `wanted`, else behind a word; never in the first mark. */
function cutAfter(text: string, wanted: number, lastMark: number): number {
  if (wanted >= text.length) return text.length
  for (let index = wanted; index < Math.min(text.length, wanted + slack); index++) {
    if (isBehind(stops, text, index + 1)) return index + 1
  }
  for (let index = wanted; index > Math.max(lastMark, wanted - slack); index--) {
    if (isBehind(stops, text, index)) return index
  }
  return besideWord(text, wanted, lastMark)
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
  let start = Math.max(first, cutBefore(text, firstStart - lead, firstStart))
  while (start > first && start < firstStart && blank.test(text[start] ?? '')) start++
  const cut = Math.max(start, cutAfter(text, Math.max(start + snippetLength, firstEnd), firstEnd))
  let end = isWithinPair(text, cut) ? cut + 1 : cut
  while (end < text.length && end > Math.max(start, firstEnd) && blank.test(text[end - 1] ?? '')) end--
  const parts = markedPieces(text, ranges, start, end)
  return [...(start > first ? [ellipsis] : []), ...parts, ...(end < text.length ? [ellipsis] : [])]
}
