import traditionalToSimplified from 'opencc-js/dict/TSCharacters'
import type { SnippetPart } from '../../archive/model.ts'

/**
 * Finds a query's words in a text that is shown, folding what the search folds (width, case, simplified and
 * traditional characters, white space between Han characters), and cuts the original text into marked and plain parts.
 */

const simplified = new Map(
  traditionalToSimplified.split('|').map((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return [from, to] as const
  }),
)

const HAN = /\p{Script=Han}/u
const WORD = /[\p{L}\p{N}]/u

interface Folded {
  text: string
  /** Where each UTF-16 unit of `text` comes from. */
  starts: number[]
  ends: number[]
}

function folded(original: string): Folded {
  const result: Folded = { text: '', starts: [], ends: [] }
  let offset = 0
  for (const character of original) {
    const start = offset
    offset += character.length
    if (/\s/.test(character)) {
      if (result.text.endsWith(' ') || result.text === '') continue
      append(result, ' ', start, offset)
      continue
    }
    const plain = character.normalize('NFKC').toLowerCase()
    const form = simplified.get(plain) ?? plain
    // A line break between two Han characters is not a space.
    if (result.text.endsWith(' ') && HAN.test(form) && HAN.test(lastWord(result.text))) cutLast(result)
    append(result, form, start, offset)
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

const lastWord = (text: string) => [...text.slice(-3, -1)].at(-1) ?? ''

/** The folded words and phrases that a query asks for; what it excludes and its operators are left out. */
export function queryTerms(query: string): string[] {
  const pieces = query.normalize('NFKC').match(/-?"[^"]*"|-?“[^”]*”|\S+/gu) ?? []
  const terms = pieces
    .filter((piece) => !piece.startsWith('-') && !/^(AND|OR|NOT)$/.test(piece))
    .map((piece) => folded(piece.replace(/["“”()]/gu, ' ')).text.trim())
    .filter((term) => WORD.test(term))
  return [...new Set(terms)].sort((one, other) => other.length - one.length)
}

/** The text in parts, those that the terms (of `queryTerms`) name marked, in their original characters. */
export function markedParts(original: string, terms: string[]): SnippetPart[] {
  if (terms.length === 0 || original === '') return [{ text: original, mark: false }]
  const { text, starts, ends } = folded(original)
  const marks: [number, number][] = []
  for (const term of terms)
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
      const start = starts[at]
      const end = ends[at + term.length - 1]
      if (start !== undefined && end !== undefined && wholeWords(text, at, at + term.length)) marks.push([start, end])
    }
  return cut(original, marks)
}

/** Letters match whole words only: `art` is not in `party`. Han characters have no such borders. */
function wholeWords(text: string, start: number, end: number): boolean {
  const letter = (character: string | undefined) =>
    character !== undefined && WORD.test(character) && !HAN.test(character)
  return !((letter(text[start]) && letter(text[start - 1])) || (letter(text[end - 1]) && letter(text[end])))
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
