import { join } from 'node:path'
import { exists, readWhole, writeAtomic } from '../files.ts'
import type { Article, Block, Box, IssueDocument, Page } from '../model.ts'
import type { SourceBlock } from '../word-boxes.ts'
import { ocrEngineName, type RecognisedLine, type RecognisedParagraph } from './ocr-engine.ts'

/**
 * The text that was recognised on a page: derived, never part of the archive's documents. One JSON file a page below
 * `derived/ocr/`, named as its picture is, by the sha-256 of what was read.
 */
export interface OcrText {
  format: 'banmian-ocr'
  version: 1
  engine: string
  languages: string[]
  /** Mean over its characters, 0–1. */
  confidence: number
  blocks: SourceBlock[]
}

/** The article that shows it, beside those that were delivered; no delivered article has such an id. */
export const ocrArticlePrefix = 'ocr-'

const isHan = (text: string | undefined): boolean => /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/.test(text ?? '')

function blockOf(lines: RecognisedLine[], id: string, size: { width: number; height: number }): SourceBlock {
  const block: SourceBlock = { id, text: '', words: [] }
  const part = (value: number, whole: number): number => Math.round(Math.min(1, Math.max(0, value / whole)) * 1e6) / 1e6
  for (const { words } of lines) {
    for (const { text, box } of words) {
      const isApart = block.text !== '' && !(isHan(block.text.at(-1)) && isHan(text[0]))
      const start = block.text.length + (isApart ? 1 : 0)
      block.text += (isApart ? ' ' : '') + text
      const [x, y] = [part(box[0], size.width), part(box[1], size.height)]
      const placed: Box = { x, y, w: part(box[2], size.width) - x, h: part(box[3], size.height) - y }
      block.words.push({ start, end: block.text.length, box: placed })
    }
  }
  return block
}

/** The text of a page from what the engine read. `size`: pixels of the picture it read. */
export function ocrTextOf(
  paragraphs: RecognisedParagraph[],
  languages: readonly string[],
  size: { width: number; height: number },
): OcrText {
  const words = paragraphs.flatMap(({ lines }) => lines.flatMap((line) => line.words))
  const length = words.reduce((sum, { text }) => sum + text.length, 0)
  const sure = words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0)
  return {
    format: 'banmian-ocr',
    version: 1,
    engine: ocrEngineName,
    languages: [...languages],
    confidence: length === 0 ? 0 : Math.round((sure / length) * 1000) / 1000,
    blocks: paragraphs.map(({ lines }, at) => blockOf(lines, `ocr${at + 1}`, size)).filter(({ text }) => text !== ''),
  }
}

function isOcrText(value: unknown): value is OcrText {
  const found = value as Partial<OcrText> | null
  return (
    typeof found === 'object' && found?.format === 'banmian-ocr' && found.version === 1 && Array.isArray(found.blocks)
  )
}

/** What was recognised on a page; undefined when nothing was, or its file is damaged. `name`: as the page's picture's. */
export async function readOcrText(folder: string, name: string): Promise<OcrText | undefined> {
  const file = join(folder, `${name}.json`)
  if (!(await exists(file))) return undefined
  try {
    const value: unknown = JSON.parse((await readWhole(file)).toString('utf8'))
    return isOcrText(value) ? value : undefined
  } catch {
    // Derived data that is damaged is made again.
    return undefined
  }
}

export async function writeOcrText(folder: string, name: string, text: OcrText): Promise<void> {
  await writeAtomic(join(folder, `${name}.json`), Buffer.from(JSON.stringify(text)))
}

/** True when nothing of a page's text was delivered: no text source, and no article of it says anything. */
export function isWithoutText(page: Page, articles: readonly Article[]): boolean {
  return (
    page.text === undefined &&
    page.renditions.length > 0 &&
    !articles.some((article) => article.pages.includes(page.id) && article.blocks.length > 0)
  )
}

/** The file of a page that is read, and the name of its picture: by the sha-256 of that file. */
export function pictureNameOf(page: Page, manifest: ReadonlyMap<string, string>): string | undefined {
  for (const kind of ['image', 'pdf', 'brief'] as const) {
    const rendition = page.renditions.find((one) => one.kind === kind)
    const sha256 = rendition && manifest.get(`data/${rendition.file}`)
    if (!sha256) continue
    return `${sha256.slice(0, 2)}/${sha256.slice(2, 34)}${rendition.pdfPage ? `-${rendition.pdfPage}` : ''}`
  }
  return undefined
}

/**
 * The issue with an article for each page whose text was recognised, and the blocks that place its words, by page.
 * Pages that were delivered with text are left as they are. `nameOf`: the name of a page's picture.
 */
export async function withOcrText(
  issue: IssueDocument,
  nameOf: (page: Page) => string | undefined,
  folder: string,
): Promise<{ issue: IssueDocument; blocks: Map<string, Map<string, SourceBlock>> }> {
  const blocks = new Map<string, Map<string, SourceBlock>>()
  const added: Article[] = []
  if (!(await exists(folder))) return { issue, blocks }
  for (const page of issue.pages) {
    const name = isWithoutText(page, issue.articles) ? nameOf(page) : undefined
    const text = name === undefined ? undefined : await readOcrText(folder, name)
    if (!text || text.blocks.length === 0) continue
    blocks.set(page.id, new Map(text.blocks.map((block) => [block.id, block])))
    const paragraphs = text.blocks.map(({ id, text: said }): Block => ({
      kind: 'paragraph',
      text: said,
      page: page.id,
      source: id,
    }))
    const metadata = {
      'OCR by': `Banmian, ${text.engine}`,
      'OCR languages': text.languages,
      'OCR confidence': text.confidence,
    }
    added.push({
      id: `${ocrArticlePrefix}${page.id}`,
      kind: 'page',
      headline: '',
      blocks: paragraphs,
      photos: [],
      pages: [page.id],
      metadata,
    })
  }
  return { issue: added.length > 0 ? { ...issue, articles: [...issue.articles, ...added] } : issue, blocks }
}
