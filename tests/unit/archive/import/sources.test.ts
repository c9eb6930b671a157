import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '../../../../archive/import/open-source.ts'
import { openZipSource } from '../../../../archive/import/zip-source.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'banmian-source-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface ZipEntry {
  name: string | Buffer
  content: Buffer
  /** Unix mode, for links and devices. */
  mode?: number
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function zipOf(entries: ZipEntry[]): string {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const { name, content, mode = 0o100644 } of entries) {
    const [raw, packed] = [Buffer.from(name), deflateRawSync(content)]
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(raw.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(0x0314, 4)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    bodies.push(local, raw, packed)
    directory.push(central, raw)
    offset += 30 + raw.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  const path = join(folder, 'mirror.zip')
  writeFileSync(path, Buffer.concat([...bodies, list, end]))
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
