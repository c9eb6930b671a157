import { rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openOrCreateArchiveFolder, removeEmptyArchive, type ArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { readManifest } from './bag.ts'
import { articleText } from './article-text.ts'
import { ArchiveError, explain, fromWriteError, type ErrorCode } from './errors.ts'
import { commitStaged, hasUnfinishedCommit, recoverCommit } from './import-commit.ts'
import { exists } from './files.ts'
import { openStaging, type Staging } from './import-staging.ts'
import { readRecognised, recogniseSource, type RecognisedSource } from './import/import-source.ts'
import { openSource } from './import/open-source.ts'
import type { Source } from './import/source.ts'
import { checkIssueDocument, formatIssueDocument, issueDocumentPath } from './issue-document.ts'
import type { ImportWarning, IssueDocument, Origins, Totals } from './model.ts'
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

/** A source that was looked at and can be read. */
interface OpenedSource {
  source: Source
  /** Absolute. */
  path: string
  recognised: RecognisedSource[]
}

/**
 * Imports sources (folders, zips, files) into the archive at `target`, which is made when absent. Nothing is written
 * before all were recognised. What a source holds appears at once when it is through, or not at all; killed, an import
 * goes on from its copies when run again.
 * Throws ArchiveError: those of `openOrCreateArchiveFolder`, `not-recognised`, `disk-full`, `read-only`,
 * `archive-busy`, `cancelled`.
 */
export async function importSources(
  paths: string[],
  target: string,
  options: ImportOptions = {},
): Promise<ImportOutcome> {
  const opened: Source[] = []
  try {
    const sources: OpenedSource[] = []
    for (const path of paths) {
      const source = await openSource(path)
      opened.push(source)
      sources.push({ source, path: resolve(path), recognised: await recogniseSource(source) })
    }
    const hadFolder = await exists(target)
    const isNew = !(await exists(join(target, 'banmian.json')))
    const archive = await openOrCreateArchiveFolder(target, options.name)
    try {
      return await importAll(archive, sources, { ...options, isNew })
    } catch (error) {
      // Not emptied, it stays.
      if (!hadFolder) await rmdir(archive.path).catch(() => undefined)
      throw error
    }
  } finally {
    for (const source of opened) await source.close()
  }
}

function importAll(
  archive: ArchiveFolder,
  sources: OpenedSource[],
  options: ImportOptions & { isNew: boolean },
): Promise<ImportOutcome> {
  return withLock(archive.path, async () => {
    // Another process may have committed between opening and locking.
    await recoverCommit(archive.path, archive.declaration.name)
    archive.manifest = await readManifest(archive.path)
    const outcome: ImportOutcome = { issues: 0, pages: 0, articles: 0, zones: 0, words: 0, warnings: [] }
    try {
      for (const source of sources) await importInto(archive, source, outcome, options)
    } catch (error) {
      // An archive made for an import that brought nothing is no archive anyone asked for.
      const isUnwanted = options.isNew && archive.manifest.size === 0 && error instanceof ArchiveError
      if (isUnwanted) await removeEmptyArchive(archive.path, { keepFolder: true })
      throw error
    }
    return outcome
  })
}

async function importInto(
  archive: ArchiveFolder,
  { source, path, recognised }: OpenedSource,
  outcome: ImportOutcome,
  options: ImportOptions,
): Promise<void> {
  let staging: Staging | undefined
  try {
    staging = await openStaging(archive.path, source, path, archive.manifest)
    for (const file of source.refused) outcome.warnings.push(warning(file, 'refused-file', refusedBecause))
    const onProgress = (done: number, total: number, file: string): void =>
      options.onProgress?.({ phase: 'copying', done, total, file })
    for await (const event of readRecognised(source, recognised, { signal: options.signal, onProgress })) {
      stopWhenCancelled(options.signal)
      if (event.type === 'warning') outcome.warnings.push(event.warning)
      else if (event.type === 'files') outcome.warnings.push(...(await keepFiles(event.files, staging)).warnings)
      else await stageIssue(event.issue, event.files, archive, staging, outcome)
    }
    stopWhenCancelled(options.signal)
    options.onProgress?.({ phase: 'committing', done: 0, total: staging.files.size, file: '' })
    if (staging.files.size > 0) {
      const { declaration, manifest } = archive
      archive.manifest = await commitStaged(archive.path, staging.key, declaration.name, manifest, staging.files)
    } else await staging.discard()
  } catch (error) {
    const known = fromWriteError(error, archive.path)
    // A killed import goes on from its copies; one that was stopped or ran out of space gives everything back. Past the
    // point of no return only going forward is left: the next to open the archive does it.
    const mayDiscard = known instanceof ArchiveError && !(await hasUnfinishedCommit(archive.path))
    if (mayDiscard) await staging?.discard()
    throw known
  }
}

/** What a delivery's bad medium or its permissions can do to a single file. */
const faultsOfOneFile = new Set<ErrorCode>(['unreadable-file', 'missing-file', 'not-found', 'unsafe-path', 'too-large'])

/** The places of copied files by their names in the source; files that cannot be read are left out with a warning. */
interface KeptFiles {
  places: Map<string, string>
  warnings: ImportWarning[]
}

async function keepFiles(files: string[], staging: Staging): Promise<KeptFiles> {
  const kept: KeptFiles = { places: new Map(), warnings: [] }
  for (const file of files) {
    try {
      kept.places.set(file, await staging.addOriginal(file))
    } catch (error) {
      if (!(error instanceof ArchiveError) || !faultsOfOneFile.has(error.code)) throw error
      kept.warnings.push({ file, code: error.code, message: error.message })
    }
  }
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
  issue.warnings.push(...kept.warnings)
  await staging.addDocument(place, formatIssueDocument(withPayloadPaths(issue, kept)))
  outcome.issues += 1
  outcome.pages += issue.pages.length
  outcome.articles += issue.articles.length
  outcome.warnings.push(...issue.warnings)
  for (const page of issue.pages) outcome.zones += page.zones.length
  for (const article of issue.articles) outcome.words += countWords(articleText(article).text)
}

/** The document with every source path replaced by its place in the payload; what was left out is not named. */
function withPayloadPaths(issue: IssueDocument, kept: KeptFiles): IssueDocument {
  const leftOut = new Set(kept.warnings.map(({ file }) => file))
  const place = (file: string): string | undefined => {
    const found = kept.places.get(file)
    if (found === undefined && !leftOut.has(file)) {
      throw new Error(`the importer names ${file} but did not list it among the issue's files`)
    }
    return found
  }
  const placed = <Part extends { file: string }>(part: Part): Part[] => {
    const file = place(part.file)
    return file === undefined ? [] : [{ ...part, file }]
  }
  const origins = (read: Origins | undefined): { origins?: Origins } =>
    read
      ? {
          origins: Object.fromEntries(
            Object.entries(read).flatMap(([field, origin]) => placed(origin).map((at) => [field, at])),
          ),
        }
      : {}
  return {
    ...issue,
    ...origins(issue.origins),
    pages: issue.pages.map(({ text, ...page }) => {
      const [source] = text ? placed(text) : []
      return { ...page, renditions: page.renditions.flatMap(placed), ...(source ? { text: source } : {}) }
    }),
    articles: issue.articles.map((article) => ({
      ...article,
      ...origins(article.origins),
      photos: article.photos.map(({ file, ...photo }) => {
        const found = file === undefined ? undefined : place(file)
        return found === undefined ? photo : { file: found, ...photo }
      }),
    })),
  }
}

function warning(file: string, code: 'refused-file' | 'issue-exists' | 'issue-unreadable', reason = ''): ImportWarning {
  return { file, code, message: explain(code, { file, reason }) }
}

function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ArchiveError('cancelled')
}
