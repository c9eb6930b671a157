import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLog } from '../../../electron/log.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const asIs = (text: string): string => text

it('turns over and keeps four files of bounded size', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'logs/banmian.log')
  const log = openLog({ file, impersonal: asIs })
  const line = 'x'.repeat(200_000)
  for (let count = 0; count < 40; count += 1) log.log(`${count} ${line}`)
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual([
    'banmian.log',
    'banmian.log.1',
    'banmian.log.2',
    'banmian.log.3',
  ])
  for (const name of readdirSync(join(folder, 'logs'))) {
    expect(statSync(join(folder, 'logs', name)).size).toBeLessThan(1_300_000)
  }
  expect(readFileSync(file, 'utf8')).toContain('39 x')
})

it('gives its last lines, over the turn', () => {
  const file = join(temporaryFolder(), 'banmian.log')
  expect(openLog({ file, impersonal: asIs }).tail()).toEqual([])
  writeFileSync(`${file}.1`, 'one\ntwo\n')
  writeFileSync(file, 'three\n')
  expect(openLog({ file, impersonal: asIs }).tail()).toEqual(['one', 'two', 'three'])
  writeFileSync(file, `${'y'.repeat(100_000)}\nlast\n`)
  expect(openLog({ file, impersonal: asIs }).tail()).toEqual(['one', 'two', 'last'])
})

it('passes every line through what takes persons out, and survives a place that cannot be written', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'banmian.log')
  openLog({ file, impersonal: () => 'somebody' }).log('Li')
  expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-.*Z somebody\n$/)
  mkdirSync(join(folder, 'taken'))
  const nowhere = openLog({ file: join(folder, 'taken'), impersonal: asIs })
  nowhere.log('x')
  expect(nowhere.tail()).toEqual([expect.stringMatching(/ x$/)])
})
