import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { crashReports } from '../../../electron/crash-reports.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

function report(folder: string, name: string, age: number): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.dmp`), 'MDMP')
  writeFileSync(join(folder, `${name}.meta`), '')
  utimesSync(join(folder, `${name}.dmp`), new Date(), new Date(Date.UTC(2026, 0, 31 - age)))
}

it('lists reports newest first, wherever they lie', () => {
  const folder = temporaryFolder()
  expect(crashReports(join(folder, 'absent')).list()).toEqual([])
  report(join(folder, 'completed'), 'old', 5)
  report(join(folder, 'pending'), 'new', 1)
  writeFileSync(join(folder, 'settings.dat'), '')
  expect(crashReports(folder).list()).toEqual([
    { name: 'new.dmp', time: '2026-01-30T00:00:00.000Z', bytes: 4 },
    { name: 'old.dmp', time: '2026-01-26T00:00:00.000Z', bytes: 4 },
  ])
})

it('keeps the newest ten, and removes all when asked, with what is noted about them', () => {
  const folder = temporaryFolder()
  for (let age = 0; age < 12; age += 1) report(folder, `r${age}`, age)
  const reports = crashReports(folder)
  reports.prune()
  expect(reports.list().map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, age) => `r${age}.dmp`))
  reports.removeAll()
  expect(readdirSync(folder)).toEqual([])
})
