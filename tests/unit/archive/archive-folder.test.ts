import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openArchiveFolder, openOrCreateArchiveFolder } from '../../../archive/archive-folder.ts'
import { withLock } from '../../../archive/archive-lock.ts'
import { manifestText, parseManifest, sortedManifestText } from '../../../archive/bag.ts'
import { hashFile } from '../../../archive/hashed-files.ts'
import { commitStaged } from '../../../archive/import-commit.ts'
import { ImportTables } from '../../../archive/import-tables.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

async function stage(bag: string, key: string, files: Record<string, string>): Promise<ImportTables> {
  const tables = await ImportTables.make(bag)
  for (const [path, content] of Object.entries(files)) {
    const place = join(bag, '.import', key, 'payload', path)
    mkdirSync(join(place, '..'), { recursive: true })
    writeFileSync(place, content)
    tables.stage(path, { sha256: await hashFile(place), size: content.length })
  }
  return tables
}

it('makes an archive that is a valid bag and opens it again', async () => {
  const folder = join(temporaryFolder(), 'new')
  const made = await openOrCreateArchiveFolder(folder, '焦城')
  const opened = await openArchiveFolder(folder)
  expect(opened.declaration).toEqual(made.declaration)
  expect(opened.declaration).toMatchObject({ format: 'banmian-archive', version: 1, name: '焦城' })
  expect(readFileSync(join(folder, 'bagit.txt'), 'utf8')).toBe(
    'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
  )
  expect(await verifyArchive(folder)).toMatchObject({ ok: true, damaged: [], missing: [], extra: [] })
})

it.each([
  ['not-found', () => undefined],
  ['empty-folder', (folder: string) => mkdirSync(folder)],
  [
    'not-an-archive',
    (folder: string) => {
      mkdirSync(folder)
      writeFileSync(join(folder, 'holiday.jpg'), '')
    },
  ],
  ['not-an-archive', (folder: string) => writeFileSync(folder, 'a file')],
] as const)('refuses to open with %s', async (code, make) => {
  const folder = join(temporaryFolder(), 'x')
  make(folder)
  await expect(openArchiveFolder(folder)).rejects.toMatchObject({ code })
})

it.each([
  ['newer-format', (text: string) => text.replace('"version": 1', '"version": 9')],
  ['damaged-document', (text: string) => text.slice(0, 20)],
  ['damaged-document', (text: string) => text.replace(/"id": "[0-9a-f]+"/, '"id": "../../x"')],
  ['not-an-archive', (text: string) => text.replace('banmian-archive', 'something')],
] as const)('refuses a declaration with %s and changes nothing', async (code, change) => {
  const folder = join(temporaryFolder(), 'x')
  await openOrCreateArchiveFolder(folder)
  const file = join(folder, 'banmian.json')
  const changed = change(readFileSync(file, 'utf8'))
  writeFileSync(file, changed)
  await expect(openArchiveFolder(folder)).rejects.toMatchObject({ code })
  expect(readFileSync(file, 'utf8')).toBe(changed)
})

it('never makes an archive in a folder that holds something else', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'holiday.jpg'), '')
  await expect(openOrCreateArchiveFolder(folder)).rejects.toMatchObject({ code: 'not-an-archive' })
})

it('commits staged files whole, and sha256sum agrees', async () => {
  const folder = join(temporaryFolder(), 'x')
  const { declaration } = await openOrCreateArchiveFolder(folder)
  const tables = await stage(folder, 'k', { 'data/a.txt': 'one', 'data/b/页.txt': 'two' })
  writeFileSync(join(folder, '.import/k/payload/stale.txt'), 'left by a killed run')
  await commitStaged(folder, 'k', declaration.name, tables)
  expect(await verifyArchive(folder)).toMatchObject({ ok: true })
  expect(existsSync(join(folder, '.import'))).toBe(false)
  expect(existsSync(join(folder, 'stale.txt'))).toBe(false)
  expect(readFileSync(join(folder, 'bag-info.txt'), 'utf8')).toContain('Payload-Oxum: 6.2')
  for (const name of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    execFileSync('sha256sum', ['-c', '--quiet', name], { cwd: folder })
  }
})

it('finishes a commit that was killed after its point of no return', async () => {
  const folder = join(temporaryFolder(), 'x')
  await openOrCreateArchiveFolder(folder)
  const tables = await stage(folder, 'k', { 'data/a.txt': 'one', 'data/b.txt': 'two' })
  // What is on disk when the process dies between two renames: one file moved, one still staged.
  writeFileSync(join(folder, '.import/k/manifest-sha256.txt'), [...sortedManifestText(tables.next())].join(''))
  tables.close()
  writeFileSync(join(folder, '.import/commit.json'), JSON.stringify({ key: 'k', bytes: 6, files: 2 }))
  execFileSync('mv', [join(folder, '.import/k/payload/data/a.txt'), join(folder, 'data/a.txt')])
  const opened = await openArchiveFolder(folder)
  expect([...opened.manifest.keys()].sort()).toEqual(['data/a.txt', 'data/b.txt'])
  expect(await verifyArchive(folder)).toMatchObject({ ok: true })
})

it('shows nothing of an import that was killed before its commit', async () => {
  const folder = join(temporaryFolder(), 'x')
  await openOrCreateArchiveFolder(folder)
  await stage(folder, 'k', { 'data/a.txt': 'one' })
  expect((await openArchiveFolder(folder)).manifest.size).toBe(0)
  expect(await verifyArchive(folder)).toMatchObject({ ok: true })
})

it('lets one writer in, and takes over from one that is gone', async () => {
  const folder = temporaryFolder()
  await withLock(folder, async () => {
    await expect(withLock(folder, async () => undefined)).rejects.toMatchObject({ code: 'archive-busy' })
  })
  const gone = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
  const { hostname } = await import('node:os')
  writeFileSync(join(folder, '.banmian-lock'), JSON.stringify({ pid: gone, host: hostname() }))
  expect(await withLock(folder, async () => 'in')).toBe('in')
})

it('waits for a writer on another machine as long as it lives, and tells its name', async () => {
  const folder = temporaryFolder()
  const lock = join(folder, '.banmian-lock')
  writeFileSync(lock, JSON.stringify({ pid: 1, host: 'reading-room-7', token: 'x' }))
  await expect(withLock(folder, async () => undefined)).rejects.toMatchObject({
    code: 'archive-busy-elsewhere',
    details: { host: 'reading-room-7' },
  })
  const longAgo = new Date(Date.now() - 6 * 60_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await withLock(folder, async () => 'in')).toBe('in')
  expect(readdirSync(folder)).toEqual([])
})

it('writes its lock anew, and commits nothing under a lock that is another one’s', async () => {
  const folder = temporaryFolder()
  const lock = join(folder, '.banmian-lock')
  await withLock(
    folder,
    async ({ check }) => {
      const longAgo = new Date(Date.now() - 6 * 60_000)
      utimesSync(lock, longAgo, longAgo)
      await expect.poll(() => statSync(lock).mtimeMs).toBeGreaterThan(longAgo.getTime() + 60_000)
      await check()
      rmSync(lock)
      writeFileSync(lock, JSON.stringify({ pid: 1, host: 'reading-room-7', token: 'x' }))
      await expect(check()).rejects.toMatchObject({ code: 'archive-busy' })
    },
    { beat: 10 },
  )
  expect(readFileSync(lock, 'utf8')).toContain('reading-room-7')
})

it('reads manifests as RFC 8493 writes them', () => {
  const sum = 'a'.repeat(64)
  const manifest = parseManifest(`${sum}  data/a%0Ab%25.txt\r\n${sum} *data/c d.txt\n`, 'm')
  expect([...manifest.keys()]).toEqual(['data/a\nb%.txt', 'data/c d.txt'])
  expect(parseManifest([...manifestText(manifest)].join(''), 'm')).toEqual(manifest)
  expect(() => parseManifest('nonsense\n', 'm')).toThrow(expect.objectContaining({ code: 'damaged-document' }))
})

it('finds every kind of damage', async () => {
  const folder = join(temporaryFolder(), 'x')
  const { declaration } = await openOrCreateArchiveFolder(folder)
  const tables = await stage(folder, 'k', { 'data/a': '1', 'data/b': '2', 'data/c': '3' })
  await commitStaged(folder, 'k', declaration.name, tables)
  writeFileSync(join(folder, 'data/a'), 'changed')
  execFileSync('rm', [join(folder, 'data/b')])
  writeFileSync(join(folder, 'data/new'), '')
  expect(await verifyArchive(folder)).toEqual({
    mode: 'full',
    resumed: 0,
    files: 8,
    ok: false,
    damaged: ['data/a'],
    missing: ['data/b'],
    extra: ['data/new'],
  })
})
