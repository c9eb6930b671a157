import { cjk } from './clean-text.ts'
import { wordOverLines } from './line-text.ts'

const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/
const indented = /^(?:\u3000| {2}|\t)/
const endsOpen = new RegExp(`[${cjk}\\p{L}\\p{N},]$`, 'u')
const endsClosed = /[。！？；：…”’」』）》.!?;:"')\]]$/
const holdsSentenceEnd = /[。！？]|[.!?]\s/
const endsInCjk = new RegExp(`[${cjk}]$`)
const han = /^\p{Script=Han}/u
const small = /^\p{Ll}/u

/** Narrower text is a list, a table or a poem, whose lines are lines; wider text is not broken by width. In columns. */
const [narrowest, widest] = [24, 160]
/** So many lines of the full width say that the width has broken them. */
const fullLines = 4

/** Width in columns of a typewriter, where Han takes two. */
function widthOf(line: string): number {
  let width = 0
  for (const character of line) width += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1
  return width
}

const isOpen = (line: string): boolean => endsOpen.test(line) && !endsClosed.test(line)

/** The least width of a line that was broken because it was full; undefined when the text is not broken by width. */
function brokenFrom(lines: string[]): number | undefined {
  const width = Math.max(0, ...lines.map(widthOf))
  if (width < narrowest || width > widest) return undefined
  const least = width - (lines.some((line) => / \S/.test(line)) ? 12 : 4)
  const open = lines.filter((line, place) => isOpen(line) && (lines[place + 1] ?? '') !== '')
  const full = open.filter((line) => widthOf(line) >= least).length
  return full >= fullLines && full >= open.length * 0.9 ? least : undefined
}

/**
 * The paragraphs of a text whose lines are paragraphs, or parts of them: a line that ends in the middle of a sentence
 * goes on in the next when the text was broken by width, when a hyphen says so, or when sentences stand before it (so
 * that it is no headline). Han is joined without a space, other words with one, broken words as they are whole.
 */
export function paragraphsOfLines(text: string): string[] {
  const raw = text.split(lineBreak)
  const lines = raw.map((line) => line.trim())
  const least = brokenFrom(lines)
  const paragraphs: string[] = []
  let before = ''
  for (const [place, line] of lines.entries()) {
    const known = paragraphs.at(-1)
    const joined =
      before === '' || line === '' || known === undefined || indented.test(raw[place] ?? '')
        ? undefined
        : continued(known, line, least !== undefined && widthOf(before) >= least)
    if (joined !== undefined) paragraphs[paragraphs.length - 1] = joined
    else if (line !== '') paragraphs.push(line)
    before = line
  }
  return paragraphs
}

/** A paragraph with the line that it goes on in; undefined when the line is another paragraph. */
function continued(paragraph: string, line: string, isFull: boolean): string | undefined {
  const [end = ''] = /\S*$/.exec(paragraph) ?? []
  const whole = wordOverLines(end, line)
  if (whole !== undefined) return paragraph.slice(0, paragraph.length - end.length) + whole
  if (!isOpen(paragraph) || !(isFull || holdsSentenceEnd.test(paragraph))) return undefined
  if (endsInCjk.test(paragraph)) return isFull || han.test(line) ? paragraph + line : undefined
  return isFull || small.test(line) ? `${paragraph} ${line}` : undefined
}
