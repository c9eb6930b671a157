import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { withLock } from '../../../archive/archive-lock.ts'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { findIssue, issuesOfTitle, locatePagePicture, openReading, pagesOf } from '../../../archive/reading.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { answersOf, stateOf } from '../../fixtures/archive-state.ts'
import { banmian, expectFailure } from '../../fixtures/command-line.ts'
import { mountReadOnly, whyNoDisk } from '../../fixtures/small-disk.ts'
import { dayFolder, pdfOf, pictureOf, pngPromising, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

const days = ['2013-01-10', '2013-01-11']
const isRoot = process.getuid?.() === 0
let mirror = ''
let plain = ''
let prepared = ''
const cache = '/nonexistent/cache'

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

/** A copy that a test may spoil. */
function copyOf(archive: string): string {
  const copy = join(temporaryFolder(), 'archive')
  cpSync(archive, copy, { recursive: true })
  return copy
}

const documentOf = (date: string): string => `data/issues/csrb/2013/${date}_01.json`
const original = (archive: string, file: string): string => join(archive, 'data/originals/mirror', file)

async function problemsOf(archive: string, date: string): Promise<(string | undefined)[]> {
  const reading = await openReading(archive, cache)
  try {
    const issue = findIssue(reading, { title: 'csrb', date, edition: 1 })
    return pagesOf(reading, issue.id).map(({ problem }) =>
      problem === null ? undefined : (JSON.parse(problem) as { code: string }).code,
    )
  } finally {
    reading.close()
  }
}

describe('what is no archive', () => {
  it.each(['import', 'info', 'index', 'verify', 'search'])('is refused by %s with a code', (command) => {
    const folder = temporaryFolder()
    const [empty, other, newer] = [join(folder, 'empty'), join(folder, 'other'), join(folder, 'newer')]
    mkdirSync(empty)
    mkdirSync(other)
    writeFileSync(join(other, 'holiday.txt'), 'sun')
    cpSync(plain, newer, { recursive: true })
    const declaration = readFileSync(join(newer, 'banmian.json'), 'utf8').replace('"version": 1', '"version": 2')
    writeFileSync(join(newer, 'banmian.json'), declaration)
    const before = stateOf(folder)
    const wordsFor = (archive: string): string[] =>
      command === 'import' ? [command, mirror, archive] : [command, archive, ...(command === 'search' ? ['词'] : [])]
    if (command === 'import') {
      expectFailure([command, empty, join(folder, 'new')], 'empty-folder', { cache })
      expectFailure([command, other, join(folder, 'new')], 'not-recognised', { cache })
    } else expectFailure(wordsFor(empty), 'empty-folder', { cache })
    expectFailure(wordsFor(other), 'not-an-archive', { cache })
    expectFailure(wordsFor(newer), 'newer-format', { cache })
    expect(stateOf(folder)).toEqual(before)
  })
})

describe('a truncated document of an issue', () => {
  it('is listed as damaged, with all others readable, until it is restored', async () => {
    const archive = copyOf(plain)
    const file = join(archive, documentOf(days[0]!))
    const whole = readFileSync(file)
    truncateSync(file, 200)
    await prepareArchive(archive, { cache })
    const reading = await openReading(archive, cache)
    expect(issuesOfTitle(reading, 'csrb').map(({ date, problem }) => [date, problem === null])).toEqual([
      [days[0], false],
      [days[1], true],
    ])
    reading.close()
    expect(banmian(['info', archive, '--json'], { cache })).toMatchObject({ code: 0, json: { totals: { issues: 2 } } })
    expectFailure(['info', archive, '--issue', `csrb/${days[0]!}`], 'damaged-document', { cache })
    expect(banmian(['info', archive, '--issue', `csrb/${days[1]!}`], { cache }).code).toBe(0)
    writeFileSync(file, whole)
    await prepareArchive(archive, { cache })
    expect(await answersOf(archive, cache)).toEqual(await answersOf(prepared, cache))
  })

  it('does not stop the pictures of other issues when it happens late', async () => {
    const archive = copyOf(plain)
    const onReadable = (): void => truncateSync(join(archive, documentOf(days[0]!)), 200)
    await prepareArchive(archive, { cache, onReadable })
    expect(await problemsOf(archive, days[0]!)).toEqual(['damaged-document', 'damaged-document'])
    expect(await problemsOf(archive, days[1]!)).toEqual([undefined, undefined])
  })

  it('is not mistaken for another issue', async () => {
    const archive = copyOf(plain)
    cpSync(join(archive, documentOf(days[0]!)), join(archive, documentOf(days[1]!)))
    await prepareArchive(archive, { cache })
    expectFailure(['info', archive, '--issue', `csrb/${days[1]!}`], 'damaged-document', { cache })
  })
})

describe('a page picture', () => {
  it('that is missing leaves the PDF in its place, and its problem', async () => {
    const archive = copyOf(plain)
    rmSync(original(archive, pictureOf(days[0]!)))
    await prepareArchive(archive, { cache })
    expect(await problemsOf(archive, days[0]!)).toEqual(['missing-file', undefined])
    const reading = await openReading(archive, cache)
    const [page] = pagesOf(reading, findIssue(reading, { title: 'csrb', date: days[0]!, edition: 1 }).id)
    expect(page).toMatchObject({ imageDerived: 1 })
    reading.close()
    cpSync(join(mirror, pictureOf(days[0]!)), original(archive, pictureOf(days[0]!)))
    await prepareArchive(archive, { cache })
    expect(await problemsOf(archive, days[0]!)).toEqual([undefined, undefined])
  })

  it('that goes missing after it was prepared changes nothing else', async () => {
    const archive = copyOf(prepared)
    rmSync(original(archive, pictureOf(days[0]!)))
    expect(banmian(['search', archive, '产业', '--json'], { cache })).toMatchObject({ code: 0, json: { total: 4 } })
    const run = banmian(['verify', archive, '--json'], { cache })
    expect(run).toMatchObject({ code: 4, json: { missing: [`data/originals/mirror/${pictureOf(days[0]!)}`] } })
  })

  it.each([
    ['a PDF that does not parse', pdfOf('2013-01-10', 2), Buffer.from('%PDF-1.4 and nothing more'), 'pdf-unreadable'],
    ['an empty PDF', pdfOf('2013-01-10', 2), Buffer.alloc(0), 'pdf-unreadable'],
    ['a picture that is none', pictureOf('2013-01-10'), Buffer.from('GIF?'), 'image-unreadable'],
    ['an image bomb', pictureOf('2013-01-10'), pngPromising(60_000, 60_000), 'picture-too-large'],
  ])('from %s is a problem of its page alone', async (_what, file, content, code) => {
    const archive = copyOf(plain)
    writeFileSync(original(archive, file), content)
    await prepareArchive(archive, { cache })
    const problems = await problemsOf(archive, days[0]!)
    expect(problems.filter((problem) => problem !== undefined)).toEqual([code])
    expect(banmian(['search', archive, '演讲', '--json'], { cache })).toMatchObject({ json: { total: 2, exact: true } })
  })

  it('that a link replaced is refused, and verify names it', async () => {
    const archive = copyOf(plain)
    const outside = join(temporaryFolder(), 'outside.png')
    cpSync(join(mirror, pictureOf(days[0]!)), outside)
    rmSync(original(archive, pictureOf(days[0]!)))
    symlinkSync(outside, original(archive, pictureOf(days[0]!)))
    symlinkSync('/etc/hostname', join(archive, 'data/more'))
    const verified = await verifyArchive(archive)
    expect(verified).toMatchObject({ damaged: [`data/originals/mirror/${pictureOf(days[0]!)}`], extra: ['data/more'] })
    await prepareArchive(archive, { cache })
    expect(await problemsOf(archive, days[0]!)).toEqual(['unsafe-path', undefined])

    const late = copyOf(prepared)
    rmSync(original(late, pictureOf(days[0]!)))
    symlinkSync(outside, original(late, pictureOf(days[0]!)))
    const reading = await openReading(late, cache)
    const [page] = pagesOf(reading, findIssue(reading, { title: 'csrb', date: days[0]!, edition: 1 }).id)
    await expect(locatePagePicture(reading, page!.id, 'page')).rejects.toMatchObject({ code: 'unsafe-path' })
    reading.close()
  })
})

describe('what may not be touched', () => {
  it('is refused while another writes', async () => {
    const archive = copyOf(plain)
    await withLock(archive, async () => {
      expectFailure(['import', mirror, archive], 'archive-busy', { cache })
    })
    mkdirSync(join(archive, 'derived'))
    await withLock(join(archive, 'derived'), async () => {
      expectFailure(['index', archive], 'archive-busy', { cache })
    })
    expect(banmian(['index', archive, '--json'], { cache }).code).toBe(0)
  })

  it('is read by someone who may not write it, with derived data in the cache', async ({ skip }) => {
    if (!isRoot) skip('only root can become another user')
    const archive = copyOf(plain)
    const own = temporaryFolder()
    for (const folder of [join(archive, '..'), join(mirror, '..'), own]) chmodSync(folder, 0o755)
    execFileSync('chown', ['65534', own])
    const nobody = { cache: own, asNobody: true }
    const before = stateOf(archive)
    expectFailure(['search', archive, '产业'], 'no-index', nobody)
    expect(banmian(['index', archive, '--json'], nobody)).toMatchObject({ code: 0, stderr: '' })
    expect(banmian(['search', archive, '产业', '--json'], nobody)).toMatchObject({ code: 0, json: { total: 4 } })
    expectFailure(['import', mirror, archive], 'read-only', nobody)
    expect(stateOf(archive)).toEqual(before)
  })

  it('is read from read-only media, prepared or not', async ({ skip }) => {
    const reason = whyNoDisk()
    if (reason) skip(reason)
    const own = temporaryFolder()
    const [bare, ready] = [copyOf(plain), copyOf(prepared)]
    try {
      mountReadOnly(bare)
      mountReadOnly(ready)
    } catch (error) {
      skip(`no read-only mount here: ${String(error)}`)
    }
    await prepareArchive(bare, { cache: own })
    expect(await answersOf(bare, own)).toEqual(await answersOf(prepared, cache))
    expectFailure(['import', mirror, bare], 'read-only', { cache: own })
    const unused = join(temporaryFolder(), 'unused')
    await prepareArchive(ready, { cache: unused })
    expect(await answersOf(ready, unused)).toEqual(await answersOf(prepared, cache))
    expect(stateOf(unused)).toEqual({})
  })

  it('names a file of the source that cannot be read, and imports the rest', async ({ skip }) => {
    if (!isRoot) skip('only root can become another user')
    const folder = temporaryFolder()
    chmodSync(folder, 0o777)
    const source = join(folder, 'mirror')
    cpSync(mirror, source, { recursive: true })
    for (const file of [pdfOf(days[0]!, 2), pictureOf(days[0]!), `${dayFolder(days[1]!)}/content_1.htm`]) {
      chmodSync(join(source, file), 0)
    }
    const archive = join(folder, 'archive')
    const run = banmian(['import', source, archive, '--json'], { cache: folder, asNobody: true })
    expect(run).toMatchObject({ code: 0, json: { issues: 2 } })
    const { warnings } = run.json as { warnings: { code: string; file: string }[] }
    expect([...new Set(warnings.map(({ code }) => code))]).toEqual(['unreadable-file', 'unread-file'])
    expect(warnings.map(({ file }) => file)).toEqual(
      expect.arrayContaining([pdfOf(days[0]!, 2), pictureOf(days[0]!), `${dayFolder(days[1]!)}/content_1.htm`]),
    )
  })
})
