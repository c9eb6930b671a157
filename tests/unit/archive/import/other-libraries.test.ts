import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { articleText } from '../../../../archive/article-text.ts'
import { decodeText } from '../../../../archive/import/encoding.ts'
import { languageTag } from '../../../../archive/import/language-tag.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { readAlto } from '../../../../archive/import/alto.ts'
import { readPageXml } from '../../../../archive/import/page-xml.ts'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'
import { writeZip } from '../../../fixtures/zip-writer.ts'
import { importAll, pngOf, sourceOf } from './source-fixture.ts'

/** Forms that the published standards allow and the real samples do not show. */

async function issuesOf(files: Record<string, string | Uint8Array>, name = 'delivery') {
  const read = await importAll(sourceOf(files, name))
  for (const issue of read.issues) checkIssueDocument(structuredClone(issue), name)
  return read
}

const textOf = (issue: IssueDocument | undefined, id: string): string | undefined => {
  const article = issue?.articles.find((each) => each.id === id)
  return article && articleText(article).text
}

const string = (content: string, x: number, more = ''): string =>
  `<String CONTENT="${content}" HPOS="${x}" VPOS="10" WIDTH="80" HEIGHT="20" ${more}/>`
const altoOf = (inside: string): string =>
  `<?xml version="1.0"?><alto><Layout><Page WIDTH="1000" HEIGHT="2000">${inside}</Page></Layout></alto>`

describe('ALTO', () => {
  const broken = (first: string, second: string): string | undefined =>
    readAlto(
      Buffer.from(
        altoOf(
          `<PrintSpace><TextBlock ID="B"><TextLine>${first}<HYP CONTENT="-"/></TextLine><TextLine>${second}<SP/>${string('end', 200)}</TextLine></TextBlock></PrintSpace>`,
        ),
      ),
    ).blocks[0]?.text

  it('writes a broken word once, also where its halves disagree on the whole or only one is marked', () => {
    const first = string('exam', 10, 'SUBS_TYPE="HypPart1" SUBS_CONTENT="example"')
    expect(broken(first, string('ple', 10, 'SUBS_TYPE="HypPart2" SUBS_CONTENT="exomple"'))).toBe('example end')
    expect(broken(first, string('ple', 10))).toBe('example end')
    expect(broken(first, string('other', 10))).toBe('exam other end')
  })
})

describe('PAGE', () => {
  const page = (inside: string): string =>
    `<PcGts><Page imageFilename="a.tif" imageWidth="100" imageHeight="100">${inside}</Page></PcGts>`
  const coords = (x: number): string => `<Coords points="${x},10 ${x + 9},10 ${x + 9},20 ${x},20"/>`
  const said = (text: string, more = ''): string => `<TextEquiv ${more}><Unicode>${text}</Unicode></TextEquiv>`

  it('takes the text of words and lines from them and never from their glyphs', () => {
    const glyph = `<Glyph id="g">${coords(90)}${said('X', 'conf="1" index="0"')}</Glyph>`
    const { blocks } = readPageXml(
      Buffer.from(
        page(
          `<TextRegion id="r">${coords(10)}<TextLine id="l">${coords(10)}<Word id="w">${coords(10)}${glyph}${said('Wort', 'conf="0.5"')}</Word></TextLine></TextRegion>`,
        ),
      ),
    )[0] ?? { blocks: [] }
    expect(blocks.map(({ text, words }) => [text, words[0]?.box.x])).toEqual([['Wort', 0.1]])
  })

  it('takes the text of a region whose lines have none, and the best that says something', () => {
    const line = (y: number): string =>
      `<TextLine id="l${y}"><Coords points="10,${y} 50,${y} 50,${y + 9} 10,${y + 9}"/></TextLine>`
    const read = readPageXml(
      Buffer.from(
        page(
          `<TextRegion id="r">${coords(10)}${line(10)}${line(40)}${said('', 'index="0"')}${said('Zeile eins\nZeile zwei', 'index="1"')}</TextRegion>
           <TextRegion id="p">${coords(60)}<TextEquiv><PlainText>nur schlicht</PlainText><Unicode/></TextEquiv></TextRegion>`,
        ),
      ),
    )[0]
    expect(read?.blocks.map(({ text }) => text)).toEqual(['Zeile eins Zeile zwei', 'nur schlicht'])
    expect(read?.blocks[0]?.words.at(-1)?.box.y).toBe(0.4)
  })
})

describe('encodings', () => {
  it('are read by rule: UTF-16 without a mark, and few Han of UTF-8 behind a wrong declaration', () => {
    const html = '<html><p>要闻</p></html>'
    expect(decodeText(Buffer.from(html, 'utf16le'))).toMatchObject({ text: html, encoding: 'utf-16le' })
    expect(decodeText(Buffer.from(html, 'utf16le').swap16())).toMatchObject({ text: html, encoding: 'utf-16be' })
    expect(decodeText(Buffer.from('<meta charset=gb2312>第一版')).text).toContain('第一版')
  })

  it('give languages by the codes of all three lists', () => {
    expect(['ger', 'deu', 'de', 'wel', 'chi', 'zho', 'per', 'x', 'und'].map(languageTag)).toEqual([
      ...['de', 'de', 'de', 'cy', 'zh', 'zh', 'fa', undefined, undefined],
    ])
  })
})

describe('METS', () => {
  const alto = altoOf(
    `<PrintSpace><TextBlock ID="B1"><TextLine ID="L1">${string('one', 10, 'ID="S1"')}<SP/>${string('two', 100, 'ID="S2"')}</TextLine><TextLine ID="L2">${string('three', 10)}</TextLine></TextBlock></PrintSpace>`,
  )

  it('of version 2 is read like version 1', async () => {
    const { issues } = await issuesOf({
      'mets.xml': `<mets xmlns="http://www.loc.gov/METS/v2"><mdSec><mdGrp><md ID="D" USE="DESCRIPTIVE"><mdWrap><xmlData><mods><titleInfo><title>Bote</title></titleInfo><originInfo><dateIssued>1901-02-03</dateIssued></originInfo></mods></xmlData></mdWrap></md></mdGrp></mdSec>
        <fileSec><fileGrp USE="ocr"><file ID="A"><FLocat LOCTYPE="URL" LOCREF="1.xml"/></file></fileGrp></fileSec>
        <structSec><structMap TYPE="physical"><div TYPE="page" ORDER="1"><fptr FILEID="A"/></div></structMap>
        <structMap TYPE="logical"><div TYPE="issue" MDID="D"><div ID="a" TYPE="article" LABEL="News"><fptr><area FILEID="A" BEGIN="B1"/></fptr></div></div></structMap></structSec></mets>`,
      '1.xml': alto,
    })
    expect(issues[0]).toMatchObject({ title: { name: 'Bote' }, date: '1901-02-03' })
    expect(textOf(issues[0], 'a')).toContain('one two three')
  })

  it('may point at lines and single words, and name a PDF of the whole issue', async () => {
    const area = (id: string, begin: string, end = ''): string =>
      `<div ID="${id}" TYPE="ARTICLE"><fptr><area FILEID="A" BEGIN="${begin}" ${end && `END="${end}"`}/></fptr></div>`
    const { issues, warnings } = await issuesOf({
      '1901-02-03/mets.xml': `<mets xmlns:x="x" TYPE="Newspaper" LABEL="Bote"><fileSec><fileGrp><file ID="A" MIMETYPE="text/xml"><FLocat x:href="1.xml"/></file><file ID="P" MIMETYPE="application/pdf"><FLocat x:href="whole.pdf"/></file></fileGrp></fileSec>
        <structMap TYPE="PHYSICAL"><div TYPE="PAGE" ORDER="1" ORDERLABEL="—■ i&gt;7"><fptr FILEID="A"/></div></structMap>
        <structMap TYPE="LOGICAL"><div TYPE="ISSUE">${area('word', 'S1')}${area('line', 'L2')}</div></structMap></mets>`,
      '1901-02-03/1.xml': alto,
      '1901-02-03/whole.pdf': '%PDF',
    })
    expect(textOf(issues[0], 'word')?.trim()).toBe('one')
    expect(textOf(issues[0], 'line')?.trim()).toBe('three')
    expect(issues[0]?.pages[0]).toMatchObject({
      label: '1',
      renditions: [{ kind: 'pdf', file: '1901-02-03/whole.pdf', pdfPage: 0 }],
      metadata: { 'printed label': '—■ i>7' },
    })
    expect(warnings).toEqual([])
  })
})

it('shows the JPEG 2000 of an NDNP batch, and takes the edition from the folder when nothing else says it', async () => {
  const mets = `<mets xmlns:x="x" TYPE="urn:library-of-congress:ndnp:mets:newspaper:issue" LABEL="The Star, 1900-01-02"><file ID="s" USE="service"><FLocat x:href="1.jp2"/></file><structMap><div TYPE="np:issue"><div TYPE="np:page"><fptr FILEID="s"/></div></div></structMap></mets>`
  const { issues } = await issuesOf({
    'sn1/r/1900010202/1900010202.xml': mets,
    'sn1/r/1900010202/1.jp2': pngOf(10, 20),
  })
  expect(issues[0]).toMatchObject({ edition: 2, pages: [{ renditions: [{ kind: 'image', width: 10 }] }] })
})

it('reads articles of a DIDL that stand beside the pages', async () => {
  const role = (text: string): string => `<Descriptor><Statement type="role">${text}</Statement></Descriptor>`
  const metadata = (inside: string): string =>
    `<Component>${role('metadata')}<Resource><dcx>${inside}</dcx></Resource></Component>`
  const page = `<Item dc:identifier="ddd:1:mpeg21:p001">${role('page 1')}<Component>${role('alto')}<Resource ref="1_alto.xml"/></Component></Item>`
  const article = `<Item dc:identifier="ddd:1:mpeg21:a0001">${metadata('<subject>artikel</subject><title>Nieuws</title>')}
    <Component>${role('zoning')}<Resource><zoning><article-part pageid="ddd:1:mpeg21:p001"><area hpos="0" vpos="0" width="500" height="500"/></article-part></zoning></Resource></Component></Item>`
  const { issues } = await issuesOf({
    'didl.xml': `<DIDL xmlns:dc="d"><Item dc:identifier="ddd:1:mpeg21">${metadata('<title>Courant</title><date>1813-11-16</date>')}${page}${article}</Item></DIDL>`,
    '1_alto.xml': altoOf(
      `<PrintSpace><TextBlock ID="B" HPOS="10" VPOS="10" WIDTH="100" HEIGHT="20"><TextLine>${string('woord', 10)}</TextLine></TextBlock></PrintSpace>`,
    ),
  })
  const [first] = issues[0]?.articles ?? []
  expect(first).toMatchObject({ headline: 'Nieuws', blocks: [{ text: 'woord' }], pages: ['p1'] })
})

describe('mirrors of 数字报 that came in part', () => {
  const folder = 'x/csrb/html/2017-10/16'
  const page = (body: string, label = ''): string =>
    `<html><title>长沙日报</title>${label}<founder-title>${body}的标题</founder-title><!--enpcontent--><P>　　${body}的正文。</P><!--/enpcontent--></html>`
  const layout = `<map name=PagePicMap><area coords="1,1,9,9" href=content_1_10.htm></map><img src=a.jpg usemap=#PagePicMap>
    <a id=pageLink href=node_1.htm>第01版：要闻</a><a id=pageLink href=node_2.htm>第02版：综合</a><a href=content_1_10.htm>头条</a>`

  it('keep the articles whose layout page is missing, on the page they belong to', async () => {
    const { issues, files, warnings } = await issuesOf({
      [`${folder}/node_1.htm`]: layout,
      [`${folder}/content_1_10.htm`]: page('头条'),
      [`${folder}/content_1_10.htm?div=-1`]: page('头条'),
      [`${folder}/content_2_20.htm`]: page('孤文'),
      [`${folder}/content_9_30.htm`]: page('远文', '\n第A05版：体育\n'),
      [`${folder}/content_9_40.htm`]: page('零文'),
    })
    expect(issues).toHaveLength(1)
    expect(issues[0]?.pages.map(({ label, name }) => [label, name])).toEqual([
      ['01', '要闻'],
      ['02', '综合'],
      ['A05', '体育'],
      ['0', undefined],
    ])
    expect(issues[0]?.articles.map(({ headline, pages }) => [headline, pages])).toEqual([
      ['头条的标题', ['p1']],
      ['孤文的标题', ['p2']],
      ['远文的标题', ['p3']],
      ['零文的标题', ['p4']],
    ])
    expect(files).toHaveLength(6)
    expect(warnings.filter(({ code }) => code === 'missing-page').map(({ file }) => file)).toEqual([
      `${folder}/node_2.htm`,
      `${folder}/A05`,
      `${folder}/0`,
    ])
  })

  it('are a newspaper without any layout page', async () => {
    const { issues } = await issuesOf({
      [`${folder}/content_2_20.htm`]: page('孤文', '\n第02版：综合\n'),
      [`${folder}/content_2_21.htm`]: page('又一文', '\n第02版：综合\n'),
    })
    expect(issues).toMatchObject([
      { title: { id: 'csrb', name: '长沙日报' }, date: '2017-10-16', pages: [{ label: '02', name: '综合' }] },
    ])
    expect(issues[0]?.articles.map(({ blocks }) => blocks[0]?.text)).toEqual(['孤文的正文。', '又一文的正文。'])
  })
})

describe('IIIF', () => {
  const canvasOf = (number: number): Record<string, unknown> => ({
    id: `https://x.org/i/c${number}/canvas/main`,
    type: 'Canvas',
    width: 1000,
    height: 2000,
    annotations: [{ id: `https://x.org/i/c${number}/text`, type: 'AnnotationPage' }],
  })
  const list = (number: number, value: string): string =>
    JSON.stringify({
      id: `https://x.org/i/c${number}/text`,
      type: 'AnnotationPage',
      items: [
        {
          type: 'Annotation',
          motivation: 'supplementing',
          body: { type: 'TextualBody', value },
          target: `https://x.org/i/c${number}/canvas/main#xywh=percent:10,10,50,5`,
        },
      ],
    })

  it('tells canvases apart whose ids end alike, takes places in hundredths and the PDF of the whole', async () => {
    const { issues } = await issuesOf({
      'm.json': JSON.stringify({
        '@context': 'http://iiif.io/api/presentation/3/context.json',
        id: 'https://x.org/i/manifest',
        type: 'Manifest',
        label: { none: ['Bote'] },
        navDate: '1901-02-03T00:00:00Z',
        rendering: [{ id: 'https://x.org/i/issue.pdf', type: 'Text', format: 'application/pdf' }],
        items: [canvasOf(1), canvasOf(2)],
      }),
      '1.json': list(1, 'erste Seite'),
      '2.json': list(2, 'zweite Seite'),
      'issue.pdf': '%PDF',
    })
    expect(issues[0]?.articles.map(({ blocks }) => blocks[0]?.text)).toEqual(['erste Seite', 'zweite Seite'])
    expect(issues[0]?.pages.map(({ zones }) => zones[0]?.polygon[0])).toEqual([
      [0.1, 0.1],
      [0.1, 0.1],
    ])
    expect(issues[0]?.pages[1]?.renditions).toMatchObject([{ kind: 'pdf', pdfPage: 1 }])
  })
})

describe('JSON of days', () => {
  const article = (title: string, more: object = {}): object => ({ title, content: '正文', ...more })
  const days: [string, unknown, string[][]][] = [
    [
      'a list of days',
      [
        { date: '2024-01-02', articles: [article('甲')] },
        { date: '2024-01-03', articles: [article('乙')] },
      ],
      [
        ['2024-01-02', '甲'],
        ['2024-01-03', '乙'],
      ],
    ],
    [
      'an answer of a server',
      { code: 0, data: { publishDate: '2024/1/2', list: [article('甲')] } },
      [['2024-01-02', '甲']],
    ],
    [
      'pages by their labels',
      { date: '20240102', pages: { A01: [article('甲')], A02: { articles: [article('乙')] } } },
      [['2024-01-02', '甲', '乙']],
    ],
    ['days by their dates', { '2024-01-02': { articles: [article('甲')] } }, [['2024-01-02', '甲']]],
    [
      'articles that name their day',
      [article('甲', { 日期: '2024年1月2日' }), article('乙', { 日期: '2024年1月3日' })],
      [
        ['2024-01-02', '甲'],
        ['2024-01-03', '乙'],
      ],
    ],
  ]

  it.each(days)('may be %s', async (_, value, wanted) => {
    const { issues } = await issuesOf({ 'x.json': JSON.stringify(value) })
    expect(issues.map(({ date, articles }) => [date, ...articles.map(({ headline }) => headline)])).toEqual(wanted)
  })

  it('may have their date in the name of the file, and a file an article', async () => {
    const { issues } = await issuesOf({
      '晨报/2024-01-02.json': JSON.stringify([article('甲'), article('乙')]),
      '晚报/2024-01-03/1.json': JSON.stringify(article('丙')),
      '晚报/2024-01-03/2.json': JSON.stringify(article('丁')),
    })
    const found = issues.map(({ title, date, articles }) => [title.name, date, articles.length])
    expect(found.sort((a, b) => String(a[1]).localeCompare(String(b[1])))).toEqual([
      ['晨报', '2024-01-02', 2],
      ['晚报', '2024-01-03', 2],
    ])
  })

  it('lines may be GB18030 and say things in Chinese', async () => {
    const line = '{"报纸":"晨报","日期":"2024-01-02","标题":"甲","正文":"文","版次":"A02","作者":"记者"}\n'
    // 晨报, 日期, … as GBK has them: written by hand, since Node only reads it.
    const gbk = Buffer.concat(
      [...line].map((one) => (one < '\x80' ? Buffer.from(one) : Buffer.from(gbkOf.get(one) ?? []))),
    )
    const { issues } = await issuesOf({ 'x.jsonl': gbk, 'y.jsonl': line.replace('01-02', '01-03') })
    expect(
      issues.map(({ title, date, articles, pages }) => [
        title.name,
        date,
        articles[0]?.headline,
        articles[0]?.byline,
        pages[0]?.label,
      ]),
    ).toEqual([
      ['晨报', '2024-01-02', '甲', '记者', 'A02'],
      ['晨报', '2024-01-03', '甲', '记者', 'A02'],
    ])
  })
})

/** Bytes of GBK by character, from the decoder that Node has. */
const gbkOf = new Map<string, number[]>()
for (let high = 0x81; high <= 0xfe; high++) {
  for (let low = 0x40; low <= 0xfe; low++)
    gbkOf.set(new TextDecoder('gb18030').decode(Uint8Array.of(high, low)), [high, low])
}

it('opens the zips in a folder, once, and names those that are damaged', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'more'))
  const zip = (title: string): Buffer => {
    const day = { date: '2024-01-02', newspaper: title, articles: [{ title, content: '文' }] }
    return writeZip([{ name: 'day.json', content: Buffer.from(JSON.stringify(day)) }])
  }
  writeFileSync(join(folder, 'one.zip'), zip('甲报'))
  writeFileSync(join(folder, 'more/two.zip'), zip('乙报'))
  writeFileSync(join(folder, 'bad.zip'), 'PK\x03\x04 nothing')
  const source = await openSource(folder)
  expect(source.files).toEqual(['more/two/day.json', 'one/day.json'])
  expect(source.refused).toEqual(['bad.zip'])
  const { issues } = await importAll(source)
  expect(issues.map(({ title }) => title.name).sort()).toEqual(['乙报', '甲报'])
  await source.close()
})
