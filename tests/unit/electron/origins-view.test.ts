import { expect, it } from 'vitest'
import type { IssueDocument } from '../../../archive/model.ts'
import { originsView } from '../../../electron/origins-view.ts'

const issue: IssueDocument = {
  format: 'banmian-issue',
  version: 1,
  title: { id: 'x', name: '焦城日报', language: 'zh-Hans' },
  date: '2013-01-10',
  edition: 1,
  number: '8010',
  pages: [{ id: 'p1', label: '01', width: 1, height: 1, renditions: [], zones: [] }],
  articles: [
    {
      id: 'a',
      kind: 'article',
      headline: '标题',
      byline: '',
      blocks: [{ kind: 'paragraph', text: '𠮷'.repeat(80) }],
      photos: [],
      pages: ['p1'],
      origins: { '*': { file: 'originals/a.htm' }, pages: { file: 'originals/node.htm', at: 'a.htm' } },
      metadata: { 责编: ['甲', '乙'] },
    },
    { id: 'b', kind: 'article', headline: '旧', blocks: [], photos: [], pages: ['p1'] },
    {
      ...{ id: 'ocr-p1', kind: 'page', headline: '', blocks: [], photos: [], pages: ['p1'] },
      metadata: { 'OCR by': 'tesseract.js 7', 'OCR confidence': 0.8 },
    },
  ],
  warnings: [{ file: 'x.pdf', code: 'missing-pdf', message: 'm' }],
  source: { importer: 'founder', version: 3, name: 'mirror' },
  origins: { '*': { file: 'originals/node.htm' }, date: { file: 'originals/node.htm', at: 'path' } },
  metadata: { note: 'kept', pages: 4 },
}
const loaded = { document: issue, row: { document: 'data/issues/x/2013/2013-01-10_01.json' } }

it('gives the fields of an issue by the file they were read of, with its doubts and what else was said', () => {
  expect(originsView(loaded)).toEqual({
    source: issue.source,
    document: loaded.row.document,
    files: [
      {
        file: 'originals/node.htm',
        fields: [
          { field: 'title', value: '焦城日报' },
          { field: 'date', value: '2013-01-10', at: 'path' },
          { field: 'number', value: '8010' },
          { field: 'pages', value: '01' },
        ],
      },
    ],
    said: [
      { name: 'note', value: 'kept' },
      { name: 'pages', value: '4' },
    ],
    warnings: issue.warnings,
  })
})

it('gives those of an article, a long text by its beginning, and leaves out what is empty', () => {
  const { files, said, warnings } = originsView(loaded, 'a')
  expect(files).toEqual([
    {
      file: 'originals/a.htm',
      fields: [
        { field: 'headline', value: '标题' },
        { field: 'blocks', value: `${'𠮷'.repeat(60)}…` },
      ],
    },
    { file: 'originals/node.htm', fields: [{ field: 'pages', value: '01', at: 'a.htm' }] },
  ])
  expect(said).toEqual([{ name: '责编', value: '甲 · 乙' }])
  expect(warnings).toEqual([])
})

it('says when no origin was kept, when a text was recognised here, and when there is no such article', () => {
  expect(originsView(loaded, 'b').files.map(({ file }) => file)).toEqual([undefined])
  expect(originsView(loaded, 'ocr-p1')).toMatchObject({
    recognised: { engine: 'tesseract.js 7', confidence: 0.8 },
    said: [],
  })
  expect(() => originsView(loaded, 'none')).toThrow(expect.objectContaining({ code: 'unknown-article' }))
})
