import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '../../../../archive/import/open-source.ts'
import { openZipSource } from '../../../../archive/import/zip-source.ts'
import { writeZip, type ZipEntry } from '../../../fixtures/zip-writer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'banmian-source-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function zipOf(entries: ZipEntry[]): string {
  const path = join(folder, 'mirror.zip')
  writeFileSync(path, writeZip(entries))
  return path
}

describe('a folder', () => {
  it('lists regular files sorted and refuses links, also when they lead outside', async () => {
    mkdirSync(join(folder, 'b'))
    writeFileSync(join(folder, 'b/2.txt'), 'two')
    writeFileSync(join(folder, 'a.txt'), 'one')
    symlinkSync('/etc/passwd', join(folder, 'link.txt'))
    symlinkSync('/etc', join(folder, 'etc'))
    const source = await openSource(folder)
    expect(source.files).toEqual(['a.txt', 'b/2.txt'])
    expect(source.refused).toEqual(['etc', 'link.txt'])
    expect(Buffer.from(await source.bytes('b/2.txt')).toString()).toBe('two')
    expect(source.diskPath('a.txt')).toBe(join(folder, 'a.txt'))
    await expect(source.bytes('../etc/passwd')).rejects.toMatchObject({ code: 'missing-file' })
    await expect(source.bytes('link.txt')).rejects.toMatchObject({ code: 'missing-file' })
  })

  it('does not follow a link that took the place of a file', async () => {
    writeFileSync(join(folder, 'a.txt'), 'one')
    const source = await openSource(folder)
    rmSync(join(folder, 'a.txt'))
    symlinkSync('/etc/passwd', join(folder, 'a.txt'))
    await expect(source.bytes('a.txt')).rejects.toMatchObject({ code: 'unsafe-path' })
  })

  it('says what is wrong with empty, absent and special places', async () => {
    await expect(openSource(folder)).rejects.toMatchObject({ code: 'empty-folder' })
    await expect(openSource(join(folder, 'absent'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(openSource('/dev/null')).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})

describe('a zip', () => {
  it('keeps the first of repeated names and refuses slips, links and bombs', async () => {
    const path = zipOf([
      { name: 'a.txt', content: Buffer.from('first') },
      { name: 'a.txt', content: Buffer.from('second') },
      { name: '../slip.txt', content: Buffer.from('x') },
      { name: 'b/../../slip.txt', content: Buffer.from('x') },
      { name: '/abs.txt', content: Buffer.from('x') },
      { name: 'C:\\abs.txt', content: Buffer.from('x') },
      { name: 'link', content: Buffer.from('/etc/passwd'), mode: 0o120777 },
      { name: 'bomb.xml', content: Buffer.alloc(12 * 1024 * 1024) },
      { name: Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x2e, 0x74, 0x78, 0x74]), content: Buffer.from('gbk name') },
    ])
    const source = await openSource(path)
    expect(source.files).toEqual(['a.txt', '中文.txt'])
    expect(source.refused).toHaveLength(7)
    expect(Buffer.from(await source.bytes('a.txt')).toString()).toBe('first')
    expect(await source.size('a.txt')).toBe(5)
    await source.close()
  })

  it('stops at its limits and reports a damaged file', async () => {
    const path = zipOf([
      { name: 'a', content: Buffer.from('1234567890') },
      { name: 'b', content: Buffer.from('2') },
    ])
    await expect(openZipSource(path, { entries: 1 })).rejects.toMatchObject({ code: 'too-large' })
    const source = await openZipSource(path, { entryBytes: 5 })
    expect(source.refused).toEqual(['a'])
    await source.close()
    writeFileSync(path, 'PK\x03\x04 not a zip at all')
    await expect(openSource(path)).rejects.toMatchObject({ code: 'unreadable-file' })
  })
})
