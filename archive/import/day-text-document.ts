import type { Block } from '../model.ts'
import { isNumberedHeading } from './article-body.ts'
import { cleanLine } from './clean-text.ts'
import { placeInName } from './dated-name.ts'
import { dateInText } from './founder-date.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'

/** An article of a text file. */
export interface TextArticle {
  headline: string
  page?: PageLabel
  /** The heading above it. */
  section?: string
  blocks: Block[]
}

/** A Markdown or plain text file of a day, or of one article. */
export interface TextDocument {
  /** `key: value` lines between `---` at its start. */
  front: Map<string, string>
  /** Its first heading, when it names the day or the newspaper and no article. */
  title?: string
  articles: TextArticle[]
}

function frontMatter(lines: string[]): Map<string, string> {
  const front = new Map<string, string>()
  if (lines[0]?.trim() !== '---') return front
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line))
  if (end < 0 || end > 100) return front
  for (const line of lines.splice(0, end + 1)) {
    const [, key, value] = /^([\w\u4E00-\u9FFF-]{1,40})\s*:\s*(.+)$/.exec(line) ?? []
    if (key && value) front.set(key.toLowerCase(), cleanLine(value.replace(/^["'](.*)["']$/, '$1')))
  }
  return front
}

/** Words of a line without the marks of Markdown: links and emphasis keep their text. */
function plain(line: string): string {
  return cleanLine(
    line
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/^\s*(?:>\s?)+/, '')
      .replace(/(\*\*|__|`)(.+?)\1/g, '$2')
      .replace(/<[^>]{1,200}>/g, ''),
  )
}

const heading = /^(#{1,6})\s*(.*?)\s*#*\s*$/

interface Heading {
  at: number
  level: number
  text: string
}

/** The level whose headings are articles: the deepest one that has most of the text right below it. */
function articleLevel(headings: Heading[], lines: string[]): number {
  const weights = new Map<number, number>()
  headings.forEach(({ at, level }, index) => {
    const until = headings[index + 1]?.at ?? lines.length
    const length = lines.slice(at + 1, until).join('').length
    weights.set(level, (weights.get(level) ?? 0) + length)
  })
  return [...weights].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

function blocksOf(lines: string[], isMarkdown: boolean): Block[] {
  const blocks: Block[] = []
  let isOpen = false
  for (const line of lines) {
    const mark = isMarkdown ? heading.exec(line) : undefined
    const text = isMarkdown ? plain(mark?.[2] ?? line) : cleanLine(line)
    if (text === '' || /^[-*_=]{3,}$/.test(text)) {
      isOpen = false
      continue
    }
    const isItem = /^(?:[-*+]|\d{1,3}[.、)])\s?/.test(text)
    const last = blocks.at(-1)
    // In Markdown a line that follows on belongs to the paragraph; Chinese files put a paragraph in each line.
    if (isMarkdown && isOpen && !mark && !isItem && last && !/\p{Script=Han}/u.test(text)) last.text += ` ${text}`
    else blocks.push({ kind: mark || isNumberedHeading(text) ? 'heading' : 'paragraph', text })
    isOpen = !mark
  }
  return blocks
}

const longestHeadline = 60

/** A file without headings is one article; its headline is its name, or its first line. */
function wholeArticle(lines: string[], isMarkdown: boolean, name: string): TextArticle[] {
  const blocks = blocksOf(lines, isMarkdown)
  const [first, ...rest] = blocks
  if (!first) return []
  if (name !== '' && first.text !== name) return [{ headline: name, blocks }]
  const isHeadline = rest.length > 0 && first.text.length <= longestHeadline
  return [isHeadline ? { headline: first.text, blocks: rest } : { headline: name, blocks }]
}

/** Whether a heading names the day or the newspaper: nothing that was reported. */
function isTitle({ level, text }: Heading, headings: Heading[]): boolean {
  const isAlone = headings.filter((other) => other.level === level).length === 1
  return (
    level === 1 &&
    isAlone &&
    (dateInText(text) !== undefined ||
      placeInName(`${text.replaceAll('/', ' ')}.md`).date !== undefined ||
      /《.{1,20}》/.test(text))
  )
}

/**
 * Parses a text of a day: headings that are page labels begin a page, those of the level with most text an article,
 * deeper ones stand in its body. `name`: what the file's name says beside date and page.
 */
export function parseTextDocument(text: string, isMarkdown: boolean, name: string): TextDocument {
  // Markdown may hold HTML: its paragraphs are lines, too.
  const divided = isMarkdown ? text.replace(/<(?:\/?(?:p|div|li|tr|h[1-6])|br)\b[^<>\n]{0,200}>/gi, '\n') : text
  const lines = divided.split(/\r\n|\r|\n/)
  const front = frontMatter(lines)
  const headings = lines.flatMap((line, at): Heading[] => {
    const mark = isMarkdown ? heading.exec(line) : undefined
    if (mark) return [{ at, level: mark[1]?.length ?? 1, text: plain(mark[2] ?? '') }]
    // In plain text only a page label that stands alone divides.
    const label = isMarkdown || line.length > 40 ? undefined : /^\s*第\s*[A-Za-z]{0,2}\d{1,3}\s*版/.test(line)
    return label ? [{ at, level: 1, text: cleanLine(line) }] : []
  })
  const [first] = headings
  const title = first && isTitle(first, headings) ? first.text : undefined
  const parts = title === undefined ? headings : headings.slice(1)
  const body = lines.slice((title === undefined ? 0 : (first?.at ?? -1)) + (title === undefined ? 0 : 1))
  const said = front.get('headline') ?? front.get('title') ?? name
  if (parts.every(({ text: one }) => parsePageLabel(one) !== undefined && !isMarkdown) && parts.length === 0)
    return { front, title, articles: wholeArticle(body, isMarkdown, said) }
  const level = articleLevel(
    parts.filter(({ text: one }) => !parsePageLabel(one)),
    lines,
  )
  const articles: TextArticle[] = []
  let [page, section]: [PageLabel | undefined, string | undefined] = [undefined, undefined]
  const before = lines.slice(title === undefined ? 0 : (first?.at ?? -1) + 1, parts[0]?.at)
  articles.push(...wholeArticle(before, isMarkdown, title ?? said).filter(({ blocks }) => blocks.length > 0))
  const starts = parts.filter((part) => part.level <= level || parsePageLabel(part.text) || level === 0)
  starts.forEach((part, index) => {
    const own = lines.slice(part.at + 1, starts[index + 1]?.at)
    const label = parsePageLabel(part.text)
    const blocks = blocksOf(own, isMarkdown)
    if (label) {
      page = label
      if (blocks.length > 0) articles.push(...wholeArticle(own, isMarkdown, '').map((one) => ({ ...one, page: label })))
    } else if (part.level < level && blocks.length === 0) section = part.text
    else if (part.text !== '' || blocks.length > 0) {
      const isBelow = part.level >= level
      articles.push({
        headline: part.text,
        blocks,
        ...(page ? { page } : {}),
        ...(isBelow && section ? { section } : {}),
      })
    }
  })
  return { front, title, articles }
}
