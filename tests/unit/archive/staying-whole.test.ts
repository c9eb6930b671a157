import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { openReading } from '../../../archive/reading.ts'
import { removeDerived } from '../../../archive/rebuilding.ts'
import { compareArchives, healArchive } from '../../../archive/second-copy.ts'
import { listGaps } from '../../../archive/title-gaps.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { answersOf } from '../../fixtures/archive-state.ts'
import { banmian } from '../../fixtures/command-line.ts'
import { pdfOf, pictureOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

const day = '2013-01-10'
const picture = `data/originals/mirror/${pictureOf(day)}`
const pdf = `data/originals/mirror/${pdfOf(day, 2)}`
let whole = ''
let archive = ''
let copy = ''

beforeAll(async () => {
  const folder = lastingFolder()
  whole = join(folder, 'whole')
  await writeSmallMirror(join(folder, 'mirror'), [day, '2013-01-11'])
  await importSources([join(folder, 'mirror')], whole)
})

beforeEach(() => {
  const folder = temporaryFolder()
  ;[archive, copy] = [join(folder, 'archive'), join(folder, 'copy')]
  cpSync(whole, archive, { recursive: true })
  cpSync(whole, copy, { recursive: true })
})

function spoil(file: string): void {
  const bytes = readFileSync(join(archive, file))
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  writeFileSync(join(archive, file), bytes)
}

describe('a check', () => {
  it('that is quick finds what is lost or of another size, and a full one every flipped bit', async () => {
    spoil(picture)
    expect(await verifyArchive(archive, { mode: 'quick' })).toMatchObject({ ok: true })
    expect(await verifyArchive(archive)).toMatchObject({ ok: false, damaged: [picture] })
    appendFileSync(join(archive, picture), 'x')
    expect(await verifyArchive(archive, { mode: 'quick' })).toMatchObject({ ok: false })
    rmSync(join(archive, pdf))
    expect(await verifyArchive(archive, { mode: 'quick' })).toMatchObject({ ok: false, missing: [pdf] })
    spoil('data/issues/csrb/2013/2013-01-10_01.json')
    expect((await verifyArchive(archive, { mode: 'quick' })).damaged).toContain(
      'data/issues/csrb/2013/2013-01-10_01.json',
    )
  })

  it('that was stopped goes on, and never takes over what changed meanwhile', async () => {
    const notes = join(archive, 'derived/verify.notes')
    const cancelled = new AbortController()
    const onProgress = (done: number, total: number): void => {
      if (done === total - 3) cancelled.abort()
    }
    // So that the few files of this archive fill a note.
    const stopped = verifyArchive(archive, { notes, signal: cancelled.signal, onProgress })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(notes)).toBe(true)
    const [, ...known] = readFileSync(notes, 'utf8').trim().split('\n')
    const [, ...path] = known[0]!.split(' ')
    spoil(path.join(' '))
    const result = await verifyArchive(archive, { notes })
    expect(result.damaged).toEqual([path.join(' ')])
    expect(result.resumed).toBe(known.length - 1)
    expect(existsSync(notes)).toBe(false)
  })

  it('leaves its report with the archive, and ends with 4 when something is wrong', () => {
    spoil(picture)
    const run = banmian(['verify', archive, '--report', join(archive, '../report'), '--json'], {
      cache: join(copy, '..'),
    })
    expect(run.code).toBe(4)
    expect(readFileSync(join(archive, '../report.csv'), 'utf8')).toContain(picture)
    expect(existsSync(join(archive, 'logs'))).toBe(true)
  })
})

describe('a second copy', () => {
  it('is compared by what it should hold', async () => {
    expect(await compareArchives(archive, copy)).toMatchObject({ related: true, different: [], onlyInFirst: [] })
    const mirror = join(temporaryFolder(), 'more')
    await writeSmallMirror(mirror, ['2013-01-12'])
    await importSources([mirror], copy)
    const { onlyInSecond, same } = await compareArchives(archive, copy)
    expect(onlyInSecond.filter((file) => file.endsWith('2013-01-12_01.json'))).toHaveLength(1)
    expect(same).toBeGreaterThan(10)
  })

  it('heals what is damaged or lost, tag files too', async () => {
    spoil(picture)
    rmSync(join(archive, pdf))
    spoil('manifest-sha256.txt')
    rmSync(join(archive, 'issue.schema.json'))
    const { healed, left } = await healArchive(archive, copy)
    expect(left).toEqual([])
    expect(new Set(healed)).toEqual(new Set([picture, pdf, 'manifest-sha256.txt', 'issue.schema.json']))
    expect(await verifyArchive(archive)).toMatchObject({ ok: true })
  })

  it('never puts a file in place that is not the one the manifest names', async () => {
    spoil(picture)
    rmSync(join(archive, pdf))
    const damaged = readFileSync(join(archive, picture))
    appendFileSync(join(copy, picture), 'worse')
    const { healed, left } = await healArchive(archive, copy)
    expect([healed, left]).toEqual([[pdf], [picture]])
    expect(readFileSync(join(archive, picture))).toEqual(damaged)
    const run = banmian(['heal', archive, '--from', copy, '--json'], { cache: join(copy, '..') })
    expect(run).toMatchObject({ code: 4, json: { left: [picture] } })
  })
})

describe('what is derived', () => {
  it('is thrown away and made anew, the same', async () => {
    const cache = '/nonexistent'
    await prepareArchive(archive, { cache })
    const before = await answersOf(archive, cache)
    await removeDerived(archive, cache)
    expect(existsSync(join(archive, 'derived/catalogue.sqlite'))).toBe(false)
    await prepareArchive(archive, { cache })
    expect(await answersOf(archive, cache)).toEqual(before)
  })

  it('tells the gaps of each title: missing days, damaged issues, issues without text', async () => {
    const folder = temporaryFolder()
    const [mirror, daily] = [join(folder, 'mirror'), join(folder, 'daily')]
    const days = Array.from({ length: 22 }, (_, at) => new Date(Date.UTC(2013, 0, 1 + at)).toISOString().slice(0, 10))
    await writeSmallMirror(
      mirror,
      days.filter((date) => date !== '2013-01-12'),
    )
    await importSources([mirror], daily)
    appendFileSync(join(daily, 'data/issues/csrb/2013/2013-01-05_01.json'), '}')
    await prepareArchive(daily, { cache: folder })
    const reading = await openReading(daily, folder)
    const [gaps] = listGaps(reading)
    reading.close()
    expect(gaps).toMatchObject({ id: 'csrb', issues: 21, missing: ['2013-01-12'], never: [], withoutText: [] })
    expect(gaps?.damaged).toContain('2013-01-05/1')
  })
})
