import { describe, expect, it } from 'vitest'
import { founderImporter } from '../../../../archive/import/founder.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { importWith, type Imported, sample } from './source-fixture.ts'

const mirror = 'A-epaper-html/YYTB+pycharm_calibre_recipe_test'

function counts(imported: Imported): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { code } of imported.warnings) found[code] = (found[code] ?? 0) + 1
  return found
}

function expectZonesInside(issue: IssueDocument): void {
  const articles = new Set(issue.articles.map((article) => article.id))
  for (const zone of issue.pages.flatMap((page) => page.zones)) {
    expect(zone.polygon.length).toBeGreaterThanOrEqual(3)
    expect(zone.polygon.flat().every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(articles.has(zone.article ?? '')).toBe(true)
  }
}

async function readSample(path: string): Promise<Imported> {
  return importWith(founderImporter, await openSource(sample(`${mirror}/${path}`) ?? ''))
}

describe.skipIf(!sample(mirror))('real layout pages', () => {
  it('reads 江西日报: pages printed twice, upper-case map, no size in the tag', async () => {
    const imported = await readSample('epaper.jxnews.com.cn')
    const [issue] = imported.issues
    expect(imported.issues).toHaveLength(1)
    expect(issue?.title).toEqual({ id: 'jxrb', name: '江西日报', language: 'zh-Hans' })
    expect(issue?.date).toBe('2017-10-09')
    expect(issue?.pages.map((page) => page.label).join(' ')).toBe('A01 A02 A03 A04 B01 B02 B03 B04 C01 C02 C03 C04')
    expect(issue?.pages.at(-1)?.name).toBe('体育·娱乐')
    expect(issue?.articles.map((article) => article.id)).toEqual(['401862', '401863', '401864', '401865', '401866'])
    expect(issue?.articles[1]?.headline).toBe('为美丽中国贡献“江西智慧”')
    expect(issue?.pages[0]?.zones).toHaveLength(5)
    expectZonesInside(issue!)
    expect(counts(imported)).toEqual({
      'missing-page': 11,
      'missing-image': 1,
      'missing-pdf': 1,
      'missing-article-page': 5,
    })
  })

  it('reads 中国旅游报: two areas of one article, a page that the list leaves out', async () => {
    const [issue] = (await readSample('news.ctnews.com.cn')).issues
    expect(issue?.title).toMatchObject({ id: 'zglyb', name: '中国旅游报' })
    expect(issue?.date).toBe('2017-10-13')
    expect(issue?.pages.map((page) => page.label)).toEqual(['01', '02', '03', '04', '05', '06', '08'])
    expect(issue?.articles).toHaveLength(5)
    expect(issue?.pages[0]?.zones.filter((zone) => zone.article === '306597')).toHaveLength(2)
    expectZonesInside(issue!)
  })

  it('reads 人民日报: headlines written by script, displayed size in the tag', async () => {
    const [issue] = (await readSample('paper.people.com.cn')).issues
    expect(issue?.title).toMatchObject({ id: 'rmrb', name: '人民日报' })
    expect(issue?.date).toBe('2017-10-16')
    expect(issue?.pages).toHaveLength(24)
    expect(issue?.pages[23]).toMatchObject({ id: 'p24', label: '24', name: '广告' })
    expect(issue?.articles[1]?.headline).toBe('中共中央召开党外人士座谈会 征求对中共十九大报告的意见')
    expect(issue?.pages[0]?.zones[0]?.polygon[0]).toEqual([0.9925, 0.05391])
    expect(issue?.pages[0]?.zones).toHaveLength(5)
    expectZonesInside(issue!)
  })

  it('refuses the portal page with a reason', async () => {
    await expect(readSample('jxnews-gb2312-declared')).rejects.toMatchObject({ code: 'not-a-layout-page' })
    const all = await readSample('')
    expect(all.issues.map((issue) => issue.title.id)).toEqual(['jxrb', 'zglyb', 'rmrb'])
    expect(all.warnings.filter((item) => item.code === 'not-a-layout-page').map((item) => item.file)).toEqual([
      'jxnews-gb2312-declared/index_0.htm',
    ])
  })

  it('takes a single layout page, with the date from its text', async () => {
    const [issue] = (await readSample('epaper.jxnews.com.cn/jxrb/html/2017-10/09/node_187.htm')).issues
    expect(issue).toMatchObject({ title: { id: 'jxrb', name: '江西日报' }, date: '2017-10-09' })
    expect(issue?.pages).toHaveLength(12)
  })
})
