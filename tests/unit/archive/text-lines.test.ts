import { expect, it } from 'vitest'
import { textLines } from '../../../archive/text-lines.ts'
import type { Article } from '../../../archive/model.ts'
import type { PlacedWord } from '../../../archive/word-boxes.ts'

const article: Article = {
  id: 'a',
  kind: 'article',
  headline: '标题',
  blocks: [
    { kind: 'paragraph', text: '甲乙丙丁' },
    { kind: 'paragraph', text: '戊己' },
  ],
  photos: [],
  pages: ['p1', 'p2'],
}
/** Offsets into the flat text: the headline and its line break stand before. */
const word = (at: number, x: number, y: number, page = 0): PlacedWord => ({
  start: 3 + at,
  end: 4 + at,
  page,
  box: { x, y, w: 0.02, h: 0.02 },
})

it('puts words beside each other into lines, paragraph by paragraph', () => {
  const words = [word(0, 0.1, 0.1), word(1, 0.12, 0.1), word(2, 0.1, 0.13), word(3, 0.12, 0.13), word(5, 0.1, 0.16)]
  const lines = textLines(article, words)
  expect(lines.map(({ block, start, end }) => [block, start, end])).toEqual([
    [0, 0, 2],
    [0, 2, 4],
    [1, 0, 1],
  ])
  expect(lines[0]!.box.w).toBeCloseTo(0.04)
  expect(lines.every(({ page }) => page === 'p1')).toBe(true)
})

it('reads what is printed from top to bottom as columns of one character', () => {
  const words = [word(0, 0.5, 0.1), word(1, 0.5, 0.12), word(2, 0.46, 0.1), word(3, 0.46, 0.12)]
  const lines = textLines(article, words)
  expect(lines.map(({ start, end }) => [start, end])).toEqual([
    [0, 2],
    [2, 4],
  ])
  expect(lines[0]!.box.h).toBeCloseTo(0.04)
})

it('begins a line anew in the next column and on the next page', () => {
  const words = [word(0, 0.1, 0.5), word(1, 0.3, 0.5), word(2, 0.1, 0.5, 1)]
  expect(textLines(article, words).map(({ page, start }) => [page, start])).toEqual([
    ['p1', 0],
    ['p1', 1],
    ['p2', 2],
  ])
})

it('says nothing where no word has a box', () => expect(textLines(article, [])).toEqual([]))
