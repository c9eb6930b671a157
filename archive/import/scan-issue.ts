import type { Article, ImportWarning, IssueDocument } from '../model.ts'
import { stemOf } from './file-finder.ts'
import { warning, warningFrom } from './import-warning.ts'
import { languageOfNewspaper } from './language-of-text.ts'
import { languageTag } from './language-tag.ts'
import { assemblePage, type AssembledPage, type PageParts, type TextCache } from './page-assembly.ts'
import { addFigures, languagesOf, markedArticles, restOfPage, textsIn } from './page-articles.ts'
import { readPageTexts } from './page-text-formats.ts'
import type { PageText } from './page-text.ts'
import type { ScanFiles, ScanGroup, ScanPage } from './scan-groups.ts'
import { titleIdOf } from './title-id.ts'

/** The pages in the text file of a page; most have one, hOCR may have all of an issue. */
async function textsOf(page: ScanPage, files: ScanFiles, cache: TextCache): Promise<PageText[]> {
  const format = page.text === undefined ? undefined : files.texts.get(page.text)?.format
  if (page.text === undefined || format === undefined) return []
  const texts = readPageTexts(format, await files.source.bytes(page.text))
  if (texts.length > 1) cache.set(page.text, texts)
  return texts
}

/** The PDF of a page by its name, else its page of a PDF whose name the names of all pages begin with. */
function pdfsOf(page: ScanPage, order: number, files: ScanFiles): { file: string; page: number }[] {
  const folder = page.stem.slice(0, page.stem.lastIndexOf('/') + 1)
  const near = files.pdfs.filter((file) => file.slice(0, file.lastIndexOf('/') + 1) === folder)
  const own = near.find((file) => stemOf(file) === stemOf(page.stem))
  if (own !== undefined) return [{ file: own, page: 0 }]
  const whole = near.filter((file) => stemOf(page.stem).startsWith(stemOf(file)) && stemOf(file).length >= 6)
  return whole.length === 1 && whole[0] !== undefined ? [{ file: whole[0], page: order - 1 }] : []
}

/** What a page of several in one file is called. */
function labelOf(page: ScanPage, text: PageText | undefined, part: number, order: number): string {
  if (part > 0) return String(order)
  return page.label ?? text?.label ?? String(order)
}

/**
 * An issue from pictures and texts of pages. A text becomes the articles that it marks, and one stand-in article for
 * the rest of each page.
 */
export async function readScanIssue(
  group: ScanGroup,
  files: ScanFiles,
  language: string | undefined,
  importer: IssueDocument['source'],
): Promise<{ issue: IssueDocument; files: string[] }> {
  const warnings: ImportWarning[] = []
  const kept = new Set<string>()
  const articles: Article[] = []
  const pages: AssembledPage[] = []
  for (const page of group.pages) {
    const cache: TextCache = new Map()
    let texts: PageText[] = []
    try {
      texts = await textsOf(page, files, cache)
    } catch (error) {
      warnings.push(warningFrom(error, page.text ?? page.stem, 'text-unreadable'))
      kept.add(page.text ?? page.stem)
    }
    const isUnread = page.text !== undefined && texts.length === 0
    for (const [part, text] of (texts.length > 0 ? texts : [undefined]).entries()) {
      const pictures = part === 0 ? page.pictures : []
      if (part === 0 && isUnread && pictures.length === 0) continue
      const order = pages.length + 1
      const parts: PageParts = {
        id: `p${order}`,
        label: labelOf(page, text, part, order),
        name: page.section,
        pictures,
        pdfs: part === 0 ? pdfsOf(page, order, files) : [],
      }
      const format = page.text === undefined ? undefined : files.texts.get(page.text)?.format
      if (text && page.text !== undefined && format) {
        parts.text = { file: page.text, format, ...(texts.length > 1 ? { part: String(part) } : {}) }
        kept.add(page.text)
      }
      const assembled = await assemblePage(parts, files.source, cache)
      for (const file of [...pictures, ...parts.pdfs.map((pdf) => pdf.file)]) kept.add(file)
      warnings.push(...assembled.warnings)
      pages.push(assembled)
      if (assembled.text) articles.push(...articlesOf(assembled.page, assembled.text))
    }
  }
  if (pages.length === 0) throw new Error('none of its files could be read')
  const first = group.pages[0]?.stem ?? files.source.name
  if (!group.isDated) warnings.push(warning('no-date', first))
  const [spoken] = languagesOf(pages.flatMap(({ text }) => text ?? []))
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: {
      id: titleIdOf(group.title),
      name: group.title,
      language: languageTag(language) ?? languageTag(spoken) ?? languageOfNewspaper(group.title, textsIn(pages)),
    },
    date: group.date,
    edition: group.edition,
    ...(group.number ? { number: group.number } : {}),
    pages: pages.map(({ page }) => page),
    articles,
    warnings,
    source: importer,
    origins: { '*': { file: [...kept][0] ?? first, at: 'file name' } },
    ...(group.isDated ? {} : { metadata: { 'date precision': 'none' } }),
  }
  return { issue, files: [...kept] }
}

function articlesOf(page: AssembledPage['page'], text: PageText): Article[] {
  const marked = markedArticles(page, text)
  const used = new Map(
    text.blocks.filter((block) => block.article !== undefined).map((block) => [block.id, 'all' as const]),
  )
  addFigures(page, text)
  const rest = restOfPage(page, text, used)
  return rest ? [...marked, rest] : marked
}
