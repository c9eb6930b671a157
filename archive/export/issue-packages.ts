import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ArchiveError, fromFileError, fromWriteError } from '../errors.ts'
import { exists } from '../files.ts'
import { copyHashed } from '../hashed-files.ts'
import { locateOriginal } from '../in-place.ts'
import type { IssueDocument, Rendition } from '../model.ts'
import { articleRows, issuesOfTitle, openReading, readInfo, readIssueDocument, type Reading } from '../reading.ts'
import { wordsInRanges, type PlacedWord } from '../word-boxes.ts'
import { passOn } from '../work-pause.ts'
import { altoPage } from './alto-page.ts'
import type { ExportOptions } from './bag-zip.ts'
import { iiifCollection, iiifManifest, iiifText, type PagePictureFile } from './iiif-issue.ts'
import { endingOf, metsIssue, type PackageFile } from './mets-issue.ts'
import { blocksOfPage, type PageBlock } from './page-blocks.ts'

export type PackageFormat = 'mets' | 'iiif'

export interface ExportedPackages {
  issues: number
  pages: number
  /** Files that could not be taken along, with the sentence that says why. */
  left: { file: string; code: string; message: string }[]
}

interface PackageOptions extends ExportOptions {
  /** URI under which the IIIF package will stand; ends with a slash. */
  base?: string
}

/**
 * Writes every issue of a prepared archive as a folder of its own: METS with ALTO and the originals of its pages, or a
 * IIIF manifest with W3C annotations and its pictures. `target` must be new or empty.
 * Throws ArchiveError: those of `openReading`, `target-not-empty`, `disk-full`, `read-only`, `cancelled`.
 */
export async function exportPackages(
  path: string,
  target: string,
  format: PackageFormat,
  options: PackageOptions & { cache: string },
): Promise<ExportedPackages> {
  const reading = await openReading(path, options.cache)
  const base = options.base ?? 'https://example.org/iiif/'
  const result: ExportedPackages = { issues: 0, pages: 0, left: [] }
  try {
    await claimFolder(target)
    const rows = readInfo(reading).titles.flatMap((title) => issuesOfTitle(reading, title.id))
    const listed: { folder: string; issue: IssueDocument }[] = []
    for (const [done, row] of rows.entries()) {
      await passOn(options)
      const name = `${row.title}/${row.date}_${String(row.edition).padStart(2, '0')}`
      options.onProgress?.(done, rows.length, name)
      try {
        const issue = await readIssueDocument(reading, row)
        const blocks = blocksOf(reading, row.id, issue)
        const folder = join(target, ...name.split('/'))
        if (format === 'mets') await writeMets(reading, issue, blocks, folder, result)
        else await writeIiif(reading, issue, blocks, folder, `${base}${name}/`, result)
        listed.push({ folder: name, issue: { ...issue, pages: [], articles: [] } })
        result.issues += 1
        result.pages += issue.pages.length
      } catch (error) {
        leave(result, name, error)
      }
    }
    if (format === 'iiif') {
      await writeJson(join(target, 'collection.json'), iiifCollection(reading.declaration.name, base, listed))
    }
    return result
  } catch (error) {
    throw fromWriteError(error, target)
  } finally {
    reading.close()
  }
}

/** What stops only one file or issue is noted; what stops all is thrown. */
function leave(result: ExportedPackages, file: string, error: unknown): void {
  const stops = ['disk-full', 'read-only', 'cancelled']
  if (!(error instanceof ArchiveError) || stops.includes(error.code)) throw error
  result.left.push({ file, code: error.code, message: error.message })
}

async function claimFolder(target: string): Promise<void> {
  if ((await exists(target)) && (await readdir(target)).length > 0) {
    throw new ArchiveError('target-not-empty', { file: target })
  }
  await mkdir(target, { recursive: true })
}

function blocksOf(reading: Reading, row: number, issue: IssueDocument): Map<string, PageBlock[]> {
  const ids = articleRows(reading, row)
  const find = reading.database.prepare('SELECT data FROM word_boxes WHERE article = ?')
  const known = new Map<string, PlacedWord[]>()
  const wordsOf = (article: string): PlacedWord[] => {
    const found = known.get(article)
    if (found) return found
    const data = (find.get(ids.get(article) ?? 0) as { data: Uint8Array } | undefined)?.data
    const words = data ? wordsInRanges(new Uint8Array(data), [[0, Number.MAX_SAFE_INTEGER]]) : []
    known.set(article, words)
    return words
  }
  return new Map(issue.pages.map((page) => [page.id, blocksOfPage(issue, page, wordsOf)]))
}

async function writeMets(
  reading: Reading,
  issue: IssueDocument,
  blocks: Map<string, PageBlock[]>,
  folder: string,
  result: ExportedPackages,
): Promise<void> {
  const files: PackageFile[] = []
  for (const [at, page] of issue.pages.entries()) {
    const number = String(at + 1).padStart(4, '0')
    let picture: string | undefined
    for (const [count, rendition] of page.renditions.filter(({ kind }) => kind !== 'brief').entries()) {
      const use = rendition.kind === 'pdf' ? 'PDF' : 'Images'
      const name = `${number}${count > 0 ? `_${count + 1}` : ''}${endingOf(rendition.file)}`
      const file = `${use === 'PDF' ? 'pdf' : 'images'}/${name}`
      const sha256 = await take(reading, rendition, join(folder, file), result)
      if (sha256 === undefined) continue
      if (use === 'Images') picture ??= basename(file)
      files.push({
        id: `${use.toUpperCase()}${number}_${count + 1}`,
        use,
        page: page.id,
        path: file,
        mime: rendition.mime,
        sha256,
      })
    }
    const alto = altoPage(page, blocks.get(page.id) ?? [], picture)
    const file = `text/${number}.xml`
    await writeText(join(folder, file), alto)
    const sha256 = createHash('sha256').update(alto).digest('hex')
    files.push({ id: `ALTO${number}`, use: 'Text', page: page.id, path: file, mime: 'text/xml', sha256 })
  }
  const created = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const name = `${issue.title.id}_${issue.date}_${String(issue.edition).padStart(2, '0')}-mets.xml`
  await writeText(join(folder, name), metsIssue(issue, files, blocks, created))
}

async function writeIiif(
  reading: Reading,
  issue: IssueDocument,
  blocks: Map<string, PageBlock[]>,
  folder: string,
  base: string,
  result: ExportedPackages,
): Promise<void> {
  const pictures = new Map<string, PagePictureFile>()
  for (const [at, page] of issue.pages.entries()) {
    const rendition =
      page.renditions.find(({ kind }) => kind === 'image') ?? page.renditions.find(({ kind }) => kind === 'brief')
    if (rendition) {
      const file = `images/${String(at + 1).padStart(4, '0')}${endingOf(rendition.file)}`
      const { mime, width, height } = rendition
      if (await take(reading, rendition, join(folder, file), result))
        pictures.set(page.id, { path: file, mime, width, height })
    }
    const own = blocks.get(page.id) ?? []
    if (own.length > 0) {
      await writeJson(join(folder, 'text', `${page.id}.json`), iiifText(page, base, own, issue.title.language))
    }
  }
  await writeJson(join(folder, 'manifest.json'), iiifManifest(issue, base, pictures, blocks))
}

/** Copies an original; its sha-256, or nothing when it cannot be read. */
async function take(
  reading: Reading,
  rendition: Rendition,
  to: string,
  result: ExportedPackages,
): Promise<string | undefined> {
  try {
    const from = await locateOriginal(reading, rendition.file)
    await mkdir(dirname(to), { recursive: true })
    return (await copyHashed(from, to)).sha256
  } catch (error) {
    await rm(to, { force: true })
    leave(result, rendition.file, fromFileError(error, rendition.file))
    return undefined
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeText(file, `${JSON.stringify(value, null, 1)}\n`)
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw fromWriteError(error, file)
  }
}
