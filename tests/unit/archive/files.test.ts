import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { joinInside, listFiles, portablePath, readWhole, writeAtomic } from '../../../archive/files.ts'
import { copyHashed, hashFile } from '../../../archive/hashed-files.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it.each(['../x', 'a/../../x', '/etc/passwd', 'a\\..\\x', 'C:/x', 'c:x', 'a\0b', '', '..'])('refuses %j', (path) => {
  expect(() => joinInside('/root/place', path)).toThrow(expect.objectContaining({ code: 'unsafe-path' }))
})

it('joins plain paths, also with dots in names', () => {
  expect(joinInside('/root/place', 'a/b..c/d.htm')).toBe(join('/root/place', 'a', 'b..c', 'd.htm'))
})

it('stores names that every system and sha256sum can read', () => {
  expect(portablePath('html/content_1.htm?div=-1')).toBe('html/content_1.htm~3Fdiv=-1')
  expect(portablePath('a%20b/c~d')).toBe('a~2520b/c~7Ed')
  expect(portablePath('con.txt/x. ')).toBe('con~.txt/x.~20')
  expect(new Set(['a?', 'a~3F', 'a%3F'].map(portablePath)).size).toBe(3)
})

it('writes whole files and leaves nothing beside them', async () => {
  const folder = temporaryFolder()
  await writeAtomic(join(folder, 'deep/er/file.json'), '{"a":1}')
  expect(readFileSync(join(folder, 'deep/er/file.json'), 'utf8')).toBe('{"a":1}')
  expect(readdirSync(join(folder, 'deep/er'))).toEqual(['file.json'])
})

it('keeps what was asked last when one file is written many times at once', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'settings.json')
  await Promise.all(Array.from({ length: 30 }, (_, turn) => writeAtomic(file, String(turn))))
  expect(readFileSync(file, 'utf8')).toBe('29')
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

it('hashes while copying, from disk and from memory', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a'), 'abc')
  const expected = { sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', size: 3 }
  expect(await copyHashed(join(folder, 'a'), join(folder, 'x/b'))).toEqual(expected)
  expect(await copyHashed(Buffer.from('abc'), join(folder, 'x/c'))).toEqual(expected)
  expect(await hashFile(join(folder, 'x/c'))).toBe(expected.sha256)
})

it('lists files below a folder, sorted, and nothing of one that is absent', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'b/c'), { recursive: true })
  for (const name of ['z', 'b/c/d', 'a']) writeFileSync(join(folder, name), '')
  expect(await listFiles(folder)).toEqual(['a', 'b/c/d', 'z'])
  expect(await listFiles(join(folder, 'none'))).toEqual([])
})

it('names the file that is missing', async () => {
  await expect(readWhole('/no/such/file', 'data/x.json')).rejects.toMatchObject({
    code: 'missing-file',
    details: { file: 'data/x.json' },
  })
})

it('copies many files at once without mixing them', async () => {
  const folder = temporaryFolder()
  const contents = Array.from({ length: 8 }, (_, index) => String(index).repeat(2_500_000 + index))
  contents.forEach((content, index) => writeFileSync(join(folder, `from-${index}`), content))
  const copy = (index: number): Promise<{ sha256: string; size: number }> =>
    copyHashed(join(folder, `from-${index}`), join(folder, `to-${index}`))
  const copied = await Promise.all(contents.map((_, index) => copy(index)))
  for (const [index, content] of contents.entries()) {
    expect(readFileSync(join(folder, `to-${index}`), 'utf8') === content).toBe(true)
    expect(copied[index]?.sha256).toBe(await hashFile(join(folder, `from-${index}`)))
  }
})
