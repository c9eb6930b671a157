import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noteColours, noteKinds, type Json } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation } from '../../../../archive/annotations/annotation-record.ts'
import { jsonLdByIssue, jsonLdOf } from '../../../../archive/annotations/annotations-export.ts'
import { annotationFaults, collectionFaults } from '../../../fixtures/annotation-shape.ts'
import { anyAnnotation } from '../../../fixtures/any-annotation.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

/** What leaves as JSON-LD is what the Web Annotation Data Model says. */

const at = '2026-01-02T03:04:05.000Z'
const later = '2026-02-03T04:05:06.000Z'
const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.1 }
const line = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.2, 0.3],
] as [number, number][]

describe('an exported set conforms to the Web Annotation Data Model', () => {
  const place = somePlace()
  const own = [
    newAnnotation({ level: 'region', place, shape: { kind: 'rectangle', box }, edit: { comment: '框 😀' } }, at),
    newAnnotation({ level: 'region', place, shape: { kind: 'polygon', points: line }, edit: {} }, at),
    newAnnotation({ level: 'region', place, shape: { kind: 'freehand', points: line }, edit: {} }, at),
    newAnnotation(
      {
        level: 'text',
        place,
        quote: { exact: '产业', prefix: '壮大', suffix: '集群', start: 2, end: 4 },
        edit: { tags: ['甲', '乙'] },
      },
      at,
    ),
    ...(['article', 'page', 'issue'] as const).map((level) => newAnnotation({ level, place, edit: {} }, at)),
    ...noteKinds.map((kind) => newAnnotation({ level: 'page', place, edit: { kind, comment: 'مرحبا' } }, at)),
    ...noteColours.map((colour) => newAnnotation({ level: 'page', place, edit: { colour } }, at)),
  ]

  it('of every kind of note that is made here, before and after an edit', () => {
    const edited = own.map((note) =>
      editedAnnotation(note, { comment: '改', tags: ['丙'], correction: '字', links: [String(own[0]!['id'])] }, later),
    )
    for (const notes of [own, edited]) {
      expect(collectionFaults(JSON.parse(jsonLdOf(notes, [], 'all')) as Json)).toEqual([])
      for (const text of jsonLdByIssue(notes).values()) expect(collectionFaults(JSON.parse(text) as Json)).toEqual([])
    }
  })

  it('of what came from elsewhere, also after an edit here', () => {
    fc.assert(
      fc.property(anyAnnotation(), (generated) => {
        const annotation = { ...generated, id: 'urn:test:1' }
        fc.pre(annotationFaults(annotation).length === 0)
        const edited = editedAnnotation(
          annotation,
          { comment: '改 ✎', tags: ['甲'], colour: 'red', kind: 'questioning' },
          later,
        )
        expect(annotationFaults(JSON.parse(JSON.stringify(edited)) as Json)).toEqual([])
      }),
      { numRuns: 500, seed: 20130110 },
    )
  })

  it('and what does not is noticed', () => {
    const [first] = own
    expect(annotationFaults({ ...first!, id: 'no iri' })).toEqual(['3.1: exactly one id, an IRI'])
    expect(annotationFaults({ ...first!, target: [] })).toEqual(['3.1: one target or more'])
    expect(annotationFaults({ ...first!, created: 'yesterday' })).toHaveLength(1)
    expect(annotationFaults({ ...first!, target: { type: 'SpecificResource', selector: [] } })).toEqual([
      '4: exactly one source',
    ])
    expect(annotationFaults({ ...first!, body: { type: 'TextualBody' } })).toHaveLength(1)
  })
})
