import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openArchiveFolder } from '../../../archive/archive-folder.ts'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { isIssueDocumentPath, parseIssueDocument } from '../../../archive/issue-document.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { answersOf, manifestOf, stateOf } from '../../fixtures/archive-state.ts'
import { dayFolder, pictureOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../../..')
const worker = resolve(import.meta.dirname, 'archive-worker.ts')
const firstDays = ['2013-01-10']
const days = [...firstDays, '2013-01-11', '2013-01-12']

/** Runs the worker; answers whether it was killed. */
function runUntil(...words: [task: string, first: string, second: string, moment: string]): boolean {
  const done = spawnSync(process.execPath, ['--import', 'tsx', worker, ...words], { cwd: root, encoding: 'utf8' })
  expect(done.stderr).toBe('')
  return done.signal === 'SIGKILL'
}

describe('an import that is killed', () => {
  let mirror = ''
  let before = ''
  let undisturbed = ''
  beforeAll(async () => {
    const folder = lastingFolder()
    mirror = join(folder, 'mirror')
    before = join(folder, 'before')
    undisturbed = join(folder, 'undisturbed')
    await writeSmallMirror(mirror, firstDays)
    await importSources([mirror], before)
    await writeSmallMirror(mirror, days)
    cpSync(before, undisturbed, { recursive: true })
    await importSources([mirror], undisturbed)
  })

  const stagingOf = (): string => `.import/${createHash('sha256').update(mirror).digest('hex').slice(0, 16)}`
  const moments: Record<string, (archive: string) => string> = {
    'when its folder appears': (archive) => `exists:${archive}/${stagingOf()}/payload`,
    'while it copies the first file': (archive) => `exists:${archive}/${stagingOf()}/copied.jsonl`,
    'while it copies the second issue': () => 'copying:2',
    'when it has copied all': () => 'committing:1',
    'when the new manifest is staged': (archive) => `exists:${archive}/${stagingOf()}/manifest-sha256.txt`,
    'at its point of no return': (archive) => `exists:${archive}/.import/commit.json`,
    'while it moves files': (archive) =>
      `exists:${archive}/data/originals/mirror/${dayFolder('2013-01-11')}/node_2.htm`,
    'when the pictures have moved': (archive) => `exists:${archive}/data/originals/mirror/${pictureOf('2013-01-12')}`,
    'when the manifest has moved': (archive) => `gone:${archive}/${stagingOf()}/manifest-sha256.txt`,
    'while it clears up': (archive) => `gone:${archive}/.import/commit.json`,
  }

  it.each(Object.keys(moments))('%s', async (name) => {
    const archive = join(temporaryFolder(), 'archive')
    cpSync(before, archive, { recursive: true })
    const wasKilled = runUntil('import', mirror, archive, moments[name]!(archive))
    if (name !== 'while it clears up') expect(wasKilled).toBe(true)

    const { manifest } = await openArchiveFolder(archive)
    const issues = [...manifest.keys()].filter(isIssueDocumentPath)
    expect([firstDays.length, days.length]).toContain(issues.length)
    for (const file of issues) {
      const issue = parseIssueDocument(readFileSync(join(archive, file)), file)
      for (const { file: original } of issue.pages.flatMap((page) => page.renditions)) {
        expect(existsSync(join(archive, 'data', original)), original).toBe(true)
      }
    }
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })

    await importSources([mirror], archive)
    expect(manifestOf(archive)).toBe(manifestOf(undisturbed))
    const { 'tagmanifest-sha256.txt': _tags, ...state } = stateOf(archive)
    expect(Object.keys(state)).toEqual(Object.keys(stateOf(undisturbed)).filter((file) => !file.startsWith('tagm')))
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
  })
})

describe('the making of derived data that is killed', () => {
  let plain = ''
  let wanted: unknown
  const cache = '/nonexistent'
  beforeAll(async () => {
    const folder = lastingFolder()
    const mirror = join(folder, 'mirror')
    plain = join(folder, 'plain')
    const undisturbed = join(folder, 'undisturbed')
    await writeSmallMirror(mirror, days)
    await importSources([mirror], plain)
    cpSync(plain, undisturbed, { recursive: true })
    await prepareArchive(undisturbed, { cache })
    wanted = await answersOf(undisturbed, cache)
  })

  const moments: Record<string, (archive: string) => string> = {
    'when the catalogue appears': (archive) => `exists:${archive}/derived/catalogue.sqlite`,
    'before the catalogue is filled': () => 'catalogue:1',
    'when the search index begins': (archive) => `exists:${archive}/derived/search`,
    'when its first segment is written': (archive) => `exists:${archive}/derived/search/000001.segment`,
    'when it was told that articles are indexed': () => 'index:1',
    'when its manifest is written': (archive) => `exists:${archive}/derived/search/manifest.json`,
    'at the first picture': () => 'pictures:1',
    'when thumbnails appear': (archive) => `exists:${archive}/derived/thumbnails`,
    'in the middle of the pictures': () => 'pictures:4',
    'at the last picture': () => 'pictures:6',
  }

  it.each(Object.keys(moments))('%s', async (name) => {
    const archive = join(temporaryFolder(), 'archive')
    cpSync(plain, archive, { recursive: true })
    expect(runUntil('prepare', archive, cache, moments[name]!(archive))).toBe(true)
    await prepareArchive(archive, { cache })
    expect(await answersOf(archive, cache)).toEqual(wanted)
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
  })
})
