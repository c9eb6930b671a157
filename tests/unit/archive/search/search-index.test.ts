import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex } from '../../../../archive/search/search-index.ts'
import { makeCorpus } from '../../../fixtures/make-corpus.ts'
import { asDocument, plainDocument, temporaryFolder } from './corpus-index.ts'

it('writes the same bytes through FlexSearch and in bulk', async () => {
  const documents = [...makeCorpus(700)].map(asDocument)
  const files = []
  for (const writer of ['flexsearch', 'bulk'] as const) {
    const folder = temporaryFolder()
    await createSearchIndex(folder).addDocuments(documents, { writer })
    expect(readdirSync(folder).sort()).toEqual(['000001.segment', 'manifest.json'])
    files.push(readFileSync(join(folder, '000001.segment')))
  }
  expect(files[0]!.equals(files[1]!)).toBe(true)
})

it('finds', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([
    plainDocument(1, '国务院总理视察黄河\n两国和两国人民在2013年'),
    plainDocument(2, '國務院\n甲乙在这里，而乙丙在那里，丙丁在别处'),
  ])
  const index = await openSearchIndex(folder)
  const ids = async (query: string): Promise<number[]> => (await index.find(query)).hits.map((hit) => hit.id)
  expect(await ids('国务院')).toEqual([2, 1])
  expect(await ids('甲乙丙丁')).toEqual([])
  expect(await ids('两国和两国人民')).toEqual([1])
  expect(await ids('河')).toEqual([1])
  expect(await ids('2013')).toEqual([1])
  expect(await ids('2013年')).toEqual([1])
  expect(await ids('013年')).toEqual([])
  index.close()
})
