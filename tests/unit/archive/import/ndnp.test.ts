import { describe, expect, it } from 'vitest'
import { readAlto } from '../../../../archive/import/alto.ts'
import { ndnpImporter } from '../../../../archive/import/ndnp.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { importWith, sample, sourceOf } from './source-fixture.ts'

const batches = 'C-mets-alto/open-oni+sample-data'

describe.skipIf(!sample(batches))('real batches', () => {
  it('reads every issue of both batches, also where a batch list is cut off', async () => {
    const source = await openSource(sample(batches) ?? '')
    const { issues, warnings } = await importWith(ndnpImporter, source)
    expect(issues.map((issue) => issue.date)).toEqual([
      '1859-02-21',
      '1860-01-02',
      '1861-07-19',
      '1862-08-25',
      '1863-01-01',
      '1865-10-02',
      '1866-04-30',
      '1867-01-01',
      '1868-05-19',
      '1869-07-31',
      '1870-03-15',
      '1918-09-01',
      '1916-08-26',
      '1915-03-22',
      '1920-11-15',
      '1878-01-03',
    ])
    expect(issues[0]).toMatchObject({
      title: { id: 'sn83045462', name: 'The Evening star', language: 'en' },
      edition: 1,
      number: '1,887',
      metadata: { volume: '13', batch: 'batch_dlc_manyyears' },
    })
    expect(issues.at(-1)).toMatchObject({ title: { id: 'sn83045350', name: 'Der Nordstern', language: 'de' } })
    expect(issues.at(-1)?.pages.map((page) => page.label)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    expect(issues.at(-1)?.articles).toHaveLength(4)
    expect(issues.every((issue) => issue.pages.length > 0)).toBe(true)
    const codes = new Set(warnings.map((item) => item.code))
    expect([...codes].sort()).toEqual(['damaged-document', 'missing-file', 'missing-pdf'])
  })

  it('gives the same blocks as the ALTO that the index reads again, with boxes inside the page', async () => {
    const source = await openSource(sample(`${batches}/batch_dlc_manyyears_ver01`) ?? '')
    const [issue] = (await importWith(ndnpImporter, source)).issues
    const page = issue?.pages[0]
    expect(page?.renditions).toMatchObject([{ kind: 'pdf', mime: 'application/pdf' }])
    const alto = readAlto(await source.bytes(page?.text?.file ?? ''))
    const blocks = issue?.articles[0]?.blocks ?? []
    expect(blocks.map((block) => [block.source, block.text])).toEqual(alto.blocks.map(({ id, text }) => [id, text]))
    const phrase = alto.blocks.find((block) => block.text.includes('MONDAY, FEBRUARY 21, 1859.'))
    expect(phrase).toBeDefined()
    for (const { start, end, box } of alto.blocks.flatMap((block) => block.words)) {
      expect(start < end && box.x >= 0 && box.y >= 0 && box.x + box.w <= 1.00001 && box.y + box.h <= 1.00001).toBe(true)
    }
    expect(page?.zones.every((zone) => zone.polygon.length === 4)).toBe(true)
    expect(page?.zones.flatMap((zone) => zone.polygon.flat()).every((value) => value >= 0 && value <= 1)).toBe(true)
  })
})

const mets = `<mets xmlns:x="x" TYPE="urn:library-of-congress:ndnp:mets:newspaper:issue" LABEL="The Star (Lincoln, Neb.), 1900-01-02">
  <dmdSec ID="i"><mods><identifier type="lccn">SN1</identifier><detail type="edition"><number>2</number></detail></mods></dmdSec>
  <dmdSec ID="p"><mods><extent unit="pages"><start>1</start></extent></mods></dmdSec>
  <file ID="m" USE="master"><FLocat x:href="./1.tif"/></file><file ID="o" USE="ocr"><FLocat x:href="file://./1.xml"/></file>
  <structMap><div TYPE="np:issue" DMDID="i"><div TYPE="np:page" DMDID="p"><fptr FILEID="m"/><fptr FILEID="o"/></div></div></structMap></mets>`
const listed = (folder: string): string =>
  `<issue lccn="sn1" issueDate="1900-01-02" editionOrder="2">./sn1/r/${folder}/${folder}.xml</issue>`
const batch = `<batch xmlns="http://www.loc.gov/ndnp" name="b">${listed('1900010202')}${listed('1900010901')}</batch>`

describe('hostile and incomplete batches', () => {
  it('prefers the validated copy, falls back to the plain one, and goes on over what is missing', async () => {
    const { issues, warnings } = await importWith(
      ndnpImporter,
      sourceOf({
        'data/batch.xml': batch,
        'data/sn1/r/1900010202/1900010202.xml': mets,
        'data/sn1/r/1900010202/1900010202_1.xml': '<!DOCTYPE x><mets/>',
        'data/sn1/r/1900010202/1.xml': '<alto><Layout>',
      }),
    )
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({ title: { id: 'sn1', name: 'The Star' }, date: '1900-01-02', edition: 2 })
    expect(issues[0]?.pages).toMatchObject([{ label: '1', renditions: [], metadata: { 'master file': './1.tif' } }])
    expect(warnings.map((item) => [item.code, item.file])).toEqual([
      ['damaged-document', 'data/sn1/r/1900010202/1900010202_1.xml'],
      ['text-unreadable', 'data/sn1/r/1900010202/1.xml'],
      ['missing-file', 'data/sn1/r/1900010901/1900010901.xml'],
    ])
  })
})
