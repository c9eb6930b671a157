import type { Article, ImportWarning, IssueDocument, Metadata, Page } from '../model.ts'
import { aboutPdf, type PdfAbout } from '../pdf/pdf-about.ts'
import { pdfText, type PdfText } from '../pdf/pdf-text.ts'
import { type OpenPdf, withPdf } from '../pdf/pdfium.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import { languageOfText } from './language-of-text.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'
import { type PlacedPdf, undated } from './pdf-places.ts'
import type { Source } from './source.ts'
import { titleIdOf } from './title-id.ts'

/** The part of a page's characters that may be unknown; above it the text would only mislead. */
const mostUnsure = 0.3

interface Reading {
  source: Source
  signal?: AbortSignal
  pages: Page[]
  articles: Article[]
  warnings: ImportWarning[]
  info: Metadata
}

/** What the outline, the file's name or the PDF's own labels call a page; its number when nothing does. */
function labelOf(pdf: PlacedPdf, about: PdfAbout, index: number, order: number): PageLabel {
  const own = about.pages[index]
  const outlined = own?.outline.map(parsePageLabel).find((label) => label !== undefined)
  if (outlined) return outlined
  if (pdf.page && about.pages.length === 1) return pdf.page
  const isLabel = /^[A-Za-z]{0,3}\d{1,4}$/.test(own?.label ?? '')
  if (isLabel && about.pages.length > 1) return { label: own?.label ?? '' }
  return pdf.page ? { label: `${pdf.page.label}-${index + 1}`, name: pdf.page.name } : { label: String(order) }
}

/** The text layer as one article of the page: where articles begin and end a PDF does not say. */
function placeText(text: PdfText, page: Page, reading: Reading): void {
  const [pdf] = page.renditions
  const article: Article = {
    id: `page-${page.id.slice(1)}`,
    kind: 'page',
    headline: '',
    blocks: text.blocks.flatMap(({ paragraphs }) =>
      paragraphs.map(({ id, text: said, isHeading }) => {
        const kind = isHeading ? ('heading' as const) : ('paragraph' as const)
        return { kind, text: said, page: page.id, source: id }
      }),
    ),
    photos: [],
    pages: [page.id],
    ...(pdf ? { origins: { '*': { file: pdf.file, at: `page ${(pdf.pdfPage ?? 0) + 1}` } } } : {}),
    metadata: { page: page.label },
  }
  for (const { box } of text.blocks) {
    const [l, t, r, b] = [box.x, box.y, Math.min(1, box.x + box.w), Math.min(1, box.y + box.h)]
    if (r <= l || b <= t) continue
    const id = `${page.id}-z${page.zones.length + 1}`
    page.zones.push({ id, kind: 'text', polygon: [[l, t], [r, t], [r, b], [l, b]], article: article.id }) // prettier-ignore
  }
  reading.articles.push(article)
}

/** Adds the pages of a PDF, without their text. Throws ArchiveError `pdf-unreadable`. */
async function addPages(placed: PlacedPdf, bytes: Uint8Array, reading: Reading): Promise<Page[]> {
  const { file } = placed
  const about = await withPdf(bytes, file, aboutPdf)
  Object.assign(reading.info, about.info, about.created ? { CreationDate: about.created } : {})
  const added = about.pages.map((own, index): Page => {
    const order = reading.pages.length + index + 1
    const outline = own.outline.filter((title) => !parsePageLabel(title))
    return {
      id: `p${order}`,
      ...labelOf(placed, about, index, order),
      width: Math.round(own.width),
      height: Math.round(own.height),
      renditions: [{ kind: 'pdf', file, mime: 'application/pdf', pdfPage: index }],
      zones: [],
      ...(outline.length > 0 ? { metadata: { outline } } : {}),
    }
  })
  reading.pages.push(...added)
  return added
}

/** Adds the text of the pages that have one; what is wrong with one page does not keep the others from theirs. */
async function addTexts(file: string, bytes: Uint8Array, pages: Page[], reading: Reading): Promise<void> {
  const withoutText: string[] = []
  let index = 0
  const readOn = async (pdf: OpenPdf): Promise<void> => {
    for (; index < pages.length; index++) {
      const page = pages[index]
      // The work process answers and can be stopped between two pages.
      await new Promise(setImmediate)
      stopIfCancelled(reading.signal)
      if (!page) return
      const text = pdfText(pdf, index)
      if (text.unsure > mostUnsure)
        throw new Error(`page ${page.label}: its fonts do not say which characters they show`)
      if (text.blocks.length === 0) withoutText.push(page.label)
      else {
        page.text = { format: 'pdf', file, part: String(index) }
        placeText(text, page, reading)
      }
    }
  }
  while (index < pages.length) {
    try {
      await withPdf(bytes, file, readOn)
    } catch (error) {
      stopIfCancelled(reading.signal)
      reading.warnings.push(warningFrom(error, file, 'text-unreadable'))
      index += 1
    }
  }
  if (withoutText.length > 0) reading.warnings.push(warning('no-text', file, { pages: withoutText.join(', ') }))
}

/** A page whose PDF cannot be opened is known by its name: the gap is shown, not closed. */
function addMissingPage({ page }: PlacedPdf, reading: Reading): void {
  if (!page) return
  const id = `p${reading.pages.length + 1}`
  reading.pages.push({ id, ...page, width: 0, height: 0, renditions: [], zones: [] })
}

/**
 * An issue from its PDFs in the order of its pages; undefined when none of them can be opened.
 * Throws ArchiveError `cancelled`.
 */
export async function issueOfPdfs(
  pdfs: PlacedPdf[],
  edition: number,
  origin: IssueDocument['source'],
  source: Source,
  signal?: AbortSignal,
): Promise<{ issue?: IssueDocument; warnings: ImportWarning[] }> {
  const [first] = pdfs
  const reading: Reading = { source, signal, pages: [], articles: [], warnings: [], info: {} }
  for (const pdf of pdfs) {
    try {
      const bytes = await source.bytes(pdf.file)
      await addTexts(pdf.file, bytes, await addPages(pdf, bytes, reading), reading)
    } catch (error) {
      stopIfCancelled(signal)
      reading.warnings.push(warningFrom(error, pdf.file, 'pdf-unreadable'))
      addMissingPage(pdf, reading)
    }
    if (pdf.dateFrom === undated) reading.warnings.push(warning('no-date', pdf.file))
    if (pdf.isGuessed) {
      reading.warnings.push(warning('guessed-date', pdf.file, { date: pdf.date, from: pdf.dateFrom }))
    }
  }
  if (!first || !reading.pages.some((page) => page.renditions.length > 0)) return { warnings: reading.warnings }
  const text = reading.articles.flatMap((article) => article.blocks.map((block) => block.text)).join('\n')
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleIdOf(first.title), name: first.title, language: languageOfText(text || first.title) },
    date: first.date,
    edition,
    pages: reading.pages,
    articles: reading.articles,
    warnings: reading.warnings,
    source: origin,
    origins: { '*': { file: first.file }, date: { file: first.file, at: first.dateFrom } },
    metadata: {
      ...reading.info,
      'date from': first.dateFrom,
      ...(first.dateFrom === undated ? { 'date precision': 'none' } : {}),
    },
  }
  return { issue, warnings: [] }
}
