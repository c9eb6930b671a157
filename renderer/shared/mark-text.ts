import traditionalToSimplified from 'opencc-js/dict/TSCharacters'
import type { SnippetPart } from '../../archive/model.ts'

/**
 * Finds a query's words in a text that is shown, folding what the search folds (width, case, accents, simplified and
 * traditional characters, white space between Han characters), and cuts the original text into marked and plain parts.
 * The archive decides what is a hit; this only paints it, so what it does not know it leaves unmarked.
 */

/** A word or phrase to mark, folded. `open`: the last word may go on (`exam*`). */
export interface MarkTerm {
  text: string
  open: boolean
}

interface Folded {
  text: string
  /** Where each UTF-16 unit of `text` comes from. */
  starts: number[]
  ends: number[]
}

const simplified = new Map(
  traditionalToSimplified.split('|').map((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return [from, to] as const
  }),
)
const quotes: Record<string, string> = {
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '‘': "'",
  '’': "'",
}

const HAN = /\p{Script=Han}/u
const WORD = /[\p{L}\p{N}]/u
const QUERY_PIECE =
  /(-|NOT\s+)?(?:(标题|標題|title|作者|author|版|page|日期|date)[:：]\s*)?(?:["＂“]([^"＂”]*)["＂”]?|「([^」]*)」?|『([^』]*)』?|([^\s()]+))/giu

function foldedCharacter(character: string): string {
  let result = ''
  for (const each of character.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase())
    result += quotes[each] ?? simplified.get(each) ?? each
  return result
}

function folded(original: string): Folded {
  const result: Folded = { text: '', starts: [], ends: [] }
  let offset = 0
  let before = ''
  for (const character of original) {
    const start = offset
    offset += character.length
    if (/\p{Cf}/u.test(character)) continue
    if (/\s/.test(character)) {
      if (result.text !== '' && !result.text.endsWith(' ')) append(result, ' ', start, offset)
      continue
    }
    const form = foldedCharacter(character)
    // A line break between two Han characters is not a space.
    if (result.text.endsWith(' ') && HAN.test(form) && HAN.test(before)) cutLast(result)
    append(result, form, start, offset)
    before = form
  }
  return result
}

function append(result: Folded, form: string, start: number, end: number): void {
  result.text += form
  for (let unit = 0; unit < form.length; unit++) {
    result.starts.push(start)
    result.ends.push(end)
  }
}

function cutLast(result: Folded): void {
  result.text = result.text.slice(0, -1)
  result.starts.pop()
  result.ends.pop()
}

/** The words and phrases that a query asks for, longest first; what it excludes, pages and dates are left out. */
export function queryTerms(query: string): MarkTerm[] {
  const terms = new Map<string, MarkTerm>()
  for (const [, excluded, field = '', ...words] of query.matchAll(QUERY_PIECE)) {
    const [quoted, corner, doubleCorner, bare] = words
    if (excluded || /^(版|page|日期|date)$/i.test(field) || (bare && /^(AND|OR|NOT|[|｜])$/.test(bare))) continue
    const written = quoted ?? corner ?? doubleCorner ?? bare ?? ''
    const open = bare?.endsWith('*') ?? false
    const text = folded(written.replace(/\*+$/, '')).text.trim()
    if (WORD.test(text)) terms.set(text, { text, open })
  }
  return [...terms.values()].sort((one, other) => other.text.length - one.text.length)
}

/** The text in parts, those that the terms (of `queryTerms`) name marked, in their original characters. */
export function markedParts(original: string, terms: MarkTerm[]): SnippetPart[] {
  if (terms.length === 0 || original === '') return [{ text: original, mark: false }]
  const { text, starts, ends } = folded(original)
  const marks: [number, number][] = []
  for (const term of terms) {
    const { length } = term.text
    for (let at = text.indexOf(term.text); at >= 0; at = text.indexOf(term.text, at + length)) {
      const start = starts[at]
      const end = ends[at + length - 1]
      const fits = wholeWord(text, at, at - 1) && (term.open || wholeWord(text, at + length - 1, at + length))
      if (start !== undefined && end !== undefined && fits) marks.push([start, end])
    }
  }
  return cut(original, marks)
}

/** Letters match whole words only: `art` is not in `party`. Han characters have no such borders. */
function wholeWord(text: string, inside: number, outside: number): boolean {
  const isLetter = (at: number) => {
    const character = text[at]
    return character !== undefined && WORD.test(character) && !HAN.test(character)
  }
  return !(isLetter(inside) && isLetter(outside))
}

function cut(original: string, marks: [number, number][]): SnippetPart[] {
  const parts: SnippetPart[] = []
  let done = 0
  for (const [start, end] of marks.sort((one, other) => one[0] - other[0])) {
    if (end <= done) continue
    const from = Math.max(start, done)
    if (from > done) parts.push({ text: original.slice(done, from), mark: false })
    parts.push({ text: original.slice(from, end), mark: true })
    done = end
  }
  if (done < original.length) parts.push({ text: original.slice(done), mark: false })
  return parts
}
