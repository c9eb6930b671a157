/** The texts that all engines share, and the engine of archive/search. */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { fold } from '../../archive/search/folding.ts'
import { createSearchIndex } from '../../archive/search/index-writer.ts'
import { openSearchIndex } from '../../archive/search/search-index.ts'
import { openSegment } from '../../archive/search/segment-reader.ts'
import { snippet } from '../../archive/search/snippet.ts'
import { articles, documents } from './search-material.ts'
import { measure, memoryMb, peakMb, sizeMb, timed, type Measured } from './search-measure.ts'
import { makeQueries } from './search-queries.ts'
import { originalReader } from './search-rival-reading.ts'

export const engineParts: Record<string, (folder: string) => Promise<Measured> | Measured> = {
  /** What a process takes that does nothing. */
  floor: () => ({ rss: memoryMb() }),

  texts(folder) {
    const database = new Database(join(folder, 'texts.db'))
    database.exec('PRAGMA journal_mode=WAL; CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)')
    const insert = database.prepare('INSERT INTO texts VALUES (?, ?)')
    database.exec('BEGIN')
    let bytes = 0
    for (const { id, text } of documents()) {
      bytes += Buffer.byteLength(text)
      insert.run(id, text)
      if (id % 10_000 === 0) database.exec('COMMIT; BEGIN')
    }
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
    writeFileSync(join(folder, 'queries.json'), JSON.stringify(makeQueries()))
    return { mb: bytes / 1e6 }
  },

  async 'engine build'(folder) {
    const source = timed(documents())
    await createSearchIndex(join(folder, 'engine')).addDocuments(source.items)
    const size = sizeMb(join(folder, 'engine'), /./)
    return { ...source.rates(), peak: peakMb(), size, indexMb: indexMbOf(join(folder, 'engine')) }
  },

  async 'engine query'(folder) {
    const originals = originalReader(folder)
    let texts = new Map<number, string>()
    const prepareTexts = (ids: number[]): void => void (texts = originals(ids))
    const readText = (id: number): string | undefined => texts.get(id)
    const started = performance.now()
    const index = await openSearchIndex(join(folder, 'engine'), { readText, prepareTexts })
    const open = performance.now() - started
    const opened = memoryMb()
    const ask = async (query: string): Promise<void> => {
      const { hits } = await index.find(query, { pageOnly: true })
      for (const hit of hits) snippet(texts.get(hit.id) ?? '', hit.ranges)
    }
    const first = await measure(folder, ask)
    const rss = memoryMb()
    const rss20 = peakMb()
    // Each reads every text that may answer: of a million articles a few rounds are enough.
    const full = articles > 100_000 ? { rounds: 2, most: 15 } : {}
    const total = await measure(folder, async (query) => void (await index.find(query, { limit: 0 })), full)
    const months = await measure(folder, async (query) => void (await index.find(query, { facets: true })), full)
    const relevance = await measure(
      folder,
      async (query) => void (await index.find(query, { sort: 'relevance' })),
      full,
    )
    const peak = peakMb()
    // Last: to make the system forget its files the bench starts other programs, which is not the engine's memory.
    const cold = await measure(folder, ask, { most: 12, cold: true })
    return { open, opened, rss, rss20, peak, first, total, relevance, months, cold }
  },
}

/** The index without the folded texts, which FTS5 keeps in a table besides it. */
function indexMbOf(path: string): number {
  let bytes = 0
  for (const name of readdirSync(path).filter((one) => one.endsWith('.segment'))) {
    const segment = openSegment(join(path, name))
    bytes += statSync(join(path, name)).size - segment.head.postings
    segment.close()
  }
  return bytes / 1e6
}

/** One file of folded texts with a line break between them, for the scan. */
export function foldedTexts(): Buffer {
  const parts: Buffer[] = []
  for (const { text } of documents()) parts.push(Buffer.from(`${fold(text)}\n`))
  return Buffer.concat(parts)
}
