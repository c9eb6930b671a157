import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { manifestText, parseManifest, sortedManifestText } from '../../../archive/bag.ts'
import { ImportTables } from '../../../archive/import-tables.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]
let tables: ImportTables | undefined
afterEach(() => tables?.close())

async function tablesOver(held: Record<string, string>): Promise<ImportTables> {
  const bag = temporaryFolder()
  writeFileSync(join(bag, 'manifest-sha256.txt'), [...manifestText(new Map(Object.entries(held)))].join(''))
  tables = await ImportTables.make(bag)
  return tables
}

it('gives the next manifest in the order of every other, whatever the names are made of', async () => {
  // Full-width signs lie behind surrogates in UTF-8 and before them in UTF-16.
  const names = ['data/b', 'data/（号外）', 'data/𠮷野', 'data/版%1\n', 'data/A', 'data/a/b', 'data/a-b']
  const made = await tablesOver(Object.fromEntries(names.slice(0, 3).map((name) => [name, one])))
  for (const name of names.slice(3)) made.stage(name, { sha256: two, size: 1 })
  const text = [...sortedManifestText(made.next())].join('')
  const map = new Map(names.map((name, at) => [name, at < 3 ? one : two]))
  expect(text).toBe([...manifestText(map)].join(''))
  expect(parseManifest(text, 'm')).toEqual(map)
})

it('goes through more files than are in memory at a time, each once', async () => {
  const held = Object.fromEntries(Array.from({ length: 2345 }, (_, index) => [`data/${index}`, one]))
  const made = await tablesOver(held)
  for (let index = 1000; index < 3500; index += 1) made.stage(`data/${index}`, { sha256: two, size: 2 })
  expect(new Map(made.next()).size).toBe(3500)
  expect([...made.next()].filter(([, sha256]) => sha256 === two)).toHaveLength(2500)
  expect([...made.replaced()]).toHaveLength(1345)
  expect(made.totals()).toEqual({ staged: 2500, bytes: 5000, next: 3500 })
})

it('tells what is held from what is staged, and keeps the last of two', async () => {
  const made = await tablesOver({ 'data/a': one })
  made.stage('data/a', { sha256: two, size: 5 })
  made.stage('data/a', { sha256: three, size: 7 })
  expect([made.held('data/a'), made.staged('data/a'), made.held('data/b'), made.staged('data/b')]).toEqual([
    one,
    three,
    undefined,
    undefined,
  ])
  expect(made.totals()).toEqual({ staged: 1, bytes: 7, next: 1 })
})

it('knows a name again that differs in case or in how its accents are written', async () => {
  const made = await tablesOver({ 'data/Été.txt': one, 'data/plain.txt': one })
  expect(made.spelledLike('data/e\u0301te\u0301.TXT')).toBe('data/Été.txt')
  expect(made.spelledLike('data/PLAIN.txt')).toBe('data/plain.txt')
  expect(made.spelledLike('data/new.txt')).toBeUndefined()
  made.reserve('data/New.txt')
  expect(made.spelledLike('data/new.txt')).toBe('data/New.txt')
})

it('refuses a damaged manifest', async () => {
  const bag = temporaryFolder()
  writeFileSync(join(bag, 'manifest-sha256.txt'), 'no checksum\n')
  await expect(ImportTables.make(bag)).rejects.toMatchObject({ code: 'damaged-document' })
})

it.skipIf(process.platform === 'win32')('writes nothing into the archive, and its own file has no name', async () => {
  const own = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('banmian-import-'))
  const before = own()
  const bag = temporaryFolder()
  writeFileSync(join(bag, 'manifest-sha256.txt'), '')
  tables = await ImportTables.make(bag)
  tables.stage('data/a', { sha256: one, size: 1 })
  expect(tables.staged('data/a')).toBe(one)
  expect(readdirSync(bag)).toEqual(['manifest-sha256.txt'])
  expect(own().filter((name) => !before.includes(name))).toEqual([])
})
