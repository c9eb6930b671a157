import { describe, expect, it } from 'vitest'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import { dateIn } from '../../../../archive/import/date-text.ts'
import { guessPattern, previewPattern } from '../../../../archive/import/name-pattern.ts'
import { scansImporter } from '../../../../archive/import/scans.ts'
import { titleIdOf } from '../../../../archive/import/title-id.ts'
import { importAll, importWith, pngOf, sourceOf } from './source-fixture.ts'

describe('patterns of names', () => {
  it('reads parts from the end of the path, with any extension when it names none', () => {
    expect(previewPattern(['scans/晶報/1939-04-27/0012.tif'], '{title}/{yyyy}-{mm}-{dd}/{page}').rows).toEqual([
      { file: 'scans/晶報/1939-04-27/0012.tif', title: '晶報', date: '1939-04-27', page: '12' },
    ])
    expect(previewPattern(['a/x_2024-02-30_A02.jpg'], '{title}_{date}_{page}.jpg').rows[0]?.problem).toBe(
      'no-real-date',
    )
    expect(previewPattern(['a/b.png'], '{title}/{page}.jpg')).toMatchObject({
      understood: 0,
      rows: [{ problem: 'no-match' }],
    })
    expect(
      previewPattern(['NZZ_19010203_02_A03b.jp2'], '{title}_{yyyy}{mm}{dd}_{edition}_{page}').rows[0],
    ).toMatchObject({ title: 'NZZ', edition: 2, page: 'A03b' })
    expect(
      previewPattern(['1939/x-1940-01-02_1.tif', '1940/x-1940-01-02_1.tif'], '{yyyy}/{title}-{yyyy}-{mm}-{dd}_{page}')
        .understood,
    ).toBe(1)
  })

  it('says what is wrong with a pattern, and takes its signs as they are', () => {
    const faults: [string, string, string][] = [
      ['', 'empty', ''],
      ['{nothing}', 'unknown-part', '{nothing}'],
      ['{title', 'stands-alone', '{'],
      ['a}', 'stands-alone', '}'],
      ['*{title}*{any}*', 'too-many-texts', '3'],
      ['x'.repeat(400), 'too-long', '300'],
    ]
    for (const [pattern, fault, part] of faults) {
      expect(previewPattern(['a/1.tif'], pattern).problem, pattern).toEqual({ fault, part })
    }
    expect(previewPattern(['a(1)+.tif'], 'a({page})+.tif').rows[0]?.page).toBe('1')
  })

  it('guesses the patterns that libraries use', () => {
    const guesses: [string[], string, string | undefined][] = [
      [['x/晶報/1939-04-27/1.tif', 'x/晶報/1939-04-27/2.tif'], '1939-04-27', '2'],
      [['x/Bote/1868/06/21/0001.jpg', 'x/Bote/1868/06/21/0002.jpg'], '1868-06-21', '2'],
      [['x/jb_0224_1921-01-15_0002.png', 'x/jb_0224_1921-01-15_0003.png'], '1921-01-15', '3'],
      [['x/1862082501/0007.jp2', 'x/1862082501/0008.jp2'], '1862-08-25', '8'],
      [['x/rmrb2017101601.jpg', 'x/rmrb2017101602.jpg'], '2017-10-16', '2'],
      [['x/scan-1.tif', 'x/scan-2.tif'], '', '2'],
      [['x/page01.tif', 'x/page02.tif'], '', '2'],
      [['x/jb_3797_1939-04-23_0001+0004.tif', 'x/jb_3797_1939-04-23_0002+0003.tif'], '1939-04-23', '2+3'],
      [['x/4479035.jp2', 'x/4479037.jp2'], '', undefined],
    ]
    for (const [names, date, page] of guesses) {
      const pattern = guessPattern(names)
      const row = previewPattern(names, pattern ?? '').rows[1]
      expect([pattern, row?.date ?? '', row?.page], names[0]).toEqual([pattern, date, page])
    }
    expect(guessPattern(['x/a.tif', 'x/b.tif'])).toBeUndefined()
    const numbered = previewPattern(['x/jb_3797_1939-04-23_1.tif'], '{title}_{number}_{date}_{page}').rows[0]
    expect(numbered).toMatchObject({ title: 'jb', number: '3797', date: '1939-04-23', page: '1' })
  })
})

describe('folders of pictures', () => {
  const png = pngOf(100, 200)

  it('makes issues by title, date and edition, pages in the order of their numbers', async () => {
    const { issues, warnings } = await importAll(
      sourceOf({
        '日報/1950-01-02/10.png': png,
        '日報/1950-01-02/9.png': png,
        '日報/1950-01-03/1.png': png,
        'notes.txt': 'x',
      }),
    )
    expect(issues.map(({ title, date, pages }) => [title.name, date, pages.map(({ label }) => label)])).toEqual([
      ['日報', '1950-01-02', ['9', '10']],
      ['日報', '1950-01-03', ['1']],
    ])
    expect(warnings).toEqual([])
    expect(issues[0]?.pages[0]).toMatchObject({
      width: 100,
      height: 200,
      renditions: [{ kind: 'image', mime: 'image/png' }],
    })
  })

  it('follows the pattern, title and language that a person sets, and shows what they make of it', async () => {
    const source = sourceOf({ 'a/p02-03.04.1950.png': png, 'a/p01-03.04.1950.png': png, 'a/cover.png': png })
    const recognition = await scansImporter.recognise(source)
    expect(recognition?.options?.map(({ id }) => id)).toEqual(['pattern', 'title', 'language'])
    const options = { pattern: 'p{page}-{dd}.{mm}.{yyyy}', title: 'Gazette', language: 'fr' }
    const preview = recognition && (await scansImporter.preview?.(source, recognition, options))
    expect(preview).toMatchObject({ files: 3, understood: 2 })
    expect(preview?.rows.find((row) => row.file === 'a/p02-03.04.1950.png')).toMatchObject({
      title: 'Gazette',
      date: '1950-04-03',
      page: '2',
    })
    const found: string[] = []
    if (recognition) {
      for await (const event of scansImporter.read(source, recognition, { options })) {
        if (event.type === 'issue')
          found.push(
            `${event.issue.title.name} ${event.issue.title.language} ${event.issue.date} ${event.issue.pages.map(({ label }) => label).join()}`,
          )
      }
    }
    expect(found.sort()).toEqual(['Gazette fr 0001-01-01 1', 'Gazette fr 1950-04-03 1,2'])
  })

  it('knows small copies from pages, and files without a date from dated ones', async () => {
    const { issues, warnings } = await importAll(
      sourceOf({ 'b/1.png': png, 'b/1.jpg': pngOf(10, 20), 'b/2.png': png }, 'box'),
    )
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({ date: '0001-01-01', metadata: { 'date precision': 'none' } })
    expect(issues[0]?.pages.map(({ renditions }) => renditions.map(({ kind }) => kind))).toEqual([
      ['image', 'brief'],
      ['image'],
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['no-date'])
  })
})

describe('texts beside pictures', () => {
  const alto = (size: string, more = ''): string =>
    `<alto><Description><MeasurementUnit>pixel</MeasurementUnit>${more}</Description><Layout><Page ${size}><PrintSpace><TextBlock ID="b" HPOS="0" VPOS="0" WIDTH="50" HEIGHT="20"><TextLine><String CONTENT="word" HPOS="0" VPOS="0" WIDTH="50" HEIGHT="20"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>`
  const page = `<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="0001_x.png" imageWidth="100" imageHeight="200">
    <TextRegion id="r"><Coords points="0,0 50,0 50,50 0,50"/><TextLine id="l" custom="structure {id:a1; type:article;}"><Coords points="0,0 50,0 50,50 0,50"/><TextEquiv><Unicode>told</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>`

  it('finds the text of a picture by its name, in a folder beside it, and by the name it gives itself', async () => {
    const { issues } = await importAll(
      sourceOf({
        'a/1900-01-01/1.png': pngOf(100, 200),
        'a/1900-01-01/1.alto.xml': alto('WIDTH="100" HEIGHT="200"'),
        'img/0001_x.png': pngOf(100, 200),
        'xml/x-1900-01-02.xml': page,
        'c/1900-01-03/2.hocr':
          '<div class="ocr_page" title="bbox 0 0 9 9"><span class="ocr_line" title="bbox 0 0 9 9">one</span></div><div class="ocr_page" title="bbox 0 0 9 9"><span class="ocr_line" title="bbox 0 0 9 9">two</span></div>',
      }),
    )
    for (const issue of issues) checkIssueDocument(JSON.parse(JSON.stringify(issue)), 'x')
    const shown = issues.map(({ pages, articles }) => [
      pages.map(({ text, renditions }) => [text?.format, text?.part, renditions.length]),
      articles.map(({ kind, blocks }) => [kind, blocks[0]?.text]),
    ])
    expect(shown).toContainEqual([[['alto', undefined, 1]], [['page', 'word']]])
    expect(shown).toContainEqual([[['page-xml', undefined, 1]], [['article', 'told']]])
    expect(shown).toContainEqual([
      [
        ['hocr', '0', 0],
        ['hocr', '1', 0],
      ],
      [
        ['page', 'one'],
        ['page', 'two'],
      ],
    ])
  })

  it('fits coordinates to the picture where the page size is wrong, and says so', async () => {
    const { issues, warnings } = await importAll(
      sourceOf({ 'a/1900-01-01_1.png': pngOf(100, 200), 'a/1900-01-01_1.xml': alto('WIDTH="10" HEIGHT="10"') }),
    )
    expect(warnings.map(({ code }) => code)).toEqual(['page-size'])
    expect(issues[0]?.pages[0]?.text).toMatchObject({ width: 100, height: 200 })
    expect(issues[0]?.pages[0]?.zones[0]?.polygon[2]).toEqual([0.5, 0.1])
  })

  it('leaves a damaged text out with a warning and keeps its picture', async () => {
    const { issues, warnings } = await importAll(
      sourceOf({ 'a/1900-01-01_1.png': pngOf(1, 2), 'a/1900-01-01_1.xml': alto('').slice(0, 150) }),
    )
    expect(warnings.map(({ code }) => code)).toEqual(['text-unreadable'])
    expect(issues[0]?.pages).toMatchObject([{ renditions: [{ kind: 'image' }] }])
  })

  it('does not read again what belongs to a METS, nor the pictures of a website', async () => {
    const mets = `<mets xmlns:xlink="x" LABEL="T 1900-01-01"><fileSec><fileGrp><file ID="A" MIMETYPE="text/xml"><FLocat xlink:href="alto/1.xml"/></file></fileGrp></fileSec>
      <structMap TYPE="PHYSICAL"><div><div TYPE="PAGE" ID="P"><fptr FILEID="A"/></div></div></structMap></mets>`
    const { issues } = await importAll(
      sourceOf({
        'i/mets.xml': mets,
        'i/alto/1.xml': alto('WIDTH="100" HEIGHT="100"'),
        'i/thumbs/1.png': pngOf(1, 1),
        'other/1900-01-02_1.png': pngOf(2, 2),
      }),
    )
    expect(issues.map(({ source, date, pages }) => [source.importer, date, pages.length])).toEqual([
      ['mets', '1900-01-01', 1],
      ['scans', '1900-01-02', 1],
    ])
    await expect(
      importWith(scansImporter, sourceOf({ 'html/2017-10/13/node_1.htm': 'x', 'tplimg/1.png': pngOf(1, 1) })),
    ).rejects.toThrow('not recognised')
  })
})

describe('folds of ECPO', () => {
  it('reads text in columns from the right, and zones with their translation', async () => {
    const fold = `<?xml version="1.0"?><!DOCTYPE ecpo [ <!ENTITY gaiji "&#xe111;"> ]><fold xml:id="x"><div type="page" page="recto" n="1" mode="vertical-rl" dir="rtl">
      <div type="head" mode="horizontal-tb"><p>晶報<lb/></p></div><div type="article" itemid="7"><p>城內四處大火<lb/></p><p>日兵屍身遍佈街<lb/>
      巷&gaiji;<lb/></p></div></div><div type="page" n="4" dir="rtl"/></fold>`
    const zone = {
      items: [
        {
          type: 'Annotation',
          body: [{ type: 'CategoryLabel', value: { name: 'article' } }],
          target: [
            {
              source: 's',
              selector: {
                type: 'SvgSelector',
                value: '<g transform="matrix(1 0 0 1 50 100)">\n<polygon points="-50,-100 0,-100 0,0 -50,0 "/></g>',
              },
            },
          ],
        },
      ],
    }
    const { issues } = await importAll(
      sourceOf({
        't/1939/jb_3801_1939-04-27_0001+0004.xml': fold,
        'j/1939/jb_3801_1939-04-27_0001to0004.json': JSON.stringify(zone),
        'i/jb_3801_1939-04-27_0001+0004.jpg': pngOf(100, 200),
      }),
    )
    const [issue] = issues
    checkIssueDocument(JSON.parse(JSON.stringify(issue)), 'x')
    expect(issue).toMatchObject({
      title: { id: 'jb', name: '晶報', language: 'zh-Hant' },
      date: '1939-04-27',
      number: '3801',
      viewingDirection: 'right-to-left',
      pages: [{ label: '1+4', width: 100, renditions: [{}] }],
    })
    expect(issue?.articles.find(({ kind }) => kind === 'article')).toMatchObject({
      headline: '城內四處大火',
      writingMode: 'vertical-rl',
      blocks: [{ text: '日兵屍身遍佈街巷\ue111' }],
      metadata: { page: '1' },
    })
    expect(issue?.pages[0]?.zones).toMatchObject([
      {
        kind: 'text',
        polygon: [
          [0, 0],
          [0.5, 0],
          [0.5, 0.5],
          [0, 0.5],
        ],
      },
    ])
  })
})

it('reads dates of metadata and names, and none where there is none', () => {
  const dates: [string, string | undefined][] = [
    ['1858-12-07', '1858-12-07'],
    ['1898/02/14 (Année 2)', '1898-02-14'],
    ['01.08.1821', '1821-08-01'],
    ['12/25/1900', '1900-12-25'],
    ['18451228_01', '1845-12-28'],
    ['1862082501', '1862-08-25'],
    ['2024年1月3日', '2024-01-03'],
    ['[1759-1800]', undefined],
    ['1759', undefined],
    ['1900-02-30', undefined],
    ['0001-01-01', undefined],
  ]
  for (const [text, date] of dates) expect([text, dateIn(text)]).toEqual([text, date])
})

it('makes ids of titles that are the same each time and safe in paths', () => {
  expect(titleIdOf('L’Indépendance luxembourgeoise')).toBe('l-independance-luxembourgeoise')
  expect(titleIdOf('晶報')).toMatch(/^paper-[\da-f]{8}$/)
  expect(titleIdOf('晶報')).toBe(titleIdOf('晶報'))
  expect(titleIdOf('../..')).toMatch(/^paper-/)
})
