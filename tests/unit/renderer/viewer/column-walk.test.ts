import { expect, it } from 'vitest'
import type { Box, Point, TextLine } from '../../../../archive/model.ts'
import { columnsOfLines, columnsOfZone, stepsOf } from '../../../../renderer/viewer/column-walk.ts'

const line = (x: number, y: number, w = 0.2, h = 0.01, page = 'p1'): TextLine => ({
  block: 0,
  start: 0,
  end: 1,
  page,
  box: { x, y, w, h },
})
const round = ({ x, y, w, h }: Box) => [x, y, w, h].map((value) => Math.round(value * 1000) / 1000)

it('finds the columns of lines where the text goes up again, and on the next page', () => {
  const lines = [
    line(0.1, 0.2),
    line(0.1, 0.22),
    line(0.35, 0.1),
    line(0.35, 0.12, 0.1),
    line(0.1, 0.1, 0.2, 0.01, 'p2'),
  ]
  expect(columnsOfLines(lines).map(({ page, box }) => [page, ...round(box)])).toEqual([
    ['p1', 0.1, 0.2, 0.2, 0.03],
    ['p1', 0.35, 0.1, 0.2, 0.03],
    ['p2', 0.1, 0.1, 0.2, 0.01],
  ])
})

it('takes vertical lines as one band from right to left, and begins anew in the band below', () => {
  const lines = [0.9, 0.88, 0.86].map((x) => line(x, 0.1, 0.015, 0.2))
  const below = [0.9, 0.88].map((x) => line(x, 0.4, 0.015, 0.2))
  const columns = columnsOfLines([...lines, ...below])
  expect(columns.map(({ box }) => round(box))).toEqual([
    [0.86, 0.1, 0.055, 0.2],
    [0.88, 0.4, 0.035, 0.2],
  ])
})

it('cuts a zone into stripes as high as its outline is there', () => {
  const hooked: Point[] = [
    [0, 0],
    [0.68, 0],
    [0.68, 0.2],
    [0.34, 0.2],
    [0.34, 0.6],
    [0, 0.6],
  ]
  expect(columnsOfZone(hooked, false).map(round)).toEqual([
    [0, 0, 0.17, 0.6],
    [0.17, 0, 0.17, 0.6],
    [0.34, 0, 0.17, 0.2],
    [0.51, 0, 0.17, 0.2],
  ])
  expect(columnsOfZone(hooked, true).every(({ w }) => w === 0.68)).toBe(true)
})

it('shows a column piece by piece, every line of it, and ends where it ends', () => {
  const [whole] = [{ box: { x: 0.1, y: 0.1, w: 0.2, h: 0.7 } }]
  const steps = stepsOf([whole], 1, 1.4)
  expect(steps.length).toBeGreaterThan(3)
  for (const [index, { box }] of steps.entries()) {
    const next = steps[index + 1]?.box
    if (next) expect(next.y).toBeLessThan(box.y + box.h)
  }
  const last = steps.at(-1)!.box
  expect(last.y + last.h).toBeCloseTo(0.8)
  expect(stepsOf([{ box: { x: 0, y: 0, w: 0.5, h: 0.1 } }], 1, 1)).toHaveLength(1)
  expect(stepsOf([whole], 1, 1.4, { least: 0.8 }).length, 'a wide look needs fewer steps').toBeLessThan(steps.length)
})

it('walks a vertical band from its right end to its left', () => {
  const steps = stepsOf([{ box: { x: 0.1, y: 0.1, w: 0.8, h: 0.15 } }], 1.5, 1.4, { rightToLeft: true })
  expect(steps[0]!.box.x + steps[0]!.box.w).toBeCloseTo(0.9)
  expect(steps.at(-1)!.box.x).toBeCloseTo(0.1)
  expect(steps.length).toBeGreaterThan(1)
})
