import { expect, it } from 'vitest'
import { noteColours, noteKinds, type JsonObject } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation } from '../../../../archive/annotations/annotation-record.ts'
import { jsonLdOf } from '../../../../archive/annotations/annotations-export.ts'
import { editedFolder, newFolder } from '../../../../archive/annotations/note-folders.ts'
import { countTypes, expandedAnnotations } from '../../../fixtures/annotation-context.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

/** What leaves as JSON-LD is understood by another JSON-LD processor, with nothing dropped. */

const at = '2026-01-02T03:04:05.000Z'
const later = '2026-02-03T04:05:06.000Z'
const oa = 'http://www.w3.org/ns/oa#'

it('of everything that is made here a processor drops nothing, and knows each part by its IRI', async () => {
  const place = somePlace()
  const points: [number, number][] = [
    [0.1, 0.1],
    [0.3, 0.1],
    [0.2, 0.3],
  ]
  const shapes = [
    { kind: 'rectangle', box: { x: 0.1, y: 0.2, w: 0.3, h: 0.1 } },
    { kind: 'polygon', points },
    { kind: 'freehand', points },
  ] as const
  const made = [
    ...shapes.map((shape) => newAnnotation({ level: 'region', place, shape, edit: { comment: '框 😀' } }, at)),
    newAnnotation(
      {
        level: 'text',
        place,
        quote: { exact: '产业', prefix: '壮大', suffix: '集群', start: 2, end: 4 },
        boxes: [{ page: 'p1', x: 0.1, y: 0.1, w: 0.1, h: 0.1, precision: 'word' }],
        edit: { tags: ['甲', '乙'] },
      },
      at,
    ),
    ...(['article', 'page', 'issue'] as const).map((level) => newAnnotation({ level, place, edit: {} }, at)),
    ...noteKinds.map((kind) => newAnnotation({ level: 'page', place, edit: { kind, comment: 'مرحبا' } }, at)),
    ...noteColours.map((colour) => newAnnotation({ level: 'page', place, edit: { colour } }, at)),
  ]
  const links = [String(made[0]!['id'])]
  const notes = made.map((note) => editedAnnotation(note, { comment: '改', correction: '字', links }, later))
  const ids = notes.map((note) => String(note['id']))
  const folder = editedFolder(newFolder('clippings', '剪报', at), { notes: ids, comment: '说明' }, later)
  const exported = JSON.parse(jsonLdOf(notes, [folder], '全部')) as JsonObject

  const { nodes, dropped } = await expandedAnnotations(exported)
  expect(dropped).toEqual([])
  const types = countTypes(nodes)
  expect(types.get(`${oa}Annotation`)).toBe(notes.length)
  expect(types.get(`${oa}SvgSelector`)).toBe(2)
  expect(types.get(`${oa}TextQuoteSelector`)).toBe(1)
  expect(types.get('http://www.w3.org/ns/activitystreams#OrderedCollection')).toBe(2)
  const words = JSON.stringify(nodes)
  for (const word of ['改', '字', '甲', '乙', '说明', '全部', place.article!.headline]) expect(words).toContain(word)
  expect([...types.keys()].filter((type) => !type.includes(':'))).toEqual([])
})
