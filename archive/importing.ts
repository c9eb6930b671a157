import { join, resolve } from 'node:path'
import { openOrCreateArchiveFolder, removeEmptyArchive, type ArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { readManifest } from './bag.ts'
import { articleText } from './article-text.ts'
import { ArchiveError, explain, fromFileError } from './errors.ts'
import { commitStaged, recoverCommit } from './import-commit.ts'
import { exists } from './files.ts'
import { openStaging, type Staging } from './import-staging.ts'
import { recogniseSource } from './import/import-source.ts'
import { openSource } from './import/open-source.ts'
import type { Source } from './import/source.ts'
import { checkIssueDocument, formatIssueDocument, issueDocumentPath } from './issue-document.ts'
import type { ImportWarning, IssueDocument, Totals } from './model.ts'
import { countWords } from './word-count.ts'

/** What an import did: counts of what came in new, and everything it could not understand. */
export interface ImportOutcome extends Totals {
  warnings: ImportWarning[]
}

const refusedBecause = 'it is a link, a special file, a repeated or unsafe name, or too large to unpack'

export interface ImportProgress {
  phase: 'reading' | 'copying' | 'committing'
  /** Entries of the source read so far, of `total`. */
  done: number
  total: number
  file: string
}

export interface ImportOptions {
  signal?: AbortSignal
  onProgress?: (progress: ImportProgress) => void
  /** Name of an archive that is made new. */
  name?: string
}

/**
 * Imports sources (folders, zips, files) into the archive at `target`, which is made when absent. Everything appears
 * at once at the end, or not at all; killed, it goes on from its copies when run again.
 * Throws ArchiveError: those of `openOrCreateArchiveFolder`, `not-recognised`, `disk-full`, `read-only`,
 * `archive-busy`, `cancelled`.
 */
export async function importSources(
  paths: string[],
  target: string,
  options: ImportOptions = {},
): Promise<ImportOutcome> {
  const sources: { source: Source; path: string }[] = []
  try {
    for (const path of paths) sources.push({ source: await openSource(path), path: resolve(path) })
    const isNew = !(await exists(join(target, 'banmian.json')))
    const archive = await openOrCreateArchiveFolder(target, options.name)
    try {
      return await importAll(archive, sources, options)
    } catch (error) {
      // An archive made for an import that brought nothing is no archive anyone asked for.
      if (isNew && error instanceof ArchiveError && archive.manifest.size === 0) await removeEmptyArchive(archive.path)
      throw error
    }
  } finally {
    for (const { source } of sources) await source.close()
  }
}

function importAll(
  archive: ArchiveFolder,
  sources: { source: Source; path: string }[],
  options: ImportOptions,
): Promise<ImportOutcome> {
  return withLock(archive.path, async () => {
    // Another process may have committed between opening and locking.
    await recoverCommit(archive.path, archive.declaration.name)
    archive.manifest = await readManifest(archive.path)
    const outcome: ImportOutcome = { issues: 0, pages: 0, articles: 0, zones: 0, words: 0, warnings: [] }
    for (const { source, path } of sources) await importInto(archive, source, path, outcome, options)
    return outcome
  })
}

async function importInto(
  archive: ArchiveFolder,
  source: Source,
  path: string,
  outcome: ImportOutcome,
  options: ImportOptions,
): Promise<void> {
  const staging = await openStaging(archive.path, source, path, archive.manifest)
  try {
    const recognised = await recogniseSource(source)
    for (const file of source.refused) outcome.warnings.push(warning(file, 'refused-file', refusedBecause))
    const onProgress = (done: number, total: number, file: string): void =>
      options.onProgress?.({ phase: 'copying', done, total, file })
    for (const { importer, recognition } of recognised) {
      for await (const event of importer.read(source, recognition, { signal: options.signal, onProgress })) {
        stopWhenCancelled(options.signal)
        if (event.type === 'warning') outcome.warnings.push(event.warning)
        else if (event.type === 'files') await keepFiles(event.files, staging)
        else await stageIssue(event.issue, event.files, archive, staging, outcome)
      }
    }
    options.onProgress?.({ phase: 'committing', done: 0, total: staging.files.size, file: '' })
    if (staging.files.size > 0) {
      const { declaration, manifest } = archive
      archive.manifest = await commitStaged(archive.path, staging.key, declaration.name, manifest, staging.files)
    } else await staging.discard()
  } catch (error) {
    const known = fromFileError(error, archive.path)
    // A killed import goes on from its copies; one that was stopped or ran out of space gives everything back.
    if (known instanceof ArchiveError) await staging.discard()
    throw known
  }
}

async function keepFiles(files: string[], staging: Staging): Promise<Map<string, string>> {
  const kept = new Map<string, string>()
  for (const file of files) kept.set(file, await staging.addOriginal(file))
  return kept
}

async function stageIssue(
  issue: IssueDocument,
  files: string[],
  archive: ArchiveFolder,
  staging: Staging,
  outcome: ImportOutcome,
): Promise<void> {
  const key = { title: issue.title.id, date: issue.date, edition: issue.edition }
  const name = `${key.title}/${key.date}/${key.edition}`
  const place = issueDocumentPath(key)
  if (archive.manifest.has(place) || staging.files.has(place)) {
    outcome.warnings.push(warning(name, 'issue-exists'))
    return
  }
  try {
    checkIssueDocument(issue, name)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    outcome.warnings.push(warning(name, 'issue-unreadable', String(error.details['reason'])))
    return
  }
  const kept = await keepFiles(files, staging)
  await staging.addDocument(place, formatIssueDocument(withPayloadPaths(issue, kept)))
  outcome.issues += 1
  outcome.pages += issue.pages.length
  outcome.articles += issue.articles.length
  outcome.warnings.push(...issue.warnings)
  for (const page of issue.pages) outcome.zones += page.zones.length
  for (const article of issue.articles) outcome.words += countWords(articleText(article).text)
}

/** The document with every source path replaced by its place in the payload. */
function withPayloadPaths(issue: IssueDocument, kept: Map<string, string>): IssueDocument {
  const place = (file: string): string => {
    const found = kept.get(file)
    if (found === undefined) throw new Error(`the importer names ${file} but did not list it among the issue's files`)
    return found
  }
  return {
    ...issue,
    pages: issue.pages.map((page) => ({
      ...page,
      renditions: page.renditions.map((rendition) => ({ ...rendition, file: place(rendition.file) })),
      ...(page.text ? { text: { ...page.text, file: place(page.text.file) } } : {}),
    })),
    articles: issue.articles.map((article) => ({
      ...article,
      photos: article.photos.map((photo) => (photo.file === undefined ? photo : { ...photo, file: place(photo.file) })),
    })),
  }
}

function warning(file: string, code: 'refused-file' | 'issue-exists' | 'issue-unreadable', reason = ''): ImportWarning {
  return { file, code, message: explain(code, { file, reason }) }
}

function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ArchiveError('cancelled')
}
