import { expect, it } from 'vitest'
import type { NoteShape, PlacedNote } from '../../../../archive/annotations/annotation-model.ts'
import { newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import type { HitBox } from '../../../../archive/model.ts'
import { markGroups } from '../../../../renderer/annotations/mark-groups.ts'
import { noteAt } from '../../../../renderer/annotations/mark-hits.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

const size = { width: 1000, height: 2000 }
const at = '2026-01-02T03:04:05.000Z'

function region(shape: NoteShape): PlacedNote {
  const note = noteOf(newAnnotation({ level: 'region', place: somePlace(), shape, edit: {} }, at))
  return { ...note, pages: ['p1'], boxes: [] }
}
function words(level: 'text' | 'article', box: Omit<HitBox, 'page'>): PlacedNote {
  const quote = { exact: '产业', prefix: '', suffix: '', start: 0, end: 2 }
  const made = newAnnotation({ level, place: somePlace(), edit: {}, ...(level === 'text' && { quote }) }, at)
  return { ...noteOf(made), pages: ['p1'], boxes: [{ page: 'p1', ...box }] }
}

const frame = region({ kind: 'rectangle', box: { x: 0.1, y: 0.1, w: 0.4, h: 0.4 } })
const triangle = region({
  kind: 'polygon',
  points: [
    [0.6, 0.1],
    [0.9, 0.1],
    [0.9, 0.4],
  ],
})
const line = region({
  kind: 'freehand',
  points: [
    [0.1, 0.7],
    [0.5, 0.7],
    [0.5, 0.9],
  ],
})
const on = (notes: PlacedNote[], x: number, y: number): PlacedNote | undefined => noteAt(notes, 'p1', [x, y], size)

it('takes hold of a mark within a few pixels of its line, and lets the page be pressed inside of it', () => {
  expect(on([frame], 0.1, 0.3)).toBe(frame)
  expect(on([frame], 0.093, 0.3)).toBe(frame)
  expect(on([frame], 0.09, 0.3)).toBeUndefined()
  // The page is twice as high as it is wide: as many pixels are half as much of it.
  expect(on([frame], 0.3, 0.0965)).toBe(frame)
  expect(on([frame], 0.3, 0.095)).toBeUndefined()
  expect(on([frame], 0.3, 0.3)).toBeUndefined()
})

it('closes a polygon and leaves a line open', () => {
  expect(on([triangle], 0.75, 0.25)).toBe(triangle)
  expect(on([triangle], 0.65, 0.3)).toBeUndefined()
  expect(on([line], 0.5, 0.8)).toBe(line)
  expect(on([line], 0.3, 0.8)).toBeUndefined()
})

it('takes marked words anywhere, an article by its outline, and of several marks the smallest', () => {
  const marked = words('text', { x: 0.2, y: 0.1, w: 0.1, h: 0.02, precision: 'word' })
  const article = words('article', { x: 0.1, y: 0.1, w: 0.4, h: 0.4, precision: 'zone' })
  expect(on([marked], 0.25, 0.11)).toBe(marked)
  expect(on([article], 0.3, 0.3)).toBeUndefined()
  expect(on([article], 0.1, 0.3)).toBe(article)
  expect(on([frame, marked], 0.25, 0.101)).toBe(marked)
  expect(noteAt([frame], 'p2', [0.1, 0.3], size)).toBeUndefined()
})

it('draws every mark once, those of one colour, look and field of the page together', () => {
  const spots = Array.from({ length: 2000 }, (_, index) =>
    region({ kind: 'rectangle', box: { x: (index % 50) / 50, y: Math.floor(index / 50) / 40, w: 0.01, h: 0.01 } }),
  )
  const groups = markGroups([...spots, line], 'p1')
  expect(groups.length).toBeLessThan(30)
  expect(groups.map(({ path }) => path.split('M').length - 1).reduce((sum, count) => sum + count, 0)).toBe(2001)
  expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
})
