/**
 * Adds, adds in bulk, deletes and merges at random until it is killed, for the test of whole indexes; one of the four
 * most of the time. Before it begins with one it says which and what it is about, `? add FIRST LAST`, and after every
 * success what must be found from then on: `+ FIRST LAST` and `- FIRST LAST`.
 */
import { writeSync } from 'node:fs'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'
import { plainDocument } from './corpus-index.ts'

const operations = ['add', 'bulk', 'merge', 'delete'] as const

const [, , folder = '', start = '1', seed = '1'] = process.argv
const random = seededRandom(Number(seed))
const favourite = operations[Number(seed) % 4]!
const writer = createSearchIndex(folder)
let next = Number(start)
const living: [number, number][] = []
const say = (...words: (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`)
const documents = (first: number, count: number) =>
  Array.from({ length: count }, (_, place) =>
    plainDocument(first + place, `第${first + place}号 n${first + place}\n黄河大桥`),
  )

async function add(kind: 'add' | 'bulk', count: number): Promise<void> {
  const first = next
  next += count
  say('?', kind, first, next - 1)
  await writer.addDocuments(documents(first, count), { writer: kind === 'add' ? 'flexsearch' : 'bulk' })
  say('+', first, next - 1)
  for (let from = first; from < next; from += 10) living.push([from, Math.min(from + 9, next - 1)])
}

say('ready')
for (;;) {
  const operation = random() < 0.7 ? favourite : operations[Math.floor(random() * 4)]!
  if (operation === 'add') await add('add', 1 + Math.floor(random() * 400))
  else if (operation === 'bulk') await add('bulk', 500 + Math.floor(random() * 900))
  else if (operation === 'delete' && living.length > 0) {
    const [[first, last] = [0, 0]] = living.splice(Math.floor(random() * living.length), 1)
    say('?', 'delete', first, last)
    writer.removeDocuments(Array.from({ length: last - first + 1 }, (_, place) => first + place))
    say('-', first, last)
  } else {
    // Something to merge.
    for (let part = 0; part < 6; part++) await add('bulk', 120)
    say('?', 'merge', 0, -1)
    await writer.merge()
    say('+', 0, -1)
  }
}
