import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { openReading, type Reading } from '../../../archive/reading.ts'
import { findInArchive, openArchiveSearch } from '../../../archive/search-catalogue.ts'
import { fold } from '../../../archive/search/folding.ts'
import { answersOf } from '../../fixtures/archive-state.ts'
import { currentArchive } from '../../fixtures/current-archive.ts'
import { banmian, expectFailure } from '../../fixtures/command-line.ts'
import { writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

const days = ['2013-01-10', '2013-01-11', '2013-01-12']
const cache = '/nonexistent/cache'
let mirror = ''
let plain = ''
let prepared = ''

beforeAll(async () => {
  const folder = lastingFolder()
  mirror = join(folder, 'mirror')
  plain = join(folder, 'plain')
  prepared = join(folder, 'prepared')
  await writeSmallMirror(mirror, days)
  await importSources([mirror], plain)
  cpSync(plain, prepared, { recursive: true })
  await prepareArchive(prepared, { cache })
})

/** Articles whose folded text holds the folded word: Latin words whole, everything else as characters. */
function plainScan(reading: Reading, query: string): string[] {
  const wanted = fold(query)
  const isLatin = /^[\p{Script=Latin}\p{N}]+$/u.test(wanted)
  const whole = isLatin
    ? new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${wanted}(?![\\p{Script=Latin}\\p{N}])`, 'u')
    : undefined
  const rows = reading.database
    .prepare(
      `SELECT issues.title || '/' || issues.date || '/' || issues.edition || '#' || articles.local AS name, articles.text
       FROM articles JOIN issues ON issues.id = articles.issue`,
    )
    .all() as { name: string; text: string }[]
  return rows
    .filter(({ text }) => (whole ? whole.test(fold(text)) : fold(text).includes(wanted)))
    .map(({ name }) => name)
    .sort()
}

async function expectExact(archive: string, queries: string[]): Promise<void> {
  const reading = await openReading(archive, cache)
  const search = await openArchiveSearch(reading)
  try {
    for (const query of queries) {
      const scanned = plainScan(reading, query)
      const found = await findInArchive(search, { text: query, limit: Number.MAX_SAFE_INTEGER })
      expect(found.hits.map(({ article }) => article).sort(), query).toEqual(scanned)
      expect(found, query).toMatchObject({ total: scanned.length, exact: true })
      expect(scanned.length, query).toBeGreaterThan(0)
      for (const hit of found.hits) {
        expect(hit.page, query).not.toBe('')
        expect(hit.boxes.length, query).toBeGreaterThan(0)
        for (const { x, y, w, h } of hit.boxes) {
          expect(Math.min(x, y, w, h)).toBeGreaterThanOrEqual(0)
          expect(Math.max(x + w, y + h)).toBeLessThanOrEqual(1.0001)
        }
      }
    }
  } finally {
    search.close()
    reading.close()
  }
}

describe('a search finds exactly the articles that a plain scan finds', () => {
  it('in a small mirror', async () => {
    // A phrase, a word, a character, the spellings of the other side, a Latin word in any case.
    await expectExact(prepared, ['产业集聚', '学者', '馆', '圖書館', '参观', 'library', 'WINDOWS', '2013'])
  })

  it('in the sample archive', async ({ skip }) => {
    const sample = process.env['BANMIAN_SAMPLE_ARCHIVE']
    if (!sample) skip('BANMIAN_SAMPLE_ARCHIVE is not set')
    else {
      const reading = await openReading(sample, cache)
      const texts = reading.database.prepare('SELECT text FROM articles ORDER BY id').pluck().all() as string[]
      reading.close()
      const from = (pattern: RegExp): string[] => {
        const found = texts.flatMap((text) => pattern.exec(text)?.[0] ?? [])
        return [found[0], found[Math.floor(found.length / 2)], found.at(-1)].flatMap((word) => word ?? [])
      }
      const han = (count: number): string[] => from(new RegExp(`\\p{Script=Han}{${count}}`, 'u'))
      await expectExact(await currentArchive(sample, temporaryFolder(), cache), [
        ...han(4),
        ...han(2),
        ...han(1),
        '圖書館',
        ...from(/\b[A-Za-z]{3,}\b/),
      ])
    }
  })
})

describe('derived data that does not fit', () => {
  const copy = (): string => {
    const archive = join(temporaryFolder(), 'archive')
    cpSync(prepared, archive, { recursive: true })
    return archive
  }
  const segmentOf = (archive: string): string => {
    const folder = join(archive, 'derived/search')
    return join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.segment'))!,
    )
  }
  const expectWhole = async (archive: string): Promise<void> => {
    await prepareArchive(archive, { cache })
    expect(await answersOf(archive, cache)).toEqual(await answersOf(prepared, cache))
  }

  it('is made again when the search index is gone', async () => {
    const archive = copy()
    rmSync(join(archive, 'derived/search'), { recursive: true })
    expectFailure(['search', archive, '产业'], 'no-index', { cache })
    await expectWhole(archive)
  })

  it.each([
    ['truncated', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['gone', (file: string) => rmSync(file)],
  ])('is said to be damaged while a segment is %s, and made again', async (_what, spoil) => {
    const archive = copy()
    spoil(segmentOf(archive))
    expectFailure(['search', archive, '产业'], 'stale-index', { cache })
    await expectWhole(archive)
  })

  it('is made again after a single flipped bit', async () => {
    const archive = copy()
    const file = segmentOf(archive)
    const bytes = readFileSync(file)
    bytes[40]! ^= 1
    writeFileSync(file, bytes)
    await expectWhole(archive)
  })

  it.each([
    ['is no database', (file: string) => writeFileSync(file, 'no database at all '.repeat(500))],
    ['is empty', (file: string) => truncateSync(file, 0)],
    ['is cut off', (file: string) => truncateSync(file, 3 * 4096)],
    ['is gone', (file: string) => rmSync(file)],
    [
      'has overwritten pages',
      (file: string) => {
        const bytes = readFileSync(file)
        bytes.fill(0xa5, 2 * 4096, bytes.length - 4096)
        writeFileSync(file, bytes)
      },
    ],
  ])('is made again when the catalogue %s', async (_what, spoil) => {
    const archive = copy()
    spoil(join(archive, 'derived/catalogue.sqlite'))
    const run = banmian(['search', archive, '产业', '--json'], { cache })
    expect(run).toMatchObject({
      code: 3,
      json: { error: { code: expect.stringMatching(/^(no|stale)-index$/) as string } },
    })
    await expectWhole(archive)
  })

  it('never answers from an index over an older catalogue with other ids', async () => {
    const archive = join(temporaryFolder(), 'archive')
    cpSync(plain, archive, { recursive: true })
    await prepareArchive(archive, { cache })
    // More comes, older by date: a catalogue made anew gives its articles the ids of others.
    const older = join(temporaryFolder(), 'mirror')
    await writeSmallMirror(older, ['2012-12-30', '2012-12-31'])
    await importSources([older], archive)
    await prepareArchive(archive, { cache })
    await expectExact(archive, ['产业集聚', '学者', '2012', '2013-01-12'])
    rmSync(join(archive, 'derived/catalogue.sqlite'))
    await prepareArchive(archive, { cache })
    await expectExact(archive, ['产业集聚', '学者', '2012', '2013-01-12'])
    // A catalogue of a smaller archive beside the index of the larger one.
    cpSync(join(prepared, 'derived/catalogue.sqlite'), join(archive, 'derived/catalogue.sqlite'))
    await prepareArchive(archive, { cache })
    await expectExact(archive, ['产业集聚', '学者', '2012', '2013-01-12'])
  })
})
