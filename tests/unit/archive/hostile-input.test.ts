import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyArchive } from '../../../archive/verifying.ts'
import { hostileSources, type HostileSource } from '../../fixtures/hostile-sources.ts'
import { lastingFolder } from '../../fixtures/temporary-folder.ts'
import type { HostileOutcome, HostileReport } from './hostile-importer.ts'

/** A million by hand: `BANMIAN_EMPTY_FILES=1000000`; making them takes longer than importing them. */
const emptyFiles = Number(process.env.BANMIAN_EMPTY_FILES ?? 5_000)
const gigabyte = 1024 ** 3

let folder = ''
let before: string[] = []
let asked: string[] = []
let report: HostileReport
const sources: HostileSource[] = []

function run(program: string, words: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  return new Promise((done) => child.on('close', () => done(said)))
}

beforeAll(async () => {
  folder = lastingFolder()
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answer.end()
  })
  asked = []
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  sources.push(...hostileSources(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, emptyFiles))
  const paths = sources.map(({ write }) => write(folder))
  before = readdirSync(folder).sort()
  const said = await run(resolve(import.meta.dirname, 'hostile-importer.ts'), [join(folder, 'archive'), ...paths])
  server.close()
  report = JSON.parse(said) as HostileReport
}, 600_000)

const outcomeOf = (at: number): HostileOutcome => report.outcomes[at]!

describe('an import of what was made to do harm', () => {
  it.each(hostileSources('', 0).map(({ name }, at) => [name, at] as const))(
    '%s: is said, and the rest imported',
    (_, at) => {
      const { issues, error, warnings } = sources[at]!
      const outcome = outcomeOf(at)
      expect(outcome.error).toBe(error)
      expect(outcome.issues).toBe(issues)
      expect(Object.keys(outcome.warnings)).toEqual(expect.arrayContaining(warnings ?? []))
      expect(outcome.milliseconds).toBeLessThan(300_000)
    },
  )

  it('stays below 1 GB, asks nobody and writes nothing outside the archive', () => {
    expect(report.peak).toBeLessThan(gigabyte)
    expect(report.reached).toEqual([])
    expect(asked).toEqual([])
    expect(readdirSync(folder).sort()).toEqual([...before, 'archive'].sort())
    expect(['/etc/slip.htm', join(folder, '..', 'slip.htm')].filter(existsSync)).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('leaves an archive that is whole', async () => {
    const { ok, files } = await verifyArchive(join(folder, 'archive'))
    expect(ok).toBe(true)
    expect(files).toBeGreaterThan(30)
  })
})
