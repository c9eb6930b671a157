import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openCatalogueForWriting } from '../../../archive/catalogue.ts'
import { hitBoxes, reckonedBoxes } from '../../../archive/hit-boxes.ts'
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

it('where only lines have places, the whole line is what was hit, each once', () => {
  const line = (y: number, start: number, isVertical = false) =>
    [0, 1, 2].map((at) => ({
      start: start + at,
      end: start + at + 1,
      page: 0,
      box: isVertical ? { x: y, y: 0.2 + at * 0.1, w: 0.02, h: 0.1 } : { x: 0.2 + at * 0.1, y, w: 0.1, h: 0.02 },
      isReckoned: true,
    }))
  const precise = { start: 9, end: 10, page: 0, box: { x: 0.5, y: 0.9, w: 0.1, h: 0.02 } }
  const words = packWordBoxes([...line(0.1, 0), ...line(0.14, 3), ...line(0.8, 6, true), precise])
  const boxes = (ranges: [number, number][]) => hitBoxes(ranges, ['p1'], words, [])
  const near = (value: number) => expect.closeTo(value, 3) as number
  expect(boxes([[1, 3]])).toEqual([
    { page: 'p1', x: near(0.2), y: near(0.1), w: near(0.3), h: near(0.02), precision: 'line' },
  ])
  expect(boxes([[7, 8]])).toEqual([
    { page: 'p1', x: near(0.8), y: near(0.2), w: near(0.02), h: near(0.3), precision: 'line' },
  ])
  expect(boxes([[2, 4]]).map(({ y }) => y)).toEqual([near(0.1), near(0.14)])
  expect(boxes([[9, 10]])).toMatchObject([{ precision: 'word', w: near(0.1) }])
  // What is about a few words, such as a note, keeps the place that was reckoned for them.
  expect(reckonedBoxes([[1, 2]], ['p1'], words, [])).toMatchObject([{ precision: 'word', x: near(0.3), w: near(0.1) }])
})
