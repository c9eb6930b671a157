import { beforeAll, expect, it } from 'vitest'
import type { NoteEdit } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation } from '../../../../archive/annotations/annotation-record.ts'
import { editedFolder, folderOf, newFolder } from '../../../../archive/annotations/note-folders.ts'
import { findNotes, findRecords } from '../../../../archive/annotations/note-queries.ts'
import { openNoteStore, type NoteStore } from '../../../../archive/annotations/note-store.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'
import { lastingFolder } from '../../../fixtures/temporary-folder.ts'

let store: NoteStore
let ids: string[] = []

beforeAll(() => {
  store = openNoteStore(lastingFolder())
  const make = (date: string, title: string, edit: NoteEdit) =>
    newAnnotation(
      { level: 'page', place: somePlace({ date, title, titleName: `${title}报` }), edit },
      `${date}T00:00:00Z`,
    )
  const put = [
    make('2013-01-10', 'a', { comment: '產業集聚 ＡＢＣ', tags: ['产业', '会议'], kind: 'questioning' }),
    make('2013-02-10', 'a', { comment: '春耕', tags: ['农业'] }),
    make('2014-01-10', 'b', { comment: '产业与农业 100%', tags: ['产业'] }),
  ]
  ids = put.map((record) => String(record['id']))
  store.change({ put, origin: 'reader', label: 'add' })
})

const found = (query: Parameters<typeof findNotes>[1]) => findNotes(store, query).notes.map(({ id }) => ids.indexOf(id))

it('finds notes by words as the search folds them, tags, newspaper, days and kind', () => {
  expect(found({})).toEqual([2, 1, 0])
  expect(found({ sort: 'place' })).toEqual([0, 1, 2])
  expect(found({ text: '产业 abc' })).toEqual([0])
  expect(found({ text: '100%' })).toEqual([2])
  expect(found({ text: '农业' })).toEqual([2, 1])
  expect(found({ tags: ['会议', '农业'] })).toEqual([1, 0])
  expect(found({ titles: ['b'] })).toEqual([2])
  expect(found({ from: '2013-02-01', to: '2013-12-31' })).toEqual([1])
  expect(found({ kinds: ['questioning'] })).toEqual([0])
  expect(found({ text: "' OR 1=1 --" })).toEqual([])
  expect(found({ limit: 1, offset: 1 })).toEqual([1])
  expect(findRecords(store, { text: '春耕' })).toHaveLength(1)
})

it('finds what a note links to and what links to it, wherever they stand', () => {
  const [first, second, third] = ids as [string, string, string]
  const linked = editedAnnotation(store.read(second)!, { links: [first] }, '2013-02-11T00:00:00Z')
  store.change({ put: [linked], origin: 'reader', label: 'edit' })
  expect(found({ linkedWith: first })).toEqual([1])
  expect(found({ linkedWith: second })).toEqual([0])
  expect(found({ linkedWith: third })).toEqual([])
  store.undo()
})

it('counts what a query could be narrowed by', () => {
  const { total, tags, titles, kinds } = findNotes(store, { tags: ['产业'] })
  expect(total).toBe(2)
  expect(tags).toEqual([
    { tag: '产业', count: 2 },
    { tag: '会议', count: 1 },
    { tag: '农业', count: 1 },
  ])
  expect(titles).toEqual([
    { id: 'a', name: 'a报', count: 1 },
    { id: 'b', name: 'b报', count: 1 },
  ])
  expect(kinds).toContainEqual({ kind: 'questioning', count: 1 })
})

it('keeps notes in folders in their order', () => {
  const folder = newFolder('clippings', '剪报', '2026-01-01T00:00:00Z')
  const filled = editedFolder(folder, { notes: [ids[1]!, ids[0]!], comment: '给馆长' }, '2026-01-02T00:00:00Z')
  store.change({ put: [filled], origin: 'reader', label: 'folder' })
  expect(folderOf(filled)).toMatchObject({
    name: '剪报',
    kind: 'clippings',
    comment: '给馆长',
    notes: [ids[1], ids[0]],
  })
  const folderId = String(folder['id'])
  expect(found({ folder: folderId })).toEqual([1, 0])
  expect(found({ folder: folderId, text: '集聚' })).toEqual([0])
  const emptied = editedFolder(filled, { notes: [] }, '2026-01-03T00:00:00Z')
  store.change({ put: [emptied], origin: 'reader', label: 'folder' })
  expect(found({ folder: folderId })).toEqual([])
})
