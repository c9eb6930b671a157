import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articleText } from '../../../../archive/article-text.ts'
import type { PlacedNote } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import {
  correctedArticle,
  correctedIssue,
  correctedText,
  correctionsIn,
  type TextCorrection,
} from '../../../../archive/annotations/text-corrections.ts'
import { quoteIn } from '../../../../archive/annotations/text-anchor.ts'
import type { Article, IssueDocument } from '../../../../archive/model.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

const at = '2026-01-02T03:04:05.000Z'
const article: Article = {
  id: 'a1',
  kind: 'article',
  headline: '壮大产业集群 强化要素保陣',
  byline: '记者 李眀',
  blocks: [
    { kind: 'paragraph', text: '本报讯 入民路昨日通车。' },
    { kind: 'paragraph', text: '入民路长三公里。' },
  ],
  photos: [{ caption: '入民路' }],
  pages: ['p1'],
} as unknown as Article
const document = { articles: [article] } as unknown as IssueDocument
const { text } = articleText(article)

/** A note that corrects the words at a place, found where they stand. */
function correcting(was: string, now: string, from = 0, modified = at): PlacedNote {
  const start = text.indexOf(was, from)
  const quote = quoteIn(text, start, start + was.length)
  const edit = { kind: 'editing' as const, correction: now }
  const record = newAnnotation({ level: 'text', place: somePlace(), quote, edit }, modified)
  const span = { article: 'a1', start, end: start + was.length }
  return { ...noteOf(record), pages: ['p1'], boxes: [], span }
}

const read = (notes: PlacedNote[]) => correctedIssue(document, correctionsIn(document, notes)).articles[0]!

describe('a correction', () => {
  it('is a W3C body with the purpose editing beside comment and tags, and keeps what else the body says', () => {
    const record = newAnnotation(
      {
        level: 'text',
        place: somePlace(),
        edit: { kind: 'editing', correction: '人', comment: '形近', tags: ['误字'] },
      },
      at,
    )
    expect(record).toMatchObject({ motivation: 'editing' })
    expect(record['body']).toContainEqual({
      type: 'TextualBody',
      value: '人',
      format: 'text/plain',
      purpose: 'editing',
    })
    expect(noteOf(record)).toMatchObject({ correction: '人', comment: '形近', tags: ['误字'] })
    const foreign = { ...record, body: { type: 'TextualBody', value: 'old', purpose: 'editing', creator: 'x' } }
    expect(editedAnnotation(foreign, { correction: 'new' }, at)['body']).toEqual({ ...foreign.body, value: 'new' })
  })

  it('is read in headline, byline, body and caption, and the document stays as it was', () => {
    const before = structuredClone(document)
    const last = text.lastIndexOf('入民')
    const notes = [
      correcting('保陣', '保障'),
      correcting('李眀', '李明'),
      correcting('入民', '人民'),
      correcting('入', '人', text.indexOf('入民', text.indexOf('入民') + 1)),
      correcting('入民', '人民', last),
    ]
    const corrected = read(notes)
    expect(corrected.headline).toBe('壮大产业集群 强化要素保障')
    expect(corrected.byline).toBe('记者 李明')
    expect(corrected.blocks.map((block) => block.text)).toEqual(['本报讯 人民路昨日通车。', '人民路长三公里。'])
    expect(corrected.photos[0]!.caption).toBe('人民路')
    expect(document).toEqual(before)
  })

  it('may be longer, shorter or nothing; of two that overlap the later made wins', () => {
    expect(read([correcting('昨日', '')]).blocks[0]!.text).toBe('本报讯 入民路通车。')
    const earlier = correcting('入民路', '人民大道', 0, '2026-01-01T00:00:00.000Z')
    const later = correcting('入民', '人民', 0, '2026-01-03T00:00:00.000Z')
    expect(read([earlier, later]).blocks[0]!.text).toBe('本报讯 人民路昨日通车。')
  })

  it('is not applied where other words stand now, where it is lost, or across fields', () => {
    const moved = correcting('入民', '人民')
    expect(read([{ ...moved, span: { ...moved.span!, start: 2, end: 4 } }])).toEqual(article)
    expect(read([{ ...moved, lost: 'text' }])).toEqual(article)
    expect(read([correcting('保陣\n记者', '保障')])).toEqual(article)
    expect(read([{ ...moved, kind: 'commenting' }])).toEqual(article)
  })
})

it('leads from any stretch of the corrected text to the delivered one and back, whatever is corrected', () => {
  const any = fc
    .tuple(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(59), fc.nat(6), fc.string({ maxLength: 5 })), { maxLength: 6 }),
    )
    .map(([original, wanted]) => {
      const list: TextCorrection[] = []
      let from = 0
      for (const [place, length, now] of wanted.sort((one, other) => one[0] - other[0])) {
        const start = Math.max(from, place)
        const end = Math.min(original.length, start + length + 1)
        if (start >= end) continue
        list.push({ note: '', article: '', start, end, was: original.slice(start, end), now })
        from = end
      }
      return { original, list }
    })
  fc.assert(
    fc.property(any, fc.nat(80), fc.nat(80), ({ original, list }, one, other) => {
      const { text: corrected, toOriginal, toCorrected } = correctedText(original, list)
      const rebuilt = list.reduceRight(
        (all, { start, end, now }) => all.slice(0, start) + now + all.slice(end),
        original,
      )
      expect(corrected).toBe(rebuilt)
      const [start, end] = [Math.min(one, other), Math.max(one, other)].map((place) =>
        Math.min(place, corrected.length),
      )
      if (start === undefined || end === undefined || start === end) return
      const there = toOriginal(start, end)
      expect(there.start).toBeGreaterThanOrEqual(0)
      expect(there.end).toBeLessThanOrEqual(original.length)
      // Whole words: back again it covers what was asked for.
      const back = toCorrected(there.start, there.end)
      expect(back.start).toBeLessThanOrEqual(start)
      expect(back.end).toBeGreaterThanOrEqual(end)
      // What touches no correction is the same text.
      const touched = list.some((each) => there.start < each.end && each.start < there.end)
      if (!touched) expect(original.slice(there.start, there.end)).toBe(corrected.slice(start, end))
    }),
    { numRuns: 2000, seed: 6 },
  )
})

it('leaves an article without corrections as it is', () => {
  expect(correctedArticle(article, [])).toBe(article)
})
