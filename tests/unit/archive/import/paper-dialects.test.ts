import { describe, expect, it } from 'vitest'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { importAll, pngOf, sourceOf } from './source-fixture.ts'

/** Sites, names and texts by day as papers and collectors deliver them, in forms that no real sample has. */

async function read(files: Record<string, string | Uint8Array>) {
  const found = await importAll(sourceOf(files, 'delivery'))
  for (const issue of found.issues) checkIssueDocument(structuredClone(issue), 'delivery')
  return found
}

/** Bytes of GBK for the few characters of these tests; node writes none. */
const gbk: Record<string, string> = {
  沂: 'd2ca',
  河: 'bad3',
  晚: 'cded',
  报: 'b1a8',
  暴: 'b1a9',
  雨: 'd3ea',
  囍: '87d6',
  镕: 'e946',
}
const inGbk = (text: string): Buffer =>
  Buffer.concat([...text].map((one) => (gbk[one] ? Buffer.from(gbk[one], 'hex') : Buffer.from(one, 'latin1'))))

const shown = ({ title, date, articles }: IssueDocument): unknown[] => [
  title.name,
  date,
  ...articles.map(({ headline, blocks }) => [headline, ...blocks.map(({ text }) => text)]),
]

describe('数字报', () => {
  it('F1 in GBK that says gb2312, lines of Windows, names of wget and of the server in capitals', async () => {
    const folder = 'epaper.yhwb.com/yhwb/html/2009-08/17'
    const html = (inside: string): Buffer =>
      inGbk(
        `<HTML>\r\n<META http-equiv=Content-Type content="text/html; charset=gb2312">\r\n<TITLE>\u6C82\u6CB3\u665A\u62A5</TITLE>${inside}</HTML>`,
      )
    const { issues } = await read({
      [`${folder}/node_187.htm`]: html(
        '<MAP NAME="PagePicMap"><Area coords="10,20,200,20,200,180" shape="polygon" href="content_10.htm?div=-1"></MAP>\r\n<IMG src=../../../IMAGES/A01_B.jpg border=0 USEMAP=#PagePicMap><a id=pageLink href=node_187.htm>A01:</a><a href=content_10.htm?div=-1>x</a><a href=content_11.htm?div=-1>y</a>',
      ),
      [`${folder}/content_10.htm@div=-1`]: html(
        '<founder-title>暴雨</founder-title><div id=ozoom><P>镕雨</P><P>囍</P></div>',
      ),
      [`${folder}/content_11.htm%3Fdiv=-1`]: html('<founder-title>雨</founder-title><div id=ozoom><P>暴雨</P></div>'),
      'epaper.yhwb.com/yhwb/images/a01_b.jpg': pngOf(350, 500),
    })
    expect(issues.map(shown)).toEqual([['沂河晚报', '2009-08-17', ['暴雨', '镕雨', '囍'], ['雨', '暴雨']]])
    expect(issues[0]?.pages).toMatchObject([{ label: 'A01', width: 350, zones: [{ article: '10' }] }])
    const layout = `${folder}/node_187.htm`
    expect(issues[0]?.origins).toEqual({ '*': { file: layout }, date: { file: layout, at: 'path' } })
    expect(issues[0]?.articles[0]?.origins).toEqual({
      '*': { file: `${folder}/content_10.htm@div=-1` },
      pages: { file: layout, at: 'content_10.htm?div=-1' },
    })
  })

  it('F2, whose articles lie in a folder of their own, is one issue', async () => {
    const host = 'epaper.qfrb.cn/pc'
    const layout = (page: number, id: number): string =>
      `<meta charset="utf-8"><title>青峰日报</title><a id="pageLink" href="node_01.html">第01版：要闻</a><a id="pageLink" href="node_02.html">第02版：经济</a>
       <img src="../../../../a/${page}.jpg" usemap="#PagePicMap" width="350" height="500"><map name="PagePicMap"><area shape="polygon" coords="5,5,300,5,300,200" href="../../../con/202305/06/content_${id}.html"></map>
       <ul class="news-list"><li><a href="../../../con/202305/06/content_${id}.html">题</a></li></ul>`
    const article = (title: string): string =>
      `<meta charset="utf-8"><p id="PreTitle">引题</p><p id="Title">${title}</p><div id="ozoom"><!--enpcontent--><p>　　${title}的正文。</p><!--/enpcontent--></div>`
    const { issues } = await read({
      [`${host}/layout/202305/06/node_01.html`]: layout(1, 501),
      [`${host}/layout/202305/06/node_02.html`]: layout(2, 502),
      [`${host}/con/202305/06/content_501.html`]: article('春茶开采'),
      [`${host}/con/202305/06/content_502.html`]: article('物价平稳'),
      [`${host}/con/202305/07/content_601.html`]: article('次日的孤文'),
      'epaper.qfrb.cn/a/1.jpg': pngOf(350, 500),
      'epaper.qfrb.cn/a/2.jpg': pngOf(350, 500),
    })
    expect(issues.map(shown)).toEqual([
      ['青峰日报', '2023-05-06', ['春茶开采', '春茶开采的正文。'], ['物价平稳', '物价平稳的正文。']],
      ['青峰日报', '2023-05-07', ['次日的孤文', '次日的孤文的正文。']],
    ])
    expect(new Set(issues.map(({ title, edition }) => `${title.id} ${edition}`)).size).toBe(1)
  })

  it('a kicker by its class is no subtitle by its tag', async () => {
    const folder = 'jhrb/html/2015-02/03'
    const { issues } = await read({
      [`${folder}/node_5.htm`]:
        '<title>江海日报</title><map name=pagepicmap><area coords="1,1,100,1,100,90" shape=polygon href=content_5_1.htm></map><img src=a.jpg usemap=#pagepicmap><ul id="layoutlist"><li><a href="node_5.htm">第001版：头版</a></li></ul>',
      [`${folder}/content_5_1.htm`]:
        '<h2 class="leading_title">民生工程</h2><h1>渔港整修完工</h1><div class=text><!--enpcontent--><P>　　渔民返港。</P><!--/enpcontent--></div>',
    })
    expect(issues[0]?.articles[0]).toMatchObject({ kicker: '民生工程', headline: '渔港整修完工', subtitle: undefined })
  })
})

describe('names of pictures', () => {
  const picture = pngOf(30, 42)
  const cases: [string, string[], unknown[]][] = [
    [
      'dates and pages in Chinese',
      ['焦作日报1958年3月4日第一版.JPG', '焦作日报1958年3月4日第三版.JPG', '焦作日报1958年3月4日第二版.JPG'],
      [['焦作日报', 'zh-Hans', '1958-03-04', '一 二 三']],
    ],
    [
      'folders of years, months and days',
      ['人民日报/1949年/10月/02日/1.jpg', '人民日报/1949年/10月/02日/10.jpg', '人民日报/1949年/10月/02日/2.jpg'],
      [['人民日报', 'zh-Hans', '1949-10-02', '1 2 10']],
    ],
    [
      'the newspaper above a folder of scans',
      ['申報/1937-08-14/scan/p_01.tif', '申報/1937-08-14/scan/p_02.tif'],
      [['申報', 'zh-Hant', '1937-08-14', '1 2']],
    ],
  ]

  it.each(cases)('%s', async (_, names, wanted) => {
    const { issues } = await read(Object.fromEntries(names.map((name) => [name, picture])))
    const found = issues.map(({ title, date, pages }) => [
      title.name,
      title.language,
      date,
      pages.map(({ label }) => label).join(' '),
    ])
    expect(found).toEqual(wanted)
  })
})

describe('IIIF', () => {
  const labels: [string, string][] = [
    ['Y Cymro, 3 Mai 1901', 'Y Cymro'],
    ['The Star, May 3, 1901', 'The Star'],
    ['El Sol - 3 de mayo de 1901', 'El Sol'],
    ['申报 1901年5月3日', '申报'],
    ['3 Mai 1901', '3 Mai 1901'],
  ]

  it.each(labels)('the label %s names %s, so that its issues are one newspaper', async (label, name) => {
    const canvas = { '@id': 'http://x.org/c/1', '@type': 'sc:Canvas', label: '1', width: 400, height: 600, images: [] }
    const { issues } = await read({
      'manifest.json': `\uFEFF${JSON.stringify({
        '@context': 'http://iiif.io/api/presentation/2/context.json',
        '@id': 'http://x.org/m',
        '@type': 'sc:Manifest',
        label,
        metadata: [{ label: [{ '@value': 'Dyddiad', '@language': 'cy' }], value: '1901-05-03' }],
        sequences: [{ canvases: [canvas] }],
      })}`,
    })
    expect(issues).toMatchObject([{ title: { name }, date: '1901-05-03' }])
  })
})

describe('days as JSON', () => {
  it('keep the picture of the page, photos with captions, and say what of them is missing', async () => {
    const day = {
      paperName: 'Harbour Daily',
      language: 'en',
      pubDate: '2019-05-04T00:00:00+08:00',
      pages: [
        {
          pageNo: 1,
          pageImg: 'http://x.org/p1.png',
          articles: [
            {
              title: 'Boats return',
              headTitle: 'Harbour',
              content: '<p>They came back.</p>',
              images: [{ url: '/img/a.jpg', caption: 'A boat' }, 'lost.jpg'],
            },
          ],
        },
      ],
    }
    const { issues, files, warnings } = await read({
      'paper.json': `\uFEFF${JSON.stringify(day, null, 1).replaceAll('\n', '\r\n')}`,
      'p1.png': pngOf(300, 420),
      'img/a.jpg': pngOf(90, 60),
    })
    expect(issues).toMatchObject([
      {
        title: { language: 'en' },
        date: '2019-05-04',
        pages: [{ width: 300, renditions: [{ file: 'p1.png', mime: 'image/png', height: 420 }] }],
        articles: [{ kicker: 'Harbour', photos: [{ file: 'img/a.jpg', width: 90, caption: 'A boat' }] }],
      },
    ])
    expect(files).toEqual(['paper.json', 'p1.png', 'img/a.jpg'])
    expect(issues[0]?.articles[0]?.origins).toEqual({ '*': { file: 'paper.json', at: 'article 1' } })
    expect(warnings.map(({ code, file }) => [code, file])).toEqual([['missing-image', 'lost.jpg']])
  })
})

describe('days as text', () => {
  it('take the newspaper from the front of a file, and 头版 for page 1', async () => {
    const { issues } = await read({
      '20210203.md':
        '\uFEFF---\r\ntitle: 晨报\r\n---\r\n# 头版\r\n## 大雪封山\r\n昨夜大雪。\r\n\r\n## 粮价\r\n平稳。\r\n',
    })
    expect(issues.map(shown)).toEqual([['晨报', '2021-02-03', ['大雪封山', '昨夜大雪。'], ['粮价', '平稳。']]])
    expect(issues[0]?.pages).toMatchObject([{ label: '1', name: '头版' }])
    expect(issues[0]?.origins?.['date']).toEqual({ file: '20210203.md', at: 'file name' })
    expect(issues[0]?.articles[0]?.origins).toEqual({ '*': { file: '20210203.md' } })
  })

  it('may be a file a day in folders of years and months', async () => {
    const { issues } = await read({
      '晚报/2003/01/05.txt': '大雪封山\r\n\r\n　　今晨通车。\r\n',
      '晚报/2003/01/06.txt': '雪霁\r\n\r\n　　天晴。\r\n',
    })
    expect(issues.map(shown)).toEqual([
      ['晚报', '2003-01-05', ['大雪封山', '今晨通车。']],
      ['晚报', '2003-01-06', ['雪霁', '天晴。']],
    ])
  })
})
