import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCatalogueForReading, openCatalogueForWriting, type CatalogueDatabase } from '../../../archive/catalogue.ts'
import { notePictures } from '../../../archive/picture-notes.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

let database: CatalogueDatabase
let reader: CatalogueDatabase
beforeEach(() => {
  const file = join(temporaryFolder(), 'catalogue.sqlite')
  database = openCatalogueForWriting(file)
  database.exec("INSERT INTO titles (id, name, language) VALUES ('t', 't', 'und')")
  database.exec(
    "INSERT INTO issues (id, title, date, edition, document, sha256, pages, articles, zones, words) VALUES (1, 't', '2013-01-01', 1, 'd', 's', 0, 0, 0, 0)",
  )
  const add = database.prepare(
    "INSERT INTO pages (issue, local, ord, label, name, width, height, pictured) VALUES (1, ?, ?, '', '', 0, 0, 0)",
  )
  for (let page = 1; page <= 100; page += 1) add.run(`p${page}`, page)
  const opened = openCatalogueForReading(file)
  if (!opened) throw new Error('no catalogue')
  reader = opened
})
afterEach(() => {
  reader.close()
  if (database.open) database.close()
})

/** How many pages another process sees noted. */
const noted = (): number =>
  (reader.prepare('SELECT COUNT(*) AS count FROM pages WHERE pictured = 1').get() as { count: number }).count

it('notes pages 64 at a time, and the rest when asked', () => {
  const notes = notePictures(database)
  for (let page = 1; page <= 63; page += 1) notes.add(page, {})
  expect(noted()).toBe(0)
  notes.add(64, {})
  expect(noted()).toBe(64)
  notes.add(65, {})
  notes.flush()
  expect(noted()).toBe(65)
})

it('notes a page that no other follows', async () => {
  notePictures(database).add(1, { problem: { code: 'missing-file', details: { file: 'a.jpg' } } })
  await expect.poll(noted, { timeout: 10_000 }).toBe(1)
  expect(reader.prepare('SELECT problem FROM pages WHERE id = 1').get()).toMatchObject({
    problem: '{"code":"missing-file","details":{"file":"a.jpg"}}',
  })
})

it('says at every later call what went wrong', () => {
  const notes = notePictures(database)
  notes.add(1, {})
  database.close()
  expect(() => notes.flush()).toThrow()
  expect(() => notes.add(2, {})).toThrow()
  expect(() => notes.flush()).toThrow()
})
