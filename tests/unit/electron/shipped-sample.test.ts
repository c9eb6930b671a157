import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLibrary, shelfId } from '../../../electron/library.ts'
import type { AnswerService } from '../../../electron/services.ts'
import { shippedSample } from '../../../electron/shipped-sample.ts'

const base = mkdtempSync(join(tmpdir(), 'banmian-shipped-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

function archiveAt(path: string, age = 0): string {
  mkdirSync(join(path, 'derived'), { recursive: true })
  writeFileSync(join(path, 'derived/catalogue.sqlite'), '')
  utimesSync(path, 1_000_000 - age, 1_000_000 - age)
  return path
}

describe('the sample that came with the program', () => {
  it('stands beside a package, and nowhere when it was packaged without', () => {
    const resources = join(base, 'resources')
    const program = { packaged: true, resources, project: base }
    expect(shippedSample(program)).toBeUndefined()
    expect(shippedSample({ ...program, packaged: false })).toBeUndefined()
    const archive = archiveAt(join(resources, 'sample-archive'))
    expect(shippedSample(program)).toBe(archive)
  })

  it('is the one made last while the program is not packaged; half-made ones do not count', () => {
    const project = join(base, 'project')
    archiveAt(join(project, 'out/sample/old/sample-archive'), 100)
    const made = archiveAt(join(project, 'out/sample/new/sample-archive'))
    mkdirSync(join(project, 'out/sample/half/sample-archive'), { recursive: true })
    expect(shippedSample({ packaged: false, resources: base, project })).toBe(made)
  })

  it('moves on the shelf with its program, and nothing else does', () => {
    const file = join(base, 'library.json')
    const entry = (path: string, shipped?: true) => ({
      ...{ id: shelfId(path), path, opened: '2026-01-01', name: 'x', titles: [], covers: ['old'], shipped },
      totals: { issues: 0, pages: 0, articles: 0, zones: 0, words: 0 },
    })
    const [before, own] = ['/tmp/.mount_a/resources/sample-archive', '/data/own']
    writeFileSync(file, JSON.stringify({ version: 1, archives: [entry(before, true), entry(own)] }))
    const sample = '/tmp/.mount_b/resources/sample-archive'
    // Nothing is asked: the shelf is as it was last seen.
    const answers = {} as AnswerService
    const shelf = openLibrary({ file, cache: base, answers, sample }).shelf()
    expect(shelf.map(({ id, path, covers }) => ({ id, path, covers }))).toEqual([
      { id: shelfId(sample), path: sample, covers: [] },
      { id: shelfId(own), path: own, covers: ['old'] },
    ])
    expect(
      openLibrary({ file, cache: base, answers })
        .shelf()
        .map(({ path }) => path),
    ).toEqual([before, own])
  })
})
