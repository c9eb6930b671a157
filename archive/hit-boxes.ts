import type { ZoneBox } from './catalogue-writer.ts'
import type { HitBox } from './model.ts'
import { wordsInRanges } from './word-boxes.ts'

const mostBoxes = 500

/**
 * Where hits stand on their pages, as precisely as the source allows: words, else the article's zones, else its page.
 * `ranges`: offsets into the article's flat text; `pages`: the ids of its pages.
 */
export function hitBoxes(
  ranges: readonly [number, number][],
  pages: readonly string[],
  words: Uint8Array | ArrayBuffer | undefined,
  zones: readonly ZoneBox[],
): HitBox[] {
  const placed = words ? wordsInRanges(words, ranges) : []
  if (placed.length > 0) {
    return placed
      .slice(0, mostBoxes)
      .map(({ page, box }): HitBox => ({ page: pages[page] ?? '', ...box, precision: 'word' }))
  }
  if (zones.length > 0) return zones.map(([page, x, y, w, h]): HitBox => ({ page, x, y, w, h, precision: 'zone' }))
  return pages.slice(0, 1).map((page): HitBox => ({ page, x: 0, y: 0, w: 1, h: 1, precision: 'page' }))
}
