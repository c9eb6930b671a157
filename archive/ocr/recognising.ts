import { Transformer } from '@napi-rs/image'
import { openArchiveFolder, type ArchiveFolder } from '../archive-folder.ts'
import { openCatalogueForReading } from '../catalogue.ts'
import { derivedFolder } from '../derived-folder.ts'
import { ArchiveError, type Details, type ErrorCode } from '../errors.ts'
import { readInside } from '../files.ts'
import { readOriginal } from '../in-place.ts'
import { isIssueDocumentPath, parseIssueDocument } from '../issue-document.ts'
import type { Page } from '../model.ts'
import { drawPdfPage } from '../pdf-pages.ts'
import { decodePicture, measurePicture } from '../picture-decoding.ts'
import { halved, wholeOf, type Pixels } from '../picture-pixels.ts'
import { prepareArchive } from '../preparing.ts'
import { passOn, type WorkControl } from '../work-pause.ts'
import { type OcrEngine, startOcr } from './ocr-engine.ts'
import { languageToRead, type OcrLanguage, ocrLanguagesOf } from './ocr-languages.ts'
import { isWithoutText, ocrArticlePrefix, ocrTextOf, pictureNameOf, readOcrText, writeOcrText } from './ocr-text.ts'

export interface OcrOptions extends WorkControl {
  cache: string
  /** Only pages of this title, by its id. */
  title?: string
  /** Instead of what the language of each title asks for. */
  languages?: readonly OcrLanguage[]
  /** The same for single titles, by their ids. Their pages that were read in other languages are read again. */
  languagesOfTitles?: Readonly<Record<string, readonly OcrLanguage[]>>
  onProgress?: (progress: {
    phase: 'ocr' | 'catalogue' | 'index' | 'pictures' | 'tiles'
    done: number
    total: number
    file: string
  }) => void
}

/** What a run of text recognition did. */
export interface OcrOutcome {
  /** Pages without delivered text. */
  pages: number
  /** Of these, pages that were read now, and pages that had been read before. */
  recognised: number
  before: number
  /** Pages whose picture could not be read. */
  problems: { file: string; code: ErrorCode; details: Details }[]
  /** Mean over the pages that were read now and have words, 0–1. */
  confidence: number
}

interface WaitingPage {
  document: string
  page: Page
  name: string
  languages: readonly OcrLanguage[]
}

/** Pixels beyond which a picture is halved before it is read: letters of a newspaper stay larger than the engine needs. */
const mostPixels = 40_000_000

async function pictureOf(archive: ArchiveFolder, page: Page): Promise<{ png: Buffer; width: number; height: number }> {
  const order = ['image', 'pdf', 'brief'] as const
  const [rendition] = order.flatMap((kind) => page.renditions.filter((one) => one.kind === kind))
  if (!rendition) throw new ArchiveError('missing-file', { file: page.label })
  const bytes = await readOriginal(archive, rendition.file)
  if (rendition.kind === 'pdf') {
    const { data, width, height } = await drawPdfPage(bytes, rendition.pdfPage ?? 0, rendition.file)
    return { png: await Transformer.fromRgbaPixels(data, width, height).png(), width, height }
  }
  try {
    let pixels: Pixels = await decodePicture(
      bytes,
      await measurePicture(bytes, rendition.file, rendition.pdfPage),
      rendition.file,
    )
    while (pixels.width * pixels.height > mostPixels) pixels = halved(pixels)
    return { png: await wholeOf(pixels).png(), width: pixels.width, height: pixels.height }
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ArchiveError('image-unreadable', { file: rendition.file, reason }, { cause: error })
  }
}

/** Articles of recognised text that the catalogue holds: `DOCUMENT ARTICLE`. */
function cataloguedTexts(catalogue: string): Set<string> {
  const database = openCatalogueForReading(catalogue)
  if (!database) return new Set()
  try {
    const rows = database
      .prepare(
        'SELECT issues.document, articles.local FROM articles JOIN issues ON issues.id = articles.issue WHERE articles.local LIKE ?',
      )
      .all(`${ocrArticlePrefix}%`) as { document: string; local: string }[]
    return new Set(rows.map(({ document, local }) => `${document} ${local}`))
  } finally {
    database.close()
  }
}

interface Survey {
  waiting: WaitingPage[]
  before: number
  /** Issues with text that was recognised and is not in the catalogue yet: the program was stopped in between. */
  stale: Set<string>
}

async function survey(archive: ArchiveFolder, folder: string, catalogue: string, options: OcrOptions): Promise<Survey> {
  const found: Survey = { waiting: [], before: 0, stale: new Set() }
  const catalogued = cataloguedTexts(catalogue)
  for (const document of [...archive.manifest.keys()].filter(isIssueDocumentPath).sort()) {
    if (options.title !== undefined && !document.startsWith(`data/issues/${options.title}/`)) continue
    await passOn(options)
    let issue
    try {
      issue = parseIssueDocument(await readInside(archive.path, document), document)
    } catch (error) {
      // Reported where the archive is verified.
      if (error instanceof ArchiveError) continue
      throw error
    }
    const chosen = options.languagesOfTitles?.[issue.title.id]
    const languages = chosen ?? options.languages ?? ocrLanguagesOf(languageToRead(issue))
    for (const page of issue.pages.filter((one) => isWithoutText(one, issue.articles))) {
      const name = pictureNameOf(page, archive.manifest)
      if (name === undefined) continue
      const known = await readOcrText(folder, name)
      const isOther = chosen !== undefined && known?.languages.join() !== chosen.join()
      if (!known || isOther) found.waiting.push({ document, page, name, languages })
      else {
        found.before += 1
        const isShown = known.blocks.length === 0 || catalogued.has(`${document} ${ocrArticlePrefix}${page.id}`)
        if (!isShown) found.stale.add(document)
      }
    }
  }
  return found
}

/**
 * Recognises the text of every page that was delivered without, offline, and makes it searchable. What was read is
 * kept page by page below `derived/ocr/`, so that a run that was stopped goes on where it was.
 * Throws ArchiveError: those of `openArchiveFolder` and `prepareArchive`, `missing-file` (language data), `cancelled`.
 */
export async function recogniseArchive(path: string, options: OcrOptions): Promise<OcrOutcome> {
  const archive = await openArchiveFolder(path)
  const derived = await derivedFolder({ path: archive.path, id: archive.declaration.id }, options.cache)
  const folder = derived.ocr
  const { waiting, before, stale } = await survey(archive, folder, derived.catalogue, options)
  const outcome: OcrOutcome = { pages: waiting.length + before, recognised: 0, before, problems: [], confidence: 0 }
  // Each set of languages is loaded once.
  waiting.sort((a, b) => a.languages.join().localeCompare(b.languages.join()))
  let engine: (OcrEngine & { languages: string }) | undefined
  let [sure, withWords] = [0, 0]
  try {
    for (const [done, { document, page, name, languages }] of waiting.entries()) {
      await passOn(options)
      const file = page.renditions[0]?.file ?? document
      options.onProgress?.({ phase: 'ocr', done, total: waiting.length, file })
      if (engine?.languages !== languages.join()) {
        await engine?.close()
        engine = { ...(await startOcr(languages)), languages: languages.join() }
      }
      try {
        const { png, width, height } = await pictureOf(archive, page)
        const text = ocrTextOf(await engine.recognise(png, file, options.signal), languages, { width, height })
        await writeOcrText(folder, name, text)
        if (text.blocks.length > 0) {
          sure += text.confidence
          withWords += 1
        }
        outcome.recognised += 1
        stale.add(document)
      } catch (error) {
        if (!(error instanceof ArchiveError) || ['cancelled', 'disk-full', 'read-only'].includes(error.code))
          throw error
        outcome.problems.push({ file, code: error.code, details: error.details })
      }
    }
  } finally {
    await engine?.close()
  }
  outcome.confidence = withWords === 0 ? 0 : sure / withWords
  const { signal, whenAllowed, onProgress, cache } = options
  await prepareArchive(path, { cache, signal, whenAllowed, onProgress, again: stale })
  return outcome
}
