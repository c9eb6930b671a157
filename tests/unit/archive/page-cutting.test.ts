import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importSources } from '../../../archive/importing.ts'
import type { IssueDocument, Page } from '../../../archive/model.ts'
import { drawPdfPages, pixelRegion, writeParts } from '../../../archive/page-cutting.ts'
import { copyOriginal, pageFacts } from '../../../archive/page-original.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { mountSmallDisk, whyNoDisk } from '../../fixtures/small-disk.ts'
import { writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const date = '2013-01-10'
const name = { title: 'csrb', date, edition: 1 }
const box = { x: 0.1, y: 0.2, w: 0.35, h: 0.25 }
let archive: { path: string; cache: string }
let pages: Page[]
let folder: string
const target = (): string => join(temporaryFolder(), 'cut.png')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'banmian-unit-'))
  await writeSmallMirror(join(folder, 'mirror'), [date])
  archive = { path: join(folder, 'archive'), cache: join(folder, 'cache') }
  await importSources([join(folder, 'mirror')], archive.path, { name: 'a' })
  await prepareArchive(archive.path, { cache: archive.cache })
  const document = readFileSync(join(archive.path, `data/issues/csrb/2013/${date}_01.json`), 'utf8')
  pages = (JSON.parse(document) as IssueDocument).pages
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const fileOf = (page: number, kind: 'image' | 'pdf'): string =>
  join(archive.path, 'data', pages[page]!.renditions.find((one) => one.kind === kind)!.file)
const rgbaOf = async (bytes: Buffer): Promise<{ data: Buffer; width: number; height: number; channels: number }> => {
  const { width, height } = await new Transformer(bytes).metadata()
  const data = await new Transformer(bytes).rawPixels()
  return { data, width, height, channels: data.length / (width * height) }
}

it('covers every pixel that a box touches, and at least one', () => {
  expect(pixelRegion({ x: 0, y: 0, w: 1, h: 1 }, 240, 340)).toEqual({ x: 0, y: 0, width: 240, height: 340 })
  expect(pixelRegion({ x: 0.501, y: 0.501, w: 0.001, h: 0.001 }, 100, 100)).toEqual({
    x: 50,
    y: 50,
    width: 1,
    height: 1,
  })
  expect(pixelRegion({ x: 1, y: 1, w: 1, h: 1 }, 100, 50)).toEqual({ x: 99, y: 49, width: 1, height: 1 })
})

it('cuts a part of a picture pixel by pixel', async () => {
  const file = target()
  const size = await writeParts(archive, [{ ...name, page: 'p1', box }], file)
  const original = await rgbaOf(readFileSync(fileOf(0, 'image')))
  const region = pixelRegion(box, original.width, original.height)
  expect(size).toEqual({ width: region.width, height: region.height })
  const cut = await rgbaOf(readFileSync(file))
  let different = 0
  for (let y = 0; y < region.height; y += 1)
    for (let x = 0; x < region.width; x += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        const from = ((region.y + y) * original.width + region.x + x) * original.channels + channel
        if (original.data[from] !== cut.data[(y * region.width + x) * cut.channels + channel]) different += 1
      }
  expect(different).toBe(0)
})

it('draws a page that came as PDF for printing, 300 dots an inch', async () => {
  const file = target()
  const size = await writeParts(archive, [{ ...name, page: 'p2', box: { x: 0, y: 0, w: 1, h: 1 } }], file)
  const pdfium = await PDFiumLibrary.init()
  const document = await pdfium.loadDocument(readFileSync(fileOf(1, 'pdf')))
  const points = document.getPage(0).getOriginalSize()
  document.destroy()
  expect(Math.abs(size.width - (points.originalWidth * 300) / 72)).toBeLessThan(2)
  expect(Math.abs(size.height - (points.originalHeight * 300) / 72)).toBeLessThan(2)
})

it('puts several parts below each other and a foot under them, as wide as they are', async () => {
  const parts = [
    { ...name, page: 'p1', box },
    { ...name, page: 'p1', box: { ...box, y: 0.6 } },
  ]
  const bare = await writeParts(archive, parts, target())
  const footed = await writeParts(archive, parts, target(), readFileSync(fileOf(1, 'pdf')))
  expect(footed.width).toBe(bare.width)
  expect(footed.height).toBeGreaterThan(bare.height)
})

it('says what is known of a page, and copies what was delivered byte for byte', async () => {
  const facts = await pageFacts(archive, { ...name, page: 'p1' })
  const sha256 = createHash('sha256')
    .update(readFileSync(fileOf(0, 'image')))
    .digest('hex')
  const { id } = JSON.parse(readFileSync(join(archive.path, 'banmian.json'), 'utf8')) as { id: string }
  expect(facts).toMatchObject({ identity: id, archiveName: 'a', hash: sha256.slice(0, 12) })
  expect(facts.original).toMatch(/\.pdf$/)
  const copy = target()
  await copyOriginal(archive, { ...name, page: 'p1' }, copy)
  expect(readFileSync(copy).equals(readFileSync(fileOf(0, 'pdf')))).toBe(true)
})

it('draws the pages of a PDF for a preview, no more than asked', async () => {
  const into = { folder: temporaryFolder(), name: 'x', width: 400 }
  const drawn = await drawPdfPages(readFileSync(fileOf(0, 'pdf')), { ...into, most: 5 })
  expect(drawn).toHaveLength(1)
  expect(Math.abs(drawn[0]!.width - 400)).toBeLessThanOrEqual(1)
  expect(await drawPdfPages(readFileSync(fileOf(0, 'pdf')), { ...into, most: 0 })).toEqual([])
})

it('names what is missing, and what cannot be read', async () => {
  const part = { ...name, page: 'p9', box }
  await expect(writeParts(archive, [part], target())).rejects.toMatchObject({ code: 'unknown-page' })
  await expect(writeParts(archive, [{ ...part, date: '1901-01-01' }], target())).rejects.toMatchObject({
    code: 'unknown-issue',
  })
  const file = fileOf(1, 'pdf')
  const before = readFileSync(file)
  chmodSync(file, 0o644)
  writeFileSync(file, 'no PDF at all')
  try {
    await expect(writeParts(archive, [{ ...part, page: 'p2' }], target())).rejects.toMatchObject({
      code: 'pdf-unreadable',
    })
  } finally {
    writeFileSync(file, before)
  }
})

const noDisk = whyNoDisk()
it.skipIf(noDisk)(`a full disk is said, and nothing half is left${noDisk ? ` (${noDisk})` : ''}`, async () => {
  const disk = mountSmallDisk(256 * 1024)
  disk.fill(4096)
  const file = join(disk.path, 'cut.png')
  const part = { ...name, page: 'p2', box: { x: 0, y: 0, w: 1, h: 1 } }
  await expect(copyOriginal(archive, { ...name, page: 'p1' }, join(disk.path, 'x', 'y.pdf'))).resolves.toBeUndefined()
  await expect(writeParts(archive, [part], file)).rejects.toMatchObject({ code: 'disk-full' })
  expect(() => readFileSync(file)).toThrow(/ENOENT/)
})
