import type { Block, Photo } from '../model.ts'
import { isNumberedHeading, isSiteNoise } from './article-body.ts'
import { cleanLine } from './clean-text.ts'
import { dateInText } from './founder-date.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'

/** One article page of a 数字报 site, as its plain text was saved. */
export interface EpaperText {
  title: string
  date: string
  page: PageLabel
  kicker?: string
  headline: string
  subtitle?: string
  blocks: Block[]
  photos: Photo[]
}

const controls = /放大\s*缩小\s*默认/
const neighbours = /上一版|下一版/
/** The foot of the site: its name, address, licence, copyright. */
const foot = /数字报刊?\s.{0,8}地址|ICP\s*备|版权所有|^关闭$/

/** True when a text carries the controls that every page of such a site has. */
export function looksLikeEpaperText(text: string): boolean {
  return controls.test(text) && neighbours.test(text) && /版面导航/.test(text)
}

/** The bar of titles (`焦作日报 | 焦作晚报 | …`) begins with the one that is shown; the foot names the house. */
function titleName(lines: string[]): string | undefined {
  const bar = lines.find((line) => /报\s*[|｜]/.test(line))
  const shown = bar?.split(/[|｜]/)[0]?.trim()
  const house = lines.map((line) => /^(.{2,20}?报)社数字报/.exec(line)?.[1]).find((name) => name !== undefined)
  return shown && /[报刊]$/.test(shown) ? shown : house
}

/** An indented line (two U+3000, or what an editor made of them) is a paragraph; others belong to the template. */
function isIndented(line: string): boolean {
  return /^[\u3000\u00a0 ]{2,}\S/.test(line)
}

interface Title {
  kicker?: string
  headline: string
  subtitle?: string
}

/** Lines between the controls and the body are kicker, headline, subtitle; the line above them repeats the headline. */
function titleLines(between: string[], above: string[]): Title {
  const at = between.findIndex((line) => above.includes(line))
  const headline = between[at >= 0 ? at : 0] ?? above.at(-1) ?? ''
  const kicker = at > 0 ? between.slice(0, at).join(' ') : undefined
  const subtitle = at >= 0 ? between.slice(at + 1).join(' ') : between.slice(1).join(' ')
  return { kicker, headline, subtitle: subtitle || undefined }
}

interface Paragraph {
  text: string
  /** True when blank lines stand before it. */
  isApart: boolean
}

/**
 * Captions come first, one line each without blank lines between them; a gap divides them from the body, whose
 * paragraphs stand apart. Without that gap everything is body.
 */
function divide(paragraphs: Paragraph[]): { captions: string[]; body: string[] } {
  const gap = paragraphs.findIndex((paragraph, index) => index > 0 && paragraph.isApart)
  const bodyIsSpaced = paragraphs.slice(gap).every((paragraph) => paragraph.isApart)
  const at = gap > 1 && bodyIsSpaced && paragraphs.length > gap + 1 ? gap : 0
  const texts = paragraphs.map((paragraph) => paragraph.text)
  return { captions: texts.slice(0, at), body: texts.slice(at) }
}

/**
 * Parses the plain text of one article page; undefined when it lacks the title, the date, the page label or the
 * controls of such a page. Adverts, navigation and the foot are left out.
 */
export function parseEpaperText(text: string): EpaperText | undefined {
  if (!looksLikeEpaperText(text)) return undefined
  const lines = text.split(/\r\n|\r|\n/)
  const at = lines.findIndex((line) => controls.test(line))
  const head = lines.slice(0, at).map(cleanLine)
  const label = head.map((line) => parsePageLabel(line.replace(/\s*(?:上一版|下一版).*$/, ''))).find((found) => found)
  const title = titleName(lines.map(cleanLine))
  const date = dateInText(cleanLine(lines[at] ?? '')) ?? dateInText(text)
  if (!label || !title || !date) return undefined
  const between: string[] = []
  const paragraphs: Paragraph[] = []
  let isApart = false
  for (const line of lines.slice(at + 1)) {
    const clean = cleanLine(line)
    if (foot.test(clean)) break
    if (clean === '') isApart = true
    else if (isSiteNoise(clean)) continue
    else if (isIndented(line)) {
      paragraphs.push({ text: clean, isApart })
      isApart = false
    } else if (paragraphs.length === 0) between.push(clean)
  }
  const { captions, body } = divide(paragraphs)
  return {
    title,
    date,
    page: label,
    ...titleLines(between, head),
    photos: captions.map((caption) => ({ caption })),
    blocks: body.map((line): Block => ({ kind: isNumberedHeading(line) ? 'heading' : 'paragraph', text: line })),
  }
}
