import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newAnnotation } from '../../../../archive/annotations/annotation-record.ts'
import { bookDocx } from '../../../../archive/annotations/book-docx.ts'
import { bookBody, bookPage } from '../../../../archive/annotations/book-html.ts'
import type { Clipping, ClippingsBook } from '../../../../archive/annotations/book-model.ts'
import { clippingOf } from '../../../../archive/annotations/clippings-book.ts'
import { commentBlocks } from '../../../../archive/annotations/comment-blocks.ts'
import { readXmlTree, descendantsOf, textContent } from '../../../../archive/import/xml-tree.ts'
import { openZipSource } from '../../../../archive/import/zip-source.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'
import { tinyPictures } from '../../../fixtures/tiny-pictures.ts'

const at = '2026-01-02T03:04:05.000Z'
const hostile = '<script>alert(1)</script>\u0000\ud800 & "引号" <img src=x onerror=alert(1)>'

function clipping(part: Partial<Clipping> = {}): Clipping {
  const quote = { exact: '第一行\n第二行', prefix: '', suffix: '', start: 0, end: 7 }
  const edit = { comment: '**重要**\n\n- 其一\n- 其二', tags: ['产业'] }
  return { ...clippingOf(newAnnotation({ level: 'text', place: somePlace(), quote, edit }, at), 'gbt7714'), ...part }
}

const bookOf = (clippings: Clipping[]): ClippingsBook => ({
  title: '剪报',
  preface: '为什么收。',
  made: '2026-01-02',
  language: 'zh-Hans',
  clippings,
})

it('keeps words, comment, source and link of a note whose archive is not at hand', () => {
  expect(clipping()).toMatchObject({
    heading: '壮大产业集群 强化要素保障',
    text: [
      { kind: 'paragraph', text: '第一行' },
      { kind: 'paragraph', text: '第二行' },
    ],
    isQuote: true,
    reference: '李明. 壮大产业集群 强化要素保障[N]. 焦城日报, 2013-01-10(01).',
    link: 'banmian://0123456789abcdef/jcrb/2013-01-10/01',
    parts: [],
    isMissing: true,
  })
})

it('reads a comment as paragraphs, items and quotes; HTML in it is text', () => {
  expect(commentBlocks('# 题\n一行\n二行 **重** *轻*\n\n> 引\n\n1. 甲\n2. <b>乙</b>\n\n[链](http://a.b)')).toEqual([
    { kind: 'heading', runs: [{ text: '题' }] },
    { kind: 'paragraph', runs: [{ text: '一行' }] },
    {
      kind: 'paragraph',
      runs: [{ text: '二行 ' }, { text: '重', bold: true }, { text: ' ' }, { text: '轻', italic: true }],
    },
    { kind: 'quote', runs: [{ text: '引' }] },
    { kind: 'item', runs: [{ text: '甲' }] },
    { kind: 'item', runs: [{ text: '<b>' }, { text: '乙' }, { text: '</b>' }] },
    { kind: 'paragraph', runs: [{ text: '链' }] },
  ])
})

it('is one HTML page with a table of contents, in which nothing that was written runs', () => {
  const evil = clipping({ heading: hostile, comment: hostile, tags: [hostile], kicker: hostile })
  const page = bookPage(bookOf([clipping(), evil]), new Map([[evil.id, [{ url: '"><script>', width: 1, height: 1 }]]]))
  expect(page).not.toMatch(/<script|<img src=x|<b>/)
  expect(page).toContain('href="#c2"')
  expect(page).toContain('id="c2"')
  const numbered = bookBody(bookOf([clipping({ id: 'a' })]), new Map(), new Map([['a', 17]]))
  expect(numbered).toContain('<span class="number">17</span>')
})

it('is a Word file with headings, links from the contents and pictures in all their pixels', async () => {
  const file = join(temporaryFolder(), 'book.docx')
  const data = Buffer.from(tinyPictures.jpegTurned, 'base64')
  const evil = clipping({ id: 'b', heading: hostile, comment: hostile })
  writeFileSync(
    file,
    await bookDocx(bookOf([clipping({ id: 'a' }), evil]), new Map([['a', [{ data, width: 24, height: 16 }]]])),
  )
  const zip = await openZipSource(file)
  const media = zip.files.find((name) => name.startsWith('word/media/'))!
  expect(Buffer.from(await zip.bytes(media)).equals(data)).toBe(true)
  const document = readXmlTree(await zip.bytes('word/document.xml'))
  const styled = descendantsOf(document, 'p').filter((each) =>
    descendantsOf(each, 'pStyle').some(({ attributes }) => attributes['val'] === 'Heading1'),
  )
  expect(styled.map((each) => textContent(each))).toEqual([
    '壮大产业集群 强化要素保障',
    '<script>alert(1)</script> & "引号" <img src=x onerror=alert(1)>',
  ])
  const anchors = descendantsOf(document, 'hyperlink').map(({ attributes }) => attributes['anchor'])
  const marks = descendantsOf(document, 'bookmarkStart').map(({ attributes }) => attributes['name'])
  expect(anchors).toEqual(['clipping-1', 'clipping-2'])
  expect(marks).toEqual(anchors)
  await zip.close()
})
