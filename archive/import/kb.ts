import type { Article, ArticleKind, ImportWarning, IssueDocument } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { unknownDate } from './date-text.ts'
import { createFileFinder, type FileFinder, stemOf } from './file-finder.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { type Didl, type DidlPage, type DidlPart, readDidl } from './kb-didl.ts'
import { languageTag } from './language-tag.ts'
import { assemblePage, type AssembledPage, type PageParts } from './page-assembly.ts'
import { addZone, restOfPage } from './page-articles.ts'
import { boxOf, type Size, type TextBlock } from './page-text.ts'
import type { Source } from './source.ts'
import { readSourceStart } from './source-start.ts'
import { titleIdOf } from './title-id.ts'
import { descendantsOf, readXmlTree, textContent } from './xml-tree.ts'

const id = 'kb'
const version = 3

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  for (const file of source.files) {
    if (/\.xml$/i.test(file) && /<(?:[\w-]+:)?DIDL[\s>]/.test(await readSourceStart(source, file))) entries.push(file)
  }
  return entries.length > 0 ? { confidence: 0.92, entries } : undefined
}

const kinds: [RegExp, ArticleKind][] = [
  [/^advert/i, 'advert'],
  [/^(?:familie|bericht|notice|family)/i, 'notice'],
  [/^illustrat/i, 'photo'],
]

/** What the text file of an article says. */
async function deliveredText(source: Source, file: string): Promise<{ title: string; paragraphs: string[] }> {
  const root = readXmlTree(await source.bytes(file))
  const texts = (name: string): string[] => descendantsOf(root, name).map((node) => cleanLine(textContent(node)))
  return { title: texts('title')[0] ?? '', paragraphs: texts('p').filter((text) => text !== '') }
}

interface Reading {
  source: Source
  file: string
  find: FileFinder
  files: Set<string>
  warnings: ImportWarning[]
}

async function readPage(page: DidlPage, order: number, reading: Reading): Promise<AssembledPage> {
  const { source, find, file, files, warnings } = reading
  const parts: PageParts = {
    id: `p${order}`,
    label: page.label ?? String(order),
    pictures: [],
    pdfs: [],
    metadata: page.metadata.metadata,
  }
  let missing: string | undefined
  for (const { role, href } of page.files) {
    const { path, wanted } = find(file, href)
    if (path !== undefined) files.add(path)
    if (/^image/.test(role)) {
      if (path === undefined) missing ??= wanted
      else parts.pictures.push(path)
    } else if (role === 'pdf' && path !== undefined) parts.pdfs.push({ file: path, page: 0 })
    else if (/^alto$/i.test(role)) {
      if (path !== undefined) parts.text = { file: path, format: 'alto' }
      else warnings.push(warning('missing-file', wanted))
    }
  }
  if (parts.pictures.length + parts.pdfs.length === 0 && missing) warnings.push(warning('missing-image', missing))
  const assembled = await assemblePage(parts, source)
  warnings.push(...assembled.warnings)
  return assembled
}

/** Text blocks with more than half of their height and width inside an area. */
function blocksIn(
  areas: readonly { x: number; y: number; w: number; h: number }[],
  blocks: readonly TextBlock[],
): TextBlock[] {
  const isInside = ({ box }: TextBlock): boolean =>
    areas.some((area) => {
      const [x, y] = [box.x + box.w / 2, box.y + box.h / 2]
      return x >= area.x && x <= area.x + area.w && y >= area.y && y <= area.y + area.h
    })
  return blocks.filter(isInside)
}

function addPart(
  article: Article,
  part: DidlPart,
  { page, text }: AssembledPage,
  size: Size | undefined,
  used: Map<string, 'all'>,
): void {
  if (!article.pages.includes(page.id)) article.pages.push(page.id)
  if (!size) return
  const boxes = part.areas.map((rect) => boxOf(rect, size))
  boxes.forEach((box, index) =>
    addZone(page, { id: String(index), kind: 'text', box }, zoneOf(article.kind), article.id),
  )
  for (const block of blocksIn(
    boxes,
    (text?.blocks ?? []).filter((each) => !used.has(each.id)),
  )) {
    used.set(block.id, 'all')
    article.blocks.push({ kind: 'paragraph', text: block.text, page: page.id, source: block.id })
  }
}

function zoneOf(kind: ArticleKind): 'advert' | 'photo' | 'text' {
  return kind === 'advert' || kind === 'photo' ? kind : 'text'
}

/** A delivered text counts when the blocks inside the article's areas have clearly less of it. */
const enough = 0.6

async function completeText(article: Article, reading: Reading): Promise<void> {
  const number = /a(\d+)$/.exec(article.id)?.[1]
  const wanted = number === undefined ? undefined : `_${number}_articletext`
  const folder = reading.file.slice(0, reading.file.lastIndexOf('/') + 1)
  const file = reading.source.files.find(
    (each) => wanted !== undefined && each.startsWith(folder) && stemOf(each).endsWith(wanted),
  )
  if (file === undefined) return
  reading.files.add(file)
  try {
    const { title, paragraphs } = await deliveredText(reading.source, file)
    const length = (texts: string[]): number => texts.join('').replace(/\s/g, '').length
    if (article.headline === '' && title !== '') article.headline = title
    if (length(article.blocks.map(({ text }) => text)) >= length(paragraphs) * enough) return
    article.blocks = paragraphs.map((text) => ({ kind: 'paragraph', text }))
    article.origins = { ...article.origins, blocks: { file } }
  } catch (error) {
    reading.warnings.push(warningFrom(error, file, 'text-unreadable'))
  }
}

/** A PDF of the whole issue stands in for the pages that came without picture and PDF. */
function attachWholePdf(didl: Didl, pages: readonly AssembledPage[], { find, file, files }: Reading): void {
  const href = didl.files.find(({ role, mime }) => /^pdf/.test(role) || /pdf/.test(mime))?.href
  const path = href === undefined ? undefined : find(file, href).path
  if (path === undefined || pages.some(({ page }) => page.renditions.length > 0)) return
  files.add(path)
  pages.forEach(({ page }, index) =>
    page.renditions.push({ kind: 'pdf', file: path, mime: 'application/pdf', pdfPage: index }),
  )
}

/** Zoning counts pixels of the access picture, and so does the ALTO. */
function sizeOf({ page, text }: AssembledPage): Size | undefined {
  if (text && text.width > 0 && text.height > 0) return { width: text.width, height: text.height }
  return page.width > 0 && page.height > 0 ? page : undefined
}

async function readIssue(didl: Didl, reading: Reading, source: Source): Promise<IssueDocument> {
  const { said } = didl
  const articles = new Map<string, Article>()
  const pages: AssembledPage[] = []
  const rest: Article[] = []
  for (const [index, described] of didl.pages.entries()) {
    const assembled = await readPage(described, index + 1, reading)
    const used = new Map<string, 'all'>()
    pages.push(assembled)
    for (const part of described.parts) {
      const key = part.article || `a${articles.size + 1}`
      const kind = kinds.find(([pattern]) => pattern.test(part.subject))?.[1] ?? 'article'
      const article = articles.get(key) ?? {
        id: key.slice(0, 180).replace(/^.*mpeg21:/, ''),
        kind,
        headline: part.said.titles[0] ?? '',
        blocks: [],
        photos: [],
        pages: [],
        origins: { '*': { file: reading.file, at: key } },
        metadata: { ...part.said.metadata, subject: part.subject },
      }
      articles.set(key, article)
      addPart(article, part, assembled, sizeOf(assembled), used)
    }
    const left = assembled.text && restOfPage(assembled.page, assembled.text, used)
    if (left) rest.push(left)
  }
  for (const article of articles.values()) await completeText(article, reading)
  attachWholePdf(didl, pages, reading)
  const name = said.titles[0] ?? source.name
  if (!said.date) reading.warnings.push(warning('no-date', reading.file))
  return {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleIdOf(said.identifiers.get('PPN') ?? name), name, language: languageTag(said.language) ?? 'nl' },
    date: said.date ?? unknownDate,
    edition: Math.min(900, Number.parseInt(/\d+/.exec(said.edition ?? '')?.[0] ?? '', 10) || 1),
    ...(said.number ? { number: said.number } : {}),
    pages: pages.map(({ page }) => page),
    articles: [...articles.values(), ...rest],
    warnings: reading.warnings,
    source: { importer: id, version, name: source.name },
    origins: { '*': { file: reading.file } },
    metadata: {
      ...said.metadata,
      ...Object.fromEntries(said.identifiers),
      ...(said.date ? {} : { 'date precision': 'none' }),
    },
  }
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const find = createFileFinder(source)
  const editions = new Set<string>()
  let done = 0
  for (const file of recognition.entries) {
    stopIfCancelled(context.signal)
    const reading: Reading = { source, file, find, files: new Set([file]), warnings: [] }
    try {
      const didl = readDidl(await source.bytes(file))
      if (!didl || didl.pages.length === 0) {
        yield { type: 'files', files: [file] }
        yield { type: 'warning', warning: warning('no-issue', file, { reason: 'it has no pages' }) }
      } else {
        const issue = await readIssue(didl, reading, source)
        while (editions.has(`${issue.title.id}/${issue.date}/${issue.edition}`)) issue.edition++
        editions.add(`${issue.title.id}/${issue.date}/${issue.edition}`)
        for (const { href } of didl.files) {
          const { path } = find(file, href)
          if (path !== undefined) reading.files.add(path)
        }
        yield { type: 'issue', issue, files: [...reading.files] }
      }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'issue-unreadable') }
    }
    context.onProgress?.(++done, recognition.entries.length, file)
  }
}

/** Issues of the National Library of the Netherlands (Delpher): DIDL with zoning, ALTO and a text for each article. */
export const kbImporter: Importer = { id, version, recognise, read }
