import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchiveFolder } from '../../../archive/archive-folder.ts'
import { importSources } from '../../../archive/importing.ts'
import { isIssueDocumentPath } from '../../../archive/issue-document.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { openReading, pagesOf, issuesOfTitle, locatePagePicture } from '../../../archive/reading.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { stateOf } from '../../fixtures/archive-state.ts'
import { dayFolder, pictureOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const day = '2013-01-10'
const first = 'data/issues/csrb/2013/2013-01-10_01.json'
const second = 'data/issues/csrb/2013/2013-01-10_02.json'

/** An archive with one issue, and a second delivery of that issue with other words. */
async function twoDeliveries() {
  const folder = temporaryFolder()
  const [early, late] = [join(folder, 'early'), join(folder, 'late')]
  const archive = join(folder, 'archive')
  await writeSmallMirror(early, [day])
  await importSources([early], archive)
  await writeSmallMirror(late, [day])
  const article = join(late, dayFolder(day), 'content_2.htm')
  writeFileSync(article, readFileSync(article, 'utf8').replace('图书馆', '图书馆与档案馆'))
  return { folder, early, late, archive }
}

async function documentsOf(archive: string): Promise<string[]> {
  const { manifest } = await openArchiveFolder(archive)
  return [...manifest.keys()].filter(isIssueDocumentPath).sort()
}

describe('an issue that is there already', () => {
  it('is skipped when nothing else was asked', async () => {
    const { late, archive } = await twoDeliveries()
    const before = stateOf(archive)
    const outcome = await importSources([late], archive)
    expect(outcome.decisions).toEqual([{ issue: `csrb/${day}/1`, did: 'skipped' }])
    expect(stateOf(archive)).toEqual(before)
  })

  it('is replaced, and what it was stays in the payload', async () => {
    const { late, archive } = await twoDeliveries()
    const old = readFileSync(join(archive, first), 'utf8')
    const outcome = await importSources([late], archive, { whenThere: 'replace' })
    expect(outcome).toMatchObject({ issues: 1, decisions: [{ issue: `csrb/${day}/1`, did: 'replaced' }] })
    expect(readFileSync(join(archive, first), 'utf8')).toContain('图书馆与档案馆')
    expect(readFileSync(join(archive, 'data/superseded/csrb/2013/2013-01-10_01~1.json'), 'utf8')).toBe(old)
    expect(await documentsOf(archive)).toEqual([first])
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
    const oxum = /Payload-Oxum: (\d+)\.(\d+)/.exec(readFileSync(join(archive, 'bag-info.txt'), 'utf8'))
    const sizes = Object.keys(stateOf(join(archive, 'data'))).map(
      (file) => readFileSync(join(archive, 'data', file)).length,
    )
    expect([Number(oxum?.[1]), Number(oxum?.[2])]).toEqual([sizes.reduce((a, b) => a + b, 0), sizes.length])
  })

  it('is kept beside the first as an edition, once', async () => {
    const { late, archive } = await twoDeliveries()
    const outcome = await importSources([late], archive, { whenThere: 'keep-both' })
    expect(outcome.decisions).toEqual([{ issue: `csrb/${day}/1`, did: 'kept-as-edition', edition: 2 }])
    expect(await documentsOf(archive)).toEqual([first, second])
    expect(readFileSync(join(archive, second), 'utf8')).toContain('"edition": 2')
    const again = await importSources([late], archive, { whenThere: 'keep-both' })
    expect(again).toMatchObject({ issues: 0, decisions: [{ did: 'same' }] })
    expect(await documentsOf(archive)).toEqual([first, second])
  })

  it('is left alone by the very same delivery, whatever was asked', async () => {
    const { early, archive } = await twoDeliveries()
    const before = stateOf(archive)
    for (const whenThere of ['replace', 'keep-both'] as const) {
      const outcome = await importSources([early], archive, { whenThere })
      expect(outcome.decisions).toEqual([{ issue: `csrb/${day}/1`, did: 'same' }])
      expect(stateOf(archive)).toEqual(before)
    }
  })
})

describe('originals left in place', () => {
  it('are read, prepared and verified where they are, with nothing copied', async () => {
    const folder = temporaryFolder()
    const [nas, archive, cache] = [join(folder, 'nas'), join(folder, 'archive'), join(folder, 'cache')]
    await writeSmallMirror(nas, [day])
    await importSources([nas], archive, { inPlace: true })
    expect(existsSync(join(archive, 'data/originals'))).toBe(false)
    const fetchList = readFileSync(join(archive, 'fetch.txt'), 'utf8').trim().split('\n')
    expect(fetchList).toHaveLength(Object.keys(stateOf(nas)).length)
    expect(fetchList[0]).toMatch(/^file:\/\/\/.* \d+ data\/originals\/nas\//)
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, missing: [], extra: [] })

    await prepareArchive(archive, { cache })
    const reading = await openReading(archive, cache)
    const [issue] = issuesOfTitle(reading, 'csrb')
    const [page] = pagesOf(reading, issue!.id)
    expect(await locatePagePicture(reading, page!.id, 'page')).toBe(join(nas, pictureOf(day)))
    appendFileSync(join(nas, pictureOf(day)), 'x')
    await expect(locatePagePicture(reading, page!.id, 'page')).rejects.toMatchObject({ code: 'original-changed' })
    reading.close()
    expect(await verifyArchive(archive)).toMatchObject({
      ok: false,
      damaged: [`data/originals/nas/${pictureOf(day)}`],
      missing: [],
    })
    renameSync(nas, join(folder, 'elsewhere'))
    expect((await verifyArchive(archive)).missing).toHaveLength(fetchList.length)
  })

  it('and copies stand side by side in one archive', async () => {
    const folder = temporaryFolder()
    const [nas, disk, archive] = [join(folder, 'nas'), join(folder, 'disk'), join(folder, 'archive')]
    await writeSmallMirror(nas, [day])
    await writeSmallMirror(disk, ['2013-01-11'])
    await importSources([nas], archive, { inPlace: true })
    await importSources([disk], archive)
    expect(await documentsOf(archive)).toHaveLength(2)
    expect(existsSync(join(archive, 'data/originals/disk', pictureOf('2013-01-11')))).toBe(true)
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
  })
})

describe('a source that vanishes halfway', () => {
  it('is said, changes nothing, and goes on when it is back', async () => {
    const folder = temporaryFolder()
    const [stick, away, archive] = [join(folder, 'stick'), join(folder, 'away'), join(folder, 'archive')]
    await writeSmallMirror(stick, [day, '2013-01-11'])
    let isPulled = false
    const onProgress = ({ done }: { done: number }): void => {
      if (isPulled || done === 0) return
      isPulled = true
      renameSync(stick, away)
      // The mount point stays, empty.
      mkdirSync(stick)
    }
    const pulled = importSources([stick], archive, { onProgress })
    await expect(pulled).rejects.toMatchObject({ code: 'source-gone', details: { file: stick } })
    expect(await documentsOf(archive)).toEqual([])
    rmSync(stick, { recursive: true })
    renameSync(away, stick)
    expect(await importSources([stick], archive)).toMatchObject({ issues: 2, warnings: [] })
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
  })
})
