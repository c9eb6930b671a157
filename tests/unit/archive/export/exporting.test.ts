import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { altoPage } from '../../../../archive/export/alto-page.ts'
import { exportBagZip } from '../../../../archive/export/bag-zip.ts'
import { exportPackages } from '../../../../archive/export/issue-packages.ts'
import { blocksOfPage } from '../../../../archive/export/page-blocks.ts'
import { xmlText } from '../../../../archive/export/xml-element.ts'
import { importSources } from '../../../../archive/importing.ts'
import { readAlto } from '../../../../archive/import/alto.ts'
import { openZipSource } from '../../../../archive/import/zip-source.ts'
import { prepareArchive } from '../../../../archive/preparing.ts'
import { bagProblems } from '../../../fixtures/check-bag.ts'
import { smallIssue } from '../../../fixtures/issue-document.ts'
import { pictureOf, writeSmallMirror } from '../../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../../fixtures/temporary-folder.ts'

const day = '2013-01-10'
let archive = ''
let cache = ''
let mirror = ''

beforeAll(async () => {
  const folder = lastingFolder()
  ;[mirror, archive, cache] = [join(folder, 'mirror'), join(folder, 'archive'), join(folder, 'cache')]
  await writeSmallMirror(mirror, [day, '2013-01-11'])
  await importSources([mirror], archive)
  await prepareArchive(archive, { cache })
})

async function unpack(zip: string, folder: string): Promise<string> {
  const source = await openZipSource(zip)
  for (const file of source.files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), await source.bytes(file))
  }
  await source.close()
  return join(folder, readdirSync(folder)[0]!)
}

describe('a bag', () => {
  it('passes the standard as an archive and as a zip, for us and for sha256sum', async () => {
    expect(bagProblems(archive)).toEqual([])
    const folder = temporaryFolder()
    await exportBagZip(archive, join(folder, 'bag.zip'))
    const bag = await unpack(join(folder, 'bag.zip'), join(folder, 'out'))
    expect(bagProblems(bag)).toEqual([])
    for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      execFileSync('sha256sum', ['--quiet', '-c', list], { cwd: bag, stdio: 'pipe' })
    }
    expect(existsSync(join(bag, 'derived'))).toBe(false)
  })

  it('is whole where the originals were left in place', async () => {
    const folder = temporaryFolder()
    const holey = join(folder, 'holey')
    await importSources([mirror], holey, { inPlace: true })
    expect(bagProblems(holey)).toContain('fetch.txt: the bag is not whole, 2.2.3')
    await exportBagZip(holey, join(folder, 'bag.zip'))
    expect(bagProblems(await unpack(join(folder, 'bag.zip'), join(folder, 'out')))).toEqual([])
  })

  it('is not made of damaged files, and leaves nothing then', async () => {
    const folder = temporaryFolder()
    const damaged = join(folder, 'damaged')
    await importSources([mirror], damaged)
    appendFileSync(join(damaged, 'data/originals/mirror', pictureOf(day)), 'x')
    await expect(exportBagZip(damaged, join(folder, 'bag.zip'))).rejects.toMatchObject({ code: 'damaged-document' })
    expect(readdirSync(folder)).toEqual(['damaged'])
  })
})

describe('METS and ALTO', () => {
  it('hold every article with its text, and every area points at a block that is there', async () => {
    const out = join(temporaryFolder(), 'mets')
    const result = await exportPackages(archive, out, 'mets', { cache })
    expect(result).toEqual({ issues: 2, pages: 4, left: [] })
    const folder = join(out, 'csrb', `${day}_01`)
    const mets = readFileSync(join(folder, `csrb_${day}_01-mets.xml`), 'utf8')
    expect(mets.match(/TYPE="ARTICLE"/g)).toHaveLength(4)
    expect(mets).toContain('<mods:title>奋力打造一流产业集聚区</mods:title>')
    const ids = ['0001', '0002'].flatMap((page) => {
      const alto = readFileSync(join(folder, `text/${page}.xml`), 'utf8')
      return [...alto.matchAll(/TextBlock ID="([^"]+)"/g)].map((match) => match[1])
    })
    const areas = [...mets.matchAll(/BEGIN="([^"]+)"/g)].map((match) => match[1])
    expect(areas.length).toBeGreaterThan(8)
    expect(new Set(areas)).toEqual(new Set(ids))
    for (const [, href] of mets.matchAll(/xlink:href="file:\/\/\.\/([^"]+)"/g)) {
      expect(existsSync(join(folder, href!)), href).toBe(true)
    }
    const text = readAlto(readFileSync(join(folder, 'text/0002.xml'))).blocks.map((block) => block.text)
    expect(text).toContain('學者參觀了產業園區與圖書館，並發表演講。')
    expect(text).toContain('The library in Qinyang opens at night; readers use windows.')
  })

  it('keep words where they stand', () => {
    const issue = smallIssue()
    const [page, article] = [issue.pages[0]!, issue.articles[0]!]
    article.headline = 'Two words'
    const box = (x: number) => ({ x, y: 0.1, w: 0.1, h: 0.02 })
    const words = [
      { start: 0, end: 3, page: 0, box: box(0.1) },
      { start: 4, end: 9, page: 0, box: box(0.3) },
    ]
    const start = article.kicker ? article.kicker.length + 1 : 0
    const moved = words.map((word) => ({ ...word, start: word.start + start, end: word.end + start }))
    const blocks = blocksOfPage(issue, page, () => moved)
    const read = readAlto(Buffer.from(altoPage(page, blocks, 'a&b.jpg')))
    const found = read.blocks.find((block) => block.text === 'Two words')
    expect(found?.words).toHaveLength(2)
    expect(found?.words[1]?.box.x).toBeCloseTo(0.3, 2)
    expect(found?.words[1]?.box.w).toBeCloseTo(0.1, 2)
  })

  it('are never broken by what a text holds', () => {
    expect(xmlText('a\u0000<b>&"\ud800c')).toBe('a\uFFFD&#60;b&#62;&#38;&#34;\uFFFDc')
  })
})

describe('IIIF', () => {
  it('has a canvas a page, its picture, its text as annotations, and a range an article', async () => {
    const out = join(temporaryFolder(), 'iiif')
    await exportPackages(archive, out, 'iiif', { cache, base: 'https://library.example/p/' })
    const folder = join(out, 'csrb', `${day}_01`)
    const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
    const manifest = read('manifest.json') as {
      id: string
      items: { id: string; width: number; height: number; items: { items: { body: { id: string } }[] }[] }[]
      structures: { items: { items: { id: string }[] }[] }[]
    }
    expect(manifest).toMatchObject({
      type: 'Manifest',
      navDate: `${day}T00:00:00Z`,
      label: { 'zh-Hans': [`测试日报 ${day}`] },
    })
    expect(manifest.items).toHaveLength(2)
    const image = manifest.items[0]!.items[0]!.items[0]!.body.id
    expect(existsSync(join(folder, image.slice(`https://library.example/p/csrb/${day}_01/`.length)))).toBe(true)
    expect(manifest.structures[0]!.items).toHaveLength(4)
    const { items } = read('text/p1.json') as { items: { body: { value: string }; target: string }[] }
    expect(items.map(({ body }) => body.value)).toContain('奋力打造一流产业集聚区')
    const { width, height } = manifest.items[0]!
    for (const { target } of items) {
      const [x = 0, y = 0, w = 0, h = 0] = target.split('#xywh=')[1]!.split(',').map(Number)
      expect(x + w).toBeLessThanOrEqual(width)
      expect(y + h).toBeLessThanOrEqual(height)
    }
    const collection = JSON.parse(readFileSync(join(out, 'collection.json'), 'utf8')) as { items: unknown[] }
    expect(collection.items).toHaveLength(2)
  })

  it('leaves out a picture that is gone and says so; a folder with something in it is refused', async () => {
    const folder = temporaryFolder()
    const [own, copy] = [join(folder, 'own'), join(folder, 'copy')]
    await importSources([mirror], own)
    await prepareArchive(own, { cache })
    renameSync(join(own, 'data/originals/mirror', pictureOf(day)), join(folder, 'lost.png'))
    const result = await exportPackages(own, copy, 'iiif', { cache })
    expect(result).toMatchObject({ issues: 2, left: [{ file: `originals/mirror/${pictureOf(day)}` }] })
    await expect(exportPackages(own, copy, 'iiif', { cache })).rejects.toMatchObject({ code: 'target-not-empty' })
  })
})
