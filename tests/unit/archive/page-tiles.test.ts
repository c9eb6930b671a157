import { Transformer } from '@napi-rs/image'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { derivedFolder } from '../../../archive/derived-folder.ts'
import type { Page } from '../../../archive/model.ts'
import { makePagePicture, makePageTiles } from '../../../archive/page-pictures.ts'
import { readTiles, tileLevels, tileSize, writeTiles } from '../../../archive/page-tiles.ts'
import { inTurn, whenNobodyWaits } from '../../../archive/picture-turns.ts'
import { halved, partOf } from '../../../archive/picture-pixels.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** A grey PNG of any size; its rows are all the same, so that its file stays small. */
function greyPng(width: number, height: number, shade: (x: number) => number): Buffer {
  const row = Buffer.from([0, ...Array.from({ length: width }, (_, x) => shade(x))])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
    const frame = Buffer.alloc(body.length + 8)
    frame.writeUInt32BE(data.length, 0)
    body.copy(frame, 4)
    frame.writeUInt32BE(crc32(body), body.length + 4)
    return frame
  }
  const data = deflateSync(Buffer.concat(Array.from({ length: Math.min(height, 6000) }, () => row)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function archiveWith(bytes: Buffer) {
  const path = temporaryFolder()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  mkdirSync(join(path, 'data'))
  writeFileSync(join(path, 'data/p.png'), bytes)
  const page: Page = {
    id: 'p1',
    label: '01',
    width: 1,
    height: 1,
    renditions: [{ kind: 'image', file: 'p.png', mime: 'image/png' }],
    zones: [],
  }
  const derived = await derivedFolder({ path, id: 'x' }, path)
  return { page, derived, archive: { path, manifest: new Map([['data/p.png', sha256]]), inPlace: new Map() } }
}

it('halves a picture until one tile holds it', () => {
  const levels = tileLevels(8400, 12001)
  expect(levels[0]).toEqual({ width: 263, height: 376, columns: 1, rows: 1, first: 0 })
  expect(levels.at(-1)).toEqual({ width: 8400, height: 12001, columns: 17, rows: 24, first: 152 })
  expect(tileLevels(300, 200)).toHaveLength(1)
  // What OpenSeadragon computes of the full size: both must count the same tiles.
  for (const [index, level] of levels.entries()) {
    const scale = 2 ** (index - levels.length + 1)
    expect([level.columns, level.rows]).toEqual([
      Math.ceil((8400 * scale) / tileSize),
      Math.ceil((12001 * scale) / tileSize),
    ])
  }
})

it('halves by the mean of four, also at an odd edge', async () => {
  const half = halved({ data: Uint8Array.from([0, 4, 9, 8, 12, 11]), width: 3, height: 2, channels: 1 })
  expect(half).toEqual({ data: Uint8Array.from([6, 10]), width: 2, height: 1, channels: 1 })
  const clear = { data: Uint8Array.from([0, 0, 0, 0]), width: 1, height: 1, channels: 4 as const }
  const seen = await partOf(clear, 0, 0, 1, 1).rawPixels()
  expect(seen[0]).toBe(255)
})

it('cuts tiles that overlap by a pixel and are found by their number', async () => {
  const [width, height] = [1100, 600]
  const data = Uint8Array.from({ length: width * height }, (_, at) => ((at % width) * 255) / width)
  const path = join(temporaryFolder(), 'a/b.tiles')
  await writeTiles(path, { data, width, height, channels: 1 })
  const level = tileLevels(width, height).at(-1)
  const [jpeg, again] = await readTiles(path, [(level?.first ?? 0) + 1, (level?.first ?? 0) + 1])
  expect(again).toEqual(jpeg)
  const tile = new Transformer(Buffer.from(jpeg ?? []))
  expect(await tile.metadata()).toMatchObject({ width: 514, height: 513 })
  const pixels = await tile.rawPixels()
  const shade = pixels[(pixels.length / (514 * 513)) * 100] ?? 0
  expect(Math.abs(shade - ((511 + 100) * 255) / width)).toBeLessThan(4)
  const missing = { code: 'missing-file' }
  await expect(readTiles(path, [99])).rejects.toMatchObject(missing)
  await expect(readTiles(`${path}x`, [0])).rejects.toMatchObject(missing)
  // What lies about its tiles is not read beyond its end, and no memory is taken for it.
  const whole = readFileSync(path)
  for (const [at, value] of [
    [8, 0xffff_ffff],
    [12, whole.length],
    [16, 0xffff_ffff],
  ] as const) {
    const lying = Buffer.from(whole)
    lying.writeUInt32LE(value, at)
    writeFileSync(path, lying)
    await expect(readTiles(path, [0])).rejects.toMatchObject(missing)
  }
  writeFileSync(path, 'something else')
  await expect(readTiles(path, [0])).rejects.toMatchObject(missing)
})

it('leaves nothing behind when it is cancelled', async () => {
  const folder = temporaryFolder()
  const pixels = { data: new Uint8Array(600 * 600), width: 600, height: 600, channels: 1 as const }
  const cut = writeTiles(join(folder, 'p.tiles'), pixels, AbortSignal.abort())
  await expect(cut).rejects.toMatchObject({ code: 'cancelled' })
  expect(readdirSync(folder)).toEqual([])
})

it('shows a page above 25 megapixels by a reduced picture and tiles', async () => {
  const { page, derived, archive } = await archiveWith(greyPng(5200, 5000, (x) => x % 256))
  const { picture, problem } = await makePagePicture(page, archive, derived)
  expect(problem).toBeUndefined()
  expect(picture).toMatchObject({ derived: true, width: 5200, height: 5000 })
  const preview = await new Transformer(readFileSync(join(derived.rasters, picture?.image ?? ''))).metadata()
  expect([preview.width, preview.height]).toEqual([2600, 2500])
  const tiles = picture?.tiles ?? ''
  await makePageTiles(page, tiles, archive, derived)
  const levels = tileLevels(5200, 5000)
  const last = levels.reduce((sum, { columns, rows }) => sum + columns * rows, -1)
  expect((await readTiles(join(derived.tiles, tiles), [last]))[0]?.length).toBeGreaterThan(0)
})

it('refuses a picture of 900 megapixels in a few kilobytes without decoding it', async () => {
  const { page, derived, archive } = await archiveWith(greyPng(30_000, 30_000, () => 255))
  const before = process.memoryUsage().rss
  const { picture, problem } = await makePagePicture(page, archive, derived)
  expect(picture).toBeUndefined()
  expect(problem).toEqual({
    code: 'picture-too-large',
    details: { file: 'p.png', width: 30_000, height: 30_000, limit: 160 },
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
})

it('lets a page that someone waits for pass', async () => {
  const order: string[] = []
  const work = (name: string) => async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    order.push(name)
  }
  const all = [inTurn(work('first')), inTurn(work('ahead')), inTurn(work('old wish'), true), inTurn(work('wish'), true)]
  const quiet = whenNobodyWaits().then(() => order.push('thumbnails'))
  await expect(inTurn(() => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged')
  await Promise.all([...all, quiet])
  expect(order.slice(0, 3)).toEqual(['first', 'wish', 'old wish'])
  expect(order.slice(3).sort()).toEqual(['ahead', 'thumbnails'])
})
