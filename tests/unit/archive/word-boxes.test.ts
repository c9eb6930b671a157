import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openCatalogueForWriting } from '../../../archive/catalogue.ts'
import { hitBoxes } from '../../../archive/hit-boxes.ts'
import { packWordBoxes } from '../../../archive/word-boxes.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('words are found in what the database gives for one row and for several', () => {
  const database = openCatalogueForWriting(join(temporaryFolder(), 'catalogue.sqlite'))
  const packed = packWordBoxes([
    { start: 0, end: 5, page: 0, box: { x: 0, y: 0, w: 0.5, h: 0.5 } },
    { start: 6, end: 9, page: 0, box: { x: 0.5, y: 0.5, w: 0.5, h: 0.5 } },
  ])
  database.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, data BLOB)')
  database.prepare('INSERT INTO words VALUES (?, ?)').run(1, packed)
  const [one, several] = ['get', 'all'].map((how) => {
    const statement = database.prepare('SELECT data AS words FROM words')
    const rows = how === 'get' ? [statement.get()] : statement.all()
    return (rows as { words: Uint8Array | ArrayBuffer }[])[0]?.words
  })
  database.close()
  for (const words of [packed, one, several]) {
    expect(hitBoxes([[6, 9]], ['p1'], words, [['p1', 0, 0, 1, 1]])).toMatchObject([
      { page: 'p1', precision: 'word', x: expect.closeTo(0.5, 3) as number },
    ])
  }
})
