/**
 * Adds, adds in bulk, deletes and merges at random until it is killed, for the test of whole indexes. After every
 * success it says what must be found from then on: `+ FIRST LAST` and `- FIRST LAST`; before it tries, `? FIRST LAST`.
 */
import { writeSync } from 'node:fs'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'
import { plainDocument } from './corpus-index.ts'

const [, , folder = '', start = '1', seed = '1'] = process.argv
const random = seededRandom(Number(seed))
const writer = createSearchIndex(folder)
let next = Number(start)
const living: [number, number][] = []
const say = (line: string): void => void writeSync(1, `${line}\n`)
const documents = (first: number, count: number) =>
  Array.from({ length: count }, (_, place) =>
    plainDocument(first + place, `第${first + place}号 n${first + place}\n黄河大桥`),
  )

say('ready')
for (;;) {
  const choice = random()
  if (choice < 0.2 && living.length > 0) {
    const [[first, last] = [0, 0]] = living.splice(Math.floor(random() * living.length), 1)
    say(`? ${first} ${last}`)
    writer.removeDocuments(Array.from({ length: last - first + 1 }, (_, place) => first + place))
    say(`- ${first} ${last}`)
    continue
  }
  const count = choice < 0.5 ? 1 + Math.floor(random() * 30) : 500 + Math.floor(random() * 400)
  const range: [number, number] = [next, next + count - 1]
  next += count
  say(`? ${range.join(' ')}`)
  await writer.addDocuments(documents(range[0], count), { writer: choice < 0.5 ? 'flexsearch' : 'bulk' })
  say(`+ ${range.join(' ')}`)
  living.push(range)
  await writer.merge()
}
