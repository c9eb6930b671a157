import Database from 'libsql'
import { expect, it } from 'vitest'
import { articleText } from '../../../../archive/article-text.ts'
import { correctedHit } from '../../../../archive/annotations/corrected-search.ts'
import type { IssueText } from '../../../../archive/annotations/placed-notes.ts'
import type { Article, IssueDocument } from '../../../../archive/model.ts'
import { packWordBoxes, type PlacedWord } from '../../../../archive/word-boxes.ts'

const article: Article = {
  id: 'a1',
  kind: 'article',
  headline: '通车',
  blocks: [{ kind: 'paragraph', text: '昨日入民路己经通车' }],
  photos: [],
  pages: ['p1'],
}
const document = {
  title: { id: 'x', name: '某报', language: 'zh-Hans' },
  date: '2013-01-10',
  edition: 1,
  pages: [{ id: 'p1', label: '01' }],
  articles: [article],
} as unknown as IssueDocument
const { text } = articleText(article)

/** The issue with a box for each character; `isReckoned`: only those of their line were delivered. */
function issueWith(isReckoned: boolean): IssueText {
  const database = new Database(':memory:')
  database.exec('CREATE TABLE articles (id INTEGER, boxes TEXT); CREATE TABLE word_boxes (article INTEGER, data BLOB)')
  const words = [...text].map((_, at): PlacedWord => {
    const box = { x: at / 40, y: 0.5, w: 1 / 40, h: 0.02 }
    return { start: at, end: at + 1, page: 0, box, ...(isReckoned && { isReckoned }) }
  })
  database.prepare('INSERT INTO articles VALUES (1, ?)').run('[]')
  database.prepare('INSERT INTO word_boxes VALUES (?, ?)').run(1, packWordBoxes(words))
  return { reading: { database }, document, articles: new Map([['a1', 1]]) } as unknown as IssueText
}
const correction = (was: string, now: string) => {
  const start = text.indexOf(was)
  return { start, end: start + was.length, now }
}
const found = (query: string, was: string, now: string, isReckoned = false) =>
  correctedHit(issueWith(isReckoned), 'a1', [correction(was, now)] as never, { text: query } as never)?.boxes ?? []

it('a corrected word is marked where it was printed, and said to be', () => {
  const boxes = found('人民路', '入民路', '人民路')
  expect(boxes).toHaveLength(3)
  expect(boxes.every(({ precision }) => precision === 'word')).toBe(true)
  expect(boxes[0]!.x).toBeCloseTo(text.indexOf('入民路') / 40, 3)
})

it('of a part of a correction all that it replaces is marked, and it is not said to be the words', () => {
  const boxes = found('已经', '入民路己经', '人民路已经')
  expect(boxes).toHaveLength(5)
  expect(boxes.every(({ precision }) => precision === 'line')).toBe(true)
})

it('where only lines have places the line is marked', () => {
  const boxes = found('人民路', '入民路', '人民路', true)
  expect(boxes.map(({ precision }) => precision)).toEqual(['line'])
})
