import { describe, expect, it } from 'vitest'
import { founderImporter } from '../../../../archive/import/founder.ts'
import { importWith, pngOf, sourceOf } from './source-fixture.ts'

interface LayoutParts {
  map?: string
  image?: string
  pages?: string
  articles?: string
  trailer?: string
  date?: string
}

function layout(parts: LayoutParts): string {
  return `<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>焦作日报社数字报刊</title></head>
    <body><MAP NAME="pagepicmap">${parts.map ?? ''}</MAP>${parts.image ?? ''}
    <table>${parts.pages ?? ''}</table><ul>${parts.articles ?? ''}</ul>
    <span>${parts.date ?? '2013年1月10日&#12288;星期<font class=weekday>四</font>&#12288;第8123期'}</span></body></html>
    ${parts.trailer ?? ''}`
}

const list = `<tr><td><a id=pageLink href=./node_2.htm>第01版：要闻</a><td><a href=../../../page/1.pdf><img src=x.gif></a>
  <tr><td><a id=pageLink href=node_4.htm>第03版：时事</a>`

function article(title: string, body: string): string {
  return `<td><!--<npm:article-title>-->${title}<!--</npm:article-title>--></td>
    <div id=ozoom><!--<npm:article-content>--><P>\u3000\u3000${body}</P><!--</npm:article-content>--></div>`
}

const folder = 'epaper.jzrb.com/jzrb/html/2013-01/10'

describe('a mirror with article pages and pictures', () => {
  const source = sourceOf({
    [`${folder}/node_2.htm`]: layout({
      map: `<Area coords="10,10,100,10,100,100,10,100" shape="polygon" href="content_1.htm?div=-1">
        <area shape=rect coords="110,10,190,90" href='content_1.htm?div=0'>
        <area shape=circle coords="50,250,40" href=content_2.htm>
        <area coords="5%,90%,50%,90%,50%,99%" shape=poly href=content_3.htm>
        <area coords="400,400,500,400,500,500" shape=poly href=content_3.htm>`,
      image: '<a href=../../../images/01_b.png><img src=../../../images/01_brief.png USEMAP=#PagePicMap></a>',
      pages: list,
      articles: `<li><a href=content_1.htm?div=-1><div id=mp1>壮大产业集群</div></a>
        <li><a href=content_2.htm>图片报道</a><li><a href=content_3.htm>广告</a><li><a href=content_9.htm>未送达的稿件</a>`,
    }),
    [`${folder}/node_4.htm`]: layout({
      pages: list,
      map: '<area shape=rect coords="0,0,10,10" href=content_4.htm>',
      image: '<img src=missing.jpg usemap=#pagepicmap width=100 height=200>',
      articles: '<li><a href=content_4.htm>壮大产业集群</a>',
    }),
    [`${folder}/node_1.htm`]: layout({ pages: '<a id=pageLink href=node_1.htm>第01版：要闻</a>' }),
    [`${folder}/content_1.htm@div=-1`]: article('壮大产业集群', '正文第一段。（下转第03版）'),
    [`${folder}/CONTENT_4.HTM`]: article('（上接第01版）壮大产业集群', '正文续完。'),
    'epaper.jzrb.com/jzrb/images/01_brief.png': pngOf(200, 300),
    'epaper.jzrb.com/jzrb/images/01_b.png': pngOf(2000, 3000),
    'epaper.jzrb.com/jzrb/page/1.pdf': '%PDF-1.4',
    'epaper.jzrb.com/jzrb/html/2013-01/period.xml': '<periodlist/>',
  })

  it('gives one issue with its pages, renditions and files', async () => {
    const { issues, files, warnings } = await importWith(founderImporter, source)
    expect(issues).toHaveLength(1)
    const issue = issues[0]!
    expect(issue).toMatchObject({
      date: '2013-01-10',
      edition: 1,
      number: '8123',
      title: { id: 'jzrb', name: '焦作日报' },
    })
    expect(issue.pages.map((page) => `${page.label} ${page.name}`)).toEqual(['01 要闻', '03 时事'])
    expect(issue.pages[0]).toMatchObject({ width: 2000, height: 3000 })
    expect(issue.pages[0]?.renditions.map(({ kind, width }) => [kind, width])).toEqual([
      ['image', 2000],
      ['brief', 200],
      ['pdf', undefined],
    ])
    expect(files).toContain(`${folder}/content_1.htm@div=-1`)
    expect(files).toContain('epaper.jzrb.com/jzrb/html/2013-01/period.xml')
    expect(warnings.map((item) => item.code).sort()).toEqual([
      'bad-coordinates',
      'missing-article-page',
      'missing-article-page',
      'missing-article-page',
      'missing-image',
    ])
  })

  it('scales every shape to the brief picture', async () => {
    const page = (await importWith(founderImporter, source)).issues[0]!.pages[0]!
    expect(page.zones.map((zone) => [zone.id, zone.article, zone.kind])).toEqual([
      ['p1-z1', '1', 'text'],
      ['p1-z2', '1', 'text'],
      ['p1-z3', '2', 'photo'],
      ['p1-z4', '3', 'advert'],
    ])
    expect(page.zones[0]?.polygon[1]).toEqual([0.5, 0.03333])
    expect(page.zones[1]?.polygon[2]).toEqual([0.95, 0.3])
    expect(page.zones[2]?.polygon[0]).toEqual([0.45, 0.83333])
    expect(page.zones[3]?.polygon).toEqual([
      [0.05, 0.9],
      [0.5, 0.9],
      [0.5, 0.99],
    ])
  })

  it('joins 下转 with 上接 and keeps undelivered articles by their headline', async () => {
    const { articles } = (await importWith(founderImporter, source)).issues[0]!
    expect(articles.map(({ id, kind, headline }) => [id, kind, headline])).toEqual([
      ['1', 'article', '壮大产业集群'],
      ['2', 'photo', '图片报道'],
      ['3', 'advert', '广告'],
      ['9', 'article', '未送达的稿件'],
      ['4', 'article', '（上接第01版）壮大产业集群'],
    ])
    expect(articles[0]).toMatchObject({ continuedBy: '4', pages: ['p1'] })
    expect(articles[4]).toMatchObject({ continuedFrom: '1', pages: ['p2'] })
    expect(articles[0]?.blocks).toEqual([{ kind: 'paragraph', text: '正文第一段。（下转第03版）', page: 'p1' }])
  })
})

describe('titles and supplements', () => {
  const page = (name: string, label = '第01版：头版'): string =>
    layout({
      pages: `<a id=pageLink href=node_1.htm>${label}</a>`,
      articles: '<a href=content_1.htm>标题</a>',
      date: '',
      trailer: `<!--enpproperty <founder-papername>${name}</founder-papername> /enpproperty-->`,
    })

  it('keeps 日报 and 晚报 apart and takes ids from the path', async () => {
    const { issues } = await importWith(
      founderImporter,
      sourceOf({
        'h/JZRB/html/2013-01/10/node_1.htm': page('焦作日报'),
        'h/jzwb/html/2013-01/10/node_1.htm': page('焦作晚报'),
        'h/rmrb/pc/layout/202412/01/node_1.html': page('人民日报').replaceAll('.htm>', '.html>'),
      }),
    )
    expect(issues.map(({ title, date, edition }) => [title.id, title.name, date, edition])).toEqual([
      ['jzrb', '焦作日报', '2013-01-10', 1],
      ['jzwb', '焦作晚报', '2013-01-10', 1],
      ['rmrb', '人民日报', '2024-12-01', 1],
    ])
  })

  it('takes a folder named after another title as its supplement', async () => {
    const { issues } = await importWith(
      founderImporter,
      sourceOf({
        'h/jzrb/html/2013-01/10/node_1.htm': page('焦作日报'),
        'h/jztk/html/2013-01/10/node_1.htm': page('焦作日报·新春特刊', '第T1版：特刊'),
        'h/xctk/html/2013-01/10/node_1.htm': page('新春特刊', '第01版：特刊'),
      }),
    )
    expect(issues.map(({ title, edition, supplement }) => [title.id, edition, supplement])).toEqual([
      ['jzrb', 1, undefined],
      ['jzrb', 2, '新春特刊'],
      ['xctk', 1, '新春特刊'],
    ])
  })

  it('takes pages of one folder that name another paper as a supplement', async () => {
    const { issues } = await importWith(
      founderImporter,
      sourceOf({
        'jzrb/html/2013-01/10/node_1.htm': page('焦作日报').replace(
          '</table>',
          '<a id=pageLink href=node_2.htm>第02版：二版</a></table>',
        ),
        'jzrb/html/2013-01/10/node_2.htm': page('焦作日报', '第02版：二版').replaceAll('node_1', 'node_2'),
        'jzrb/html/2013-01/10/node_9.htm': page('今日沁阳', '第T1版：特刊').replaceAll('node_1', 'node_9'),
      }),
    )
    expect(issues.map(({ supplement, pages }) => [supplement, pages.map((each) => each.label)])).toEqual([
      [undefined, ['01', '02']],
      ['今日沁阳', ['T1']],
    ])
  })
})

describe('hostile pages', () => {
  const start = layout({ pages: list, articles: '<a href=content_1.htm>标题</a>' })

  it.each([
    [
      'ten megabytes on one line',
      `${start.replaceAll('\n', ' ')}${'x<b>y</b>'.repeat(50_000)}${'长'.repeat(3_000_000)}`,
    ],
    ['nested pages', `${'<div>'.repeat(2000)}${start}`],
    ['NUL and bidi controls', start.replaceAll('第01版：要闻', '第01\0版：要\u202E闻')],
    ['cut UTF-8', Buffer.from(start.replace('</body>', '')).subarray(0, -1)],
  ])('reads through %s', async (_, content) => {
    const source = sourceOf({ 'jzrb/html/2013-01/10/node_2.htm': content })
    const { issues } = await importWith(founderImporter, source)
    expect(issues[0]?.pages[0]).toMatchObject({ label: '01', name: '要闻' })
  })

  it('refuses a page nested deeper than any template, without hanging', async () => {
    const source = sourceOf({
      'jzrb/html/2013-01/10/node_2.htm': start,
      'jzrb/html/2013-01/10/node_4.htm': `${'<div>'.repeat(500_000)}${start}`,
    })
    const { issues, warnings } = await importWith(founderImporter, source)
    expect(issues).toHaveLength(1)
    expect(warnings.find((item) => item.code === 'text-unreadable')?.message).toContain('nested deeper')
  })

  it('never follows links to other sites or out of the source', async () => {
    const source = sourceOf({
      'jzrb/html/2013-01/10/node_2.htm': layout({
        pages: list,
        image: '<img src=http://evil.example/a.jpg usemap=#m width=10 height=10>',
        map: '<area coords="1,1,5,5" href="../../../../../etc/passwd.htm"><area coords="1,1,5,5" href="javascript:alert(1)">',
      }),
    })
    const { issues, files } = await importWith(founderImporter, source)
    expect(files).toEqual(['jzrb/html/2013-01/10/node_2.htm'])
    expect(JSON.stringify(issues[0]?.pages)).not.toContain('evil')
  })
})
