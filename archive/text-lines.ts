import { articleText } from './article-text.ts'
import type { Article, Box, TextLine } from './model.ts'
import type { PlacedWord } from './word-boxes.ts'

/**
 * The printed lines of an article's body, from the boxes of its words: what stands beside each other, in the direction
 * that the block is printed in, is one line. `words` in reading order, offsets into the article's flat text.
 */
export function textLines(article: Article, words: readonly PlacedWord[]): TextLine[] {
  const lines: TextLine[] = []
  const spans = articleText(article).spans.filter(({ field }) => field === 'body')
  let next = 0
  for (const { start, end, part = 0 } of spans) {
    const own: PlacedWord[] = []
    while ((words[next]?.start ?? Infinity) < end) {
      const word = words[next++]
      if (word && word.start >= start) own.push(word)
    }
    const isVertical = goesDown(own)
    let line: TextLine | undefined
    let before: PlacedWord | undefined
    for (const word of own) {
      const page = article.pages[word.page] ?? ''
      if (line && before?.page === word.page && isBeside(before.box, word.box, isVertical)) {
        line.box = around(line.box, word.box)
        line.end = word.end - start
      } else {
        line = { block: part, start: word.start - start, end: word.end - start, page, box: word.box }
        lines.push(line)
      }
      before = word
    }
  }
  return lines
}

/** Whether a block is printed from top to bottom: most of its words lie below the one before. */
function goesDown(words: readonly PlacedWord[]): boolean {
  let down = 0
  for (const [index, { box }] of words.entries()) {
    const last = words[index - 1]?.box
    if (last) down += isBeside(last, box, true) && !isBeside(last, box, false) ? 1 : isBeside(last, box, false) ? -1 : 0
  }
  return down > 0
}

function isBeside(one: Box, other: Box, vertical: boolean): boolean {
  const [at, length, from, size] = vertical
    ? ([other.x, other.w, one.x, one.w] as const)
    : ([other.y, other.h, one.y, one.h] as const)
  const shared = Math.min(at + length, from + size) - Math.max(at, from)
  const goesOn = vertical ? other.y > one.y : other.x > one.x
  // Far apart it is the same height in the next column.
  const gap = vertical ? other.y - (one.y + one.h) : other.x - (one.x + one.w)
  return goesOn && shared > 0.5 * Math.min(length, size) && gap < 3 * Math.max(vertical ? one.w : one.h, 0.004)
}

function around(one: Box, other: Box): Box {
  const x = Math.min(one.x, other.x)
  const y = Math.min(one.y, other.y)
  return { x, y, w: Math.max(one.x + one.w, other.x + other.w) - x, h: Math.max(one.y + one.h, other.y + other.h) - y }
}
