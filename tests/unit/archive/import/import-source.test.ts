import { describe, expect, it } from 'vitest'
import { recogniseSource } from '../../../../archive/import/import-source.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { importAll, sample, sourceOf } from './source-fixture.ts'

const saved = `第23版:今日沁阳/新春特刊 上一版3  4下一版
奋力打造
焦作日报 | 焦作晚报 | 焦作网
版面导航
2013年1月10日 放大 缩小 默认
壮大产业集群
奋力打造

移动手机用户:发送短信 jzsjb 到 10658300 即可订阅
\u3000\u3000图一。
\u3000\u3000图二。

\u3000\u3000正文第一段。

\u3000\u3000一、产业规模持续壮大。

\u3000\u3000正文第二段。

焦作日报社数字报刊  地址:焦作市
豫ICP备05017631号
关闭`

describe('recogniseSource', () => {
  it('reads the saved text of an article', async () => {
    const { issues, warnings } = await importAll(sourceOf({ 'a.txt': saved, 'b.txt': 'nothing' }))
    expect(warnings).toEqual([])
    expect(issues).toMatchObject([
      {
        title: { name: '焦作日报', language: 'zh-Hans' },
        date: '2013-01-10',
        pages: [{ id: 'p1', label: '23', name: '今日沁阳/新春特刊' }],
        articles: [
          {
            kicker: '壮大产业集群',
            headline: '奋力打造',
            photos: [{ caption: '图一。' }, { caption: '图二。' }],
            blocks: [
              { kind: 'paragraph', text: '正文第一段。' },
              { kind: 'heading', text: '一、产业规模持续壮大。' },
              { kind: 'paragraph', text: '正文第二段。' },
            ],
          },
        ],
      },
    ])
  })

  it('runs every importer that recognises something', async () => {
    const source = sourceOf({
      'a.txt': saved,
      'jzrb/html/2013-01/10/node_1.htm': '<a id=pageLink href=node_1.htm>第01版：要闻</a>',
    })
    expect((await recogniseSource(source)).map(({ importer }) => importer.id)).toEqual(['founder', 'epaper-text'])
    const { issues } = await importAll(source)
    expect(issues).toHaveLength(2)
    expect(issues[1]!.origins).toEqual({ '*': { file: 'a.txt' } })
  })

  it('says what it looked at when nothing is recognised', async () => {
    await expect(recogniseSource(sourceOf({ 'a.doc': 'x', 'b.doc': 'x', 'c.csv': 'x' }))).rejects.toMatchObject({
      code: 'not-recognised',
      message: expect.stringContaining('among 3 files (2 doc, 1 csv)') as string,
    })
    await expect(recogniseSource(sourceOf({ 'index.html': '<p>portal' }))).rejects.toMatchObject({
      code: 'not-a-layout-page',
    })
  })

  it('stops when cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(importAll(sourceOf({ 'a.txt': saved }), { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe.skipIf(!sample('A-epaper-html/seed'))('the seed', () => {
  it('becomes one article with its captions, headings and body, and nothing of the site', async () => {
    const { issues } = await importAll(await openSource(sample('A-epaper-html/seed') ?? ''))
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({ title: { name: '焦作日报' }, date: '2013-01-10' })
    expect(issues[0]?.pages).toMatchObject([{ label: '23', name: '今日沁阳/新春特刊' }])
    const [article] = issues[0]?.articles ?? []
    expect(article).toMatchObject({ kicker: '壮大产业集群 强化要素保障', headline: '奋力打造一流产业集聚区' })
    expect(article?.photos).toHaveLength(6)
    expect(article?.photos[5]?.caption).toBe('河南思可达公司聚光光伏玻璃生产线。')
    expect(article?.blocks.filter((block) => block.kind === 'heading').map((block) => block.text)).toEqual([
      '一、产业规模持续壮大。',
      '二、招商引资成效显著。',
      '三、两园发展有效融合。',
      '四、产业配套日趋完善。',
      '五、产业转型稳步推进。',
      '六、服务能力显著提升。',
    ])
    expect(article?.blocks.at(-1)?.text).toBe('★最佳投资服务环境工业园区')
    expect(JSON.stringify(issues)).not.toMatch(/ICP|jzsjb|放大|下一版/)
  })

  it('stands beside the layout pages of one folder', async () => {
    const { issues } = await importAll(await openSource(sample('A-epaper-html') ?? ''))
    expect(issues.map((issue) => issue.title.name)).toEqual(['江西日报', '中国旅游报', '人民日报', '焦作日报'])
  })
})
