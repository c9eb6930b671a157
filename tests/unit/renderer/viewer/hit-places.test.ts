import { describe, expect, it } from 'vitest'
import type { HitBox } from '../../../../archive/model.ts'
import type { ArticleHead, IssueView, PageView, SearchHitView } from '../../../../electron/bridge/views.ts'
import {
  hitPlaces,
  issueAfterStep,
  placeAfterStep,
  placesPerPage,
  placeToBeginWith,
} from '../../../../renderer/viewer/hit-places.ts'

const page = (id: string): PageView => ({ id, label: id, name: '', width: 1, height: 1, zones: [] })
const article = (id: string): ArticleHead => ({ id, kind: 'article', headline: id, pages: ['p1'], length: 1 })
const issue: IssueView = {
  title: 'daily',
  date: '2013-01-10',
  edition: 1,
  titleName: 'Daily',
  language: 'en',
  pages: ['p1', 'p2', 'p10'].map(page),
  articles: ['a', 'b'].map(article),
  warnings: 0,
  rightToLeft: false,
}
const box = (on: string, x: number, y: number, precision: HitBox['precision'] = 'word'): HitBox => ({
  page: on,
  x,
  y,
  w: 0.1,
  h: 0.02,
  precision,
})
const hit = (articleId: string, boxes: HitBox[], edition = 1): SearchHitView => ({
  article: `daily/2013-01-10/${edition}#${articleId}`,
  title: 'daily',
  titleName: 'Daily',
  date: '2013-01-10',
  edition,
  page: '1',
  pageId: 'p1',
  pageName: '',
  headline: '',
  headlineParts: [],
  snippet: [],
  boxes,
  count: boxes.length,
  issue: { title: 'daily', date: '2013-01-10', edition },
  articleId,
  language: 'zh-Hans',
})

describe('places of a query in an issue', () => {
  it('go by page, then by article, then as the text runs', () => {
    const places = hitPlaces(issue, [
      hit('b', [box('p1', 0.5, 0.9), box('p1', 0.5, 0.1)]),
      hit('a', [box('p10', 0, 0), box('p1', 0, 0.5), box('p2', 0, 0)]),
    ])
    expect(places.map((place) => [place.page, place.article, place.y])).toEqual([
      ['p1', 'a', 0.5],
      ['p1', 'b', 0.9],
      ['p1', 'b', 0.1],
      ['p2', 'a', 0],
      ['p10', 'a', 0],
    ])
    expect([...placesPerPage(places)]).toEqual([
      ['p1', 3],
      ['p2', 1],
      ['p10', 1],
    ])
  })

  it('leave out other editions and pages the issue does not have', () => {
    expect(hitPlaces(issue, [hit('a', [box('p1', 0, 0)], 2), hit('a', [box('p7', 0, 0)])])).toEqual([])
  })

  it('join words side by side on a line, and nothing else', () => {
    const places = hitPlaces(issue, [hit('a', [box('p1', 0.1, 0.1), box('p1', 0.205, 0.101), box('p1', 0.1, 0.13)])])
    expect(places).toHaveLength(2)
    expect(places[0]?.w).toBeCloseTo(0.205)
    expect(hitPlaces(issue, [hit('a', [box('p1', 0.1, 0.1, 'zone'), box('p1', 0.2, 0.1, 'zone')])])).toHaveLength(2)
  })
})

describe('where walking begins', () => {
  const places = hitPlaces(issue, [hit('a', [box('p1', 0, 0)]), hit('b', [box('p1', 0, 0.5), box('p2', 0, 0)])])
  const pages = ['p1', 'p2', 'p10']
  it('is the open article, the page, what follows, or the last place', () => {
    expect(placeToBeginWith(places, pages, 'p1', 'b')).toBe(1)
    expect(placeToBeginWith(places, pages, 'p1')).toBe(0)
    expect(placeToBeginWith(places, pages, 'p2')).toBe(2)
    expect(placeToBeginWith(places, pages, 'p10')).toBe(2)
    expect(placeToBeginWith([], pages, 'p1')).toBe(-1)
  })
})

describe('walking', () => {
  const places = hitPlaces(issue, [hit('a', [box('p1', 0, 0)]), hit('b', [box('p1', 0, 0.5), box('p10', 0, 0)])])
  const step = (page: string, current: number, by: 1 | -1) =>
    placeAfterStep(places, ['p1', 'p2', 'p10'], page, current, by)
  it('goes from place to place and out of the issue at either end', () => {
    expect([step('p1', 0, 1), step('p1', 1, 1), step('p10', 2, 1), step('p1', 0, -1)]).toEqual([1, 2, 3, -1])
  })
  it('leads to the next edition of the day, then to the nearest other issue', () => {
    const found = (date: string, edition: number) => ({ issue: { title: 'daily', date, edition } })
    const day = [1, 2, 3, 4].map((edition) => found('2013-01-10', edition))
    const left = { title: 'daily', date: '2013-01-10', edition: 2 }
    expect(issueAfterStep(day, left, 1, true)?.issue.edition).toBe(3)
    expect(issueAfterStep(day, left, -1, true)?.issue.edition).toBe(1)
    expect(issueAfterStep(day.slice(0, 2), left, 1, true)).toBeUndefined()
    expect(issueAfterStep([found('2014-01-01', 1)], left, 1, false)?.issue.date).toBe('2014-01-01')
    expect(issueAfterStep([{ issue: left }], left, 1, false)).toBeUndefined()
  })
  it('begins at the page that is seen, when the current place is elsewhere', () => {
    expect([step('p2', 2, 1), step('p2', 2, -1)]).toEqual([2, 1])
    expect([step('p2', 1, 1), step('p2', 1, -1)]).toEqual([2, 1])
  })
})
