import { expect, it } from 'vitest'
import type { ArticleHead, PageView } from '../../../electron/bridge/views.ts'
import { headlinesByPage, zonePoints } from '../../../renderer/issue/headlines-by-page.ts'
import { spanOfTitles } from '../../../renderer/library/span-of-titles.ts'
import { groupBy } from '../../../renderer/shared/grouping.ts'

const page = (id: string): PageView => ({ id, label: id, name: '', width: 10, height: 14, zones: [] })
const article = (id: string, ...pages: string[]): ArticleHead => ({
  id,
  kind: 'article',
  headline: id,
  pages,
  length: 1,
})

it('puts an article under the page where it begins, pages in their order', () => {
  const groups = headlinesByPage(
    [page('p1'), page('p2'), page('p3')],
    [article('c', 'p3'), article('a', 'p1', 'p3'), article('b', 'p1')],
  )
  expect(groups.map((group) => [group.page.id, group.articles.map((each) => each.id)])).toEqual([
    ['p1', ['a', 'b']],
    ['p3', ['c']],
  ])
})

it('draws the zones of one article', () => {
  const zone = { kind: 'text' as const, polygon: [[0.1, 0.2] as [number, number], [0.5, 0.2] as [number, number]] }
  const shown = {
    ...page('p1'),
    zones: [
      { id: 'z1', article: 'a', ...zone },
      { id: 'z2', article: 'b', ...zone },
    ],
  }
  expect(zonePoints(shown, 'a')).toEqual(['10,20 50,20'])
  expect(zonePoints(shown, undefined)).toEqual([])
})

it('groups in the order of the list', () => {
  const groups = groupBy(['ab', 'c', 'ad'], (word) => word[0])
  expect([...groups]).toEqual([
    ['a', ['ab', 'ad']],
    ['c', ['c']],
  ])
})

it('spans the dates of all titles', () => {
  expect(spanOfTitles([])).toBeUndefined()
  expect(
    spanOfTitles([
      { first: '2008-01-01', last: '2024-12-30' },
      { first: '1946-02-01', last: '1948-11-30' },
    ]),
  ).toEqual({ first: '1946-02-01', last: '2024-12-30' })
})
