import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { ArchiveError } from '../../../../archive/errors.ts'
import { loadImporters, readRecognised, recogniseSource } from '../../../../archive/import/import-source.ts'
import { imageSize } from '../../../../archive/import/image-size.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import type { ImportEvent } from '../../../../archive/import/importer.ts'
import type { Source } from '../../../../archive/import/source.ts'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { changed, mutation } from '../../../fixtures/fuzz-changes.ts'
import { fuzzSeeds } from '../../../fixtures/fuzz-seeds.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'
import { warcOf } from '../../../fixtures/warc-writer.ts'
import { writeZip } from '../../../fixtures/zip-writer.ts'
import { sourceOf } from './source-fixture.ts'

/** Longer by hand: `BANMIAN_FUZZ_RUNS=5000 BANMIAN_FUZZ_SEED=7`. What failed once is run again by its seed for ever. */
const runs = Number(process.env.BANMIAN_FUZZ_RUNS ?? 12)
const seeds = [1, ...(process.env.BANMIAN_FUZZ_SEED ? [Number(process.env.BANMIAN_FUZZ_SEED)] : [])]
const longest = 10_000

const importers = await loadImporters()

/** Every file that a document names: one that was not listed would end the import of the whole source. */
function namedFiles(issue: IssueDocument): string[] {
  const pages = issue.pages.flatMap(({ renditions, text }) => [
    ...renditions.map(({ file }) => file),
    ...(text ? [text.file] : []),
  ])
  return [
    ...pages,
    ...issue.articles.flatMap(({ photos }) => photos.flatMap(({ file }) => (file === undefined ? [] : [file]))),
  ]
}

async function readAll(source: Source, events: () => AsyncIterable<ImportEvent>): Promise<void> {
  const start = performance.now()
  try {
    for await (const event of events()) {
      expect(performance.now() - start).toBeLessThan(longest)
      if (event.type === 'warning') continue
      expect(source.files).toEqual(expect.arrayContaining(event.files))
      if (event.type !== 'issue') continue
      checkIssueDocument(event.issue, 'x')
      expect(event.files).toEqual(expect.arrayContaining(namedFiles(event.issue)))
    }
  } catch (error) {
    // A refusal with a code is an answer; an issue that is none is not.
    if (!(error instanceof ArchiveError) || error.code === 'damaged-document') throw error
  }
  expect(performance.now() - start).toBeLessThan(longest)
}

async function* recognisedEvents(source: Source): AsyncGenerator<ImportEvent> {
  yield* readRecognised(source, await recogniseSource(source), {})
}

describe.each(Object.keys(fuzzSeeds))('%s, changed at random', (name) => {
  const files = fuzzSeeds[name] ?? {}

  it('gives whole issues or says why not', { timeout: 600_000 }, async () => {
    for (const seed of seeds) {
      await fc.assert(
        fc.asyncProperty(changed(files), async (mutated) => {
          const source = sourceOf(mutated)
          await readAll(source, () => recognisedEvents(source))
        }),
        { seed, numRuns: runs },
      )
    }
  })

  it('is no trouble for an importer of something else', { timeout: 600_000 }, async () => {
    for (const seed of seeds) {
      await fc.assert(
        fc.asyncProperty(changed(files), fc.constantFrom(...importers), async (mutated, importer) => {
          const source = sourceOf(mutated)
          const recognition = { confidence: 1, entries: [...source.files] }
          await readAll(source, () => importer.read(source, recognition, {}))
        }),
        { seed, numRuns: runs },
      )
    }
  })
})

it('knows a seed that every importer reads an issue from', async () => {
  const read = new Set<string>()
  for (const files of Object.values(fuzzSeeds)) {
    const source = sourceOf(files)
    const recognised = await recogniseSource(source).catch(() => [])
    for await (const event of readRecognised(source, recognised, {})) {
      if (event.type === 'issue') read.add(event.issue.source.importer)
    }
  }
  expect(importers.map(({ id }) => id).filter((id) => !read.has(id))).toEqual([])
})

describe('what files come packed in', () => {
  const page = fuzzSeeds['founder'] ?? {}
  const packed: [string, () => Promise<Buffer>][] = [
    ['x.zip', async () => writeZip(Object.entries(page).map(([name, content]) => ({ name, content })))],
    ['x.warc', async () => warcOf(page)],
    ['x.warc.gz', async () => gzipSync(await warcOf(page))],
    ['x.jsonl.gz', async () => fuzzSeeds['article-lines']?.['y.jsonl.gz'] ?? Buffer.alloc(0)],
  ]

  it.each(packed)('%s, changed at random, is opened or refused', { timeout: 600_000 }, async (name, make) => {
    // The WARC reader writes to the console what is wrong with a record.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const whole = await make()
    const path = join(temporaryFolder(), name)
    for (const seed of seeds) {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (changes) => {
          writeFileSync(
            path,
            changes.reduce<Buffer>((bytes, change) => change(bytes), whole),
          )
          const source = await openSource(path).catch((error: unknown) => {
            if (!(error instanceof ArchiveError)) throw error
          })
          if (!source) return
          await readAll(source, () => recognisedEvents(source))
          await source.close()
        }),
        { seed, numRuns: runs * 3 },
      )
    }
  })

  it('and the heads of pictures never break what measures them', () => {
    const heads = [
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10',
      '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x10\0\x10\x03',
      'II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x10\0\0\0\x01\x01\x03\0\x01\0\0\0\x10\0\0\0',
      'MM\0*\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\0\x10\0\0\x01\x01\0\x03\0\0\0\x01\0\x10\0\0',
      'RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x0f\0\0',
      '\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2djp2h\0\0\0\x16ihdr\0\0\0\x10\0\0\0\x10',
      '\xff\x4f\xff\x51\0\x29\0\0\0\0\0\x10\0\0\0\x10\0\0\0\0\0\0\0\0',
    ].map((head) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(40)]))
    for (const head of heads) expect(imageSize(head)).toMatchObject({ width: 16 })
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.array(mutation, { maxLength: 4 }), (head, changes) => {
        const size = imageSize(changes.reduce<Buffer>((bytes, change) => change(bytes), head))
        return size === undefined || (size.width > 0 && size.height > 0)
      }),
      { seed: 1, numRuns: runs * 200 },
    )
  })
})
