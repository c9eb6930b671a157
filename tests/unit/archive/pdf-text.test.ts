import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Box } from '../../../archive/model.ts'
import { drawPdfPage, type PagePixels } from '../../../archive/pdf-pages.ts'
import { blocksOf } from '../../../archive/pdf/pdf-blocks.ts'
import type { PdfCharacter } from '../../../archive/pdf/pdf-characters.ts'
import { linesOf } from '../../../archive/pdf/pdf-lines.ts'
import { paragraphsOfBlock } from '../../../archive/pdf/pdf-paragraphs.ts'
import { pdfText, type PdfText } from '../../../archive/pdf/pdf-text.ts'
import { withPdf } from '../../../archive/pdf/pdfium.ts'
import { unicodeCodes, writePdf } from '../../fixtures/pdf-writer.ts'
import { sample } from './import/source-fixture.ts'

const read = (bytes: Uint8Array, page = 0): Promise<PdfText> => withPdf(bytes, 'x.pdf', (pdf) => pdfText(pdf, page))
const textsOf = ({ blocks }: PdfText): string[] => blocks.flatMap(({ paragraphs }) => paragraphs.map((one) => one.text))
const line = (x: number, y: number, text: string, size = 10): string =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET\n`

/** Which part of the boxes' area, and of the page outside of all boxes, is ink. */
function inkOf({ data, width, height }: PagePixels, boxes: Box[]): { inEach: number[]; outside: number } {
  const covered = new Uint8Array(width * height)
  const inEach = boxes.map((box) => {
    let ink = 0
    for (let y = Math.floor(box.y * height); y < Math.ceil((box.y + box.h) * height); y++) {
      for (let x = Math.floor(box.x * width); x < Math.ceil((box.x + box.w) * width); x++) {
        covered[y * width + x] = 1
        if ((data[(y * width + x) * 4] ?? 255) < 128) ink++
      }
    }
    return ink
  })
  let [outside, all] = [0, 0]
  for (let at = 0; at < width * height; at++) {
    if ((data[at * 4] ?? 255) >= 128) continue
    all++
    if (!covered[at]) outside++
  }
  return { inEach, outside: all === 0 ? 0 : outside / all }
}

async function overlay(bytes: Uint8Array, page = 0): Promise<{ inEach: number[]; outside: number; words: number }> {
  const text = await read(bytes, page)
  const boxes = text.blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ words }) => words.map(({ box }) => box)))
  return { ...inkOf(await drawPdfPage(bytes, page, 'x.pdf'), boxes), words: boxes.length }
}

describe('the text layer of a page', () => {
  it('reads columns one after the other, below what goes over both', async () => {
    const left = Array.from({ length: 12 }, (_, at) =>
      line(50, 650 - at * 12, `left column line number ${at} goes here`),
    )
    const right = Array.from({ length: 12 }, (_, at) => line(320, 650 - at * 12, `right column line ${at} stands here`))
    const mixed = left.flatMap((text, at) => [text, right[at] ?? ''])
    const found = await read(
      writePdf([{ content: mixed.join('') + line(50, 720, 'A headline over both of them', 24) }]),
    )
    const [headline, first, second] = textsOf(found)
    expect(headline).toBe('A headline over both of them')
    expect(found.blocks[0]?.paragraphs[0]?.isHeading).toBe(true)
    expect(first).toMatch(/^left column line number 0 .* line number 11 goes here$/)
    expect(second).toMatch(/^right column line 0 .* line 11 stands here$/)
  })

  it('joins a word that is divided at the end of a line, with a box on either line', async () => {
    const found = await read(
      writePdf([{ content: line(50, 700, 'It was the news-') + line(50, 688, 'paper of the day') }]),
    )
    const [paragraph] = found.blocks.flatMap(({ paragraphs }) => paragraphs)
    expect(paragraph?.text).toBe('It was the newspaper of the day')
    const halves = paragraph?.words.filter(({ start, end }) => paragraph.text.slice(start, end) === 'newspaper')
    expect(halves).toHaveLength(2)
    expect(halves?.[0]?.box.y).toBeLessThan(halves?.[1]?.box.y ?? 0)
  })

  it('takes a glyph that is drawn twice to look bold once', async () => {
    const content =
      line(50, 700, 'Bold little letters') +
      line(50.4, 700, 'Bold little letters') +
      line(50, 700.3, 'Bold little letters')
    expect(textsOf(await read(writePdf([{ content }])))).toEqual(['Bold little letters'])
  })

  it('knows Chinese of fonts that are not embedded, by their CMap', async () => {
    const gbk = 'BT /G1 12 Tf 50 700 Td <d0c2cec5c8d5b1a8> Tj ET\n'
    const unicode = `BT /H1 12 Tf 50 600 Td ${unicodeCodes('图书馆的新闻')} Tj ET\n`
    expect(textsOf(await read(writePdf([{ content: gbk + unicode }])))).toEqual(['新闻日报', '图书馆的新闻'])
  })

  it('reads lines that run down from right to left', () => {
    // pdfium gives nothing for a vertical font that is not embedded, so the characters are placed here.
    const column = (l: number, text: string): PdfCharacter[] =>
      [...text].map((one, at) => {
        const box = { l, t: 100 + at * 12, r: l + 12, b: 112 + at * 12 }
        return { text: one, ...box, turn: 'upright', isSpaced: false, isHyphen: false, isUnsure: false }
      })
    const characters = [column(100, '第三行在左邊'), column(140, '第一行在右邊'), column(120, '第二行在中間')].flat()
    const blocks = blocksOf(linesOf(characters))
    expect(blocks.map(({ isVertical }) => isVertical)).toEqual([true])
    expect(blocks.flatMap(paragraphsOfBlock).map(({ text }) => text)).toEqual(['第一行在右邊第二行在中間第三行在左邊'])
  })

  it('makes paragraphs where a line is indented by two characters', async () => {
    const row = (x: number, y: number, text: string): string =>
      `BT /H1 10 Tf ${x} ${y} Td ${unicodeCodes(text)} Tj ET\n`
    const content =
      row(70, 700, '这是第一段的开头一行文字') +
      row(50, 686, '这是第一段的后面一行没有缩进') +
      row(70, 672, '第二段又缩进了两个字一行')
    expect(textsOf(await read(writePdf([{ content }])))).toEqual([
      '这是第一段的开头一行文字这是第一段的后面一行没有缩进',
      '第二段又缩进了两个字一行',
    ])
  })

  it('leaves out what lies outside the cropped page', async () => {
    const content = line(50, 700, 'printed mark') + line(50, 400, 'what is shown')
    const pdf = writePdf([{ content, entries: '/CropBox [0 0 600 500]' }])
    expect(textsOf(await read(pdf))).toEqual(['what is shown'])
  })
})

describe('the boxes of words', () => {
  const content = ['Mixed lines of words', 'stand on a page and', 'each has its own box']
    .map((text, at) => line(200, 420 - at * 30, text, 20))
    .join('')
  it.each([
    ['a plain page', ''],
    ['a cropped page', '/CropBox [100 200 500 600]'],
    ['a page turned by 90°', '/Rotate 90'],
    ['a cropped page turned by 180°', '/CropBox [150 300 500 500] /Rotate 180'],
    ['a cropped page turned by 270°', '/CropBox [150 300 500 500] /Rotate 270'],
  ])('lie on the ink of %s', async (_, entries) => {
    const { inEach, outside, words } = await overlay(writePdf([{ content, entries }]))
    expect(words).toBe(14)
    expect(Math.min(...inEach)).toBeGreaterThan(20)
    expect(outside).toBeLessThan(0.01)
  })

  const vertical = sample('D-pdf/pdfminer+pdfminer.six/samples/jo.pdf')
  it.skipIf(!vertical)('stand for lines written down in a real page', async () => {
    const { blocks } = await read(readFileSync(vertical ?? ''))
    const [tall] = blocks.filter(({ paragraphs }) => paragraphs[0]?.text.startsWith('宇宙塵をたべ'))
    expect(tall?.paragraphs[0]?.text).toBe('宇宙塵をたべ、または空気や塩水を呼吸しながら')
    expect(tall?.box.h).toBeGreaterThan((tall?.box.w ?? 1) * 5)
    const tops = tall?.paragraphs[0]?.words.map(({ box }) => box.y) ?? []
    expect(tops).toEqual([...tops].sort((one, other) => one - other))
  })

  const real = [
    // The page, and how much ink is no text: rules and pictures.
    ['D-pdf/jsvine+pdfplumber/tests/pdfs/issue-67-example.pdf', 1, 0.15],
    ['D-pdf/pdfminer+pdfminer.six/samples/contrib/issue-625-identity-cmap.pdf', 0, 0.6],
    ['D-pdf/mozilla+pdf.js/test/pdfs/ArabicCIDTrueType.pdf', 0, 0.1],
  ] as const
  it.skipIf(!sample(real[0][0]))('lie on the ink of real pages', async () => {
    for (const [path, page, most] of real) {
      const { inEach, outside } = await overlay(readFileSync(sample(path) ?? ''), page)
      expect(inEach.filter((ink) => ink === 0).length / inEach.length, path).toBeLessThan(0.02)
      expect(outside, path).toBeLessThan(most)
    }
  })
})

describe('a PDF that cannot be read', () => {
  it.each([
    ['is no PDF', Buffer.from('not a PDF at all')],
    ['is empty', Buffer.alloc(0)],
    ['is cut off', writePdf([{ content: line(50, 700, 'x') }]).subarray(0, 60)],
  ])('%s: says so, and the next one is read', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'pdf-unreadable' })
    expect(textsOf(await read(writePdf([{ content: line(50, 700, 'fine') }])))).toEqual(['fine'])
  })
})
