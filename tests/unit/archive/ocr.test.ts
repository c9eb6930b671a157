import { Transformer } from '@napi-rs/image'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { importSources } from '../../../archive/importing.ts'
import { recogniseArchive } from '../../../archive/ocr/recognising.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { drawPdfPage } from '../../../archive/pdf-pages.ts'
import { findIssue, openReading, readIssueDocument, readIssueWithOcr } from '../../../archive/reading.ts'
import { findInArchive, openArchiveSearch } from '../../../archive/search-catalogue.ts'
import { verifyArchive } from '../../../archive/verifying.ts'
import { writePdf } from '../../fixtures/pdf-writer.ts'
import { lastingFolder } from '../../fixtures/temporary-folder.ts'

const cache = '/nonexistent/cache'
const issue = { title: 'times', date: '1859-02-21', edition: 1 }
let archive = ''

/** A PDF that is only a picture of a text: what a scanner makes. */
async function scanned(lines: string[]): Promise<Buffer> {
  const text = lines.map((line, at) => `BT /F1 24 Tf 60 ${700 - at * 40} Td (${line}) Tj ET\n`).join('')
  const { data, width, height } = await drawPdfPage(writePdf([{ content: text }]), 0, 'x.pdf')
  const jpeg = await Transformer.fromRgbaPixels(data, width, height).resize(1200).jpeg(90)
  return jpeg
}

/** A PDF of one page that shows a JPEG. */
function pdfAround(jpeg: Buffer, width: number, height: number): Buffer {
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>',
    '<< /Length 26 >>\nstream\n600 0 0 800 0 0 cm /I Do  \nendstream',
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n${jpeg.toString('latin1')}\nendstream`,
  ]
  let file = '%PDF-1.4\n'
  const offsets = parts.map((part, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${part}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${file}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  )
}

beforeAll(async () => {
  const folder = lastingFolder()
  archive = join(folder, 'archive')
  mkdirSync(join(folder, 'times'))
  const lines = ['The library opens at night', 'Readers welcome the newspaper', 'A harbour for sailing ships']
  const jpeg = await scanned(lines)
  const { width, height } = await new Transformer(jpeg).metadata()
  writeFileSync(join(folder, 'times', 'times-1859-02-21-p1.pdf'), pdfAround(jpeg, width, height))
  const own = writePdf([{ content: 'BT /F1 12 Tf 60 700 Td (Delivered words of the second page) Tj ET' }])
  writeFileSync(join(folder, 'times', 'times-1859-02-21-p2.pdf'), own)
  const { warnings } = await importSources([join(folder, 'times')], archive)
  expect(warnings.map(({ code }) => code)).toEqual(['no-text'])
  await prepareArchive(archive, { cache })
})

describe('text recognition', () => {
  it('that is stopped leaves what was read, and changes nothing else', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(recogniseArchive(archive, { cache, signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(join(archive, 'derived'))).not.toContain('ocr')
  })

  it(
    'makes a page without text searchable, with its words in their places, and says who said so',
    { timeout: 120_000 },
    async () => {
      const phases = new Set<string>()
      const onProgress = ({ phase }: { phase: string }): void => void phases.add(phase)
      const outcome = await recogniseArchive(archive, { cache, languages: ['eng'], onProgress })
      expect(outcome).toMatchObject({ pages: 1, recognised: 1, before: 0, problems: [] })
      expect(outcome.confidence).toBeGreaterThan(0.7)
      expect([...phases].slice(0, 2)).toEqual(['ocr', 'catalogue'])
      const reading = await openReading(archive, cache)
      try {
        const row = findIssue(reading, issue)
        const shown = await readIssueWithOcr(reading, row)
        const article = shown.articles.find(({ id }) => id === 'ocr-p1')
        expect(article?.blocks.map(({ text }) => text).join(' ')).toContain('The library opens at night')
        expect(article?.metadata).toMatchObject({ 'OCR by': 'Banmian, tesseract.js 7.0.0', 'OCR languages': ['eng'] })
        // What was delivered is as it was.
        expect((await readIssueDocument(reading, row)).articles.map(({ id }) => id)).toEqual(['page-2'])
      } finally {
        reading.close()
      }
      expect((await verifyArchive(archive)).ok).toBe(true)
    },
  )

  it('is not done twice', async () => {
    expect(await recogniseArchive(archive, { cache })).toMatchObject({ pages: 1, recognised: 0, before: 1 })
  })

  it('gives hits with boxes on the words', async () => {
    const reading = await openReading(archive, cache)
    try {
      const search = await openArchiveSearch(reading)
      const { hits, total } = await findInArchive(search, { text: 'harbour' })
      search.close()
      expect(total).toBe(1)
      const [box] = hits[0]?.boxes ?? []
      expect(box).toMatchObject({ page: 'p1', precision: 'word' })
      // The third line of the page: at 120 of 800 points from its top, and 40 further each line.
      expect(box?.y).toBeGreaterThan(0.19)
      expect((box?.y ?? 1) + (box?.h ?? 1)).toBeLessThan(0.25)
    } finally {
      reading.close()
    }
  })

  it(
    'is done again for a title that another language is chosen for, and for no other',
    { timeout: 120_000 },
    async () => {
      const again = { pages: 1, recognised: 0, before: 1 }
      expect(await recogniseArchive(archive, { cache, languagesOfTitles: { times: ['eng'] } })).toMatchObject(again)
      expect(await recogniseArchive(archive, { cache, languagesOfTitles: { other: ['chi_sim'] } })).toMatchObject(again)
      const languagesOfTitles = { times: ['chi_sim', 'eng'] } as const
      expect(await recogniseArchive(archive, { cache, languagesOfTitles })).toMatchObject({ recognised: 1, before: 0 })
      const reading = await openReading(archive, cache)
      try {
        const { articles } = await readIssueWithOcr(reading, findIssue(reading, issue))
        expect(articles.filter(({ id }) => id === 'ocr-p1').map(({ metadata }) => metadata?.['OCR languages'])).toEqual(
          [['chi_sim', 'eng']],
        )
      } finally {
        reading.close()
      }
    },
  )
})
