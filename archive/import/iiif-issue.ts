import type { Article, ImportWarning, IssueDocument, Page } from '../model.ts'
import { annotationsIn, rectOn } from './annotations.ts'
import { annotationText, canvasKey } from './annotation-text.ts'
import { dateIn, unknownDate } from './date-text.ts'
import type { IiifFile, IiifFiles } from './iiif-files.ts'
import type { IiifCanvas, IiifManifest, IiifRange } from './iiif-manifest.ts'
import { warning } from './import-warning.ts'
import { isJsonObject } from './json-values.ts'
import { languageOfNewspaper } from './language-of-text.ts'
import { languageTag } from './language-tag.ts'
import { assemblePage, type AssembledPage, type PageParts } from './page-assembly.ts'
import { addFigures, addZone, languagesOf, restOfPage, textsIn } from './page-articles.ts'
import { boxOf, type TextBlock } from './page-text.ts'
import { pictureFile } from './picture-files.ts'
import { readSourceBytes } from './source-start.ts'
import { sniffPageText } from './text-sniffing.ts'
import { titleIdOf } from './title-id.ts'

interface Reading {
  files: IiifFiles
  /** The manifest's own file. */
  file: IiifFile
  manifest: IiifManifest
  kept: Set<string>
  warnings: ImportWarning[]
}

interface ReadCanvas extends AssembledPage {
  canvas: IiifCanvas
  used: Map<string, 'all'>
  /** True when ranges count in another unit than the canvas: their places are not known. */
  isScaled: boolean
}

/** The text of a canvas: a delivered file in a format with words, else its annotations. */
async function textOf(canvas: IiifCanvas, reading: Reading): Promise<PageParts['text']> {
  const { files, file, kept, warnings } = reading
  const candidates: IiifFile[] = [file]
  for (const id of canvas.annotations) {
    const list = files.of(id, file.file)
    if (list) {
      kept.add(list.file)
      candidates.push(list)
    } else warnings.push(warning('missing-file', id))
  }
  const named = candidates.flatMap((each) => annotationsIn(each === file ? canvas.value : each.value))
  // ALTO and hOCR files are linked from the canvas, or are the body of an annotation on it.
  for (const address of [...canvas.texts, ...named.flatMap(({ references }) => references.map(({ id }) => id))]) {
    const { path } = files.find(file.file, address)
    const sniffed = path === undefined ? undefined : sniffPageText(await readSourceBytes(files.source, path))
    if (path === undefined || !sniffed) continue
    kept.add(path)
    return { file: path, format: sniffed.format }
  }
  const size = { width: canvas.width, height: canvas.height }
  const lengths = candidates.map((each) => {
    const value = each === file ? canvas.value : each.value
    return annotationText(annotationsIn(value), canvas.id, size).blocks.reduce(
      (sum, block) => sum + block.text.length,
      0,
    )
  })
  const most = Math.max(...lengths)
  const best = most > 0 ? candidates[lengths.indexOf(most)] : undefined
  return best && { file: best.file, format: 'annotations', part: canvas.id }
}

/** Pictures below the manifest's folder, when they are as many as its canvases: then they are those, in order. */
function picturesInOrder({ files, file, manifest }: Reading): string[] {
  const folder = file.file.slice(0, file.file.lastIndexOf('/') + 1)
  const collator = new Intl.Collator('en', { numeric: true })
  const below = files.source.files
    .filter((each) => each.startsWith(folder) && pictureFile.test(each))
    .sort(collator.compare)
  return below.length === manifest.canvases.length ? below : []
}

/** Seen at the National Library of Wales: ranges in units of their own, about thrice the pixels of the canvas. */
function reachesBeyond({ ranges }: IiifManifest, { id, width, height }: IiifCanvas): boolean {
  const own = ranges.flatMap((range) => range.targets).filter((target) => canvasKey(target.canvas) === canvasKey(id))
  return own.some(
    ({ rect }) => rect !== undefined && (rect.x + rect.w > width * 1.05 || rect.y + rect.h > height * 1.05),
  )
}

/** The first of the PDFs that was delivered. */
function pdfOf(addresses: readonly string[], { files, file, kept }: Reading): string | undefined {
  const found = addresses.map((address) => files.find(file.file, address).path).find((path) => path !== undefined)
  if (found !== undefined) kept.add(found)
  return found
}

async function readCanvases(reading: Reading): Promise<ReadCanvas[]> {
  const { files, file, manifest, kept, warnings } = reading
  const inOrder = picturesInOrder(reading)
  const pages: ReadCanvas[] = []
  for (const [index, canvas] of manifest.canvases.entries()) {
    const picture = files.picture(canvas.pictures, file.file) ?? inOrder[index]
    if (picture === undefined && canvas.pictures[0]) warnings.push(warning('missing-image', canvas.pictures[0]))
    if (picture !== undefined) kept.add(picture)
    const pdf = pdfOf(canvas.pdfs, reading)
    const whole = pdf === undefined && picture === undefined ? pdfOf(manifest.pdfs, reading) : undefined
    const parts: PageParts = {
      id: `p${index + 1}`,
      label:
        canvas.label.replace(/^(?:seite|page|pagina|p\.|s\.)\s*(?=\S)/i, '').replace(/\.$/, '') || String(index + 1),
      pictures: picture === undefined ? [] : [picture],
      pdfs: pdf !== undefined ? [{ file: pdf, page: 0 }] : whole === undefined ? [] : [{ file: whole, page: index }],
      text: await textOf(canvas, reading),
      metadata: { canvas: canvas.id },
      ...(canvas.width > 0 && canvas.height > 0 ? { size: { width: canvas.width, height: canvas.height } } : {}),
    }
    const assembled = await assemblePage(parts, files.source)
    warnings.push(...assembled.warnings)
    const isScaled = reachesBeyond(manifest, canvas)
    if (isScaled)
      warnings.push(warning('bad-coordinates', file.file, { reason: `ranges reach beyond the canvas ${canvas.label}` }))
    pages.push({ ...assembled, canvas, used: new Map(), isScaled })
  }
  return pages
}

/** Blocks whose middle lies in one of the boxes. */
function blocksIn(boxes: readonly Page['zones'][number]['polygon'][], blocks: readonly TextBlock[]): TextBlock[] {
  return blocks.filter(({ box }) =>
    boxes.some((corners) => {
      const [[l = 0, t = 0] = [], , [r = 0, b = 0] = []] = corners
      const [x, y] = [box.x + box.w / 2, box.y + box.h / 2]
      return x >= l && x <= r && y >= t && y <= b
    }),
  )
}

/** Pages of an annotation collection, from one to the next. */
function collectionPages(id: string, { files, file, kept, warnings }: Reading): IiifFile[] {
  const pages: IiifFile[] = []
  const seen = new Set<string>()
  let next: unknown = id
  while (next !== undefined) {
    const key: string =
      typeof next === 'string' ? next : isJsonObject(next) ? String(next['id'] ?? next['@id'] ?? '') : ''
    if (key === '' || seen.has(key)) break
    seen.add(key)
    const found = files.of(key, file.file)
    if (!found || !isJsonObject(found.value)) {
      warnings.push(warning('missing-file', key))
      break
    }
    kept.add(found.file)
    if (found.type !== 'AnnotationCollection') pages.push(found)
    next = found.value['first'] ?? found.value['next']
  }
  return pages
}

function articleOf(
  range: IiifRange,
  index: number,
  pages: readonly ReadCanvas[],
  reading: Reading,
): Article | undefined {
  const article: Article = {
    id: `range-${index + 1}`,
    kind: /\b(?:advert|anzeige|annonce|hysbyseb)/i.test(range.path.join(' ')) ? 'advert' : 'article',
    headline: /^\[.*\]$/.test(range.label) ? '' : range.label,
    blocks: [],
    photos: [],
    pages: [],
    origins: { '*': { file: reading.file.file, at: range.id } },
  }
  const section = range.path
    .filter((label) => !/^(?:articles?|artikel|table of contents|contents|newspaper|issue)$/i.test(label))
    .at(-1)
  if (section) article.section = section
  let hasShape = false
  for (const target of range.targets) {
    const on = pages.find(({ canvas }) => canvasKey(canvas.id) === canvasKey(target.canvas))
    if (!on) continue
    if (!article.pages.includes(on.page.id)) article.pages.push(on.page.id)
    const size = { width: on.canvas.width, height: on.canvas.height }
    const rect = rectOn(target, size)
    if (!rect) continue
    hasShape = true
    if (on.isScaled) continue
    if (rect.x + rect.w > size.width * 1.05 || rect.y + rect.h > size.height * 1.05) {
      reading.warnings.push(
        warning('bad-coordinates', reading.file.file, { reason: `${range.label}: beyond the canvas` }),
      )
    }
    const before = on.page.zones.length
    addZone(
      on.page,
      { id: range.id, kind: 'text', box: boxOf(rect, size) },
      article.kind === 'advert' ? 'advert' : 'text',
      article.id,
    )
    const shapes = on.page.zones.slice(before).map((zone) => zone.polygon)
    for (const block of blocksIn(
      shapes,
      (on.text?.blocks ?? []).filter((each) => !on.used.has(each.id)),
    )) {
      on.used.set(block.id, 'all')
      article.blocks.push({ kind: 'paragraph', text: block.text, page: on.page.id, source: block.id })
    }
  }
  const text = range.text ?? reading.files.textOfRange(range.id)
  if (text !== undefined) addCollection(text, article, pages, reading)
  if (article.blocks.length === 0 && range.summary) article.blocks.push({ kind: 'paragraph', text: range.summary })
  // A range of whole pages without a text is a place in the table of contents, not an article.
  return article.pages.length > 0 && (hasShape || article.blocks.length > 0) ? article : undefined
}

function addCollection(id: string, article: Article, pages: readonly ReadCanvas[], reading: Reading): void {
  for (const { value, file } of collectionPages(id, reading)) {
    const annotations = annotationsIn(value)
    for (const { page, canvas, text } of pages) {
      const read = annotationText(annotations, canvas.id, { width: canvas.width, height: canvas.height })
      if (read.blocks.length === 0) continue
      if (!article.pages.includes(page.id)) article.pages.push(page.id)
      // One file a page can give the words their places: the first.
      const size = { width: canvas.width, height: canvas.height }
      page.text ??= { file, format: 'annotations', part: canvas.id, ...size }
      const isSource = page.text.file === file && text === undefined
      for (const block of read.blocks) {
        article.blocks.push({
          kind: 'paragraph',
          text: block.text,
          page: page.id,
          ...(isSource ? { source: block.id } : {}),
        })
      }
    }
  }
}

const datesInLabels = [
  /[\s,;:([-]*\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.*$/,
  /[\s,;:([-]*\d{4}年\s*\d{1,2}月\s*\d{1,2}日.*$/,
  // `3 Mai 1901`, `3. August 1914`, `May 3, 1901`, whatever the language calls the month.
  /[\s,;:([-]*\b\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:de\s+)?\p{L}{3,}\.?,?\s+(?:de\s+)?\d{4}\b.*$/u,
  /[\s,;:([-]*\b\p{L}{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b.*$/u,
]

/**
 * The name of the newspaper in the label of an issue: `Berliner Tageblatt - 1925-02-16`, `gwladgarwr (1858-09-11)`,
 * `Y Cymro, 3 Mai 1901`. A label that is only a date is kept.
 */
function nameIn(label: string): string {
  const name = datesInLabels.reduce((rest, date) => rest.replace(date, '').trim(), label)
  return /\p{L}{2}/u.test(name) ? name : label
}

/** An issue from a manifest and what of it was delivered. */
export async function iiifIssue(
  manifest: IiifManifest,
  file: IiifFile,
  files: IiifFiles,
  importer: IssueDocument['source'],
): Promise<{ issue: IssueDocument; files: string[] }> {
  const reading: Reading = { files, file, manifest, kept: new Set([file.file]), warnings: [] }
  const pages = await readCanvases(reading)
  const articles = manifest.ranges.flatMap((range, index) => articleOf(range, index, pages, reading) ?? [])
  for (const { page, text, used } of pages) {
    if (!text) continue
    addFigures(page, text)
    const rest = restOfPage(page, text, used)
    if (rest) articles.push(rest)
  }
  const said = Object.entries(manifest.metadata).find(
    ([key, value]) =>
      /date|datum|dyddiad|日期|issued|publi|发行|發行|出版|fecha|^data\b/i.test(key) && dateIn(String(value)),
  )
  const date = dateIn(manifest.date?.slice(0, 10)) ?? dateIn(manifest.label) ?? dateIn(String(said?.[1] ?? ''))
  if (date === undefined) reading.warnings.push(warning('no-date', file.file))
  const name = (files.titleOf(manifest.id) ?? nameIn(manifest.label)) || files.source.name
  const [spoken] = languagesOf(pages.flatMap(({ text }) => text ?? []))
  const code = manifest.language?.split(/[,;\s]+/).find((each) => /^[a-z]{2,3}(?:-[A-Za-z]+)?$/.test(each))
  const direction = manifest.viewingDirection
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: {
      id: titleIdOf(name),
      name: name.slice(0, 500),
      language: languageTag(code) ?? languageTag(spoken) ?? languageOfNewspaper(name, textsIn(pages)),
    },
    date: date ?? unknownDate,
    edition: 1,
    pages: pages.map(({ page }) => page),
    articles,
    warnings: reading.warnings,
    source: importer,
    ...(direction === 'right-to-left' || direction === 'left-to-right' ? { viewingDirection: direction } : {}),
    origins: { '*': { file: file.file } },
    metadata: {
      ...manifest.metadata,
      ...(direction ? { viewingDirection: direction } : {}),
      ...(date ? {} : { 'date precision': 'none' }),
    },
  }
  return { issue, files: [...reading.kept] }
}
