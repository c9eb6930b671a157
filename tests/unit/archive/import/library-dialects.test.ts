import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import type { Article, IssueDocument } from '../../../../archive/model.ts'
import { importAll, pngOf, sourceOf } from './source-fixture.ts'

/** Small sets that differ from every real sample: prefixes, orders, names in capitals, byte order marks, addresses. */

async function read(files: Record<string, string | Uint8Array>) {
  const found = await importAll(sourceOf(files, 'delivery'))
  for (const issue of found.issues) checkIssueDocument(structuredClone(issue), 'delivery')
  expect(found.warnings).toEqual([])
  return found.issues
}

const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`
const told = ({ articles }: IssueDocument): [string, string, string[]][] =>
  articles.map(({ kind, headline, blocks }: Article) => [kind, headline, blocks.map(({ text }) => text)])

type Block = [id: string, text: string, x: number, y: number]

function altoOf(name: string, namespace: string, unit: string, [width, height]: number[], blocks: Block[]): string {
  const tag = (own: string, attributes: string, inside: string): string =>
    `<${name}${own} ${attributes}>${inside}</${name}${own}>\n`
  const place = (x: number, y: number): string => `HPOS="${x}" VPOS="${y}" WIDTH="200" HEIGHT="30"`
  const texts = blocks.map(([id, text, x, y]) => {
    const words = text.split(' ').map((word) => `<${name}String ${place(x, y)} CONTENT="${word}"/>`)
    return tag('TextBlock', `ID="${id}" ${place(x, y)}`, tag('TextLine', place(x, y), words.join(`<${name}SP/>`)))
  })
  const page = tag('Page', `HEIGHT="${height}" WIDTH="${width}"`, tag('PrintSpace', '', texts.join('')))
  const described = tag('Description', '', tag('MeasurementUnit', '', unit))
  const declared = `xmlns${name === '' ? '' : `:${name.slice(0, -1)}`}="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('alto', declared, `${described}${tag('Layout', '', page)}`)}`
}

const v2 = 'http://www.loc.gov/standards/alto/ns-v2#'
const v4 = 'http://www.loc.gov/standards/alto/ns-v4#'

it('docWorks: other prefixes, the logical map first, pages by their ORDER, backslashes and capitals', async () => {
  const area = (file: number, begin: string): string => `<m:area BEGIN="${begin}" FILEID="ALTO${file}"/>`
  const page = (at: number): string =>
    `<m:div TYPE="PAGE" ORDER="${at}" ORDERLABEL="${at}"><m:fptr><m:par><m:area FILEID="IMG${at}"/><m:area FILEID="ALTO${at}"/></m:par></m:fptr></m:div>`
  const file = (kind: string, at: number, path: string): string =>
    `<m:file ID="${kind}${at}"><m:FLocat xl:href="file://.\\${path}"/></m:file>`
  const mets = `<m:mets xmlns:m="http://www.loc.gov/METS/" xmlns:xl="x" xmlns:mo="m" TYPE="Newspaper">
<m:dmdSec ID="D1"><m:mdWrap><m:xmlData><mo:mods><mo:titleInfo><mo:title>Der Grenzbote</mo:title></mo:titleInfo><mo:language><mo:languageTerm>ger</mo:languageTerm></mo:language></mo:mods></m:xmlData></m:mdWrap></m:dmdSec>
<m:dmdSec ID="D2"><m:mdWrap><m:xmlData><mo:mods><mo:originInfo><mo:dateIssued>1910-05-07</mo:dateIssued></mo:originInfo></mo:mods></m:xmlData></m:mdWrap></m:dmdSec>
<m:structMap TYPE="LOGICAL"><m:div TYPE="Newspaper" DMDID="D1"><m:div TYPE="ISSUE" DMDID="D2"><m:div TYPE="CONTENT"><m:div TYPE="ARTICLE" ID="a">
<m:div TYPE="HEADING"><m:div TYPE="TITLE"><m:fptr>${area(1, 'T')}</m:fptr></m:div></m:div>
<m:div TYPE="BODY"><m:div TYPE="PARAGRAPH"><m:div TYPE="TEXT"><m:fptr><m:seq>${area(1, 'B')}${area(2, 'C')}</m:seq></m:fptr></m:div></m:div></m:div></m:div></m:div></m:div></m:div></m:structMap>
<m:structMap TYPE="PHYSICAL"><m:div TYPE="Newspaper">${page(2)}${page(1)}</m:div></m:structMap>
<m:fileSec><m:fileGrp>${[1, 2].map((at) => file('ALTO', at, `TEXT\\x-${at}.xml`) + file('IMG', at, `IMAGES\\x-${at}.png`)).join('')}</m:fileGrp></m:fileSec></m:mets>`
  const size = [2540, 3810]
  const [issue] = await read({
    'B/X-METS.XML': windows(mets),
    'B/text/X-1.XML': windows(
      altoOf('a:', v4, 'mm10', size, [
        ['T', 'Der Koenig ist tot', 254, 381],
        ['B', 'London', 254, 600],
      ]),
    ),
    'B/text/X-2.XML': altoOf('a:', v4, 'mm10', size, [['C', 'ganz England trauert', 254, 381]]),
    'B/Images/X-1.PNG': pngOf(1000, 1500),
    'B/Images/X-2.PNG': pngOf(1000, 1500),
  })
  expect(issue).toMatchObject({ title: { name: 'Der Grenzbote', language: 'de' }, date: '1910-05-07' })
  expect(issue?.pages.map(({ label, renditions }) => [label, renditions[0]?.file])).toEqual([
    ['1', 'B/Images/X-1.PNG'],
    ['2', 'B/Images/X-2.PNG'],
  ])
  expect(told(issue as IssueDocument)).toEqual([['article', 'Der Koenig ist tot', ['London', 'ganz England trauert']]])
  expect(issue?.pages[0]?.zones[0]?.polygon[0]).toEqual([0.1, 0.1])
})

it('BnF: a toc of another name and prefix than the manifest says, packed ALTO', async () => {
  const manifest = `<mets xmlns:xlink="x" xmlns:dc="dc"><dmdSec ID="D"><mdWrap><xmlData><dc:title>Le Petit Courrier</dc:title><dc:date>1899/07/14</dc:date><dc:language>fre</dc:language></xmlData></mdWrap></dmdSec>
    <fileSec><fileGrp USE="ocr"><file ID="ocr.1"><FLocat xlink:href="ocr/X0000001.xml"/></file></fileGrp><fileGrp USE="toc"><file ID="toc.1"><FLocat xlink:href="toc/M1.xml"/></file></fileGrp></fileSec>
    <structMap TYPE="physical"><div TYPE="set"><fptr FILEID="toc.1"/><div TYPE="group" DMDID="D"><div TYPE="object" ORDER="1"><fptr FILEID="ocr.1"/></div></div></div></structMap></mets>`
  const area = (begin: string): string => `<t:fptr><t:area FILEID="ocr.1" BETYPE="IDREF" BEGIN="${begin}"/></t:fptr>`
  const toc = `<t:mets xmlns:t="http://www.loc.gov/METS/"><t:structMap TYPE="logical"><t:div TYPE="ISSUE"><t:div TYPE="ARTICLE" ID="a"><t:div TYPE="HEADING"><t:div TYPE="TITLE">${area('T')}</t:div></t:div><t:div TYPE="BODY"><t:div TYPE="PARAGRAPH">${area('B')}</t:div></t:div></t:div></t:div></t:structMap></t:mets>`
  const alto = altoOf(
    '',
    v2,
    'pixel',
    [900, 1200],
    [
      ['T', 'La fête nationale', 90, 60],
      ['B', 'Paris le 14 juillet', 90, 120],
    ],
  )
  const [issue] = await read({
    'n/manifest.xml': manifest,
    'n/toc/T1.xml': toc,
    'n/ocr/X0000001.xml.gz': gzipSync(alto),
  })
  expect(issue).toMatchObject({ title: { name: 'Le Petit Courrier', language: 'fr' }, date: '1899-07-14' })
  expect(told(issue as IssueDocument)).toEqual([['article', 'La fête nationale', ['Paris le 14 juillet']]])
})

it('British Library: groups of links without arcs', async () => {
  const word = (at: number, text: string): string =>
    `<String ID="w${at}" CONTENT="${text}" HPOS="${at * 60}" VPOS="60" WIDTH="50" HEIGHT="20"/>`
  const mods = (id: string, inside: string): string =>
    `<dmdSec ID="${id}"><mdWrap><xmlData><mods>${inside}</mods></xmlData></mdWrap></dmdSec>`
  const [issue] = await read({
    'x_mets.xml': `<mets xmlns:xlink="x">${mods('D', '<titleInfo><title>Herald</title></titleInfo><originInfo><dateIssued>1801-01-02</dateIssued></originInfo>')}${mods('A', '<titleInfo><title>Ships</title></titleInfo>')}
      <fileSec><file ID="alto1"><FLocat xlink:href="1.xml"/></file></fileSec>
      <structMap TYPE="LOGICAL"><div TYPE="ISSUE" DMDID="D"><div TYPE="ARTICLE" ID="art1" DMDID="A"/></div></structMap>
      <structMap TYPE="PHYSICAL"><div TYPE="page" ID="pg1"><fptr FILEID="alto1"/><div TYPE="pagearea" ID="pa1"><fptr><area FILEID="alto1" BEGIN="w1" END="w2"/></fptr></div></div></structMap>
      <structLink><smLinkGrp><smLocatorLink xlink:href="#art1"/><smLocatorLink xlink:href="#pa1"/></smLinkGrp></structLink></mets>`,
    '1.xml': `<alto><Layout><Page WIDTH="500" HEIGHT="700"><PrintSpace><TextBlock ID="b"><TextLine>${word(1, 'Arrived')}<SP/>${word(2, 'Bremen')}</TextLine><TextLine>${word(3, 'Rest')}</TextLine></TextBlock></PrintSpace></Page></Layout></alto>`,
  })
  expect(told(issue as IssueDocument)).toEqual([
    ['article', 'Ships', ['Arrived Bremen']],
    ['page', '', ['Rest']],
  ])
})

it('KB: components that say what they are by their ids alone', async () => {
  const component = (id: string, inside: string): string =>
    `<d:Component dc:identifier="ddd:1:mpeg21:${id}">${inside}</d:Component>`
  const described = (id: string, inside: string): string =>
    component(id, `<d:Resource><s:dcx>${inside}</s:dcx></d:Resource>`)
  const page = `<d:Item dc:identifier="ddd:1:mpeg21:p001">${described('p001:metadata', '<x:pagenumber>1</x:pagenumber>')}${component('p001:image', '<d:Resource filename="access/1.jpg"/>')}${component('p001:alto', '<d:Resource ref="http://resolver.kb.nl/resolve?urn=ddd:1:mpeg21:p001:alto" filename="alto/1_alto.xml"/>')}</d:Item>`
  const article = `<d:Item dc:identifier="ddd:1:mpeg21:a0001">${described('a0001:metadata', '<dc:subject>advertentie</dc:subject><dc:title>Te koop</dc:title>')}${component('a0001:zoning', '<d:Resource><x:article-part pageid="ddd:1:mpeg21:p001"><x:area vpos="0" hpos="0" width="500" height="200"/></x:article-part></d:Resource>')}</d:Item>`
  const [issue] = await read({
    'didl.xml': `<d:DIDL xmlns:d="d" xmlns:dc="dc" xmlns:s="s" xmlns:x="x"><d:Item dc:identifier="ddd:1:mpeg21">${described('metadata', '<dc:title>Courant</dc:title><dc:date>1850-03-04</dc:date>')}${page}${article}</d:Item></d:DIDL>`,
    'alto/1_alto.xml': altoOf(
      '',
      v2,
      'pixel',
      [800, 1000],
      [
        ['A', 'Een huis te koop', 20, 20],
        ['B', 'Nieuws', 20, 300],
      ],
    ),
    'access/1.png': pngOf(800, 1000),
  })
  expect(issue).toMatchObject({ title: { name: 'Courant' }, date: '1850-03-04', pages: [{ label: '1', width: 800 }] })
  expect(told(issue as IssueDocument)).toEqual([
    ['advert', 'Te koop', ['Een huis te koop']],
    ['page', '', ['Nieuws']],
  ])
})

const page13 = (name: string): string =>
  `<?xml version="1.0"?>\n<pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"><pc:Page imageWidth="600" imageHeight="800" imageFilename="${name}"><pc:ReadingOrder><pc:OrderedGroup id="o"><pc:RegionRefIndexed index="0" regionRef="r2"/><pc:RegionRefIndexed index="1" regionRef="r1"/></pc:OrderedGroup></pc:ReadingOrder>${[
    ['r1', 'Berlin den 18 März', 200],
    ['r2', 'Unruhen in Berlin', 50],
  ]
    .map(
      ([id, text, y]) =>
        `<pc:TextRegion id="${id}"><pc:Coords points="60,${y} 540,${y} 540,${Number(y) + 80} 60,${Number(y) + 80}"/><pc:TextLine id="${id}l"><pc:Coords points="60,${y} 540,${y} 540,${Number(y) + 40} 60,${Number(y) + 40}"/><pc:TextEquiv><pc:Unicode>${text}</pc:Unicode></pc:TextEquiv></pc:TextLine></pc:TextRegion>`,
    )
    .join('')}</pc:Page></pc:PcGts>`

it('Transkribus: a structure named after what was scanned, PAGE below the pictures', async () => {
  const [issue] = await read({
    '1/Wochenblatt_1848_03_18/mets.xml': `<n:mets xmlns:l="x" xmlns:n="n" LABEL="Wochenblatt_1848_03_18"><n:fileSec><n:fileGrp ID="MASTER"><n:fileGrp ID="IMG"><n:file ID="I" MIMETYPE="image/png"><n:FLocat l:href="0001.png"/></n:file></n:fileGrp><n:fileGrp ID="PAGEXML"><n:file ID="P"><n:FLocat l:href="page/0001.xml"/></n:file></n:fileGrp></n:fileGrp></n:fileSec>
      <n:structMap TYPE="MANUSCRIPT"><n:div ID="TRP_DOC_DIV"><n:div ORDER="1" TYPE="SINGLE_PAGE"><n:fptr><n:area FILEID="I"/></n:fptr><n:fptr><n:area FILEID="P"/></n:fptr></n:div></n:div></n:structMap></n:mets>`,
    '1/Wochenblatt_1848_03_18/page/0001.xml': windows(page13('0001.png')).slice(1),
    '1/Wochenblatt_1848_03_18/0001.png': pngOf(600, 800),
  })
  expect(issue).toMatchObject({ date: '1848-03-18', pages: [{ renditions: [{ kind: 'image' }] }] })
  expect(told(issue as IssueDocument)).toEqual([['page', '', ['Unruhen in Berlin', 'Berlin den 18 März']]])
})

it('DFG: pictures that are named by their address on a server lie beside the folder of the METS', async () => {
  const [issue, other] = await read({
    'mets/issue.xml': `<mets xmlns:xlink="x"><dmdSec ID="D"><mdWrap><xmlData><mods><titleInfo><title>Anzeiger</title></titleInfo><originInfo><dateIssued>1888-09-10</dateIssued></originInfo></mods></xmlData></mdWrap></dmdSec>
      <fileSec><fileGrp USE="DEFAULT"><file ID="F" MIMETYPE="image/png"><FLocat xlink:href="https://digital.example.org/1888/jpegs/1.png"/></file></fileGrp><fileGrp USE="FULLTEXT"><file ID="T"><FLocat xlink:href="../ocr/1.xml"/></file></fileGrp></fileSec>
      <structMap TYPE="LOGICAL"><div TYPE="newspaper" ID="L0"><mptr xlink:href="https://digital.example.org/all.xml"/><div TYPE="year"><div TYPE="month"><div TYPE="day"><div ID="L4" TYPE="issue" DMDID="D"/></div></div></div></div></structMap>
      <structMap TYPE="PHYSICAL"><div TYPE="physSequence"><div ID="P1" ORDER="1" TYPE="page"><fptr FILEID="F"/><fptr FILEID="T"/></div></div></structMap><structLink><smLink xlink:from="L4" xlink:to="P1"/></structLink></mets>`,
    'jpegs/1.png': pngOf(400, 600),
    'ocr/1.xml': altoOf(
      '',
      'http://www.loc.gov/standards/alto/ns-v3#',
      'pixel',
      [400, 600],
      [['B', 'Der Kaiser reist', 10, 10]],
    ),
  })
  expect(other).toBeUndefined()
  expect(issue?.pages[0]?.renditions).toMatchObject([{ file: 'jpegs/1.png', width: 400 }])
})

it('hOCR and PAGE in folders beside their pictures: capitals, single quotes, no newspaper called scan', async () => {
  const hocr = (text: string): string =>
    windows(`<!DOCTYPE html>
<HTML><HEAD><META name='ocr-system' content='tesseract 5'/></HEAD><BODY><DIV class='ocr_page' title='image "unknown"; bbox 0 0 600 800; ppageno 0'><DIV class='ocr_carea' title="bbox 60 80 550 150"><P class='ocr_par' lang='deu' title="bbox 60 80 550 150"><SPAN class='ocr_line' title="bbox 60 80 550 120; baseline 0 -5"><SPAN class='ocrx_word' title='bbox 60 80 200 120; x_wconf 93'><STRONG>${text}</STRONG></SPAN></SPAN></P></DIV></DIV></BODY></HTML>`)
  const folder = 'Tageblatt/1921/1921-08-09'
  const [issue] = await read({
    [`${folder}/scan/Seite_01.PNG`]: pngOf(600, 800),
    [`${folder}/scan/Seite_02.PNG`]: pngOf(600, 800),
    [`${folder}/ocr/Seite_01.HOCR`]: hocr('Guten Morgen'),
    [`${folder}/ocr/Seite_02.XML`]: page13('C:\\scan\\Seite_02.tif'),
  })
  expect(issue).toMatchObject({ title: { name: 'Tageblatt', language: 'de' }, date: '1921-08-09' })
  expect(issue?.pages.map(({ label, text, zones }) => [label, text?.format, zones.length])).toEqual([
    ['1', 'hocr', 1],
    ['2', 'page-xml', 2],
  ])
})

it('NDNP: only the list of the validated batch, a print reel, JPEG 2000 and ALTO in capitals', async () => {
  const folder = 'batch_xyz_ver01/data'
  const mets = `<METS:mets xmlns:METS="m" xmlns:xlink="x" TYPE="urn:library-of-congress:ndnp:mets:newspaper:issue" LABEL="The Daily Gazette (Springfield, Ill.), 1905-11-30">
    <METS:fileSec><METS:fileGrp><METS:file USE="service" ID="s"><METS:FLocat xlink:href="./0001.jp2"/></METS:file><METS:file USE="ocr" ID="o"><METS:FLocat xlink:href="./0001.xml"/></METS:file></METS:fileGrp></METS:fileSec>
    <METS:structMap><METS:div TYPE="np:issue"><METS:div TYPE="np:page"><METS:fptr FILEID="s"/><METS:fptr FILEID="o"/></METS:div></METS:div></METS:structMap></METS:mets>`
  const [issue] = await read({
    [`${folder}/batch_1.xml`]: windows(
      '<n:batch xmlns:n="http://www.loc.gov/ndnp" name="batch_xyz"><n:issue issueDate="1905-11-30" lccn="sn99" editionOrder="01">sn99/print/1905113001/1905113001_1.xml</n:issue></n:batch>',
    ),
    [`${folder}/sn99/print/1905113001/1905113001_1.xml`]: mets,
    [`${folder}/sn99/print/1905113001/0001.JP2`]: pngOf(500, 750),
    [`${folder}/sn99/print/1905113001/0001.XML`]: altoOf(
      'ALTO:',
      v2,
      'inch1200',
      [12000, 18000],
      [['T', 'Governor signs bill', 1200, 1800]],
    ),
  })
  expect(issue).toMatchObject({ title: { id: 'sn99', name: 'The Daily Gazette' }, date: '1905-11-30' })
  expect(issue?.pages[0]?.zones[0]?.polygon[0]).toEqual([0.1, 0.1])
  expect(issue?.pages[0]?.renditions).toMatchObject([{ file: `${folder}/sn99/print/1905113001/0001.JP2` }])
})
