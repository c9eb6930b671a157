import { existsSync } from 'node:fs'
import { expect, describe, it } from 'vitest'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { pdfImporter } from '../../../../archive/import/pdf.ts'
import { unicodeCodes, writePdf, type WrittenPage } from '../../../fixtures/pdf-writer.ts'
import { importAll, importWith, sample, sourceOf } from './source-fixture.ts'

const page = (text: string): WrittenPage => ({ content: `BT /H1 12 Tf 50 700 Td ${unicodeCodes(text)} Tj ET` })
const onePage = (text: string): Buffer => writePdf([page(text)])

describe('PDFs as they are delivered', () => {
  it('are grouped to issues by the newspaper and the date in their names', async () => {
    const { issues, warnings } = await importWith(
      pdfImporter,
      sourceOf({
        '人民日报/2017-10-16/rmrb2017101602.pdf': onePage('这是第二版的新闻'),
        '人民日报/2017-10-16/rmrb2017101601.pdf': onePage('这是第一版的新闻'),
        '人民日报/2017-10-17/rmrb2017101701.pdf': onePage('这是第二天的新闻'),
        'other/jrb20171016A01.pdf': onePage('另外一个报纸的新闻'),
      }),
    )
    for (const issue of issues) checkIssueDocument(issue, 'x')
    expect(issues.map(({ title, date, pages }) => [title.id, date, pages.map(({ label }) => label)])).toEqual([
      ['jrb', '2017-10-16', ['A01']],
      ['rmrb', '2017-10-16', ['01', '02']],
      ['rmrb', '2017-10-17', ['01']],
    ])
    const [, issue] = issues
    expect(issue?.title.language).toBe('zh-Hans')
    expect(issue?.articles.map(({ kind, pages, blocks }) => [kind, pages, blocks.map(({ text }) => text)])).toEqual([
      ['page', ['p1'], ['这是第一版的新闻']],
      ['page', ['p2'], ['这是第二版的新闻']],
    ])
    expect(issue?.pages[0]?.renditions).toMatchObject([{ kind: 'pdf', pdfPage: 0 }])
    expect(issue?.pages[0]?.zones).toHaveLength(1)
    expect(warnings).toEqual([])
  })

  it('may hold a whole issue, its pages named by the outline', async () => {
    const outline: [number, string][] = [
      [0, '第A01版：要闻'],
      [0, '一个标题'],
      [1, '第A02版：文化'],
    ]
    const pdf = writePdf([page('头版新闻'), page('文化新闻')], { outline, info: { Author: '报社', Title: 'x' } })
    const { issues, warnings } = await importWith(pdfImporter, sourceOf({ '晨报 2013-01-10.pdf': pdf }))
    expect(issues[0]).toMatchObject({ title: { name: '晨报' }, date: '2013-01-10', metadata: { Author: '报社' } })
    expect(issues[0]?.pages.map(({ label, name }) => [label, name])).toEqual([
      ['A01', '要闻'],
      ['A02', '文化'],
    ])
    expect(issues[0]?.pages[0]?.metadata).toEqual({ outline: ['一个标题'] })
    expect(warnings).toEqual([])
  })

  it('are dated by their information or their masthead when the name says nothing, and say so', async () => {
    const { issues, warnings } = await importWith(
      pdfImporter,
      sourceOf({
        'a.pdf': writePdf([page('新闻')], { info: { Title: '晨报 2013年1月10日' } }),
        'b.pdf': onePage('2013年1月11日 星期五'),
        'c.pdf': writePdf([page('新闻')], { info: { CreationDate: "D:20130112010000+08'00'" } }),
        'd.pdf': onePage('没有日期'),
      }),
    )
    expect(issues.map(({ title, date }) => [title.name, date])).toEqual([
      ['mirror', '0001-01-01'],
      ['晨报', '2013-01-10'],
      ['mirror', '2013-01-11'],
      ['mirror', '2013-01-12'],
    ])
    expect(warnings.map(({ file, code }) => [file, code])).toEqual([
      ['d.pdf', 'no-date'],
      ['b.pdf', 'guessed-date'],
      ['c.pdf', 'guessed-date'],
    ])
  })

  it('say which pages are only pictures, and show the gap of a damaged one', async () => {
    const { issues, warnings } = await importWith(
      pdfImporter,
      sourceOf({
        'rmrb2017101601.pdf': writePdf([{ content: '0 0 100 100 re f' }]),
        'rmrb2017101602.pdf': onePage('这是第二版的新闻').subarray(0, 80),
        'rmrb2017101603.pdf': onePage('这是第三版的新闻'),
      }),
    )
    expect(issues[0]?.pages.map(({ label, renditions }) => [label, renditions.length])).toEqual([
      ['01', 1],
      ['02', 0],
      ['03', 1],
    ])
    expect(issues[0]?.articles.map(({ pages }) => pages)).toEqual([['p3']])
    expect(warnings.map(({ file, code }) => [file, code])).toEqual([
      ['rmrb2017101601.pdf', 'no-text'],
      ['rmrb2017101602.pdf', 'pdf-unreadable'],
    ])
  })

  it('are left to the layout page that names them', async () => {
    const layout = `<map name=pagepicmap><area shape=rect coords="0,0,9,9" href=content_1.htm></map>
      <a id=pageLink href=node_1.htm>第01版：要闻</a><a href=../../../page/1.pdf>PDF</a><a href=content_1.htm>标题</a>2013年1月10日`
    const { issues } = await importAll(
      sourceOf({
        'csrb/html/2013-01/10/node_1.htm': layout,
        'csrb/html/2013-01/10/content_1.htm': '<div id=ozoom>文字</div>',
        'csrb/page/1.pdf': onePage('这一版的文字'),
        'csrb/page/csrb2013011101.pdf': onePage('没有版面页的一期'),
      }),
    )
    expect(issues.map(({ date, source }) => [date, source.importer])).toEqual([
      ['2013-01-10', 'founder'],
      ['2013-01-11', 'pdf'],
    ])
  })

  const pdfs = sample('D-pdf')
  it.skipIf(!pdfs || !existsSync(pdfs))(
    'of the samples are all imported, without a date where they have none',
    async () => {
      const source = await openSource(pdfs ?? '')
      const { issues, warnings, files } = await importWith(pdfImporter, source)
      for (const issue of issues) checkIssueDocument(issue, issue.date)
      expect(files.sort()).toEqual(source.files)
      expect(warnings.filter(({ code }) => code === 'no-date').length).toBeGreaterThan(0)
      const text = issues.flatMap(({ articles }) => articles.flatMap(({ blocks }) => blocks.map((block) => block.text)))
      expect(text.join('\n')).toContain(
        '公司董事会、监事会及董事、监事、高级管理人员保证季度报告内容的真实、准确、完整',
      )
      expect(text.join('\n')).toContain('宇宙塵をたべ、または空気や塩水を呼吸しながら')
    },
  )
})
