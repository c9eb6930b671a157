import { spawn } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openArchiveFolder } from '../../../archive/archive-folder.ts'
import { openCatalogueForWriting, setMeta } from '../../../archive/catalogue.ts'
import { importSources } from '../../../archive/importing.ts'
import { isIssueDocumentPath } from '../../../archive/issue-document.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { answersOf, manifestOf } from '../../fixtures/archive-state.ts'
import { writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** How often each kind of work is killed: a few times in the suite; BANMIAN_KILLS=50 for the acceptance. */
const kills = Number(process.env['BANMIAN_KILLS'] ?? 2)
const root = resolve(import.meta.dirname, '../../..')
const worker = resolve(import.meta.dirname, 'archive-worker.ts')
const cache = '/nonexistent'
const days = ['2013-01-10', '2013-01-11', '2013-01-12', '2013-01-13']

/**
 * Runs the worker and kills it `share` of its usual time after it began to write; answers whether it had said that it
 * was done, and how long the work took when it was not killed.
 */
function runAndKill(words: string[], after: number | undefined): Promise<{ done: boolean; ms: number }> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, ['--import', 'tsx', worker, ...words, 'never'], { cwd: root })
    let started = 0
    let done = false
    let timer: NodeJS.Timeout | undefined
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('begin')) {
        started = performance.now()
        if (after !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), after)
      }
      done ||= text.includes('done')
    })
    child.on('close', () => {
      clearTimeout(timer)
      settle({ done, ms: performance.now() - started })
    })
  })
}

/** Moments spread over the whole of the work, each somewhere in its own part of it. */
function momentsOf(ms: number): number[] {
  return Array.from({ length: kills }, (_, at) => ((at + Math.random()) / kills) * ms)
}

describe('killed at any moment', { timeout: 3_600_000 }, () => {
  let mirror = ''
  let before = ''
  let whole = ''
  let wanted: unknown
  beforeAll(async () => {
    const folder = lastingFolder()
    ;[mirror, before, whole] = [join(folder, 'mirror'), join(folder, 'before'), join(folder, 'whole')]
    await writeSmallMirror(mirror, days.slice(0, 1))
    await importSources([mirror], before)
    await writeSmallMirror(mirror, days)
    cpSync(before, whole, { recursive: true })
    await importSources([mirror], whole)
    const prepared = join(folder, 'prepared')
    cpSync(whole, prepared, { recursive: true })
    await prepareArchive(prepared, { cache })
    wanted = await answersOf(prepared, cache)
  })

  const copyOf = (archive: string): string => {
    const copy = join(temporaryFolder(), 'archive')
    cpSync(archive, copy, { recursive: true })
    return copy
  }

  it('an import is there whole or not at all, and goes on', async () => {
    const { ms } = await runAndKill(['import', mirror, copyOf(before)], undefined)
    for (const moment of momentsOf(ms)) {
      const archive = copyOf(before)
      const { done } = await runAndKill(['import', mirror, archive], moment)
      const { manifest } = await openArchiveFolder(archive)
      const issues = [...manifest.keys()].filter(isIssueDocumentPath).length
      expect(done ? [days.length] : [1, days.length], `after ${moment} ms`).toContain(issues)
      expect(await verifyArchive(archive), `after ${moment} ms`).toMatchObject({ ok: true })
      await importSources([mirror], archive)
      expect(manifestOf(archive)).toBe(manifestOf(whole))
    }
  })

  it('derived data is made again from where it stood', async () => {
    const { ms } = await runAndKill(['prepare', copyOf(whole), cache], undefined)
    for (const moment of momentsOf(ms)) {
      const archive = copyOf(whole)
      const { done } = await runAndKill(['prepare', archive, cache], moment)
      if (done) expect(await answersOf(archive, cache)).toEqual(wanted)
      await prepareArchive(archive, { cache })
      expect(await answersOf(archive, cache), `after ${moment} ms`).toEqual(wanted)
      expect(await verifyArchive(archive)).toMatchObject({ ok: true })
    }
  })

  it('derived data of an older version is replaced', async () => {
    const old = copyOf(whole)
    await prepareArchive(old, { cache })
    const database = openCatalogueForWriting(join(old, 'derived/catalogue.sqlite'))
    setMeta(database, 'version', '1')
    database.close()
    const { ms } = await runAndKill(['prepare', copyOf(old), cache], undefined)
    for (const moment of momentsOf(ms)) {
      const archive = copyOf(old)
      await runAndKill(['prepare', archive, cache], moment)
      await prepareArchive(archive, { cache })
      expect(await answersOf(archive, cache), `after ${moment} ms`).toEqual(wanted)
      expect(await verifyArchive(archive)).toMatchObject({ ok: true })
    }
  })

  it('a check changes nothing and goes on', async () => {
    const { ms } = await runAndKill(['verify', copyOf(whole), ''], undefined)
    for (const moment of momentsOf(ms)) {
      const archive = copyOf(whole)
      await runAndKill(['verify', archive, ''], moment)
      const notes = join(archive, 'derived/verify.notes')
      expect(await verifyArchive(archive, { notes }), `after ${moment} ms`).toMatchObject({ ok: true, damaged: [] })
      expect(existsSync(notes)).toBe(false)
    }
  })
})
