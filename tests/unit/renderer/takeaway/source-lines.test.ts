import { expect, it } from 'vitest'
import { parseDeepLink } from '../../../../archive/deep-link.ts'
import type { PageView } from '../../../../electron/bridge/views.ts'
import { linkToPlace } from '../../../../renderer/takeaway/place-link.ts'
import { fileName, plainArticle, sourceLines } from '../../../../renderer/takeaway/source-lines.ts'
import { partsOfArticle, widthOfParts } from '../../../../renderer/takeaway/taken-parts.ts'

const t = (key: string, values: Record<string, string | number> = {}) =>
  `${key.split('.').at(-1)}${Object.values(values).join('/')}`
const words = { t, date: (iso: string) => iso }
const zone = (article: string, x: number, y: number) => ({
  id: `${article}${x}`,
  kind: 'text' as const,
  article,
  polygon: [
    [x, y],
    [x + 0.2, y],
    [x + 0.2, y + 0.1],
    [x, y + 0.1],
  ] as [number, number][],
})
const page = (id: string, label: string, zones: PageView['zones'] = []): PageView => ({
  id,
  label,
  name: '要闻',
  width: 2000,
  height: 3000,
  zones,
})
const issue = {
  title: 'jcrb',
  titleName: '焦城日报',
  date: '2013-01-10',
  edition: 1,
  number: '7306',
  pages: [
    page('p1', '01', [zone('a', 0.1, 0.1), zone('a', 0.4, 0.5), zone('b', 0.7, 0.7)]),
    page('p2', '02'),
    page('p3', '02'),
  ],
}
const facts = { identity: '0123456789abcdef', archiveName: '焦城', hash: '0123456789ab', original: '01.pdf' }

it('takes around all zones of an article on each of its pages, and the page where there are none', () => {
  const parts = partsOfArticle(issue, [{ id: 'a', pages: ['p1', 'p2'] }])
  expect(parts.map((part) => part.page.id)).toEqual(['p1', 'p2'])
  expect(parts[0]!.box!.x).toBeCloseTo(0.096)
  expect(parts[0]!.box!.y).toBeCloseTo(0.096)
  expect(parts[0]!.box!.w).toBeCloseTo(0.508)
  expect(parts[0]!.box!.h).toBeCloseTo(0.508)
  expect(parts[1]!.box).toBeUndefined()
  expect(widthOfParts(parts)).toBe(2000)
})

it('says where a cutting comes from, with a link that leads back to it', () => {
  const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.4 }
  const lines = sourceLines(issue, [{ page: issue.pages[0]!, box }], [facts], { headline: '标题' }, words)
  expect(lines[0]).toBe('焦城日报　2013-01-10　issueNumber7306　pageNumber01 要闻')
  expect(lines[1]).toBe('headlineOf标题')
  expect(lines[2]).toContain('0123456789abcdef')
  expect(lines[2]).toContain('sha-256 0123456789ab')
  expect(parseDeepLink(lines[3]!)).toMatchObject({ title: 'jcrb', date: '2013-01-10', page: '01', region: box })
})

it('names a file by title, date, page and headline', () => {
  expect(fileName(issue, ['01', '01', '02'], '奋力打造', t)).toBe(
    '焦城日报-2013-01-10-pageInName01-pageInName02-奋力打造',
  )
  expect(fileName(issue, ['01'], undefined, t)).toBe('焦城日报-2013-01-10-pageInName01')
  expect(fileName(issue, [], '长'.repeat(90), t)).toHaveLength('焦城日报-2013-01-10-'.length + 30)
})

it('copies an article with all its parts and its source', () => {
  const first = { kicker: '引题', headline: '标题', byline: '记者', texts: ['一', '二'] }
  expect(plainArticle([first, { headline: '转', texts: ['三'] }], ['源'])).toBe('引题\n标题\n记者\n\n一\n二\n三\n\n源')
})

it('links to a page by its label, and by its id as well where two bear the same', () => {
  const archive = { identity: facts.identity, name: '焦城' }
  expect(parseDeepLink(linkToPlace(archive, issue, { page: 'p1' }))).toEqual({
    archive: facts.identity,
    name: '焦城',
    title: 'jcrb',
    date: '2013-01-10',
    page: '01',
  })
  expect(parseDeepLink(linkToPlace(archive, issue, { page: 'p3', view: '-0.1,0.5,1.2,0.25' }))).toMatchObject({
    page: '02',
    pageId: 'p3',
    region: { x: 0, y: 0.5, w: 1, h: 0.25 },
  })
})
