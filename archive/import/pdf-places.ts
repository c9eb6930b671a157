import { dirname, basename } from 'node:path'
import { aboutPdf, type PdfAbout } from '../pdf/pdf-about.ts'
import { pdfText } from '../pdf/pdf-text.ts'
import { withPdf } from '../pdf/pdfium.ts'
import { placeInName, type NamedPlace } from './dated-name.ts'
import { dateInText } from './founder-date.ts'
import { unknownDate } from './date-text.ts'
import type { PageLabel } from './page-label.ts'
import type { Source } from './source.ts'

/** A PDF with what is known of it before its pages are read. */
export interface PlacedPdf {
  file: string
  title: string
  /** ISO date. */
  date: string
  /** What said so: `file name`, `folder name`, `Title of the PDF`, `its text`, `CreationDate of the PDF`, `nothing`. */
  dateFrom: string
  /** True when the date is not that of the issue for certain. */
  isGuessed: boolean
  page?: PageLabel
}

/** Mastheads stand at the top: later dates of a page are those of its news. */
const mastheadBlocks = 12
const mastheadHeight = 0.3

function mastheadDate(text: ReturnType<typeof pdfText>): string | undefined {
  const top = text.blocks.slice(0, mastheadBlocks).filter(({ box }) => box.y < mastheadHeight)
  return dateInText(top.flatMap(({ paragraphs }) => paragraphs.map((one) => one.text)).join('\n'))
}

/** Where the date of a PDF came from that has none. */
export const undated = 'nothing'

interface Inside {
  date?: string
  dateFrom?: string
  title?: string
}

/** The date as the PDF itself says it: in its information, in its outline, in its masthead; at last the day it was made. */
async function lookInside(source: Source, file: string): Promise<Inside> {
  return withPdf(await source.bytes(file), file, (pdf) => {
    const about: PdfAbout = aboutPdf(pdf)
    const said = [about.info['Title'], about.info['Subject'], about.info['Keywords'], about.pages[0]?.outline[0]]
    const named = placeInName(`${(said[0] ?? '').replaceAll('/', ' ')}.pdf`)
    const inInfo = named.date ?? said.map((text) => dateInText(text ?? '')).find((date) => date !== undefined)
    const title = named.title
    if (inInfo) return { date: inInfo, dateFrom: 'information of the PDF', title }
    const inText = about.pages.length > 0 ? mastheadDate(pdfText(pdf, 0)) : undefined
    if (inText) return { date: inText, dateFrom: 'text of its first page', title }
    return about.created ? { date: about.created, dateFrom: 'CreationDate of the PDF', title } : { title }
  })
}

function nameless(file: string): string {
  return basename(file).replace(/\.pdf$/i, '')
}

/** A single file has no folder in its source; the one it lies in may be named after the newspaper. */
function titleAround(source: Source, file: string): string | undefined {
  const disk = source.diskPath(file)
  const around = disk === undefined ? source.name : dirname(disk)
  return placeInName(`${basename(around)}/x.pdf`).title
}

/**
 * Where a PDF belongs: by its name and its folders, else by what it says itself. What nothing dates is filed under the unknown date.
 * Throws ArchiveError `pdf-unreadable` and those of `Source.bytes` where it had to be opened.
 */
export async function placePdf(source: Source, file: string): Promise<PlacedPdf> {
  const named: NamedPlace = placeInName(file)
  const inside = named.date === undefined ? await lookInside(source, file) : {}
  const date = named.date ?? inside.date ?? unknownDate
  const isOnlyFile = source.files.length === 1
  const around = isOnlyFile ? titleAround(source, file) : placeInName(`${source.name}/x.pdf`).title
  const title = named.title ?? inside.title ?? around ?? nameless(file)
  const dateFrom = named.dateFrom ?? inside.dateFrom ?? undated
  const isGuessed = dateFrom !== undated && named.date === undefined && inside.dateFrom !== 'information of the PDF'
  return { file, title: title.slice(0, 200), date, dateFrom, isGuessed, page: named.page }
}
