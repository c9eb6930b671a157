import { describe, expect, it } from 'vitest'
import { readPageText } from '../../../../archive/import/page-text-formats.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { drawPdfPage } from '../../../../archive/pdf-pages.ts'
import type { Pixels } from '../../../../archive/picture-pixels.ts'
import { decodeTiff } from '../../../../archive/tiff-pages.ts'
import type { Box, Page, PageTextSource } from '../../../../archive/model.ts'
import { importAll, sample, sourceOf } from './source-fixture.ts'

interface Grey {
  width: number
  height: number
  /** Sums of ink over all pixels above and to the left, so that any box is four look-ups. */
  sums: Float64Array
}

function greyOf({ data, width, height, channels }: Pixels): Grey {
  const sums = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels
      const light =
        (channels === 1 ? (data[at] ?? 0) * 3 : (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 765
      // What is as light as paper is no ink, however grey the scan.
      row += light < 0.55 ? 1 : 0
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row
    }
  }
  return { width, height, sums }
}

/** Ink in a box that is moved, as a part of its area. */
function inkIn(grey: Grey, box: Box, dx: number, dy: number): number {
  const { width, height, sums } = grey
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)))
  const [l, r] = [clamp(box.x * width + dx, width), clamp((box.x + box.w) * width + dx, width)]
  const [t, b] = [clamp(box.y * height + dy, height), clamp((box.y + box.h) * height + dy, height)]
  const at = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0
  const area = (r - l) * (b - t)
  return area > 0 ? (at(r, b) - at(l, b) - at(r, t) + at(l, t)) / area : 0
}

interface Fit {
  /** Shift with the most ink, in characters of half the height of a word. */
  x: number
  y: number
  /** Ink under the boxes where there is most, to that of all shifts: 1 would mean that there is nothing to find. */
  peak: number
  words: number
}

/** Where the boxes of words would have to be moved for the most ink. */
function fit(grey: Grey, boxes: Box[]): Fit {
  const heights = boxes.map(({ h }) => h * grey.height).sort((a, b) => a - b)
  const height = heights[Math.floor(heights.length / 2)] ?? 0
  const character = Math.max(2, height / 2)
  // Boxes of broken lines and rules say nothing of where words stand.
  const usual = boxes.filter(
    ({ h, w }) => h * grey.height > height * 0.6 && h * grey.height < height * 1.6 && w * grey.width > character,
  )
  const ink = (x: number, y: number): number =>
    usual.reduce((sum, box) => sum + inkIn(grey, box, x * character, y * character), 0) / usual.length
  let best: Fit = { x: 0, y: 0, peak: 0, words: usual.length }
  let [most, sum, count] = [-1, 0, 0]
  for (let y = -3; y <= 3; y += 0.25) {
    for (let x = -3; x <= 3; x += 0.25) {
      const found = ink(x, y)
      sum += found
      count++
      if (found > most) [most, best] = [found, { ...best, x, y }]
    }
  }
  return { ...best, peak: most / (sum / count) }
}

async function wordBoxes(source: Awaited<ReturnType<typeof openSource>>, page: Page): Promise<Box[]> {
  const text = page.text as PageTextSource & { format: 'alto' }
  const read = readPageText(text, await source.bytes(text.file))
  return read.blocks.flatMap((block) => block.words.map((word) => word.box)).filter(({ w, h }) => w > 0 && h > 0)
}

const mets = 'C-mets-alto/impresso+impresso-text-acquisition'

/** Real pages whose picture and text were both delivered. */
const pages: { name: string; folder: string; most: number }[] = [
  { name: 'PAGE with TIFF (NZZ)', folder: 'C-page-xml/impresso+NZZ-black-letter-ground-truth', most: 3 },
  {
    name: 'ALTO in inch1200 with PDF (NDNP)',
    folder: 'C-mets-alto/open-oni+sample-data/batch_mnhi_german_ver01',
    most: 2,
  },
  {
    name: 'ALTO in inch1200 with PDF (NDNP, dlc)',
    folder: 'C-mets-alto/open-oni+sample-data/batch_dlc_manyyears_ver01',
    most: 2,
  },
  { name: 'ALTO in pixels with the PDF of the issue (RERO)', folder: `${mets}/RERO2`, most: 5 },
  { name: 'ABBYY with the PDF of the issue (BCUL)', folder: `${mets}/BCUL/46165`, most: 1 },
]

describe.each(pages)('$name', ({ folder, most }) => {
  const path = sample(folder)
  it.skipIf(!path)('stands on the ink, within one character', { timeout: 300_000 }, async () => {
    const source = await openSource(path ?? '')
    const { issues } = await importAll(source)
    const shown = issues
      .flatMap((issue) => issue.pages)
      .filter((page) => page.text && page.text.format !== 'pdf' && page.renditions.length > 0)
    expect(shown.length).toBeGreaterThanOrEqual(most)
    for (const page of shown.slice(0, most)) {
      const rendition = page.renditions[0]!
      const bytes = await source.bytes(rendition.file)
      const pixels: Pixels =
        rendition.kind === 'pdf'
          ? { ...(await drawPdfPage(bytes, rendition.pdfPage ?? 0, rendition.file)), channels: 4 }
          : decodeTiff(bytes)
      const found = fit(greyOf(pixels), await wordBoxes(source, page))
      const said = `${rendition.file}: ${JSON.stringify(found)}`
      if (process.env.SHOW_FIT) console.log(said)
      expect(found.words, said).toBeGreaterThan(20)
      expect(Math.abs(found.x), said).toBeLessThanOrEqual(1)
      expect(Math.abs(found.y), said).toBeLessThanOrEqual(1)
      expect(found.peak, said).toBeGreaterThan(1.1)
    }
  })
})

/** A page with bars of ink where words are, described in every format: no real page has all of them. */
describe('one page in every format', () => {
  const [width, height] = [1200, 1800]
  const words = Array.from({ length: 90 }, (_, index) => ({
    x: 100 + (index % 9) * 115,
    y: 120 + Math.floor(index / 9) * 150,
    w: 70 + ((index * 37) % 40),
    h: 34,
  }))
  const data = new Uint8Array(width * height * 4).fill(255)
  for (const word of words) {
    for (let y = word.y; y < word.y + word.h; y++)
      data.fill(0, (y * width + word.x) * 4, (y * width + word.x + word.w) * 4)
  }
  const grey = greyOf({ data, width, height, channels: 4 })
  const number = (value: number): string => value.toFixed(1)
  const alto = (unit: string, scale: number): string =>
    `<alto><Description><MeasurementUnit>${unit}</MeasurementUnit></Description><Layout><Page WIDTH="${number(width * scale)}" HEIGHT="${number(height * scale)}"><PrintSpace><TextBlock ID="b">${words
      .map(
        ({ x, y, w, h }) =>
          `<TextLine><String CONTENT="word" HPOS="${number(x * scale)}" VPOS="${number(y * scale)}" WIDTH="${number(w * scale)}" HEIGHT="${number(h * scale)}"/></TextLine>`,
      )
      .join('')}</TextBlock></PrintSpace></Page></Layout></alto>`
  const corners = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }): string =>
    `${x},${y} ${x + w},${y} ${x + w},${y + h} ${x},${y + h}`
  const formats: [name: string, file: string, content: string][] = [
    ['ALTO pixel', '1900-01-01_1.xml', alto('pixel', 1)],
    ['ALTO inch1200', '1900-01-01_1.xml', alto('inch1200', 4)],
    ['ALTO mm10', '1900-01-01_1.xml', alto('mm10', 254 / 300)],
    [
      'PAGE',
      '1900-01-01_1.xml',
      `<PcGts><Page imageWidth="${width}" imageHeight="${height}"><TextRegion id="r"><Coords points="0,0 ${width},0 ${width},${height} 0,${height}"/>${words.map((word, index) => `<TextLine id="l${index}"><Coords points="${corners(word)}"/><Word id="w${index}"><Coords points="${corners(word)}"/><TextEquiv><Unicode>word</Unicode></TextEquiv></Word></TextLine>`).join('')}</TextRegion></Page></PcGts>`,
    ],
    [
      'hOCR',
      '1900-01-01_1.hocr',
      `<div class="ocr_page" title="bbox 0 0 ${width} ${height}">${words.map(({ x, y, w, h }) => `<span class="ocr_line" title="bbox ${x} ${y} ${x + w} ${y + h}"><span class="ocrx_word" title="bbox ${x} ${y} ${x + w} ${y + h}; x_wconf 90">word</span></span>`).join('')}</div>`,
    ],
  ]
  it.each(formats)('%s', async (_, file, content) => {
    const source = sourceOf({ [file]: content })
    const [issue] = (await importAll(source)).issues
    const boxes = await wordBoxes(source, issue!.pages[0]!)
    const found = fit(grey, boxes)
    expect(boxes).toHaveLength(words.length)
    expect([Math.abs(found.x), Math.abs(found.y)]).toEqual([0, 0])
    // All that is inside the boxes is ink: they are not only near.
    expect(boxes.reduce((sum, box) => sum + inkIn(grey, box, 0, 0), 0) / boxes.length).toBeGreaterThan(0.97)
  })
})
