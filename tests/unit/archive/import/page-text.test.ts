import { describe, expect, it } from 'vitest'
import { readAbbyy } from '../../../../archive/import/abbyy.ts'
import { readAlto, readAltoPages } from '../../../../archive/import/alto.ts'
import { readAnnotationText } from '../../../../archive/import/annotation-text.ts'
import { hocrProperties, readHocr } from '../../../../archive/import/hocr.ts'
import { readPageText } from '../../../../archive/import/page-text-formats.ts'
import { readPageXml } from '../../../../archive/import/page-xml.ts'
import type { TextBlock } from '../../../../archive/import/page-text.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const said = (block: TextBlock | undefined): [string, number[]][] =>
  (block?.words ?? []).map(({ start, end, box }) => [block?.text.slice(start, end) ?? '', [box.x, box.y, box.w, box.h]])

describe('PAGE', () => {
  const page = (inside: string, attributes = 'imageWidth="1000" imageHeight="500"'): Uint8Array =>
    bytes(`<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
      <Page imageFilename="scan.tif" ${attributes}>${inside}</Page></PcGts>`)
  const line = (id: string, text: string, y: number, more = '', words = ''): string =>
    `<TextLine id="${id}" ${more}><Coords points="100,${y} 300,${y} 300,${y + 50} 100,${y + 50}"/>${words}
     <TextEquiv><Unicode>${text}</Unicode></TextEquiv></TextLine>`
  const region = (id: string, inside: string, more = ''): string =>
    `<TextRegion id="${id}" ${more}><Coords points="100,0 300,0 320,400 90,400"/>${inside}</TextRegion>`

  it('follows the reading order, also nested, partly and past regions that are absent', () => {
    const order = `<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="2" regionRef="a"/>
      <OrderedGroupIndexed index="1" id="h"><RegionRefIndexed index="1" regionRef="lost"/>
      <RegionRefIndexed index="0" regionRef="c"/></OrderedGroupIndexed></OrderedGroup></ReadingOrder>`
    const [read] = readPageXml(
      page(order + ['a', 'b', 'c'].map((id) => region(id, line(`${id}1`, `Text ${id}`, 10))).join('')),
    )
    expect(read?.blocks.map((block) => block.id)).toEqual(['c', 'a', 'b'])
    expect(read?.picture).toBe('scan.tif')
    expect(read?.blocks[0]?.polygon).toEqual([
      [0.1, 0],
      [0.3, 0],
      [0.32, 0.8],
      [0.09, 0.8],
    ])
  })

  it('takes the text of the line and the places of its words', () => {
    const word = (id: string, text: string, x: number): string =>
      `<Word id="${id}"><Coords points="${x},10 ${x + 50},10 ${x + 50},40 ${x},40"/><TextEquiv><Unicode>${text}</Unicode></TextEquiv></Word>`
    const [read] = readPageXml(
      page(region('r', line('l', 'Neue Zürcher', 0, '', word('w', 'Nene', 100) + word('v', 'Zurcher', 200)))),
    )
    expect(said(read?.blocks[0])).toEqual([
      ['Neue', [0.1, 0.02, 0.05, 0.06]],
      ['Zürcher', [0.2, 0.02, 0.05, 0.06]],
    ])
  })

  it('prefers the alternative of the lowest index, and spreads a line that has no words', () => {
    const two = `<TextLine id="l"><Coords points="0,0 400,0 400,50 0,50"/>
      <TextEquiv index="2" conf="0.9"><Unicode>worse</Unicode></TextEquiv>
      <TextEquiv index="1" conf="0.4"><Unicode>nn nn</Unicode></TextEquiv></TextLine>`
    const words = said(readPageXml(page(region('r', two)))[0]?.blocks[0])
    expect(words.map(([text]) => text)).toEqual(['nn', 'nn'])
    expect(words[0]?.[1][0]).toBe(0)
    expect(words[1]?.[1][0]).toBeCloseTo(0.2 + 0.4 * 0.5 * (0.28 / 2.28), 2)
  })

  it('cuts a region where lines are marked with another article', () => {
    const marked = (id: string): string => `custom="readingOrder {index:0;} structure {id:${id}; type:article;}"`
    const lines =
      line('1', 'One', 0, marked('a1')) + line('2', 'Two', 60, marked('a1')) + line('3', 'Three', 120, marked('a2'))
    const blocks = readPageXml(page(region('r', lines)))[0]?.blocks
    expect(blocks?.map(({ id, text, article }) => [id, text, article])).toEqual([
      ['r', 'One Two', 'a1'],
      ['r-2', 'Three', 'a2'],
    ])
  })

  it('reads files without size, without coordinates and with the old form of points', () => {
    const old = `<TextRegion id="r"><Coords><Point x="0" y="0"/><Point x="200" y="0"/><Point x="200" y="100"/><Point x="0" y="100"/></Coords>
      <TextEquiv><Unicode>One\nTwo</Unicode></TextEquiv></TextRegion><TextRegion id="s"><TextEquiv><Unicode>Lost</Unicode></TextEquiv></TextRegion>`
    const [read] = readPageXml(page(old, 'imageWidth="0" imageHeight="0"'))
    expect([read?.width, read?.height]).toEqual([200, 100])
    expect(read?.blocks.map((block) => block.text)).toEqual(['One Two', 'Lost'])
    expect(said(read?.blocks[0])[1]?.[1][1]).toBe(0.5)
  })
})

describe('hOCR', () => {
  const words = `<div class='ocr_page' id='page_2' title='image "b c.png"; bbox 0 0 200 100; ppageno 1'>
    <div class='ocr_carea' title='bbox 0 0 200 100'><p class='ocr_par' id='par_1' lang='deu' title='bbox 10 10 110 60'>
    <span class='ocr_line' title='bbox 10 10 110 30; baseline 0 0'><span class='ocrx_word' title='bbox 10 10 60 30; x_wconf 91'><strong>Regie-</strong></span></span>
    <span class='ocr_line' title='bbox 10 40 110 60'><span class='ocrx_word' title='bbox 10 40 60 60; x_wconf 50'>rung &amp; Volk</span></span></p></div></div>`

  it('reads several pages of a file, joins broken words, keeps confidence and language', () => {
    const pages = readHocr(
      bytes(`<html><body><div class="ocr_page" title="bbox 0 0 10 10"></div>${words}</body></html>`),
    )
    expect(pages.map((page) => [page.width, page.height, page.picture])).toEqual([
      [10, 10, undefined],
      [200, 100, 'b c.png'],
    ])
    const [block] = pages[1]?.blocks ?? []
    expect(block).toMatchObject({ id: 'par_1', text: 'Regierung & Volk', language: 'deu', role: 'par' })
    expect(block?.words.map((word) => [word.start, word.confidence])).toEqual([
      [0, 0.91],
      [0, 0.5],
    ])
    const page = readPageText(
      { format: 'hocr', file: 'x.hocr', part: '1' },
      bytes(`<div class="ocr_page"></div>${words}`),
    )
    expect(page.blocks).toHaveLength(1)
  })

  it('reads broken markup, bytes in GBK and lines without words', () => {
    const html = Buffer.concat([
      bytes(
        '<meta charset="gbk"><div class="ocr_page" title="bbox 0 0 100 100"><p><span class="ocr_line" title="bbox 0 0 40 10">',
      ),
      Buffer.from([0xb1, 0xb1, 0xbe, 0xa9]),
      bytes('</i></span><!-- <div class="ocr_page">'),
    ])
    const [page] = readHocr(html)
    expect(said(page?.blocks[0])).toEqual([
      ['北', [0, 0, 0.2, 0.1]],
      ['京', [0.2, 0, 0.2, 0.1]],
    ])
    expect(() => readHocr(bytes('<html><p>text</p></html>'))).toThrow('no ocr_page')
  })

  it('reads what a title may hold', () => {
    expect([...hocrProperties(`image "a;b.tif"; bbox 1 2 3 4;x_wconf 7`)]).toEqual([
      ['image', 'a;b.tif'],
      ['bbox', '1 2 3 4'],
      ['x_wconf', '7'],
    ])
  })
})

describe('ALTO beyond the page', () => {
  const alto = (inside: string): Uint8Array =>
    bytes(`<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>mm10</MeasurementUnit>
      <sourceImageInformation><fileName>a/b.tif</fileName></sourceImageInformation></Description>
      <Tags><LayoutTag ID="t1" LABEL="caption"/></Tags>${inside}</alto>`)
  const block = (id: string, content: string, more = ''): string =>
    `<TextBlock ID="${id}" HPOS="0" VPOS="0" WIDTH="50" HEIGHT="50" TAGREFS="t1">${more}<TextLine HPOS="0" VPOS="0" WIDTH="50" HEIGHT="10">
     <String ID="${id}s" CONTENT="${content}" HPOS="0" VPOS="0" WIDTH="50" HEIGHT="10" WC="0.5"/></TextLine></TextBlock>`

  it('reads several pages, outlines, groups, tags, ids of words and the reading order', () => {
    const shape = '<Shape><Polygon POINTS="0,0 50,0 50,50"/></Shape>'
    const pages = readAltoPages(
      alto(`<ReadingOrder><OrderedGroup><ElementRef REF="y"/><ElementRef REF="x"/></OrderedGroup></ReadingOrder>
        <Layout><Page WIDTH="100" HEIGHT="100"><PrintSpace><ComposedBlock ID="c">${block('x', '北京日報', shape)}
        <Illustration ID="i" HPOS="50" VPOS="50" WIDTH="50" HEIGHT="50"/></ComposedBlock>${block('y', 'first')}</PrintSpace></Page>
        <Page WIDTH="10" HEIGHT="10"/></Layout>`),
    )
    expect(pages).toHaveLength(2)
    const [page] = pages
    expect(page).toMatchObject({ picture: 'a/b.tif', isPixels: false })
    expect(page?.blocks.map((each) => [each.id, each.role])).toEqual([
      ['y', 'caption'],
      ['x', 'caption'],
    ])
    expect(page?.groups.get('c')).toEqual(['x', 'i'])
    expect(page?.figures[0]).toMatchObject({ id: 'i', kind: 'photo', box: { x: 0.5, y: 0.5, w: 0.5, h: 0.5 } })
    expect(page?.blocks[1]?.polygon).toHaveLength(3)
    expect(page?.blocks[1]?.words.map((word) => [word.id, word.confidence, word.box.x])).toEqual([
      ['xs', 0.5, 0],
      ['xs', 0.5, 0.125],
      ['xs', 0.5, 0.25],
      ['xs', 0.5, 0.375],
    ])
  })

  it('joins words broken over lines by a sign, and over blocks by what the file says', () => {
    const line = (strings: string): string => `<TextLine>${strings}</TextLine>`
    const string = (content: string, more = ''): string => `<String CONTENT="${content}" ${more}/>`
    const inside = `<Layout><Page WIDTH="100" HEIGHT="100"><PrintSpace>
      <TextBlock ID="a">${line(string('Land-'))}${line(string('und'))}${line(string('Regie¬'))}${line(string('rung'))}${line(string('docu') + '<HYP CONTENT="-"/>')}${line(string('ment'))}${line(string('news', 'SUBS_TYPE="HypPart1" SUBS_CONTENT="newspaper"'))}</TextBlock>
      <TextBlock ID="b">${line(string('paper', 'SUBS_TYPE="HypPart2" SUBS_CONTENT="newspaper"') + string('man'))}</TextBlock></PrintSpace></Page></Layout>`
    expect(readAlto(alto(inside)).blocks.map((each) => each.text)).toEqual([
      'Land- und Regierung document newspaper',
      'man',
    ])
  })

  it('takes the size of the frame where the file is wrong', () => {
    const file = alto(
      `<Layout><Page WIDTH="10" HEIGHT="10"><PrintSpace>${block('x', 'word')}</PrintSpace></Page></Layout>`,
    )
    expect(readAlto(file).reach).toEqual({ width: 50, height: 50 })
    const page = readPageText({ format: 'alto', file: 'a.xml', width: 100, height: 200 }, file)
    expect(page.blocks[0]?.box).toEqual({ x: 0, y: 0, w: 0.5, h: 0.25 })
    expect(() => readPageText({ format: 'alto', file: 'a.xml' }, bytes('<x/>'))).toThrow('a.xml')
  })
})

it('gathers the letters of ABBYY to words', () => {
  const letter = (text: string, l: number): string =>
    `<charParams l="${l}" t="0" r="${l + 10}" b="10">${text}</charParams>`
  const [page] = readAbbyy(
    bytes(`<page width="100" height="50"><block blockType="Text" l="0" t="0" r="100" b="20"><text><par><line l="0" t="0" r="100" b="10">
      <formatting>${letter('A', 0)}${letter('b', 10)}${letter(' ', 20)}${letter('c', 30)}</formatting></line></par>
      <par><line l="0" t="10" r="100" b="20"><formatting>no letters</formatting></line></par></text></block><block blockType="Picture" l="0" t="20" r="50" b="50"/></page>`),
  )
  expect(page?.blocks.map((block) => block.text)).toEqual(['Ab c', 'no letters'])
  expect(said(page?.blocks[0])).toEqual([
    ['Ab', [0, 0, 0.2, 0.2]],
    ['c', [0.3, 0, 0.1, 0.2]],
  ])
  expect(page?.figures).toMatchObject([{ kind: 'photo', box: { x: 0, y: 0.4 } }])
})

describe('annotations as text', () => {
  const canvas = 'https://example.org/iiif/canvas/p1'
  const size = { width: 1000, height: 1000 }

  it('joins words and lines of one column of Presentation 3 to a block', () => {
    const word = (value: string, xywh: string): object => ({
      type: 'Annotation',
      motivation: 'supplementing',
      body: { type: 'TextualBody', value },
      target: `http://other.org/canvas/p1#xywh=${xywh}`,
    })
    const page = {
      type: 'AnnotationPage',
      items: [
        word('Der', '0,0,50,20'),
        word('Land-', '60,0,80,20'),
        word('bote', '0,30,60,20'),
        word('Neu', '500,500,50,20'),
      ],
    }
    const [read] = readAnnotationText(bytes(JSON.stringify(page)), size, canvas)
    expect(read?.blocks.map((block) => block.text)).toEqual(['Der Landbote', 'Neu'])
    expect(said(read?.blocks[1])).toEqual([['Neu', [0.5, 0.5, 0.05, 0.02]]])
  })

  it('reads lists of Presentation 2 and outlines in SVG', () => {
    const list = {
      '@type': 'sc:AnnotationList',
      resources: [
        {
          '@type': 'oa:Annotation',
          motivation: 'sc:painting',
          resource: { '@type': 'cnt:ContentAsText', chars: 'One' },
          on: `${canvas}#xywh=10,20,30,40`,
        },
        {
          '@type': 'oa:Annotation',
          resource: [{ chars: '<p>Two</p>', format: 'text/html' }],
          on: {
            full: canvas,
            selector: {
              '@type': 'oa:SvgSelector',
              value: '<svg><g transform="matrix(1 0 0 1 100 200)"><polygon points="-10,-10 10,-10 10,10 "/></g></svg>',
            },
          },
        },
        { '@type': 'oa:Annotation', resource: { '@type': 'dctypes:Image', '@id': 'x.jpg' }, on: canvas },
      ],
    }
    const blocks = readAnnotationText(bytes(JSON.stringify(list)), size, canvas)[0]?.blocks
    expect(blocks?.map((block) => [block.text, block.box])).toEqual([
      ['One', { x: 0.01, y: 0.02, w: 0.03, h: 0.04 }],
      ['Two', { x: 0.09, y: 0.19, w: 0.02, h: 0.02 }],
    ])
    expect(blocks?.[1]?.polygon).toHaveLength(3)
    expect(() => readAnnotationText(bytes('{"a":'), size, canvas)).toThrow()
    expect(() => readAnnotationText(bytes('['.repeat(100_000)), size, canvas)).toThrow('deeper')
  })
})
