import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  TextRun,
  type IParagraphOptions,
} from 'docx'
import { bookWords, dayInWords, placeInWords } from './book-words.ts'
import type { Clipping, ClippingsBook } from './book-model.ts'
import { commentBlocks } from './comment-blocks.ts'

/** A clippings book as Office Open XML (ECMA-376), for who goes on writing in it. */

export interface DocxPicture {
  /** JPEG. */
  data: Uint8Array
  width: number
  height: number
}

const twipsPerMm = 1440 / 25.4
const margin = Math.round(24 * twipsPerMm)
/** Room for a picture in CSS pixels of a 96th of an inch: A4 within its margins, with a headline above. */
const widest = Math.round((162 / 25.4) * 96)
const highest = Math.round((200 / 25.4) * 96)
const serif = { ascii: 'Georgia', hAnsi: 'Georgia', eastAsia: 'SimSun', cs: 'Georgia' }
/** In 240ths of a line: said outright, since not every program takes it for granted, and cuts pictures off to one line. */
const lineRule = LineRuleType.AUTO
const soft = '6B655B'
const mine = '34507A'

/** The file's content. `pictures`: of the clippings by their ids. */
export async function bookDocx(
  book: ClippingsBook,
  pictures: ReadonlyMap<string, readonly DocxPicture[]>,
): Promise<Uint8Array> {
  const document = new Document({
    title: valid(book.title),
    creator: 'Banmian',
    styles: {
      default: {
        document: { run: { font: serif, size: 22 }, paragraph: { spacing: { line: 330, lineRule } } },
        title: { run: { font: serif, size: 52, bold: true }, paragraph: { spacing: { before: 3000, after: 300 } } },
        heading1: {
          run: { font: serif, size: 38, bold: true, color: '1E1C19' },
          paragraph: { spacing: { before: 80, after: 80, line: 300, lineRule } },
        },
        heading2: {
          run: { font: serif, size: 24, bold: true, color: '1E1C19' },
          paragraph: { spacing: { before: 200 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT], size: 18, color: soft })],
              }),
            ],
          }),
        },
        children: [
          ...cover(book),
          ...contents(book),
          ...book.clippings.flatMap((clipping, index) =>
            clippingParagraphs(clipping, index, book.language, pictures.get(clipping.id) ?? []),
          ),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

function cover({ title, preface, clippings, made, language }: ClippingsBook): Paragraph[] {
  const words = bookWords(language)
  const facts = [words.clippings(clippings.length), words.made(dayInWords(made, language))].join('　·　')
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [run(title)] }),
    ...comment(preface, {}),
    new Paragraph({ spacing: { before: 300 }, children: [run(facts, { size: 18, color: soft })] }),
  ]
}

function contents({ clippings, language }: ClippingsBook): Paragraph[] {
  return [
    new Paragraph({
      pageBreakBefore: true,
      spacing: { after: 200 },
      children: [run(bookWords(language).contents, { bold: true, size: 28 })],
    }),
    ...clippings.map(
      ({ heading, place }, index) =>
        new Paragraph({
          spacing: { after: 40 },
          children: [
            new InternalHyperlink({
              anchor: anchorOf(index),
              children: [
                run(`${index + 1}　`, { color: soft }),
                run(heading),
                run(`　${[place.titleName, place.date].filter(Boolean).join(' ')}`, { size: 16, color: soft }),
              ],
            }),
          ],
        }),
    ),
  ]
}

const anchorOf = (index: number): string => `clipping-${index + 1}`

function clippingParagraphs(
  clipping: Clipping,
  index: number,
  language: string,
  pictures: readonly DocxPicture[],
): Paragraph[] {
  const { heading, kicker, byline, text, isQuote, tags, reference, link } = clipping
  const small = (words: string): TextRun => run(words, { size: 17, color: soft })
  const line = (words: string): Paragraph => new Paragraph({ children: [small(words)] })
  return [
    new Paragraph({ children: [new PageBreak(), small(`${index + 1}　${placeInWords(clipping, language)}`)] }),
    ...(kicker ? [new Paragraph({ children: [run(kicker)] })] : []),
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      children: [new Bookmark({ id: anchorOf(index), children: [run(heading)] })],
    }),
    ...(byline ? [line(byline)] : []),
    ...pictures.map((picture) => pictureParagraph(picture, heading)),
    ...(clipping.isMissing ? [line(bookWords(language).noPicture)] : []),
    ...text.map(({ kind, text: words }, at) =>
      kind === 'heading'
        ? new Paragraph({ heading: HeadingLevel.HEADING_2, children: [run(words)] })
        : new Paragraph({
            alignment: AlignmentType.BOTH,
            // The reader's own words and the source do not stand alone on a page.
            keepNext: at === text.length - 1,
            indent: isQuote ? { left: 400 } : { firstLine: /\p{Script=Han}/u.test(words) ? 440 : 0 },
            children: [run(words)],
          }),
    ),
    ...comment(clipping.comment, {
      keepNext: true,
      indent: { left: 240 },
      border: { left: { style: BorderStyle.SINGLE, size: 18, color: mine, space: 8 } },
    }),
    ...(tags.length > 0
      ? [
          new Paragraph({
            keepNext: true,
            children: [run(tags.map((tag) => `#${tag}`).join('　'), { size: 18, color: mine })],
          }),
        ]
      : []),
    new Paragraph({
      keepNext: link !== '',
      spacing: { before: 240 },
      border: { top: { style: BorderStyle.SINGLE, size: 4, color: 'D9D2C5', space: 6 } },
      children: [run(reference, { size: 17 })],
    }),
    ...(link === '' ? [] : [new Paragraph({ children: [run(link, { size: 14, color: soft })] })]),
  ]
}

/** Every pixel goes along; how large it is drawn follows the paper. */
function pictureParagraph({ data, width, height }: DocxPicture, name: string): Paragraph {
  const scale = Math.min(1, widest / width, highest / height)
  const transformation = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 160, after: 160, line: 240, lineRule },
    children: [
      new ImageRun({
        type: 'jpg',
        data: Buffer.from(data),
        transformation,
        altText: { name: valid(name), description: valid(name), title: valid(name) },
      }),
    ],
  })
}

function comment(markdown: string, look: Pick<IParagraphOptions, 'indent' | 'border' | 'keepNext'>): Paragraph[] {
  return commentBlocks(markdown).map(
    ({ kind, runs }) =>
      new Paragraph({
        ...look,
        children: [
          ...(kind === 'item' ? [run('· ')] : []),
          ...runs.map(({ text, bold, italic }) =>
            run(text, { bold: bold ?? kind === 'heading', ...(italic && { emphasisMark: { type: 'dot' as const } }) }),
          ),
        ],
      }),
  )
}

function run(text: string, look: Exclude<ConstructorParameters<typeof TextRun>[0], string> = {}): TextRun {
  return new TextRun({ ...look, text: valid(text) })
}

/** XML 1.0 has no control characters, and no halves of pairs. */
function valid(text: string): string {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
  return whole.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
