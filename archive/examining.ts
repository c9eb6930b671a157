import { join } from 'node:path'
import { openArchiveFolder, type ArchiveFolder } from './archive-folder.ts'
import { ArchiveError, explain, type Details, type ErrorCode } from './errors.ts'
import { exists } from './files.ts'
import { countIssue } from './import-count.ts'
import { issueName, placeOf } from './import-merging.ts'
import { readRecognised, recogniseSource } from './import/import-source.ts'
import type { ImporterOption, ImporterOptionValues } from './import/importer.ts'
import { openSource } from './import/open-source.ts'
import { stopIfCancelled } from './import/import-warning.ts'
import type { Source } from './import/source.ts'
import { filesTold, unreadFiles } from './import/unread-files.ts'
import { doubtsOf, thinIssues } from './issue-doubts.ts'
import { checkIssueDocument } from './issue-document.ts'
import type { ImportWarning, IssueDocument, Totals } from './model.ts'
import { publicationGaps } from './publication-gaps.ts'
import { SlowReading } from './slow-reading.ts'
import { passOn, type WorkControl } from './work-pause.ts'

/** A title as a source brings it. */
export interface ExaminedTitle {
  id: string
  name: string
  language: string
  /** ISO dates of its first and last issue. */
  first: string
  last: string
  issues: number
  pages: number
  articles: number
  /** Issues that the archive holds already. */
  present: number
  /** Days on which an issue seems to be missing from the source. */
  gaps: string[]
}

/** What was recognised of one source, and everything about it that is doubtful. Nothing was written. */
export interface ExaminedSource extends Totals {
  /** As it was given. */
  path: string
  name: string
  /** Ids of the importers that read it. */
  importers: string[]
  /** What can be set for it. */
  options: ImporterOption[]
  /** Why nothing of it can be imported. */
  problem?: { code: ErrorCode; details: Details }
  /** Files of the source; those an import would keep, and their bytes. */
  files: number
  kept: number
  bytes: number
  titles: ExaminedTitle[]
  warnings: ImportWarning[]
}

interface ReadingProgress {
  phase: 'reading'
  done: number
  total: number
  file: string
}

export interface ExamineOptions extends WorkControl {
  onProgress?: (progress: ReadingProgress) => void
  /** The archive it would go into. */
  target?: string
  options?: Readonly<Record<string, ImporterOptionValues>>
  /** ISO date, for doubts about later ones. */
  today?: string
}

interface RunningExamination extends ExamineOptions {
  reading: SlowReading<ReadingProgress>
}

interface FoundIssue {
  name: string
  date: string
  pages: number
}

/**
 * Reads sources as an import would, and writes nothing: what each holds, title by title, with gaps, doubles, issues the
 * archive has already, and everything suspicious. A source that cannot be read has its problem; the others are read.
 * Throws ArchiveError `cancelled`, and those of `openArchiveFolder` for a target that is no archive.
 */
export async function examineSources(
  paths: readonly string[],
  options: ExamineOptions = {},
): Promise<ExaminedSource[]> {
  const { target } = options
  const archive =
    target !== undefined && (await exists(join(target, 'banmian.json'))) ? await openArchiveFolder(target) : undefined
  const taken = new Set<string>()
  const examined: ExaminedSource[] = []
  const start = { phase: 'reading' as const, done: 0, total: 0, file: '' }
  const reading = new SlowReading<ReadingProgress>(start, options)
  try {
    for (const path of paths) examined.push(await examineSource(path, archive, taken, { ...options, reading }))
  } finally {
    reading.close()
  }
  return examined
}

async function examineSource(
  path: string,
  archive: ArchiveFolder | undefined,
  taken: Set<string>,
  options: RunningExamination,
): Promise<ExaminedSource> {
  const counts: Totals = { issues: 0, pages: 0, articles: 0, zones: 0, words: 0 }
  const lists = { importers: [], options: [], titles: [], warnings: [] }
  const found: ExaminedSource = { path, name: path, files: 0, kept: 0, bytes: 0, ...counts, ...lists }
  let source: Source | undefined
  try {
    source = options.reading.watch(await openSource(path))
    found.name = source.name
    found.files = source.files.length
    await readSource(source, found, archive, taken, options)
  } catch (error) {
    stopIfCancelled(options.signal)
    if (!(error instanceof ArchiveError)) throw error
    found.problem = { code: error.code, details: error.details }
  } finally {
    await source?.close()
  }
  return found
}

async function readSource(
  source: Source,
  found: ExaminedSource,
  archive: ArchiveFolder | undefined,
  taken: Set<string>,
  options: RunningExamination,
): Promise<void> {
  const recognised = await recogniseSource(source)
  found.options = recognised.flatMap(({ recognition }) => recognition.options ?? [])
  for (const file of source.refused) found.warnings.push(noted(file, 'refused-file'))
  const onProgress = (done: number, total: number, file: string): void =>
    options.reading.tell({ phase: 'reading', done, total, file })
  const context = { signal: options.signal, onProgress, options: options.options?.[found.path] ?? {} }
  const kept = new Set<string>()
  const told = new Set<string>()
  const titles = new Map<string, { title: ExaminedTitle; issues: FoundIssue[] }>()
  for await (const event of readRecognised(source, recognised, context)) {
    await passOn(options)
    for (const file of filesTold(event)) told.add(file)
    if (event.type === 'warning') found.warnings.push(event.warning)
    else for (const file of event.files) kept.add(file)
    if (event.type === 'issue') noteIssue(event.issue, found, titles, archive, taken, options)
  }
  // What looked like a format and brought nothing is of no interest beside what did.
  if (found.importers.length === 0) found.importers = recognised.map(({ importer }) => importer.id)
  found.kept = kept.size
  found.warnings.push(...unreadFiles(source, told))
  for (const file of kept) found.bytes += await source.size(file).catch(() => 0)
  for (const { title, issues } of titles.values()) {
    title.gaps = publicationGaps(issues.map(({ date }) => date))
    found.warnings.push(...thinIssues(issues))
    found.titles.push(title)
  }
  found.titles.sort((one, other) => other.issues - one.issues)
}

function noteIssue(
  issue: IssueDocument,
  found: ExaminedSource,
  titles: Map<string, { title: ExaminedTitle; issues: FoundIssue[] }>,
  archive: ArchiveFolder | undefined,
  taken: Set<string>,
  options: ExamineOptions,
): void {
  const name = issueName(issue)
  try {
    checkIssueDocument(issue, name)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    found.warnings.push(noted(name, 'issue-unreadable', { reason: String(error.details['reason']) }))
    return
  }
  const isThere = archive?.manifest.has(placeOf(issue)) === true
  if (taken.has(name)) found.warnings.push(noted(name, 'double-issue'))
  else if (isThere) found.warnings.push(noted(name, 'issue-exists'))
  taken.add(name)
  const { importer } = issue.source
  if (!found.importers.includes(importer)) found.importers.push(importer)
  countIssue(found, issue)
  found.warnings.push(...doubtsOf(issue, options.today ?? new Date().toISOString().slice(0, 10)))
  const { id, name: titleName, language } = issue.title
  const known = titles.get(id) ?? {
    title: { id, name: titleName, language, first: issue.date, last: issue.date, ...nothing, gaps: [] },
    issues: [],
  }
  titles.set(id, known)
  const { title } = known
  if (issue.date < title.first) title.first = issue.date
  if (issue.date > title.last) title.last = issue.date
  title.issues += 1
  title.pages += issue.pages.length
  title.articles += issue.articles.length
  if (isThere) title.present += 1
  known.issues.push({ name, date: issue.date, pages: issue.pages.length })
}

const nothing = { issues: 0, pages: 0, articles: 0, present: 0 }

function noted(file: string, code: ErrorCode, details: Details = {}): ImportWarning {
  return { file, code, message: explain(code, { file, ...details }), details }
}
