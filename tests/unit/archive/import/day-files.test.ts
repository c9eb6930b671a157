import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayJsonImporter } from '../../../../archive/import/day-json.ts'
import { dayTextImporter } from '../../../../archive/import/day-text.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { unreadFiles } from '../../../../archive/import/unread-files.ts'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import { importAll, importWith, sample, sourceOf } from './source-fixture.ts'

describe('the JSON of a day', () => {
  const day = {
    source: '晨报',
    date: '2026-07-23',
    pages: [
      {
        page: '002',
        page_name: '国际',
        pdf_url: 'http://x.cn/resfile/002/cb20260723002.pdf',
        articles: [{ seq: 1, title: '国际\n新闻', content: '第一段\n\n第二段', author: '记者' }],
      },
      {
        page: '001',
        page_name: '头版',
        articles: [{ item_id: 'a-1', title: '头条', url: 'http://x.cn/1' }, { seq: 2 }],
      },
      { page: '003', page_name: '广告', articles: [] },
    ],
  }

  it('gives pages in their order, articles, what stands in files of their own, and what is kept', async () => {
    const detail = {
      item_id: 'a-1',
      block: { title: '头条', content: '<p>正文<b>一</b></p><p>正文二</p>' },
      scope: 'hainan',
    }
    const { issues, files, warnings } = await importWith(
      dayJsonImporter,
      sourceOf({
        'days/2026-07-23.json': JSON.stringify(day),
        'items/a-1.json': JSON.stringify(detail),
        'pdf/cb20260723002.pdf': '%PDF',
      }),
    )
    const [issue] = issues
    checkIssueDocument(issue, 'x')
    expect(issue).toMatchObject({ title: { name: '晨报', language: 'zh-Hans' }, date: '2026-07-23', edition: 1 })
    expect(issue?.pages.map(({ label, name }) => [label, name])).toEqual([
      ['002', '国际'],
      ['001', '头版'],
      ['003', '广告'],
    ])
    expect(issue?.pages[0]?.renditions).toMatchObject([{ kind: 'pdf', file: 'pdf/cb20260723002.pdf' }])
    expect(
      issue?.articles.map(({ headline, byline, pages, blocks }) => [
        headline,
        byline,
        pages,
        blocks.map(({ text }) => text),
      ]),
    ).toEqual([
      ['国际 新闻', '记者', ['p1'], ['第一段', '第二段']],
      ['头条', undefined, ['p2'], ['正文一', '正文二']],
    ])
    expect(issue?.articles[1]?.metadata).toMatchObject({ url: 'http://x.cn/1', scope: 'hainan' })
    expect(files.sort()).toEqual(['days/2026-07-23.json', 'items/a-1.json', 'pdf/cb20260723002.pdf'])
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('page 001, article 2: neither headline nor text'),
    ])
  })

  it('may list articles that name their page; what is no day is left alone', async () => {
    const flat = {
      newspaper: 'Times',
      publish_date: '1859-02-21',
      items: [
        { title: 'A', text: 'one', page: 2 },
        { title: 'B', text: 'two', page: 1 },
      ],
    }
    const { issues, files } = await importWith(
      dayJsonImporter,
      sourceOf({
        'a.json': JSON.stringify(flat),
        'package.json': '{"name":"x","items":[]}',
        'm.json': '{"@context":"x","date":"2020-01-01","items":[{}]}',
      }),
    )
    expect(issues[0]?.pages.map(({ label }) => label)).toEqual(['1', '2'])
    expect(issues[0]?.title.name).toBe('Times')
    expect(files).toEqual(['a.json'])
  })

  const real = sample('B-zh-corpora/karry1155+hndaily-web')
  it.skipIf(!real)('of the sample is imported whole, once', async () => {
    const { issues } = await importWith(dayJsonImporter, await openSource(real ?? ''))
    expect(issues).toHaveLength(1)
    expect(issues[0]?.pages.map(({ label }) => label)).toEqual(['001', '002', '003', '004', '005', '006', '007', '008'])
    expect(issues[0]?.articles).toHaveLength(42)
    expect(JSON.stringify(issues[0]?.articles)).toContain('把基础教育作为基础性、先导性工作来抓')
  })
})

describe('Markdown and plain text by day', () => {
  it('takes headings for pages, sections and articles', async () => {
    const text = `---
newspaper: "晨报"
编辑: 张三
---
# 晨报 2013年1月10日

## 第A01版：要闻

### 头条新闻
　　第一段。
　　第二段。

#### 一个小标题
第三段。

### 第二条
[链接](http://x.cn)的文字。

## 第A02版：文化
### 文化新闻
正文。
`
    const { issues, warnings } = await importWith(
      dayTextImporter,
      sourceOf({ '2013-01-10.md': text, 'README.md': '# x' }),
    )
    const [issue] = issues
    checkIssueDocument(issue, 'x')
    expect(issue).toMatchObject({ title: { name: '晨报' }, date: '2013-01-10' })
    expect(issue?.pages.map(({ label, name }) => [label, name])).toEqual([
      ['A01', '要闻'],
      ['A02', '文化'],
    ])
    expect(
      issue?.articles.map(({ headline, pages, blocks }) => [
        headline,
        pages,
        blocks.map(({ kind, text: said }) => [kind[0], said]),
      ]),
    ).toEqual([
      [
        '头条新闻',
        ['p1'],
        [
          ['p', '第一段。'],
          ['p', '第二段。'],
          ['h', '一个小标题'],
          ['p', '第三段。'],
        ],
      ],
      ['第二条', ['p1'], [['p', '链接的文字。']]],
      ['文化新闻', ['p2'], [['p', '正文。']]],
    ])
    expect(issue?.articles[0]?.metadata).toMatchObject({ 编辑: '张三' })
    expect(warnings).toEqual([])
  })

  it('takes files of single articles in the folder of a day', async () => {
    const { issues } = await importAll(
      sourceOf({
        '晨报/2013-01-10/01版 图书馆夜间开放.txt': '本报讯 市图书馆昨日起延长开放时间。\n读者可夜间阅览。',
        '晨报/2013-01-10/02版 文化.txt': Buffer.from('cec4bbafd0c2cec5a1a3', 'hex'),
        '晨报/2013-01-11/01.txt': '标题在第一行\n正文在第二行，比标题要长一些，还有很多字。',
      }),
    )
    expect(
      issues.map(({ title, date, articles }) => [
        title.name,
        date,
        articles.map((one) => [one.headline, one.blocks.map(({ text }) => text)]),
      ]),
    ).toEqual([
      [
        '晨报',
        '2013-01-10',
        [
          ['图书馆夜间开放', ['本报讯 市图书馆昨日起延长开放时间。', '读者可夜间阅览。']],
          ['文化', ['文化新闻。']],
        ],
      ],
      ['晨报', '2013-01-11', [['标题在第一行', ['正文在第二行，比标题要长一些，还有很多字。']]]],
    ])
    expect(issues[0]?.pages.map(({ label }) => label)).toEqual(['01', '02'])
  })

  const news = sample('B-zh-corpora/DuckBurnIncense+xin-wen-lian-bo')
  it.skipIf(!news)('of the samples is imported whole', async () => {
    const { issues, warnings } = await importWith(dayTextImporter, await openSource(news ?? ''))
    expect(issues).toHaveLength(61)
    expect(new Set(issues.map(({ title }) => title.name))).toEqual(new Set(['新闻联播']))
    const day = issues.find(({ date }) => date === '2024-07-15')
    expect(day?.articles.map(({ headline }) => headline)).toContain('人民日报任仲平文章：立足关键时期，用好重要法宝')
    const file = readFileSync(`${news ?? ''}/news/20240715.md`, 'utf8').replace(/\]\([^)]*\)|<[^>]*>|[\s#[]/g, '')
    const said = (day?.articles ?? [])
      .flatMap(({ headline, blocks }) => [headline, ...blocks.map(({ text }) => text)])
      .join('')
    expect(said.replace(/\s/g, '').length / file.length).toBeGreaterThan(0.97)
    expect(warnings).toEqual([])
  })
})

it('takes the lists of a delivered bag for no text of a newspaper, and leaves what only is named like them', async () => {
  const source = sourceOf({
    'bag/bagit.txt': 'BagIt-Version: 1.0\n',
    'bag/bag-info.txt': 'Bagging-Date: 2026-07-23\n',
    'bag/manifest-md5.txt': `${'0'.repeat(32)}  data/2026-07-23.md\n`,
    'bag/tagmanifest-md5.txt': '',
    'bag/data/2026-07-23.md': '# 晨报\n\n## 头条\n\n正文一。\n',
    'loose/bag-info.txt': 'kept as it is',
  })
  const { issues, warnings } = await importAll(source)
  expect(issues.map(({ date, articles }) => [date, articles.length])).toEqual([['2026-07-23', 1]])
  expect(warnings.map(({ file }) => file)).toEqual(['loose/bag-info.txt'])
  expect(unreadFiles(source, new Set(['bag/data/2026-07-23.md', 'loose/bag-info.txt']))).toEqual([])
  expect(unreadFiles(source, new Set(['bag/data/2026-07-23.md'])).map(({ file }) => file)).toEqual([
    'loose/bag-info.txt',
  ])
})
