import { dateIn, unknownDate } from './date-text.ts'
import { stemOf } from './file-finder.ts'
import { type NameParts, previewPattern } from './name-pattern.ts'
import { comparablePageLabel } from './page-label.ts'
import type { Source } from './source.ts'
import type { SniffedText } from './text-sniffing.ts'
import { titleFolderOf } from './title-id.ts'

/** The files of a source that are pages. */
export interface ScanFiles {
  source: Source
  pictures: readonly string[]
  pdfs: readonly string[]
  texts: ReadonlyMap<string, SniffedText>
}

/** A page by its files. */
export interface ScanPage {
  /** Path of the first of its files, for messages and order. */
  stem: string
  pictures: string[]
  text?: string
  /** Page label from the name. */
  label?: string
  section?: string
}

/** What is one issue. */
export interface ScanGroup {
  title: string
  date: string
  isDated: boolean
  edition: number
  /** Number of the issue, from the names. */
  number?: string
  pages: ScanPage[]
}

/** `scan.tif.xml`, `scan_alto.xml`, `scan.hocr` → `scan`: names of texts carry more than those of pictures. */
function pageStem(file: string): string {
  return stemOf(file)
    .replace(/(?:\.(?:tiff?|jpe?g|png|jp2|webp|gt|art|ann))+$/i, '')
    .replace(/[-_.](?:alto|page|ocr|hocr|abbyy|gt|access|master|full|max)$/i, '')
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
}

/** Numbers by their value, so that page 10 follows page 9. */
function byNumbers(a: string, b: string): number {
  return new Intl.Collator('en', { numeric: true }).compare(a, b) || (a < b ? -1 : 1)
}

/** Finds the picture that a text belongs to: of its stem, of the name it gives, or of one stem that ends in the other. */
class PictureOf {
  private readonly byStem = new Map<string, ScanPage[]>()

  constructor(private readonly pages: readonly ScanPage[]) {
    for (const page of pages) {
      const stem = pageStem(page.stem)
      this.byStem.set(stem, [...(this.byStem.get(stem) ?? []), page])
    }
  }

  /** The one of several that lies nearest; undefined when two are as near. */
  private nearest(candidates: readonly ScanPage[], text: string): ScanPage | undefined {
    const free = candidates.filter((page) => page.text === undefined)
    const own = text.split('/')
    const shared = ({ stem }: ScanPage): number => {
      const parts = stem.split('/')
      const differs = parts.findIndex((part, index) => part !== own[index])
      return differs < 0 ? parts.length : differs
    }
    const [first, second] = [...free].sort((a, b) => shared(b) - shared(a))
    return first && second && shared(first) === shared(second) ? undefined : first
  }

  of(text: string, named: string | undefined): ScanPage | undefined {
    const stem = pageStem(text)
    const same = this.nearest(this.byStem.get(stem) ?? [], text)
    const said = named === undefined ? '' : pageStem(named.replaceAll('\\', '/'))
    const byName = said === '' ? undefined : this.nearest(this.byStem.get(said) ?? [], text)
    if (same ?? byName) return same ?? byName
    const ends = (a: string, b: string): boolean => a.endsWith(b) && /[-_.]$/.test(a.slice(0, a.length - b.length))
    // Short stems such as `1` would end many names.
    if (stem.length < 6 || this.pages.length > 20_000) return undefined
    return this.nearest(
      this.pages.filter((page) => ends(pageStem(page.stem), stem) || ends(stem, pageStem(page.stem))),
      text,
    )
  }
}

/** Puts pictures and texts of a page together. */
function pagesOf(files: ScanFiles): ScanPage[] {
  const pages = new Map<string, ScanPage>()
  for (const file of files.pictures) {
    const key = `${folderOf(file)}\n${pageStem(file)}`
    const page = pages.get(key) ?? { stem: file, pictures: [] }
    pages.set(key, page)
    page.pictures.push(file)
  }
  const pictures = new PictureOf([...pages.values()])
  const all = [...pages.values()]
  for (const [file, { picture }] of files.texts) {
    const page = pictures.of(file, picture)
    if (page) page.text = file
    else all.push({ stem: file, pictures: [], text: file })
  }
  return all.sort((a, b) => byNumbers(a.stem, b.stem))
}

/** `第三版` comes behind `第二版`: numerals in Han have no order as letters. */
function orderByNumerals(pages: ScanPage[]): void {
  if (!pages.some(({ label }) => /\p{Script=Han}/u.test(label ?? ''))) return
  pages.sort((a, b) => byNumbers(comparablePageLabel(a.label ?? ''), comparablePageLabel(b.label ?? '')))
}

/** Groups of pages that are issues: of one title, date and edition; undated ones by their folder. */
export function groupScans(files: ScanFiles, pattern: string | undefined, title: string | undefined): ScanGroup[] {
  const pages = pagesOf(files)
  const named = (page: ScanPage): string => `${files.source.name}/${page.stem}`
  const rows = pattern ? previewPattern(pages.map(named), pattern).rows : []
  const groups = new Map<string, ScanGroup>()
  pages.forEach((page, index) => {
    const row = rows[index]
    const parts: NameParts = row && row.problem === undefined ? row : {}
    const path = named(page)
    const date = parts.date ?? dateIn(path.slice(path.lastIndexOf('/') + 1)) ?? dateIn(path)
    const isNamed = parts.title !== undefined && dateIn(parts.title) === undefined && /\p{L}/u.test(parts.title)
    // Running numbers in front of names are not part of them.
    const plain = parts.title?.replace(/^\d{3,}[\s_-]+(?=\p{L})/u, '')
    const ofFolder = titleFolderOf(path) ?? files.source.name
    const name = title || (isNamed ? plain : undefined) || ofFolder
    const edition = parts.edition ?? 1
    const key = [name, date ?? folderOf(page.stem), edition].join('\n')
    const group = groups.get(key) ?? {
      title: name,
      date: date ?? unknownDate,
      isDated: date !== undefined,
      edition,
      ...(parts.number ? { number: parts.number } : {}),
      pages: [],
    }
    groups.set(key, group)
    group.pages.push({ ...page, label: parts.page, section: parts.section })
  })
  for (const group of groups.values()) orderByNumerals(group.pages)
  return [...groups.values()]
}
