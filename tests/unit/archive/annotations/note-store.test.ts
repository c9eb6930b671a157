import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation } from '../../../../archive/annotations/annotation-record.ts'
import { openNoteStore } from '../../../../archive/annotations/note-store.ts'
import { integrityProblem } from '../../../../archive/annotations/notes-database.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'
import { mountReadOnly, mountSmallDisk, whyNoDisk } from '../../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

const at = '2026-01-02T03:04:05.000Z'
const origin = 'reader'

function note(comment: string): JsonObject {
  return newAnnotation({ level: 'page', place: somePlace(), edit: { comment } }, at)
}

function damage(file: string): void {
  const handle = openSync(file, 'r+')
  const { size } = statSync(file)
  writeSync(handle, Buffer.alloc(size - 200, 0x5a), 0, size - 200, 100)
  closeSync(handle)
}

describe('the notes of a user', () => {
  it('keeps what was saved, with every property it does not know', () => {
    const folder = temporaryFolder()
    const record = { ...note('一'), 'ex:unknown': { deep: [1, null, { مرحبا: '😀' }] } }
    const store = openNoteStore(folder)
    store.change({ put: [record], origin, label: 'add' })
    store.close()
    const again = openNoteStore(folder)
    expect(again.all()).toEqual([record])
    expect(again.ofIssue({ title: 'jcrb', date: '2013-01-10', edition: 1 })).toEqual([record])
    expect(again.trouble).toBeUndefined()
    again.close()
  })

  it('undoes and redoes every change, also after the program was closed, and keeps what was undone', () => {
    const folder = temporaryFolder()
    const first = note('一')
    const second = note('二')
    const store = openNoteStore(folder)
    store.change({ put: [first], origin, label: 'add' })
    store.change({ put: [second], origin, label: 'add' })
    store.change({
      put: [editedAnnotation(first, { comment: '改' }, at)],
      remove: [String(second['id'])],
      origin,
      label: 'edit',
    })
    store.close()

    const again = openNoteStore(folder)
    expect(again.steps()).toEqual({ undo: 'edit', redo: undefined })
    expect(again.undo()?.records).toHaveLength(2)
    expect(new Set(again.all())).toEqual(new Set([first, second]))
    again.undo()
    expect(again.all()).toEqual([first])
    again.redo()
    again.redo()
    expect(again.redo()).toBeUndefined()
    expect(again.all()).toEqual([editedAnnotation(first, { comment: '改' }, at)])
    again.undo()
    again.change({ put: [note('三')], origin, label: 'add' })
    expect(again.steps().redo).toBeUndefined()
    // What can no longer be redone has not lost its words.
    const kept = again.database.prepare("SELECT COUNT(*) AS n FROM changes WHERE state = 'dropped'").get()
    expect(kept).toMatchObject({ n: 1 })
    again.close()
  })

  it('answers nothing changed for a change that changes nothing', () => {
    const store = openNoteStore(temporaryFolder())
    const record = note('一')
    store.change({ put: [record], origin, label: 'add' })
    const reordered = Object.fromEntries(Object.entries(record).reverse())
    expect(store.change({ put: [reordered], remove: ['urn:uuid:none'], origin, label: 'edit' })).toBeUndefined()
    expect(() => store.change({ put: [record, record], origin, label: 'add' })).toThrow(/twice/)
    store.close()
  })
})

describe('a damaged file of notes', () => {
  it.each([0, 3, 210])('gives back everything after %i further changes, and keeps the damaged file', (further) => {
    const folder = temporaryFolder()
    const store = openNoteStore(folder)
    store.change({ put: [note('第一')], origin, label: 'add' })
    store.backUp()
    for (let count = 0; count < further; count += 1)
      store.change({ put: [note(`其后 ${count}`)], origin, label: 'add' })
    store.undo()
    const before = store.all()
    store.close()
    damage(join(folder, 'notes.sqlite'))

    const again = openNoteStore(folder)
    expect(again.trouble).toMatchObject({ code: 'notes-restored' })
    expect(again.all()).toEqual(before)
    expect(again.steps().redo).toBe('add')
    expect(readdirSync(folder).some((name) => name.startsWith('notes.damaged-'))).toBe(true)
    expect(integrityProblem(again.database)).toBeUndefined()
    again.close()
    const third = openNoteStore(folder)
    expect(third.trouble).toBeUndefined()
    expect(third.all()).toEqual(before)
    third.close()
  })

  it('goes back to an older backup when the newest is damaged too', () => {
    const folder = temporaryFolder()
    const store = openNoteStore(folder)
    for (const text of ['一', '二', '三']) {
      store.change({ put: [note(text)], origin, label: 'add' })
      store.backUp()
    }
    const before = store.all()
    store.close()
    const backups = readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.sqlite'))
    damage(join(folder, 'backups', backups.sort().at(-1)!))
    damage(join(folder, 'notes.sqlite'))
    const again = openNoteStore(folder)
    expect(again.trouble).toMatchObject({ code: 'notes-restored' })
    expect(again.all()).toEqual(before)
    again.close()
  })

  it('does not begin empty where the file was taken away', () => {
    const folder = temporaryFolder()
    const store = openNoteStore(folder)
    store.change({ put: [note('一')], origin, label: 'add' })
    store.backUp()
    store.close()
    rmSync(join(folder, 'notes.sqlite'))
    const again = openNoteStore(folder)
    expect(again.all()).toHaveLength(1)
    expect(again.trouble).toMatchObject({ code: 'notes-restored' })
    again.close()
  })

  it('says so when nothing can be given back', () => {
    const folder = temporaryFolder()
    const store = openNoteStore(folder)
    store.change({ put: [note('一')], origin, label: 'add' })
    store.close()
    rmSync(join(folder, 'backups'), { recursive: true })
    damage(join(folder, 'notes.sqlite'))
    const again = openNoteStore(folder)
    expect(again.trouble).toMatchObject({ code: 'notes-lost' })
    again.close()
  })

  it('leaves a file of a newer version alone', () => {
    const folder = temporaryFolder()
    const store = openNoteStore(folder)
    store.database.exec("UPDATE meta SET value = '99' WHERE key = 'version'")
    store.close()
    expect(() => openNoteStore(folder)).toThrow(expect.objectContaining({ code: 'newer-format' }))
    expect(existsSync(join(folder, 'notes.sqlite'))).toBe(true)
  })
})

it('keeps some backups and not all', () => {
  const folder = temporaryFolder()
  const store = openNoteStore(folder)
  for (let count = 0; count < 9; count += 1) {
    store.change({ put: [note(String(count))], origin, label: 'add' })
    store.backUp()
  }
  const names = readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.sqlite'))
  expect(names).toHaveLength(5)
  store.close()
})

it('refuses on a full disk, keeps what was there, and goes on when there is room', ({ skip }) => {
  const reason = whyNoDisk()
  if (reason) skip(reason)
  const disk = mountSmallDisk(2 << 20)
  const folder = join(disk.path, 'notes')
  const store = openNoteStore(folder)
  store.change({ put: [note('一')], origin, label: 'add' })
  disk.fill(0)
  const long = note('长'.repeat(20_000))
  expect(() => store.change({ put: [long], origin, label: 'add' })).toThrow(
    expect.objectContaining({ code: 'disk-full' }),
  )
  expect(store.all()).toHaveLength(1)
  disk.clear()
  store.change({ put: [long], origin, label: 'add' })
  expect(store.all()).toHaveLength(2)
  expect(integrityProblem(store.database)).toBeUndefined()
  store.close()
})

it('reads notes on a read-only disk and refuses to change them', ({ skip }) => {
  const reason = whyNoDisk()
  if (reason) skip(reason)
  const folder = temporaryFolder()
  const store = openNoteStore(folder)
  store.change({ put: [note('一')], origin, label: 'add' })
  mountReadOnly(folder)
  const reader = openNoteStore(folder)
  expect(reader.trouble).toMatchObject({ code: 'notes-read-only' })
  expect(reader.all()).toHaveLength(1)
  expect(() => reader.change({ put: [note('二')], origin, label: 'add' })).toThrow(
    expect.objectContaining({ code: 'read-only' }),
  )
  reader.close()
  store.close()
})
