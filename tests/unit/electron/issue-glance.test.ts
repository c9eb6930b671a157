import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { issueGlance, issueView, loadIssue } from '../../../electron/issue-views.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { openReading, pageLabelOf, type Reading } from '../../../archive/reading.ts'
import { makeReadingArchive } from '../../fixtures/reading-archive.ts'
import { lastingFolder } from '../../fixtures/temporary-folder.ts'

const archive = '0123456789abcdef'
const large = { title: 'reading', date: '2020-03-01', edition: 1 }
let reading: Reading
beforeAll(async () => {
  const [folder, cache] = [lastingFolder(), lastingFolder()]
  await makeReadingArchive(join(folder, 'a'), { largeIssues: 0, manyPages: 500 })
  await prepareArchive(join(folder, 'a'), { cache })
  reading = await openReading(join(folder, 'a'), cache)
})

it('is the beginning of the whole: the same facts, the first pages, how many there are', async () => {
  const glance = issueGlance(archive, reading, large)
  const whole = issueView(archive, reading, await loadIssue(reading, large))
  const { pages, pageCount, articleCount, ...facts } = glance
  expect(whole).toMatchObject(facts)
  expect([pageCount, articleCount]).toEqual([whole.pages.length, whole.articles.length])
  expect(pages).toHaveLength(480)
  for (const [index, page] of pages.entries()) expect(whole.pages[index]).toMatchObject(page)
  expect(pages[0]?.thumbnail).toMatch(/^archive:/)
})

it('says of a short issue all its pages, and of none that it is not known', () => {
  const short = issueGlance(archive, reading, { ...large, date: '2020-02-01' })
  expect(short.pages).toHaveLength(short.pageCount)
  expect(short.next).toEqual(large)
  expect(() => issueGlance(archive, reading, { ...large, edition: 2 })).toThrow(
    expect.objectContaining({ code: 'unknown-issue' }),
  )
})

it('knows what a page is called without the document', () => {
  const row = reading.database.prepare('SELECT id FROM issues WHERE date = ?').get(large.date) as { id: number }
  expect(pageLabelOf(reading, row.id, issueGlance(archive, reading, large).pages[1]?.id ?? '')).not.toBe('')
  expect(pageLabelOf(reading, row.id, 'nowhere')).toBe('')
})
