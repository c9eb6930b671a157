import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchiveFolder } from '../../../archive/archive-folder.ts'
import { withLock } from '../../../archive/archive-lock.ts'
import { hashFile } from '../../../archive/hashed-files.ts'
import { importSources } from '../../../archive/importing.ts'
import { parseIssueDocument } from '../../../archive/issue-document.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { manifestOf, stateOf } from '../../fixtures/archive-state.ts'
import {
  articlesPerIssue,
  dayFolder,
  pagesPerIssue,
  pdfOf,
  pictureOf,
  writeSmallMirror,
} from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const days = ['2013-01-10', '2013-01-11'] as const

async function mirrorAndArchive(dates: readonly string[] = days): Promise<{ mirror: string; archive: string }> {
  const folder = temporaryFolder()
  const mirror = join(folder, 'mirror')
  await writeSmallMirror(mirror, dates)
  return { mirror, archive: join(folder, 'archive') }
}

function documentOf(archive: string, date: string) {
  const file = `data/issues/csrb/${date.slice(0, 4)}/${date}_01.json`
  return parseIssueDocument(readFileSync(join(archive, file)), file)
}

describe('an import', () => {
  it('brings valid documents, originals byte for byte, and right manifests', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    const outcome = await importSources([mirror], archive)
    expect(outcome).toMatchObject({
      issues: 2,
      pages: 2 * pagesPerIssue,
      articles: 2 * articlesPerIssue,
      zones: 8,
      warnings: [],
    })
    for (const date of days) {
      const issue = documentOf(archive, date)
      expect(issue.pages.map(({ label, name }) => `${label} ${name}`)).toEqual(['01 要闻', '02 综合'])
      expect(issue.articles.map(({ headline }) => headline)).toContain('奋力打造一流产业集聚区')
      for (const { file } of issue.pages.flatMap((page) => page.renditions)) {
        expect(existsSync(join(archive, 'data', file)), file).toBe(true)
      }
    }
    const originals = stateOf(join(archive, 'data/originals/mirror'))
    expect(originals).toEqual(stateOf(mirror))
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
    expect(existsSync(join(archive, '.import'))).toBe(false)
    expect(existsSync(join(archive, '.banmian-lock'))).toBe(false)
  })

  it('brings nothing new the second time, and says so', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    await importSources([mirror], archive)
    const before = stateOf(archive)
    const outcome = await importSources([mirror], archive)
    expect(outcome).toMatchObject({ issues: 0, pages: 0, articles: 0, zones: 0, words: 0 })
    expect(outcome.warnings.map(({ code, file }) => [code, file])).toEqual(
      days.map((date) => ['issue-exists', `csrb/${date}/1`]),
    )
    expect(stateOf(archive)).toEqual(before)
  })

  it('merges a later delivery with one more issue', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    await importSources([mirror], archive)
    const before = stateOf(join(archive, 'data'))
    await writeSmallMirror(mirror, ['2013-01-12'])
    expect(await importSources([mirror], archive)).toMatchObject({ issues: 1, pages: pagesPerIssue })
    expect(stateOf(join(archive, 'data'))).toMatchObject(before)
    expect(documentOf(archive, '2013-01-12').number).toBe('8012')
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
  })

  it('keeps a file of the same name and other content beside the first', async () => {
    const { mirror, archive } = await mirrorAndArchive([days[0]])
    await importSources([mirror], archive)
    const before = stateOf(join(archive, 'data'))
    rmSync(mirror, { recursive: true })
    await writeSmallMirror(mirror, ['2013-01-12'])
    const shared = 'epaper/csrb/html/2013-01/period.xml'
    writeFileSync(join(mirror, shared), '<periodlist>two</periodlist>')
    await importSources([mirror], archive)
    writeFileSync(join(mirror, shared), '<periodlist>three</periodlist>')
    await importSources([mirror], archive)
    expect(stateOf(join(archive, 'data'))).toMatchObject(before)
    const stored = (delivery: string): string => readFileSync(join(archive, 'data/originals', delivery, shared), 'utf8')
    expect([stored('mirror'), stored('mirror~2')]).toEqual([
      '<periodlist>two</periodlist>',
      '<periodlist>three</periodlist>',
    ])
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
  })

  it('writes nothing when one of several sources is none', async () => {
    const { mirror, archive } = await mirrorAndArchive([days[0]])
    const other = join(temporaryFolder(), 'holiday')
    mkdirSync(other)
    writeFileSync(join(other, 'beach.txt'), 'sand')
    await expect(importSources([mirror, other], archive)).rejects.toMatchObject({ code: 'not-recognised' })
    expect(existsSync(archive)).toBe(false)
  })

  it('keeps files whose names are one on other systems apart', async () => {
    const folder = temporaryFolder()
    const mirror = join(folder, 'mirror')
    await writeSmallMirror(mirror, ['2013-01-10'])
    const day = join(mirror, dayFolder('2013-01-10'))
    writeFileSync(
      join(day, 'content_1.htm'),
      '<founder-title>题</founder-title><div id=ozoom><P>文</P><img src=Photo.jpg><img src=photo.jpg></div>',
    )
    for (const name of ['Photo.jpg', 'photo.jpg']) writeFileSync(join(day, name), name)
    const archive = join(folder, 'archive')
    await importSources([mirror], archive)
    const { manifest } = await openArchiveFolder(archive)
    const photos = [...manifest.keys()].filter((path) => /photo\.jpg$/i.test(path))
    expect(photos).toHaveLength(2)
    expect(new Set(photos.map((path) => path.toLowerCase())).size).toBe(2)
  })

  it('imports an issue without the file that cannot be read, and names it', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root reads every file; the test of the command line drops root')
    const { mirror, archive } = await mirrorAndArchive([days[0]])
    chmodSync(join(mirror, pdfOf(days[0], 2)), 0)
    const outcome = await importSources([mirror], archive)
    expect(outcome.warnings.map(({ code }) => code)).toEqual(['unreadable-file'])
    expect(documentOf(archive, days[0]).pages[1]?.renditions).toEqual([])
  })
})

describe('an import that is stopped', () => {
  it.each(['at its first file', 'at its last'] as const)('%s leaves the archive as it was', async (moment) => {
    const { mirror, archive } = await mirrorAndArchive()
    await importSources([mirror], archive)
    const before = stateOf(archive)
    await writeSmallMirror(mirror, ['2013-01-12', '2013-01-13'])
    const stop = new AbortController()
    const importing = importSources([mirror], archive, {
      signal: stop.signal,
      onProgress: (progress) => {
        if (moment === 'at its first file' || progress.done === progress.total) stop.abort()
      },
    })
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' })
    expect(stateOf(archive)).toEqual(before)
  })

  it('leaves no folder of an archive that was new, and an empty one that was there', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    const stop = new AbortController()
    stop.abort()
    await expect(importSources([mirror], archive, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(archive)).toBe(false)
    mkdirSync(archive)
    await expect(importSources([mirror], archive, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(stateOf(archive)).toEqual({})
    expect(existsSync(archive)).toBe(true)
  })

  it('is refused while another writes, and touches nothing of the other', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    await importSources([mirror], archive)
    await withLock(archive, async () => {
      const before = stateOf(archive)
      await expect(importSources([mirror], archive)).rejects.toMatchObject({ code: 'archive-busy' })
      expect(stateOf(archive)).toEqual(before)
    })
  })

  it('can make the archive whose making was killed', async () => {
    const { mirror, archive } = await mirrorAndArchive([days[0]])
    mkdirSync(join(archive, 'data'), { recursive: true })
    writeFileSync(join(archive, 'issue.schema.json'), '{}')
    writeFileSync(join(archive, 'manifest-sha256.txt.4711.tmp'), '')
    expect(await importSources([mirror], archive)).toMatchObject({ issues: 1 })
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
  })

  it('copies afresh what changed in the source since it was killed', async () => {
    const { mirror, archive } = await mirrorAndArchive()
    const undisturbed = join(temporaryFolder(), 'undisturbed')
    // Killed before its commit: everything is copied, nothing is in the archive. A staging of its own stands for it.
    const staged = await stageAndLeave(mirror, archive)
    expect(staged).toContain(pictureOf(days[0]))
    const pdf = join(mirror, pdfOf(days[0], 1))
    const content = readFileSync(pdf, 'latin1')
    // The same size and the same time, as a tool that keeps times writes it.
    const old = new Date(1_600_000_000_000)
    writeFileSync(pdf, content.replace('2013-01-10 1', '2013-01-10 9'), 'latin1')
    utimesSync(pdf, old, old)
    appendFileSync(join(mirror, dayFolder(days[1]), 'content_1.htm'), '<!-- more -->')
    await importSources([mirror], archive)
    await importSources([mirror], undisturbed)
    expect(manifestOf(archive)).toBe(manifestOf(undisturbed))
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
    expect(await hashFile(join(archive, 'data/originals/mirror', pdfOf(days[0], 1)))).toBe(await hashFile(pdf))
    expect((await openArchiveFolder(archive)).manifest.size).toBeGreaterThan(0)
  })
})

/** Leaves the archive as an import leaves it that is killed after its last copy; answers what its records say. */
async function stageAndLeave(mirror: string, archive: string): Promise<string> {
  const { openOrCreateArchiveFolder } = await import('../../../archive/archive-folder.ts')
  const { openStaging } = await import('../../../archive/import-staging.ts')
  const { openFolderSource } = await import('../../../archive/import/folder-source.ts')
  await openOrCreateArchiveFolder(archive)
  const source = await openFolderSource(mirror)
  const old = new Date(1_600_000_000_000)
  utimesSync(join(mirror, pdfOf(days[0], 1)), old, old)
  const staging = await openStaging(archive, source, mirror)
  for (const file of source.files) await staging.addOriginal(file)
  staging.tables.close()
  return readFileSync(join(archive, '.import', staging.key, 'copied.jsonl'), 'utf8')
}
