import type { ZoneBox } from './catalogue-writer.ts'
import type { Box, HitBox } from './model.ts'
import { wordsInRanges, type PlacedWord } from './word-boxes.ts'

const mostBoxes = 500
const everything: [number, number][] = [[0, Number.MAX_SAFE_INTEGER]]

/**
 * Where hits stand on their pages, as precisely as the source allows: words, else their lines, else the article's zones,
 * else its page. `ranges`: offsets into the article's flat text; `pages`: the ids of its pages.
 */
export function hitBoxes(
  ranges: readonly [number, number][],
  pages: readonly string[],
  words: Uint8Array | ArrayBuffer | undefined,
  zones: readonly ZoneBox[],
): HitBox[] {
  const placed = words ? wordsInRanges(words, ranges).slice(0, mostBoxes) : []
  if (words && placed.some(({ isReckoned }) => isReckoned)) return wordsOrLines(placed, pages, words)
  if (placed.length > 0) return placed.map((word) => wordBox(word, pages))
  if (zones.length > 0) return zones.map(([page, x, y, w, h]): HitBox => ({ page, x, y, w, h, precision: 'zone' }))
  return pages.slice(0, 1).map((page): HitBox => ({ page, x: 0, y: 0, w: 1, h: 1, precision: 'page' }))
}

/** Where words of a text stand, also those whose places were reckoned from their lines'; for what is about a few of them. */
export function reckonedBoxes(
  ranges: readonly [number, number][],
  pages: readonly string[],
  words: Uint8Array | ArrayBuffer | undefined,
  zones: readonly ZoneBox[],
): HitBox[] {
  const placed = words ? wordsInRanges(words, ranges).slice(0, mostBoxes) : []
  return placed.length > 0 ? placed.map((word) => wordBox(word, pages)) : hitBoxes(ranges, pages, undefined, zones)
}

const wordBox = ({ page, box }: PlacedWord, pages: readonly string[]): HitBox => ({
  page: pages[page] ?? '',
  ...box,
  precision: 'word',
})

/** Words that have places of their own, and of the others the lines that they stand in, each once. */
function wordsOrLines(
  placed: readonly PlacedWord[],
  pages: readonly string[],
  packed: Uint8Array | ArrayBuffer,
): HitBox[] {
  const all = wordsInRanges(packed, everything)
  const indices = new Map(all.map(({ start, page }, index) => [`${page} ${start}`, index]))
  const boxes = new Map<string, HitBox>()
  for (const word of placed) {
    const line = word.isReckoned ? lineAround(all, indices.get(`${word.page} ${word.start}`) ?? -1) : undefined
    const box = line ? { ...wordBox(word, pages), ...line, precision: 'line' as const } : wordBox(word, pages)
    boxes.set([box.page, box.x, box.y, box.w, box.h].join(' '), box)
  }
  return [...boxes.values()]
}

/** The line whose place was spread over its words: they are all as high as it is, or as wide where it runs down. */
function lineAround(words: readonly PlacedWord[], index: number): Box | undefined {
  const word = words[index]
  if (!word) return undefined
  const beside = (step: 1 | -1, isSame: (one: Box, other: Box) => boolean): PlacedWord => {
    let last = word
    for (let at = index + step; ; at += step) {
      const next = words[at]
      if (!next?.isReckoned || next.page !== word.page || !isSame(next.box, word.box)) return last
      last = next
    }
  }
  const across = (one: Box, other: Box): boolean => one.y === other.y && one.h === other.h
  const down = (one: Box, other: Box): boolean => one.x === other.x && one.w === other.w
  const [first, last] = [beside(-1, across), beside(1, across)]
  if (first !== last) return { ...word.box, x: first.box.x, w: last.box.x + last.box.w - first.box.x }
  const [top, bottom] = [beside(-1, down), beside(1, down)]
  return { ...word.box, y: top.box.y, h: bottom.box.y + bottom.box.h - top.box.y }
}
