import { ArchiveError } from '../errors.ts'
import { characterClass, word } from './character-class.ts'
import { fold, foldKeepingGlyphs } from './folding.ts'
import { pageKey } from './search-document.ts'
import { hasVariants } from './simplified.ts'
import { queryTerms } from './terms.ts'

/** Longest query, in UTF-16 units: a whole sentence fits, a pasted page does not. */
const longestQuery = 500

/** Most words and phrases in a query: each is looked up in every segment. */
const mostPhrases = 64

/** Folded text that must stand in an article, or in one field of it. */
export interface PhraseNode {
  kind: 'phrase'
  text: string
  /** `exam*`: the last word may go on. */
  prefix: boolean
  /** Written in quotation marks: nothing else will do. */
  quoted?: boolean
  /** As it was written, where that differs for a search of exact glyphs: such a phrase must be looked up in the original. */
  glyphs?: string
  field?: 'headline' | 'byline'
}

/** What a query asks, as a tree. Days are `20130110`, inclusive. */
export type QueryNode =
  | PhraseNode
  | { kind: 'page'; key: string }
  | { kind: 'date'; from: number; to: number }
  | { kind: 'all'; nodes: QueryNode[] }
  | { kind: 'any'; nodes: QueryNode[] }
  | { kind: 'not'; node: QueryNode }

type Field = 'headline' | 'byline' | 'page' | 'date'
type Token =
  | { kind: 'and' | 'or' | 'not' | 'open' | 'close'; text: string }
  | { kind: 'words'; text: string; quoted: boolean; field?: Field }

const fieldNames = new Map<string, Field>([
  ['标题', 'headline'],
  ['標題', 'headline'],
  ['title', 'headline'],
  ['作者', 'byline'],
  ['author', 'byline'],
  ['版', 'page'],
  ['page', 'page'],
  ['日期', 'date'],
  ['date', 'date'],
])
const fieldPattern = new RegExp(`^(${[...fieldNames.keys()].join('|')})[:：]\\s*`, 'i')
const operators = new Map<string, 'and' | 'or' | 'not'>([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
  ['|', 'or'],
  ['｜', 'or'],
])
/** What closes a quotation; behind the bar what closes it when that does not come: hands mix the marks of a keyboard. */
const closing = new Map([
  ['"', '"＂|”'],
  ['＂', '"＂|”'],
  ['“', '”|"'],
  ['「', '」'],
  ['『', '』'],
])
const datePattern = /^(\d{4})(?:年|[-/年](\d{1,2})(?:月|[-/月](\d{1,2})日?)?)?$/

/** Without lone surrogates, which no message can carry. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

function refuse(query: string, reason: string): never {
  const shown = query.length > 80 ? `${query.slice(0, 80)}…` : query
  throw new ArchiveError('bad-query', { query: wellFormed(shown), reason: wellFormed(reason) })
}

/** Length of the quoted part at the start of the text, and what is in it. A quotation left open goes to the end. */
function readQuoted(text: string): { length: number; inner: string } | undefined {
  const ends = closing.get(text[0] ?? '')
  if (ends === undefined) return undefined
  for (const marks of ends.split('|')) {
    let end = 1
    while (end < text.length && !marks.includes(text[end] ?? '')) end++
    if (end < text.length) return { length: end + 1, inner: text.slice(1, end) }
  }
  return { length: text.length + 1, inner: text.slice(1) }
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let open = 0
  for (let at = 0; at < query.length;) {
    const rest = query.slice(at)
    const blank = /^\s+/.exec(rest)
    if (blank) {
      at += blank[0].length
      continue
    }
    const character = rest[0] ?? ''
    if (character === '(' || (character === ')' && open > 0)) {
      open += character === '(' ? 1 : -1
      tokens.push({ kind: character === '(' ? 'open' : 'close', text: character })
      at++
      continue
    }
    if (/^-[^\s-]/.test(rest)) {
      tokens.push({ kind: 'not', text: '-' })
      at++
      continue
    }
    const prefix = fieldPattern.exec(rest)
    const field = prefix ? fieldNames.get((prefix[1] ?? '').toLowerCase()) : undefined
    at += prefix?.[0].length ?? 0
    const value = query.slice(at)
    const quoted = readQuoted(value)
    const bare = open > 0 ? /^[^\s)]*/ : /^\S*/
    const text = quoted?.inner ?? bare.exec(value)?.[0] ?? ''
    at += quoted?.length ?? text.length
    const operator = !quoted && !prefix ? operators.get(text) : undefined
    if (operator) tokens.push({ kind: operator, text })
    else if (field && text === '') refuse(query, prefix?.[0] ?? '')
    else tokens.push({ kind: 'words', text, quoted: quoted !== undefined, field })
  }
  return tokens
}

/** First and last day of `2013`, `2013-01`, `2013-01-10`. */
function daysOf(text: string): [number, number] | undefined {
  const match = datePattern.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0] = match.slice(1).map((part: string | undefined) => Number(part ?? 0))
  if (month > 12 || day > 31) return undefined
  return [year * 10_000 + (month || 1) * 100 + (day || 1), year * 10_000 + (month || 12) * 100 + (day || 31)]
}

function dateNode(text: string): QueryNode | undefined {
  const parts = fold(text).split(/\.{2,}|~/)
  const [first = '', last = first] = parts
  const from = first === '' ? [0, 0] : daysOf(first)
  const to = last === '' ? [99_999_999, 99_999_999] : daysOf(last)
  if (!from || !to || parts.length > 2 || (first === '' && last === '')) return undefined
  return { kind: 'date', from: from[0] ?? 0, to: to[1] ?? 0 }
}

/** The node of some words; undefined when they hold nothing that is indexed (a dash between two words). */
function wordsNode(token: Token & { kind: 'words' }, query: string, keepsGlyphs: boolean): QueryNode | undefined {
  if (token.field === 'date') return dateNode(token.text) ?? refuse(query, token.text)
  if (token.field === 'page') return { kind: 'page', key: pageKey(token.text) }
  const line = token.text.replace(/\n/g, ' ')
  const folded = fold(line)
  const beginning = folded.replace(/\*+$/, '')
  const prefix = !token.quoted && beginning !== folded
  const node: PhraseNode = {
    kind: 'phrase',
    text: token.quoted ? folded : beginning,
    prefix: false,
    field: token.field,
    ...(token.quoted ? { quoted: true } : {}),
  }
  if (prefix) node.prefix = characterClass([...beginning].at(-1)?.codePointAt(0) ?? 0) === word
  const glyphs = keepsGlyphs ? foldKeepingGlyphs(line) : ''
  if ([...glyphs].some((character) => hasVariants(character.codePointAt(0) ?? 0))) {
    node.glyphs = token.quoted ? glyphs : glyphs.replace(/\*+$/, '')
  }
  return phraseTerms(node).length > 0 ? node : undefined
}

/** The phrase in the form that FlexSearch's encoder takes: a sign at its end says that the last word may go on. */
export function encoderPhrase(node: PhraseNode): string {
  return node.prefix ? `${node.text}*` : node.text.replace(/\*+$/, '')
}

function phraseTerms(node: PhraseNode): string[] {
  return queryTerms(encoderPhrase(node))
}

function joined(kind: 'all' | 'any', parts: QueryNode[]): QueryNode | undefined {
  // What is said again is asked once.
  const nodes = [...new Map(parts.map((node) => [JSON.stringify(node), node])).values()]
  const [first] = nodes
  return nodes.length > 1 ? { kind, nodes } : first
}

/**
 * Reads a query. Words next to each other must all stand in the article (AND), a run of Han is a phrase, `"…"` a phrase
 * with spaces; `OR`, `NOT` or `-`, `( )`, `exam*`, and the fields 标题: 作者: 版: 日期: (title: author: page: date:).
 * `keepsGlyphs`: phrases also keep the Han characters they were written with.
 * Throws `bad-query` for what asks nothing or cannot be read; its reason is the part that is wrong.
 */
export function parseQuery(query: string, keepsGlyphs = false): QueryNode {
  if (query.length > longestQuery) refuse(query, `${query.length} > ${longestQuery}`)
  const tokens = tokensOf(query)
  const words = tokens.filter((token) => token.kind === 'words').length
  if (words > mostPhrases) refuse(query, `${words} > ${mostPhrases}`)
  let next = 0

  const readOne = (): QueryNode | undefined => {
    const token = tokens[next++]
    if (!token) return refuse(query, tokens.at(-1)?.text ?? '…')
    if (token.kind === 'words') return wordsNode(token, query, keepsGlyphs)
    if (token.kind === 'not') {
      const node = readOne()
      return node && { kind: 'not', node }
    }
    if (token.kind !== 'open') return refuse(query, token.text)
    const node = readAny()
    // A bracket left open, as while typing, ends with the query.
    if (tokens[next]?.kind === 'close') next++
    return node
  }
  const readAll = (): QueryNode | undefined => {
    const nodes: QueryNode[] = []
    do {
      if (tokens[next]?.kind === 'and' && next > 0) next++
      const node = readOne()
      if (node) nodes.push(node)
    } while (next < tokens.length && tokens[next]?.kind !== 'or' && tokens[next]?.kind !== 'close')
    return joined('all', nodes)
  }
  const readAny = (): QueryNode | undefined => {
    const nodes: QueryNode[] = []
    for (;;) {
      const node = readAll()
      if (node) nodes.push(node)
      if (tokens[next]?.kind !== 'or') return joined('any', nodes)
      next++
    }
  }

  const node = tokens.length > 0 ? readAny() : undefined
  if (next < tokens.length) refuse(query, tokens[next]?.text ?? '')
  return node ?? refuse(query, query.trim() === '' ? '…' : query.trim())
}

/** The phrases whose presence makes a hit: what is marked. */
export function positivePhrases(node: QueryNode): PhraseNode[] {
  switch (node.kind) {
    case 'phrase':
      return [node]
    case 'all':
    case 'any':
      return node.nodes.flatMap(positivePhrases)
    default:
      return []
  }
}
