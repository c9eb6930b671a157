import { characterClass, dense, separator, word } from './character-class.ts'

/** Goes up with every change of what an article's terms are: an index encoded otherwise must be built anew. */
export const encoderVersion = 1

/**
 * Stands behind the last character of a dense run, so that every character is the first of a pair and a query of one
 * character is a range of neighbouring keys. Folded text never holds it.
 */
const sentinel = '\u0000'

/** Ends a term that asks for all words that begin with it. No word holds it. */
export const prefixSign = '*'

/** Longer words (a file without spaces) are indexed by their beginning, in UTF-16 units. */
const longestWord = 64

/** Takes the terms of a text in the order of the text. */
interface TermSink {
  /** Two neighbouring dense characters, or the last of a run and 0; code points. */
  pair(first: number, second: number): void
  word(term: string): void
}

/** The word as it is indexed. */
function cut(term: string): string {
  if (term.length <= longestWord) return term
  const last = term.charCodeAt(longestWord - 1)
  return term.slice(0, last >= 0xd800 && last <= 0xdbff ? longestWord - 1 : longestWord)
}

/** Walks over folded text and gives its terms to the sink. */
export function scanTerms(folded: string, sink: TermSink): void {
  const length = folded.length
  let previous = 0
  let wordStart = -1
  for (let index = 0; index < length;) {
    let codePoint = folded.charCodeAt(index)
    let size = 1
    if (codePoint >= 0xd800 && codePoint <= 0xdbff) {
      codePoint = folded.codePointAt(index) ?? codePoint
      if (codePoint > 0xffff) size = 2
    }
    const kind = codePoint >= 0x4e00 && codePoint <= 0x9fff ? dense : characterClass(codePoint)
    if (kind !== word && wordStart >= 0) {
      sink.word(cut(folded.slice(wordStart, index)))
      wordStart = -1
    }
    if (kind === dense) {
      if (previous) sink.pair(previous, codePoint)
      previous = codePoint
    } else if (previous) {
      sink.pair(previous, 0)
      previous = 0
    }
    if (kind === word && wordStart < 0) wordStart = index
    index += size
  }
  if (wordStart >= 0) sink.word(cut(folded.slice(wordStart)))
  if (previous) sink.pair(previous, 0)
}

/** A pair as the term that FlexSearch and the segments know. */
export function pairTerm(first: number, second: number): string {
  return String.fromCodePoint(first) + String.fromCodePoint(second)
}

/** The terms of an article's folded text, in its order, with repetitions: the encoder of the writing index. */
export function indexTerms(folded: string): string[] {
  const terms: string[] = []
  scanTerms(folded, {
    pair: (first, second) => terms.push(pairTerm(first, second)),
    word: (term) => terms.push(term),
  })
  return terms
}

/**
 * The terms that an article must hold to hold the folded phrase: the encoder of the asking index. A single dense
 * character stands for all pairs that begin with it. Empty when the phrase has nothing that is indexed.
 */
export function queryTerms(phrase: string): string[] {
  const isPrefix = phrase.endsWith(prefixSign)
  const text = isPrefix ? phrase.slice(0, -1) : phrase
  const terms = new Set<string>()
  let lone = ''
  scanTerms(text, {
    pair: (first, second) => terms.add(pairTerm(first, second)),
    word: (term) => terms.add(term),
  })
  const last = [...text].at(-1) ?? ''
  const kind = last === '' ? separator : characterClass(last.codePointAt(0) ?? 0)
  if (kind === dense) {
    // In the article the run may go on behind the phrase, so its end proves nothing.
    terms.delete(last + sentinel)
    lone = last
  }
  if (isPrefix && kind === word) {
    const words: string[] = []
    scanTerms(text, { pair: () => undefined, word: (term) => words.push(term) })
    const beginning = words.at(-1) ?? ''
    if (words.indexOf(beginning) === words.length - 1) terms.delete(beginning)
    terms.add(beginning + prefixSign)
  }
  if (terms.size === 0 && lone) terms.add(lone)
  return [...terms]
}

/**
 * Whether an article that holds the terms of the phrase is certain to hold the phrase: one or two dense characters, or
 * one word (or its beginning). Anything else is looked up in the article's text.
 */
export function provedByTerms(phrase: string): boolean {
  const text = phrase.endsWith(prefixSign) ? phrase.slice(0, -1) : phrase
  const kinds = [...text].map((character) => characterClass(character.codePointAt(0) ?? 0))
  if (kinds.every((kind) => kind === dense)) return kinds.length <= 2 && text === phrase
  return kinds.every((kind) => kind === word) && text.length < longestWord
}
