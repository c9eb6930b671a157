import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { openArchiveFolder } from '../../../archive/archive-folder.ts'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { answersOf, manifestOf, stateOf } from '../../fixtures/archive-state.ts'
import { mountSmallDisk, whyNoDisk, type SmallDisk } from '../../fixtures/small-disk.ts'
import { writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const megabyte = 1 << 20
const page = 4096

function diskOrSkip({ skip }: TestContext, bytes: number): SmallDisk {
  const reason = whyNoDisk()
  if (reason) skip(reason)
  try {
    return mountSmallDisk(bytes)
  } catch (error) {
    return skip(`no small disk here: ${String(error)}`)
  }
}

async function mirrorOf(dates: string[]): Promise<string> {
  const mirror = join(temporaryFolder(), 'mirror')
  await writeSmallMirror(mirror, dates)
  return mirror
}

it('leaves nothing of a new archive that finds no room', async (context) => {
  const disk = diskOrSkip(context, megabyte)
  const mirror = await mirrorOf(['2013-01-10'])
  for (const free of [0, page, 3 * page, 10 * page]) {
    disk.fill(free)
    await expect(importSources([mirror], join(disk.path, 'archive'))).rejects.toMatchObject({ code: 'disk-full' })
    expect(readdirSync(disk.path)).toEqual(['filler'])
  }
})

it('leaves an archive as it was, or whole with what came, however much room there is', async (context) => {
  const disk = diskOrSkip(context, 4 * megabyte)
  const mirror = await mirrorOf(['2013-01-10'])
  const archive = join(disk.path, 'archive')
  await importSources([mirror], archive)
  await writeSmallMirror(mirror, ['2013-01-10', '2013-01-11'])
  const whole = join(temporaryFolder(), 'whole')
  await importSources([mirror], whole)
  const before = { state: stateOf(archive), manifest: manifestOf(archive) }
  const room = disk.free()
  let came = false
  for (let free = 0; !came; free += 2 * page) {
    expect(free).toBeLessThan(megabyte)
    disk.fill(free)
    const result = await importSources([mirror], archive).catch((error: unknown) => error)
    came = !(result instanceof Error)
    if (!came) expect(result).toMatchObject({ code: 'disk-full' })
    const isHalfway = existsSync(join(archive, '.import/commit.json'))
    if (!came && !isHalfway) {
      expect(stateOf(archive)).toEqual(before.state)
      disk.clear()
      expect(disk.free()).toBe(room)
    }
    // Past the point of no return the archive can be read, and the next to open it with room finishes.
    await openArchiveFolder(archive)
    disk.clear()
    await openArchiveFolder(archive)
    expect(await verifyArchive(archive)).toMatchObject({ ok: true, extra: [] })
    if (isHalfway) came = true
  }
  expect(manifestOf(archive)).toBe(manifestOf(whole))
})

it('makes derived data when there is room again', async (context) => {
  const disk = diskOrSkip(context, 4 * megabyte)
  const mirror = await mirrorOf(['2013-01-10', '2013-01-11'])
  const archive = join(disk.path, 'archive')
  const undisturbed = join(temporaryFolder(), 'undisturbed')
  const cache = '/nonexistent'
  await importSources([mirror], undisturbed)
  await prepareArchive(undisturbed, { cache })
  await importSources([mirror], archive)
  const originals = stateOf(join(archive, 'data'))
  let isDone = false
  for (let free = 0; !isDone; free += 6 * page) {
    expect(free).toBeLessThan(megabyte)
    disk.fill(free)
    const result = await prepareArchive(archive, { cache }).catch((error: unknown) => error)
    isDone = !(result instanceof Error)
    if (!isDone) expect(result, String((result as Error).stack)).toMatchObject({ code: 'disk-full' })
    const leftovers = Object.keys(stateOf(archive)).filter((file) => /\.tmp$|banmian-lock|-journal$/.test(file))
    expect(leftovers.filter((file) => !file.endsWith('-journal'))).toEqual([])
  }
  disk.clear()
  expect(stateOf(join(archive, 'data'))).toEqual(originals)
  expect(await answersOf(archive, cache)).toEqual(await answersOf(undisturbed, cache))
  expect(await verifyArchive(archive)).toMatchObject({ ok: true })
})

it('starts derived data anew on a disk that was full at each step', async (context) => {
  const disk = diskOrSkip(context, 16 * megabyte)
  const mirror = await mirrorOf(['2013-01-10', '2013-01-11'])
  const cache = '/nonexistent'
  for (const free of [8, 16, 24, 32, 48, 64, 96].map((count) => count * page)) {
    const archive = join(disk.path, `archive-${free}`)
    mkdirSync(archive)
    await importSources([mirror], archive)
    disk.fill(free)
    const result = await prepareArchive(archive, { cache }).catch((error: unknown) => error)
    if (result instanceof Error) expect(result, String(result.stack)).toMatchObject({ code: 'disk-full' })
    disk.clear()
    await prepareArchive(archive, { cache })
    expect(await answersOf(archive, cache)).toMatchObject({
      upToDate: true,
      info: { totals: { issues: 2, articles: 8 } },
    })
  }
})
