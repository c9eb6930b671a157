import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, NoteShape } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import { boxAround, contains, selectorOf, shapeOf } from '../../../../archive/annotations/region-shape.ts'
import { quoteIn } from '../../../../archive/annotations/text-anchor.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

const at = '2026-01-02T03:04:05.000Z'
const later = '2026-02-03T04:05:06.000Z'

const rectangle: NoteShape = { kind: 'rectangle', box: { x: 0.1, y: 0.2, w: 0.3, h: 0.4 } }
const polygon: NoteShape = {
  kind: 'polygon',
  points: [
    [0.1, 0.1],
    [0.5, 0.1],
    [0.3, 0.6],
  ],
}

describe('a note as a W3C annotation', () => {
  it('is read as it was written, on every level', () => {
    const quote = quoteIn('一二三四五六七八九十', 2, 6)
    const edit = {
      comment: '**重要**',
      tags: ['产业', '会议'],
      colour: 'green',
      kind: 'questioning',
      links: ['urn:uuid:b'],
    } as const
    for (const made of [
      { level: 'region', shape: rectangle, quote },
      { level: 'region', shape: polygon },
      { level: 'text', quote },
      { level: 'article' },
      { level: 'page' },
      { level: 'issue' },
    ] as const) {
      const place = made.level === 'issue' ? somePlace({ page: undefined, article: undefined }) : somePlace()
      const record = newAnnotation(
        { ...made, place, edit: { ...edit, tags: [...edit.tags], links: [...edit.links] } },
        at,
      )
      expect(noteOf(record)).toEqual({ id: record['id'], place, ...edit, ...made, created: at, modified: at })
    }
  })

  it('keeps what it does not know through an edit', () => {
    const foreign: JsonObject = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'http://example.org/anno1',
      type: 'Annotation',
      motivation: ['describing', 'commenting'],
      creator: { id: 'http://example.org/user', 'ex:rank': 3 },
      body: [
        {
          type: 'TextualBody',
          value: '<p>Hello <b>there</b><script>alert(1)</script></p>',
          format: 'text/html',
          language: 'en',
          'ex:x': [1],
        },
        { type: 'TextualBody', value: '旧', purpose: 'tagging', 'ex:confidence': 0.5 },
        { type: 'Choice', items: ['http://example.org/a.mp3'] },
      ],
      target: {
        source: 'http://example.org/page1.jpg',
        selector: [
          { type: 'FragmentSelector', value: 'xywh=percent:10,10,20,20', 'ex:s': true },
          { type: 'XPathSelector', value: '/a' },
        ],
        state: { type: 'HttpRequestState', value: 'Accept: image/jpeg' },
        scope: 'http://example.org/',
      },
    }
    const note = noteOf(foreign)
    expect(note).toMatchObject({
      comment: 'Hello there',
      tags: ['旧'],
      kind: 'commenting',
      place: { title: '', titleName: 'http://example.org/page1.jpg' },
    })
    const edited = editedAnnotation(
      foreign,
      { comment: '你好', tags: ['旧', '新'], shape: rectangle, kind: 'questioning' },
      later,
    )
    expect(edited).toEqual({
      ...foreign,
      modified: later,
      motivation: ['describing', 'questioning'],
      body: [
        { type: 'TextualBody', value: '你好', format: 'text/markdown', language: 'en', 'ex:x': [1] },
        ...(foreign['body'] as JsonObject[]).slice(1),
        { type: 'TextualBody', value: '新', purpose: 'tagging' },
      ],
      target: {
        ...(foreign['target'] as JsonObject),
        selector: [selectorOf(rectangle), { type: 'XPathSelector', value: '/a' }],
      },
    })
  })

  it('reads what other tools write', () => {
    const target = (selector: JsonObject | string): JsonObject =>
      typeof selector === 'string'
        ? { id: 'x', type: 'Annotation', target: selector }
        : { id: 'x', type: 'Annotation', target: { source: 'urn:banmian:issue:jcrb:2013-01-10:2:p3', selector } }
    expect(noteOf(target('urn:banmian:issue:jcrb:2013-01-10:2:p3#xywh=percent:1,2,3,4'))).toMatchObject({
      level: 'region',
      shape: { kind: 'rectangle' },
    })
    expect(noteOf(target({ type: 'FragmentSelector', value: 'xywh=percent:1,2,3,4' }))).toMatchObject({
      level: 'region',
      place: { title: 'jcrb', date: '2013-01-10', edition: 2, page: { id: 'p3' } },
      shape: { kind: 'rectangle', box: { x: 0.01, y: 0.02, w: 0.03, h: 0.04 } },
    })
    expect(noteOf({ id: 'x', type: 'Annotation', bodyValue: '直接', target: 'http://example.org/' })).toMatchObject({
      comment: '直接',
    })
    expect(editedAnnotation({ id: 'x', bodyValue: '直接', target: 'y' }, { comment: '改' }, later)['bodyValue']).toBe(
      '改',
    )
  })

  it('never throws at what it is given', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('id', 'body', 'target', 'motivation', 'type'), fc.jsonValue()),
        (json) => {
          expect(noteOf(json as JsonObject).tags).toBeInstanceOf(Array)
          editedAnnotation(
            json as JsonObject,
            { comment: 'a', tags: ['b'], links: ['c'], shape: polygon, kind: 'editing' },
            later,
          )
        },
      ),
    )
  })
})

describe('a region', () => {
  it('is the same after it was written and read', () => {
    for (const shape of [rectangle, polygon, { ...polygon, kind: 'freehand' } as const]) {
      expect(shapeOf(selectorOf(shape))).toEqual(shape)
    }
  })

  it('in pixels is read with the size of the picture, and not without', () => {
    const selector = { type: 'FragmentSelector', value: 'xywh=pixel:10,20,30,40' }
    expect(shapeOf(selector)).toBeUndefined()
    expect(shapeOf(selector, { width: 100, height: 200 })).toEqual({
      kind: 'rectangle',
      box: { x: 0.1, y: 0.1, w: 0.3, h: 0.2 },
    })
    const path = { type: 'SvgSelector', value: '<svg><path d="M10,10 L90,10 L50,90 Z"/></svg>' }
    expect(shapeOf(path, { width: 100, height: 100 })).toMatchObject({
      kind: 'polygon',
      points: [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.5, 0.9],
      ],
    })
  })

  it('knows what lies in it', () => {
    expect(contains(polygon, [0.3, 0.2])).toBe(true)
    expect(contains(polygon, [0.12, 0.55])).toBe(false)
    expect(boxAround(polygon)).toEqual({ x: 0.1, y: 0.1, w: 0.4, h: 0.5 })
  })
})
