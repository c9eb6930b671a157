import fc from 'fast-check'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addDamagedIssue, addIssue, removeIssue } from '../../../archive/catalogue-writer.ts'
import { inTransaction, openCatalogueForWriting, type CatalogueDatabase } from '../../../archive/catalogue.ts'
import { plainRow, readInfo } from '../../../archive/reading.ts'
import { smallIssue } from '../../fixtures/issue-document.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const declaration = { format: 'banmian-archive', version: 1, id: '0123456789abcdef', name: 'test' } as const
const titles = ['jcrb', 'hnrb', 'nfrb']

/** What the issues themselves say, summed up anew. */
function summedUp(database: CatalogueDatabase): unknown {
  const sums =
    'COUNT(*) AS issues, TOTAL(pages) AS pages, TOTAL(articles) AS articles, TOTAL(zones) AS zones, TOTAL(words) AS words'
  const rows = database
    .prepare(
      `SELECT titles.id, name, language, MIN(date) AS first, MAX(date) AS last, COUNT(*) AS issues,
         TOTAL(issues.pages) AS pages, TOTAL(issues.articles) AS articles
       FROM issues JOIN titles ON titles.id = issues.title GROUP BY titles.id ORDER BY COUNT(*) DESC, titles.id`,
    )
    .all()
  return {
    format: declaration.format,
    version: declaration.version,
    titles: rows.map((row) => plainRow(row)),
    totals: plainRow(database.prepare(`SELECT ${sums} FROM issues`).get()),
  }
}

function add(database: CatalogueDatabase, title: string, day: number): void {
  const date = `2013-01-${String((day % 28) + 1).padStart(2, '0')}`
  const document = `data/issues/${title}/2013/${date}_${day}.json`
  if (day % 5 === 0) {
    addDamagedIssue(database, { document, sha256: 's' }, { code: 'damaged-document', details: { file: document } })
    return
  }
  const { articles, ...rest } = smallIssue()
  const article = { ...articles[0]!, blocks: [{ kind: 'paragraph' as const, text: '字'.repeat(day) }] }
  const issue = { ...rest, articles: day % 3 === 0 ? [] : [article], date, edition: day }
  addIssue(database, { document, sha256: 's' }, { ...issue, title: { ...issue.title, id: title } }, () => [])
}

it('counts what every title holds as its issues come and go, and nothing of a change that was taken back', () => {
  const change = fc.record({
    title: fc.constantFrom(...titles),
    day: fc.integer({ min: 1, max: 40 }),
    kept: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
      const database = openCatalogueForWriting(join(temporaryFolder(), 'catalogue.sqlite'))
      for (const { title, day, kept } of changes) {
        const there = database.prepare('SELECT id FROM issues WHERE title = ? AND edition = ?').get(title, day) as
          { id: number } | undefined
        const apply = (): void => {
          inTransaction(database, () => {
            if (there) removeIssue(database, there.id)
            else add(database, title, day)
            if (!kept) throw new Error('taken back')
          })
        }
        if (kept) apply()
        else expect(apply).toThrow('taken back')
        expect(readInfo({ declaration, database })).toEqual(summedUp(database))
      }
      database.close()
    }),
    { numRuns: 25 },
  )
})

it('lists no title whose issues have all gone', () => {
  const database = openCatalogueForWriting(join(temporaryFolder(), 'catalogue.sqlite'))
  add(database, 'jcrb', 1)
  removeIssue(database, 1)
  expect(readInfo({ declaration, database })).toMatchObject({ titles: [], totals: { issues: 0, words: 0 } })
  database.close()
})
