import { describe, expect, it } from 'vitest'
import { placeWords } from '../../../../archive/word-boxes.ts'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import { readPageText } from '../../../../archive/import/page-text-formats.ts'
import type { Article, IssueDocument } from '../../../../archive/model.ts'
import { importAll, pngOf, sourceOf } from './source-fixture.ts'

const word = (content: string, id: string, x: number): string =>
  `<String ID="${id}" CONTENT="${content}" HPOS="${x}" VPOS="100" WIDTH="90" HEIGHT="50"/>`
const block = (id: string, words: string[], y = 100): string =>
  `<TextBlock ID="${id}" HPOS="0" VPOS="${y}" WIDTH="500" HEIGHT="80"><TextLine HPOS="0" VPOS="${y}" WIDTH="500" HEIGHT="80">${words.map((each, index) => word(each, `${id}w${index}`, index * 100)).join('<SP/>')}</TextLine></TextBlock>`
const alto = (blocks: string): string =>
  `<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>mm10</MeasurementUnit></Description><Layout><Page WIDTH="1000" HEIGHT="2000"><PrintSpace>${blocks}<Illustration ID="P1_I1" HPOS="0" VPOS="1000" WIDTH="500" HEIGHT="500"/></PrintSpace></Page></Layout></alto>`

const area = (file: string, begin: string, more = ''): string =>
  `<fptr><area FILEID="${file}" BEGIN="${begin}" BETYPE="IDREF" ${more}/></fptr>`
const files = (names: [id: string, href: string, mime: string][], use = 'Text'): string =>
  `<fileGrp USE="${use}">${names.map(([id, href, mime]) => `<file ID="${id}" MIMETYPE="${mime}"><FLocat LOCTYPE="URL" xlink:href="${href}"/></file>`).join('')}</fileGrp>`
const mets = (inside: string, attributes = 'TYPE="Newspaper" LABEL="Die Zeitung 1858-12-07_01"'): string =>
  `<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mods="http://www.loc.gov/mods/v3" ${attributes}>${inside}</mets>`
const mods = (id: string, inside: string): string =>
  `<dmdSec ID="${id}"><mdWrap MDTYPE="MODS"><xmlData><mods:mods>${inside}</mods:mods></xmlData></mdWrap></dmdSec>`
const page = (id: string, order: number, fileIds: string[], type = 'PAGE', inside = ''): string =>
  `<div ID="${id}" TYPE="${type}" ORDER="${order}" ORDERLABEL="${order}">${fileIds.map((file) => `<fptr FILEID="${file}"/>`).join('')}${inside}</div>`

/** Every document must be one that an archive takes. */
async function issuesOf(source: Record<string, string | Uint8Array>, name = 'delivery') {
  const read = await importAll(sourceOf(source, name))
  for (const issue of read.issues) checkIssueDocument(JSON.parse(JSON.stringify(issue)), name)
  return read
}

const of = (issue: IssueDocument | undefined, id: string): Article | undefined =>
  issue?.articles.find((article) => article.id === id)

describe('docWorks (BnL, RERO, Europeana Newspapers)', () => {
  const logical = (
    articleType: string,
  ): string => `<structMap TYPE="LOGICAL"><div TYPE="Newspaper"><div TYPE="VOLUME" DMDID="PRINT"><div ID="I" TYPE="ISSUE">
    <div TYPE="TITLE_SECTION"><div TYPE="HEADLINE">${area('A1', 'P1_TB1')}</div></div>
    <div TYPE="CONTENT"><div TYPE="SECTION" LABEL="Politik"><div TYPE="HEADING"><div TYPE="TITLE">${area('A1', 'P1_TB2')}</div></div>
      <div ID="art1" TYPE="${articleType}" DMDID="M1" LABEL="Revue..."><div TYPE="HEADING"><div TYPE="OVERLINE">${area('A1', 'P1_TB3')}</div>
        <div TYPE="TITLE"><fptr><seq><area FILEID="A1" BEGIN="P1_TB4" BETYPE="IDREF"/><area FILEID="A1" BEGIN="P1_TB5"/></seq></fptr></div></div>
        <div TYPE="BODY"><div TYPE="BODY_CONTENT"><div TYPE="PARAGRAPH"><div TYPE="TEXT">${area('A1', 'P1_TB6')}</div></div>
          <div TYPE="INSIDEHEADING">${area('A2', 'P2_TB1')}</div><div TYPE="PARAGRAPH"><div TYPE="TEXT">${area('A2', 'P2_TB2')}</div></div>
          <div TYPE="ILLUSTRATION"><div TYPE="IMAGE">${area('A1', 'P1_I1')}</div></div></div></div></div></div>
      <div ID="ad1" TYPE="ADVERTISEMENT"><div TYPE="TEXTBLOCK">${area('A2', 'P2_TB3')}</div></div>
      <div ID="art2" TYPE="ARTICLE" LABEL="Lost..."><div TYPE="BODY">${area('A2', 'P2_GONE')}</div></div>
    </div></div></div></div></structMap>`
  const physical = `<structMap TYPE="PHYSICAL"><div TYPE="Newspaper">${page('P1', 1, ['I1', 'A1', 'X1'])}${page('P2', 2, ['I2', 'A2'])}</div></structMap>`
  const delivery = (articleType = 'ARTICLE'): Record<string, string | Uint8Array> => ({
    'issue/issue-mets.xml': mets(
      mods(
        'PRINT',
        '<mods:titleInfo><mods:nonSort>Die</mods:nonSort><mods:title>Zeitung</mods:title></mods:titleInfo><mods:identifier type="local">zeit</mods:identifier><mods:originInfo><mods:dateIssued>07.12.1858</mods:dateIssued></mods:originInfo><mods:language><mods:languageTerm>ger</mods:languageTerm></mods:language><mods:part><mods:detail type="issue"><mods:number>12</mods:number></mods:detail></mods:part><mods:note>kept</mods:note>',
      ) +
        mods(
          'M1',
          '<mods:titleInfo><mods:title>Corrected title</mods:title></mods:titleInfo><mods:name><mods:namePart type="family">Meier</mods:namePart></mods:name>',
        ) +
        `<fileSec>${files([
          ['A1', 'file://./text/00001.xml', 'text/xml'],
          ['A2', 'file://./text/00002.xml', 'text/xml'],
        ])}${files(
          [
            ['I1', 'file://./images/00001.tif', 'image/tiff'],
            ['I2', 'file://./images/00002.tif', 'image/tiff'],
            ['X1', 'file://./thumbs/00001.jpg', 'image/jpeg'],
          ],
          'Images',
        )}</fileSec>` +
        physical +
        logical(articleType),
    ),
    'issue/text/00001.xml': alto(
      ['P1_TB1', 'P1_TB2', 'P1_TB3', 'P1_TB4', 'P1_TB5', 'P1_TB6', 'P1_TB7']
        .map((id, index) => block(id, [`t${index + 1}`, 'wort'], index * 100))
        .join(''),
    ),
    'issue/text/00002.xml': alto(
      ['P2_TB1', 'P2_TB2', 'P2_TB3'].map((id, index) => block(id, [`z${index + 1}`], index * 100)).join(''),
    ),
    'issue/images/00001.png': pngOf(500, 1000),
  })

  it('reads fields, sections, zones, continuation, metadata and what no article has', async () => {
    const { issues, files: kept } = await issuesOf(delivery())
    expect(issues).toHaveLength(1)
    const [issue] = issues
    expect(issue).toMatchObject({
      title: { id: 'zeit', name: 'Die Zeitung', language: 'de' },
      date: '1858-12-07',
      number: '12',
      metadata: { note: 'kept' },
    })
    const article = of(issue, 'art1')
    expect(article).toMatchObject({
      kind: 'article',
      section: 'Politik',
      kicker: 't3 wort',
      headline: 't4 wort t5 wort',
      byline: 'Meier',
      pages: ['p1', 'p2'],
      metadata: { title: 'Corrected title', type: 'ARTICLE' },
    })
    expect(article?.blocks.map(({ kind, text, page: on, source }) => [kind, text, on, source])).toEqual([
      ['paragraph', 't6 wort', 'p1', 'P1_TB6'],
      ['heading', 'z1', 'p2', 'P2_TB1'],
      ['paragraph', 'z2', 'p2', 'P2_TB2'],
    ])
    expect(article?.origins).toEqual({ '*': { file: 'issue/issue-mets.xml', at: 'art1' } })
    expect(of(issue, 'ad1')).toMatchObject({ kind: 'advert', headline: '', blocks: [{ text: 'z3' }] })
    const zones = issue?.pages[0]?.zones.map(({ kind, article: owner }) => [kind, owner])
    expect(zones).toContainEqual(['photo', 'art1'])
    expect(zones).toContainEqual(['masthead', 'page-1'])
    // Nothing is lost: the masthead, the section's title and a block that no article has.
    expect(of(issue, 'page-1')?.blocks.map(({ text }) => text)).toEqual(['t1 wort', 't2 wort', 't7 wort'])
    expect(issue?.warnings.map(({ code }) => code)).toEqual(['missing-image', 'bad-reference'])
    expect(kept).toContain('issue/images/00001.png')
    expect(issue?.pages[0]).toMatchObject({
      width: 500,
      height: 1000,
      renditions: [{ file: 'issue/images/00001.png' }],
    })
  })

  it('gives the words of the headline their places too', async () => {
    const source = delivery()
    const [issue] = (await issuesOf(source)).issues
    const article = of(issue, 'art1')
    const blocksOf = (id: string) => {
      const text = issue?.pages.find((each) => each.id === id)?.text
      return (
        text &&
        new Map(
          readPageText({ format: 'alto', file: text.file }, Buffer.from(source[text.file] as string)).blocks.map(
            (each) => [each.id, each],
          ),
        )
      )
    }
    const placed = article ? placeWords(article, blocksOf) : []
    const flat = 't3 wort\nt4 wort t5 wort\nMeier\nt6 wort\nz1\nz2'
    expect(placed.map(({ start, end }) => flat.slice(start, end))).toEqual([
      't3',
      'wort',
      't4',
      'wort',
      't5',
      'wort',
      't6',
      'wort',
      'z1',
      'z2',
    ])
    expect(placed.map((each) => each.page)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
  })

  it('reads other spellings of the types, and MODS titles where the page has no block for them', async () => {
    const [issue] = (await issuesOf(delivery('Article'))).issues
    expect(of(issue, 'art1')?.kind).toBe('article')
    // Its only block is lost: with no page it cannot be shown, and that is said.
    expect(of(issue, 'art2')).toBeUndefined()
  })
})

describe('British Library', () => {
  it('follows links to page areas: shapes on the master and spans of words', async () => {
    const pagearea = (id: string, rect: string, begin: string, end: string): string =>
      `<div ID="${id}" TYPE="pagearea"><fptr><area FILEID="M1" SHAPE="RECT" COORDS="${rect}"/></fptr>${area('A1', begin, `END="${end}"`)}</div>`
    const source = {
      'x_mets.xml': mets(
        mods(
          'D',
          '<mods:titleInfo><mods:title>The Mail</mods:title></mods:titleInfo><mods:originInfo><mods:dateIssued>1870-05-01</mods:dateIssued></mods:originInfo>',
        ) +
          `<amdSec ID="AMD"><techMD ID="T1"><mdWrap><xmlData><mix><imageWidth>2000</imageWidth><imageHeight>4000</imageHeight></mix></xmlData></mdWrap></techMD></amdSec>
          <fileSec>${files([['A1', 'x_0001.xml', 'text/xml']])}<fileGrp USE="master"><file ID="M1" ADMID="T1" MIMETYPE="image/jp2"><FLocat xlink:href="x_0001.jp2"/></file></fileGrp></fileSec>
          <structMap TYPE="PHYSICAL"><div TYPE="issue">${page('page1', 1, ['M1', 'A1'], 'page', pagearea('pa1', '0,0,1000,400', 'aw1', 'bw0') + pagearea('c', '0,400,1000,800', 'gone', 'gone'))}</div></structMap>
          <structMap TYPE="LOGICAL"><div ID="L" TYPE="ISSUE" DMDID="D"><div ID="art0001" TYPE="ARTICLE" LABEL="One"/><div ID="art0002" TYPE="ARTICLE" LABEL="Two"/></div></structMap>
          <structLink><smLinkGrp><smLocatorLink xlink:href="#art0001" xlink:label="a"/><smLocatorLink xlink:href="#pa1" xlink:label="b"/><smArcLink xlink:from="a" xlink:to="b"/></smLinkGrp>
          <smLinkGrp><smLocatorLink xlink:href="#art0002" xlink:label="a"/><smLocatorLink xlink:href="#c" xlink:label="b"/><smArcLink xlink:from="a" xlink:to="b"/></smLinkGrp></structLink>`,
      ),
      'x_0001.xml': alto(
        block('a', ['one', 'two', 'three']) + block('b', ['four', 'five'], 300) + block('c', ['six'], 500),
      ),
    }
    const [issue] = (await issuesOf(source)).issues
    expect(of(issue, 'art0001')).toMatchObject({
      headline: 'One',
      blocks: [
        { text: 'two three', source: 'a', sourceStart: 4 },
        { text: 'four', source: 'b', sourceStart: 0 },
      ],
    })
    // The span of the second is not there: its page area has the id of the text block.
    expect(of(issue, 'art0002')?.blocks).toMatchObject([{ text: 'six', source: 'c' }])
    // Words between the spans are not lost.
    expect(of(issue, 'page-1')?.blocks).toMatchObject([
      { text: 'one', source: 'a', sourceStart: 0 },
      { text: 'five', source: 'b', sourceStart: 5 },
    ])
    const polygon = issue?.pages[0]?.zones.find((zone) => zone.article === 'art0001')?.polygon
    expect(polygon).toEqual([
      [0, 0],
      [0.5, 0],
      [0.5, 0.1],
      [0, 0.1],
    ])
    const article = of(issue, 'art0001')
    const blocks = new Map(
      readPageText({ format: 'alto', file: 'x' }, Buffer.from(source['x_0001.xml'])).blocks.map((each) => [
        each.id,
        each,
      ]),
    )
    const placed = article ? placeWords(article, () => blocks) : []
    const flat = 'One\ntwo three\nfour'
    expect(placed.map(({ start, end, box }) => [flat.slice(start, end), box.x])).toEqual([
      ['two', 0.1],
      ['three', 0.2],
      ['four', 0],
    ])
  })
})

describe('BnF', () => {
  it('joins the METS of the pages with that of the articles below it, and reads packed ALTO', async () => {
    const { gzipSync } = await import('node:zlib')
    const dc = (id: string, inside: string): string =>
      `<dmdSec ID="${id}"><mdWrap MDTYPE="DC"><xmlData><dc xmlns:xsi="x">${inside}</dc></xmlData></mdWrap></dmdSec>`
    const { issues, warnings } = await issuesOf({
      'La-Gazette/99/manifest.xml': mets(
        dc(
          'DMD.2',
          '<title>1898/02/14 (Année 2, Numéro 68)</title><description xsi:type="sequentialDesignation2">Numéro 68</description><date>1898/02/14</date><language>fre</language>',
        ) +
          `<fileSec>${files([['ocr.1', 'ocr/X1.xml', 'text/xml']], 'ocr')}${files([['master.1', 'master/T1.jp2', 'image/jp2']], 'master')}</fileSec>
          <structMap TYPE="physical"><div TYPE="set"><div TYPE="group" DMDID="DMD.2"><div TYPE="object" ORDER="1" ORDERLABEL="1"><fptr FILEID="master.1"/><fptr FILEID="ocr.1"/></div></div></div></structMap>`,
        '',
      ),
      'La-Gazette/99/toc/T99.xml': mets(
        mods('DMD.2', '<mods:titleInfo><mods:title>Aujourd’hui</mods:title></mods:titleInfo>') +
          mods('DMD.3', '<mods:classification>advertisement</mods:classification>') +
          `<fileSec>${files([['ocr.1', '../ocr/X1.xml', 'text/xml']])}</fileSec><structMap TYPE="logical"><div TYPE="NEWSPAPER"><div TYPE="ISSUE" ID="I">
          <div TYPE="CONTENT"><div TYPE="ARTICLE" ID="d1" DMDID="DMD.2"><div TYPE="BODY"><div TYPE="PARAGRAPH">${area('ocr.1', 'T1')}</div></div></div>
          <div TYPE="ARTICLE" ID="d2" DMDID="DMD.3" LABEL="Publicité"><div TYPE="BODY"><div TYPE="PARAGRAPH">${area('ocr.1', 'T2')}</div></div></div></div></div></div></structMap>`,
        '',
      ),
      'La-Gazette/99/ocr/X1.xml.gz': gzipSync(alto(block('T1', ['un']) + block('T2', ['deux'], 300))),
    })
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({
      title: { name: 'La-Gazette', language: 'fr' },
      date: '1898-02-14',
      number: 'Numéro 68',
    })
    expect(issues[0]?.articles.map(({ kind, headline, blocks }) => [kind, headline, blocks[0]?.text])).toEqual([
      ['article', 'Aujourd’hui', 'un'],
      ['advert', 'Publicité', 'deux'],
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['missing-image'])
  })
})

describe('Kitodo and DFG', () => {
  const issueMets = (date: string): string =>
    mets(
      mods(
        'D',
        '<mods:relatedItem type="host"><mods:titleInfo><mods:title>Der Bote</mods:title></mods:titleInfo><mods:identifier type="zdb">3000-0</mods:identifier></mods:relatedItem><mods:originInfo eventType="digitization"><mods:dateIssued>2021-01-01</mods:dateIssued></mods:originInfo>',
      ) +
        `<fileSec>${files([['D1', 'https://example.org/a/00000001.jpg', 'image/jpeg']], 'DEFAULT')}</fileSec><structMap TYPE="PHYSICAL"><div TYPE="physSequence">${page('PH1', 1, ['D1'], 'page')}</div></structMap>
        <structMap TYPE="LOGICAL"><div TYPE="newspaper"><mptr xlink:href="all.xml"/><div TYPE="year" ORDERLABEL="1868"><div TYPE="month"><div TYPE="day" ORDERLABEL="${date}"><div ID="L1" TYPE="issue" DMDID="D" ORDER="1"/></div></div></div></div></structMap><structLink><smLink xlink:from="L1" xlink:to="PH1"/></structLink>`,
    )
  const year = mets(
    '<structMap TYPE="LOGICAL"><div TYPE="newspaper"><div TYPE="year" ORDERLABEL="1868"><div TYPE="month"><div TYPE="day" ORDERLABEL="1868-06-21"><div TYPE="issue"><mptr xlink:href="https://example.org/1"/></div></div></div></div></div></structMap>',
  )

  it('reads issues by their place in the calendar, and keeps calendars as what they are', async () => {
    const {
      issues,
      warnings,
      files: kept,
    } = await issuesOf({
      'year.xml': year,
      'one/i.xml': issueMets('1868-06-21'),
      'two/i.xml': issueMets('1868-06-22'),
      'one/max/00000001.jpg': pngOf(10, 20),
    })
    expect(issues.map(({ title, date, edition }) => [title.id, title.name, date, edition])).toEqual([
      ['3000-0', 'Der Bote', '1868-06-21', 1],
      ['3000-0', 'Der Bote', '1868-06-22', 1],
    ])
    // An address on a server is found by its name below the METS.
    expect(issues[0]?.pages[0]?.renditions).toMatchObject([{ file: 'one/max/00000001.jpg' }])
    expect(warnings.map(({ code }) => code).sort()).toEqual(['missing-image', 'no-issue'])
    expect(kept).toContain('year.xml')
  })

  it('never stops for a file that is cut off, and gives issues of one day their own numbers', async () => {
    const { issues, warnings } = await issuesOf({
      'a/i.xml': issueMets('1868-06-21'),
      'b/i.xml': issueMets('1868-06-21'),
      'c/i.xml': issueMets('1868-06-23').slice(0, 900),
    })
    expect(issues.map(({ edition }) => edition)).toEqual([1, 2])
    expect(warnings.find(({ file }) => file === 'c/i.xml')?.code).toBe('damaged-document')
  })
})

describe('National Library of the Netherlands', () => {
  it('joins the parts of an article over pages by its zoning', async () => {
    const dcx = (inside: string): string => `<Resource mimeType="text/xml"><dcx>${inside}</dcx></Resource>`
    const component = (role: string, inside: string): string =>
      `<Component><Descriptor><Statement dc:type="role">${role}</Statement></Descriptor>${inside}</Component>`
    const part = (index: number, id: string, rect: string): string =>
      `<Item ddd:article_id="ddd:1:mpeg21:${id}" dc:identifier="ddd:1:mpeg21:p00${index}:${id}">${component('metadata', dcx('<dc:subject>artikel</dc:subject><dc:title>Verkooping</dc:title>'))}${component('metadata/zoning', `<Resource><zoning><area ${rect}/></zoning></Resource>`)}</Item>`
    const didlPage = (index: number, parts: string): string =>
      `<Item dc:identifier="ddd:1:mpeg21:p00${index}">${component('alto', `<Resource ref="http://resolver.kb.nl/x" dcx:filename="D_00${index}_alto.xml"/>`)}${component('image', `<Resource ref="http://resolver.kb.nl/y" dcx:filename="D_00${index}_access.jp2"/>`)}${parts}</Item>`
    const didl = `<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS"><Item>${component('metadata', dcx('<dc:title>Courant</dc:title><dc:date>1813-11-16</dc:date><dc:language>nl</dc:language><dcx:issuenumber>92</dcx:issuenumber><dc:identifier xsi:type="dcx:PPN">852</dc:identifier>'))}
      ${didlPage(1, part(1, 'a0001', 'hpos="0" vpos="50" width="600" height="200"'))}${didlPage(2, part(2, 'a0001', 'hpos="0" vpos="0" width="600" height="250"'))}</Item></didl:DIDL>`
    const { issues } = await issuesOf({
      'i/didl.xml': didl,
      'i/D_001_alto.xml': alto(block('k1', ['eerste']) + block('k2', ['buiten'], 900)),
      'i/D_002_alto.xml': alto(block('k1', ['tweede'])),
      'i/D_0001_articletext.xml': '<text><title>Verkooping</title><p>eerste tweede</p></text>',
    })
    const [issue] = issues
    expect(issue).toMatchObject({ title: { id: '852', name: 'Courant' }, date: '1813-11-16', number: '92' })
    expect(
      issue?.articles.map(({ kind, headline, pages, blocks }) => [
        kind,
        headline,
        pages,
        blocks.map(({ text }) => text),
      ]),
    ).toEqual([
      ['article', 'Verkooping', ['p1', 'p2'], ['eerste', 'tweede']],
      ['page', '', ['p1'], ['buiten']],
    ])
    expect(issue?.pages[0]?.zones[0]?.polygon[2]).toEqual([0.6, 0.125])
  })
})
