import { expect, it } from 'vitest'
import type { Point } from '../../../../archive/model.ts'
import type { ArticleHead, PageView } from '../../../../electron/bridge/views.ts'
import { headlineCuts, wallRows } from '../../../../renderer/issue/headline-cuts.ts'

const corners = (x: number, y: number, w: number, h: number): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
]
const zone = (id: string, article: string, polygon: Point[]) => ({ id, kind: 'text' as const, article, polygon })
const page: PageView = {
  id: 'p1',
  label: '01',
  name: '',
  width: 1000,
  height: 1400,
  image: 'archive://x',
  zones: [
    zone('z1', 'a', corners(0.5, 0.5, 0.4, 0.4)),
    zone('z2', 'a', corners(0, 0.1, 0.5, 0.2)),
    zone('z3', 'wild', corners(-1, -1, 5, 5)),
  ],
}
const article = (id: string, kind: ArticleHead['kind'] = 'article'): ArticleHead => ({
  id,
  kind,
  headline: id,
  pages: ['p1'],
  length: 1,
})

it('cuts the head of an article from the highest of its zones', () => {
  const [cut] = headlineCuts([page], [article('a')])
  expect(cut?.box).toMatchObject({ x: 0, y: 0.1, w: 0.5 })
  expect(cut?.box.h).toBeLessThan(0.2)
})

it('stays within the page, and leaves out what has no zone, no picture or is no article', () => {
  const [wild] = headlineCuts([page], [article('wild')])
  expect(wild?.box).toMatchObject({ x: 0, y: 0, w: 1 })
  expect(headlineCuts([page], [article('lost'), article('a', 'advert')])).toEqual([])
  expect(headlineCuts([{ ...page, image: undefined }], [article('a')])).toEqual([])
})

it('fills each row but the last', () => {
  const cuts = headlineCuts([page], [article('a'), article('wild'), article('a'), article('wild'), article('a')])
  const rows = wallRows(cuts, 800, 100, 10)
  expect(rows.flat()).toHaveLength(5)
  for (const row of rows.slice(0, -1)) {
    const last = row.at(-1)
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(800)
  }
  const last = rows.at(-1)?.at(-1)
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(800.01)
})
