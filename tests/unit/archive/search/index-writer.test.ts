import { spawn } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { openSearchIndex } from '../../../../archive/search/search-index.ts'
import { makeCorpus, seededRandom } from '../../../fixtures/make-corpus.ts'
import { asDocument, plainDocument, temporaryFolder } from './corpus-index.ts'

async function idsOf(folder: string, query: string): Promise<number[]> {
  const index = await openSearchIndex(folder)
  const { hits } = await index.find(query, { limit: 10_000 })
  index.close()
  return hits.map((hit) => hit.id)
}

const segments = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.segment'))

it('refuses a folder without an index', async () => {
  await expect(openSearchIndex(temporaryFolder())).rejects.toMatchObject({ code: 'no-index' })
})

it('keeps an empty index', async () => {
  const folder = temporaryFolder()
  expect(await createSearchIndex(folder).addDocuments([])).toBe(0)
  expect(await idsOf(folder, '国')).toEqual([])
})

it('replaces what is added again and forgets what is removed', async () => {
  const folder = temporaryFolder()
  const writer = createSearchIndex(folder)
  await writer.addDocuments([plainDocument(1, '旧的黄河'), plainDocument(2, '长江'), plainDocument(3, '黄河')])
  expect(await writer.addDocuments([plainDocument(1, '新的太行'), plainDocument(1, '新的黄山')])).toBe(1)
  expect(await idsOf(folder, '黄河')).toEqual([3])
  expect(await idsOf(folder, '新的')).toEqual([1])
  expect(await idsOf(folder, '太行')).toEqual([])
  expect(await idsOf(folder, '-黄河')).toEqual([2, 1])
  expect(createSearchIndex(folder).removeDocuments([3, 77])).toBe(1)
  expect(await idsOf(folder, '黄')).toEqual([1])
})

it('merges daily imports and stays exact', async () => {
  const folder = temporaryFolder()
  const documents = [...makeCorpus(600, { perDay: 12 })].map(asDocument)
  const writer = createSearchIndex(folder)
  for (let from = 0; from < 600; from += 20) await writer.addDocuments(documents.slice(from, from + 20))
  writer.removeDocuments([5, 6, 7])
  const queries = ['经济', '国', '2013', '发展 -建设', '标题:推进']
  const before = []
  for (const query of queries) before.push(await idsOf(folder, query))
  expect(await writer.merge()).toBeLessThan(10)
  expect(segments(folder).length).toBeLessThan(10)
  for (const [place, query] of queries.entries()) expect(await idsOf(folder, query)).toEqual(before[place])
  expect(before[0]!.length).toBeGreaterThan(10)
})

it('adds all or nothing: cancelled, failed, and an earlier index stays', async () => {
  const folder = temporaryFolder()
  const writer = createSearchIndex(folder)
  await writer.addDocuments([plainDocument(1, '黄河')])
  const controller = new AbortController()
  const endless = (function* () {
    for (let id = 2; ; id++) {
      if (id === 3000) controller.abort()
      yield plainDocument(id, `黄河${id}`)
    }
  })()
  const cancelled = writer.addDocuments(endless, { signal: controller.signal })
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  await expect(writer.addDocuments([plainDocument(2, '黄河'), plainDocument(0, '黄河')])).rejects.toMatchObject({
    code: 'bad-request',
  })
  expect(await idsOf(folder, '黄河')).toEqual([1])
  expect(segments(folder)).toHaveLength(1)
})

it('reports progress', async () => {
  const seen: number[] = []
  const documents = Array.from({ length: 600 }, (_, place) => plainDocument(place + 1, `第${place}条`))
  await createSearchIndex(temporaryFolder()).addDocuments(documents, { onProgress: (done) => seen.push(done) })
  expect(seen).toEqual([256, 512, 600])
})

it('refuses an index of another version or with a damaged manifest, and begins afresh on request', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([plainDocument(1, '黄河')])
  const file = join(folder, 'manifest.json')
  const manifest = readFileSync(file, 'utf8')
  for (const changed of [manifest.replace(/"folding":\d+/, '"folding":0'), manifest.slice(0, 40), '', '{}', 'null']) {
    writeFileSync(file, changed)
    await expect(openSearchIndex(folder)).rejects.toMatchObject({ code: 'stale-index' })
    expect(() => createSearchIndex(folder)).toThrow(expect.objectContaining({ code: 'stale-index' }))
  }
  await createSearchIndex(folder, { fresh: true }).addDocuments([plainDocument(2, '黄河')])
  expect(await idsOf(folder, '黄河')).toEqual([2])
})

it('sees any damage to a segment, says so, and is whole again after that part is added again', async () => {
  const folder = temporaryFolder()
  const documents = [...makeCorpus(300)].map(asDocument)
  const writer = createSearchIndex(folder)
  await writer.addDocuments(documents.slice(0, 150))
  await writer.addDocuments(documents.slice(150))
  const expected = await idsOf(folder, '经济')
  const [name = ''] = segments(folder).sort()
  const file = join(folder, name)
  const copy = join(temporaryFolder(), 'copy')
  copyFileSync(file, copy)
  const bytes = readFileSync(file)
  const random = seededRandom(5)
  const offsets = [
    0,
    bytes.length - 1,
    bytes.length - 10,
    ...Array.from({ length: 40 }, () => Math.floor(random() * bytes.length)),
  ]
  for (const offset of offsets) {
    const flipped = Buffer.from(bytes)
    flipped[offset] = flipped[offset]! ^ 0x10
    writeFileSync(file, flipped)
    const index = await openSearchIndex(folder)
    const result = await index.find('经济', { limit: 1000 })
    const ids = result.hits.map((hit) => hit.id)
    if (result.damaged.length === 0) expect(ids).toEqual(expected)
    else {
      expect(result).toMatchObject({ exact: false, damaged: [{ name, ids: [1, 150] }] })
      expect(ids).toEqual(expected.filter((id) => id > 150))
    }
    expect(await index.check()).toEqual([{ name, ids: [1, 150] }])
    index.close()
  }
  for (const length of [0, 10, bytes.length >> 1, bytes.length - 1]) {
    copyFileSync(copy, file)
    truncateSync(file, length)
    const index = await openSearchIndex(folder)
    expect(index.damaged()).toEqual([{ name, ids: [1, 150] }])
    index.close()
  }
  rmSync(file)
  const index = await openSearchIndex(folder)
  expect(index.damaged()).toHaveLength(1)
  index.close()
  expect(writer.dropSegment(name)).toEqual([1, 150])
  await writer.addDocuments(documents.slice(0, 150))
  expect(await idsOf(folder, '经济')).toEqual(expected)
})

it('is whole after being killed at any moment', async () => {
  const folder = temporaryFolder()
  await createSearchIndex(folder).addDocuments([...makeCorpus(100)].map(asDocument))
  const expected = await idsOf(folder, '经济')
  const script = join(import.meta.dirname, 'endless-writer.ts')
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => setTimeout(resolve, 700 + round * 150))
    child.kill('SIGKILL')
    await ended
    const found = await idsOf(folder, '经济')
    expect(found.filter((id) => id <= 100)).toEqual(expected)
    const index = await openSearchIndex(folder)
    expect(await index.check()).toEqual([])
    // Whole batches of 50 and nothing between.
    expect((index.articles - 100) % 50).toBe(0)
    index.close()
  }
  createSearchIndex(folder)
  const listed = readFileSync(join(folder, 'manifest.json'), 'utf8')
  for (const name of readdirSync(folder)) if (name !== 'manifest.json') expect(listed).toContain(name)
})
