import { lexer, type Token, type Tokens } from 'marked'

/** A stretch of a comment that looks one way. */
export interface CommentRun {
  text: string
  bold?: true
  italic?: true
}

/** A paragraph of a comment as it is meant. */
export interface CommentBlock {
  kind: 'paragraph' | 'item' | 'quote' | 'heading'
  runs: CommentRun[]
}

const longest = 100_000
const deepest = 12

/** The paragraphs of a Markdown comment, for whoever sets them; HTML in it stays text, links and pictures are their words. */
export function commentBlocks(markdown: string): CommentBlock[] {
  return lexer(markdown.slice(0, longest), { gfm: true, breaks: true }).flatMap((token) =>
    blocksOf(token, 'paragraph', 0),
  )
}

function blocksOf(token: Token, kind: CommentBlock['kind'], depth: number): CommentBlock[] {
  if (depth > deepest) return [{ kind, runs: [{ text: token.raw }] }]
  switch (token.type) {
    case 'space':
    case 'hr':
      return []
    case 'heading':
      return [{ kind: 'heading', runs: runsOf(childrenOf(token)) }]
    case 'list':
      return (token as Tokens.List).items.flatMap((item) =>
        item.tokens.flatMap((each) => blocksOf(each, 'item', depth + 1)),
      )
    case 'blockquote':
      return childrenOf(token).flatMap((each) => blocksOf(each, 'quote', depth + 1))
    case 'code':
      return wordsOf(token)
        .split('\n')
        .map((text) => ({ kind, runs: [{ text }] }))
    case 'paragraph':
    case 'text': {
      const inner = childrenOf(token)
      return lines(inner.length > 0 ? inner : [token]).map((runs) => ({ kind, runs }))
    }
    default:
      return [{ kind, runs: [{ text: token.raw.trim() }] }]
  }
}

/** A line break of the writer begins a paragraph. */
function lines(tokens: Token[]): CommentRun[][] {
  const found: Token[][] = [[]]
  for (const token of tokens) {
    if (token.type === 'br') found.push([])
    else found.at(-1)?.push(token)
  }
  return found.map((each) => runsOf(each)).filter((runs) => runs.length > 0)
}

function runsOf(tokens: Token[], look: Omit<CommentRun, 'text'> = {}): CommentRun[] {
  return tokens.flatMap((token): CommentRun[] => {
    const inner = childrenOf(token)
    if (token.type === 'strong') return runsOf(inner, { ...look, bold: true })
    if (token.type === 'em') return runsOf(inner, { ...look, italic: true })
    if (token.type === 'html') return [{ ...look, text: token.raw }]
    if (inner.length > 0) return runsOf(inner, look)
    return [{ ...look, text: wordsOf(token) }]
  })
}

function childrenOf(token: Token): Token[] {
  return ('tokens' in token ? token.tokens : undefined) ?? []
}

/** Marked writes the five signs as entities. */
function wordsOf(token: Token): string {
  const value = 'text' in token ? String(token.text) : token.raw
  return value.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => signs[name] ?? '')
}
const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
