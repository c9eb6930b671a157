import { describe, expect, it } from 'vitest'
import type { Point, Zone } from '../../../../archive/model.ts'
import type { ArticleHead, PageView } from '../../../../electron/bridge/views.ts'
import { articleAt, looseZoneAt, looseZones, zoneGroups } from '../../../../renderer/viewer/zone-groups.ts'

const square = (x: number, y: number, side: number): Point[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
const zone = (id: string, polygon: Point[], article?: string): Zone => ({ id, kind: 'text', polygon, article })
const head = (id: string, pages: string[], kind: ArticleHead['kind'] = 'article'): ArticleHead => ({
  id,
  kind,
  headline: `Headline ${id}`,
  pages,
  length: 10,
})
const page: PageView = {
  id: 'p1',
  label: '01',
  name: '',
  width: 100,
  height: 140,
  zones: [
    zone('z1', square(0, 0, 0.2), 'b'),
    zone('z2', square(0.5, 0.5, 0.4), 'a'),
    zone('z3', square(0.3, 0, 0.2), 'b'),
    zone('z4', square(0.6, 0.6, 0.1), 'c'),
    zone('z5', square(0.9, 0.9, 0.1)),
    zone('z6', square(0, 0, 1), 'whole'),
  ],
}
const articles = [
  head('a', ['p1', 'p2']),
  head('b', ['p1']),
  head('c', ['p1']),
  head('whole', ['p1'], 'page'),
  head('d', ['p2']),
]
const groups = zoneGroups(page, articles)

describe('zones of a page', () => {
  it('groups them by article, in reading order, without those that open nothing', () => {
    expect(groups.map((group) => [group.article, group.polygons.length])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ])
    expect(groups[1]?.box).toEqual({ x: 0, y: 0, w: 0.5, h: 0.2 })
  })

  it('keeps those without article, named by kind and number, apart from what articles have', () => {
    const drawn = {
      ...page,
      zones: [...page.zones, { ...zone('z7', square(0.92, 0.92, 0.05)), kind: 'advert' as const }],
    }
    const again = [...drawn.zones, zone('z8', square(0.1, 0.8, 0.1))]
    const loose = looseZones({ ...drawn, zones: again })
    expect(loose.map(({ id, kind, number }) => [id, kind, number])).toEqual([
      ['z5', 'text', 1],
      ['z7', 'advert', 1],
      ['z8', 'text', 2],
    ])
    expect(looseZoneAt(loose, [0.94, 0.94])?.id).toBe('z7')
    expect(looseZoneAt(loose, [0.905, 0.905])?.id).toBe('z5')
    expect(looseZoneAt(loose, [0.5, 0.5])).toBeUndefined()
  })

  it('finds the article under a point, of two the smaller', () => {
    expect(articleAt(groups, [0.35, 0.1])).toBe('b')
    expect(articleAt(groups, [0.25, 0.1])).toBeUndefined()
    expect(articleAt(groups, [0.65, 0.65])).toBe('c')
    expect(articleAt(groups, [0.55, 0.85])).toBe('a')
  })

  it('follows the corners of a polygon that is no rectangle', () => {
    const corner: Point[] = [
      [0, 0],
      [1, 0],
      [1, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [0, 1],
    ]
    const one = zoneGroups({ ...page, zones: [zone('z', corner, 'a')] }, articles)
    expect(articleAt(one, [0.75, 0.25])).toBe('a')
    expect(articleAt(one, [0.75, 0.75])).toBeUndefined()
  })
})
