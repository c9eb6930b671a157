import type { ImportWarning, Metadata } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import type { FileFinder } from './file-finder.ts'
import { warning } from './import-warning.ts'
import { joinDescriptions } from './mets-description.ts'
import { type MetsDiv, type MetsDocument, type MetsFile, withDescendants } from './mets-document.ts'
import type { MetsPage } from './mets-places.ts'
import { assemblePage, type PageParts } from './page-assembly.ts'
import type { Source } from './source.ts'
import { sniffPageText, unpacked } from './text-sniffing.ts'

/** Steps on the way to a text (OCR-D): pictures that were cleaned, cut or turned, and layouts without text. */
const intermediate = /OCR-D-(?:IMG-|BIN|SEG|DENOISE|DESKEW|DEWARP|CLIP|plausible)/i

function kindOf({ href, mime }: MetsFile): 'text' | 'picture' | 'pdf' | 'other' {
  const extension = /\.([a-z\d]+)(?:\.gz)?(?:[?#].*)?$/i.exec(href)?.[1]?.toLowerCase() ?? ''
  if (extension === 'pdf' || (/pdf/i.test(mime) && extension !== 'xml')) return 'pdf'
  if (/^image\//i.test(mime) || /^(?:tiff?|jpe?g|png|webp|jp2|jpx|gif)$/.test(extension)) return 'picture'
  return /xml|alto|html|hocr/i.test(mime) || /^(?:xml|alto|html?|hocr)$/.test(extension) ? 'text' : 'other'
}

/** Divs by their ORDER, which counts more than where they stand (METS 1.12); where it is missing or repeated, as they stand. */
function inOrder(divs: MetsDiv[]): MetsDiv[] {
  const orders = new Set(divs.map(({ order }) => order))
  if (orders.size < divs.length || orders.has(undefined)) return divs
  return [...divs].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
}

/** The pages of a METS file, each assembled once. */
export class MetsPages {
  readonly byDiv = new Map<string, MetsPage>()
  private readonly divs: MetsDiv[]

  constructor(
    private readonly mets: MetsDocument,
    private readonly file: string,
    private readonly source: Source,
    private readonly find: FileFinder,
  ) {
    const all = mets.physical.flatMap(withDescendants)
    const pages = all.filter((div) => /PAGE$/.test(div.type))
    // BnF calls its pages objects; without any name they are the divs that hold files.
    const objects = all.filter((div) => div.type === 'OBJECT' || (div.areas.length > 0 && div.children.length === 0))
    const shown = (div: MetsDiv): boolean => this.filesOf(div).some((file) => kindOf(file) !== 'other')
    this.divs = inOrder(pages.length > 0 ? pages : objects.filter((div) => div.areas.length > 0 && shown(div)))
  }

  private filesOf(div: MetsDiv): MetsFile[] {
    const areas = div.areas.length > 0 ? div.areas : withDescendants(div).flatMap((each) => each.areas)
    const ids = new Set(areas.map((area) => area.file))
    return [...ids].flatMap((id) => this.mets.files.get(id) ?? [])
  }

  /** The pages whose divs are wanted, or all. */
  async read(wanted?: ReadonlySet<string>): Promise<{ pages: MetsPage[]; files: string[]; warnings: ImportWarning[] }> {
    const pages: MetsPage[] = []
    const files: string[] = []
    const warnings: ImportWarning[] = []
    for (const div of this.divs) {
      if (wanted && !wanted.has(div.id)) continue
      const page = await this.page(div, pages.length + 1, files, warnings)
      pages.push(page)
      this.byDiv.set(div.id, page)
    }
    return { pages, files, warnings }
  }

  private async page(div: MetsDiv, order: number, files: string[], warnings: ImportWarning[]): Promise<MetsPage> {
    const named = this.filesOf(div)
    const said = joinDescriptions(div.descriptions.flatMap((id) => this.mets.descriptions.get(id) ?? []))
    const metadata: Metadata = { ...said.metadata }
    const parts: PageParts = {
      id: `p${order}`,
      label: this.label(div, order, metadata),
      pictures: [],
      pdfs: [],
      metadata,
    }
    const missing: { kind: string; wanted: string }[] = []
    for (const each of named) {
      if (intermediate.test(each.use)) continue
      const { path, wanted } = this.find(this.file, each.href)
      const kind = kindOf(each)
      if (path !== undefined) files.push(path)
      if (path === undefined) missing.push({ kind, wanted })
      else if (kind === 'picture') parts.pictures.push(path)
      else if (kind === 'pdf') parts.pdfs.push({ file: path, page: 0 })
      else if (kind === 'text') await this.addText(path, parts)
      if (kind === 'picture') parts.size ??= each.size
    }
    const lacks: [string, boolean, 'missing-image' | 'missing-file' | 'missing-pdf'][] = [
      ['picture', parts.pictures.length === 0, 'missing-image'],
      ['text', parts.text === undefined, 'missing-file'],
      [
        'pdf',
        parts.pictures.length + parts.pdfs.length === 0 && !missing.some((each) => each.kind === 'picture'),
        'missing-pdf',
      ],
    ]
    // One of several forms of a page is enough; each kind that is quite absent is said once.
    for (const [kind, isLacking, code] of lacks) {
      const first = missing.find((each) => each.kind === kind)
      if (isLacking && first) warnings.push(warning(code, first.wanted))
    }
    const { page, text, warnings: own } = await assemblePage(parts, this.source)
    warnings.push(...own)
    const measured = page.renditions.some((rendition) => rendition.width)
      ? { width: page.width, height: page.height }
      : parts.size
    return { page, text, files: new Set(named.map(({ id }) => id)), pixels: measured }
  }

  private label(div: MetsDiv, order: number, metadata: Metadata): string {
    const printed = [div.orderLabel, div.label, metadata['start'], metadata['page number']].map((each) =>
      cleanLine(String(each ?? '')),
    )
    const plain = printed.map((each) =>
      each.replace(/^\[(.*)\]$/, '$1').replace(/^(?:seite|page|pagina|p\.|s\.)\s+(?=\S)/i, ''),
    )
    // What recognition read as a number may be `—■ i>72 m`: then the order says more.
    const isLabel = (each: string): boolean =>
      /^[\p{L}\p{N}][\p{L}\p{N}\s.,:/()[\]+–-]*$/u.test(each) && !/^(?:seite|page|pagina)$/i.test(each)
    const label = plain.find(isLabel)
    if (label === undefined && printed[0]) metadata['printed label'] = printed[0]
    return label ?? String(div.order ?? order)
  }

  private async addText(path: string, parts: PageParts): Promise<void> {
    if (parts.text) return
    try {
      const start = unpacked(await this.source.bytes(path)).subarray(0, 4096)
      const format = sniffPageText(start)?.format
      if (format) parts.text = { file: path, format }
    } catch {
      // Said when the page is assembled: what cannot be unpacked cannot be read either.
      parts.text = { file: path, format: 'alto' }
    }
  }
}
