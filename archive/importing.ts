import { rmdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openOrCreateArchiveFolder, removeEmptyArchive, type ArchiveDeclaration } from './archive-folder.ts'
import { type HeldLock, withLock } from './archive-lock.ts'
import { readOxum } from './bag.ts'
import { ArchiveError, fromWriteError } from './errors.ts'
import { exists } from './files.ts'
import { commitStaged, hasUnfinishedCommit, recoverCommit } from './import-commit.ts'
import { stageIssue } from './import-issue.ts'
import type { IssueDecision, WhenThere } from './import-merging.ts'
import { keepFiles } from './import-originals.ts'
import { openStaging, type Staging } from './import-staging.ts'
import { readInPlace, type InPlaceFiles } from './in-place.ts'
import { FileMarks } from './import/file-marks.ts'
import { readRecognised, recogniseSource, type RecognisedSource } from './import/import-source.ts'
import { warning } from './import/import-warning.ts'
import type { ImporterOptionValues } from './import/importer.ts'
import { openSource } from './import/open-source.ts'
import type { Source } from './import/source.ts'
import { filesTold, unreadFiles } from './import/unread-files.ts'
import type { ImportWarning, Totals } from './model.ts'
import { SlowReading } from './slow-reading.ts'
import { passOn, type WorkControl } from './work-pause.ts'

/** What an import did: counts of what came in new, and everything it could not understand. */
export interface ImportOutcome extends Totals {
  warnings: ImportWarning[]
  /** Issues that were there already, and what was done with each. */
  decisions: IssueDecision[]
  /** Bytes of originals that were copied, or read where they are. */
  bytes: number
}

export interface ImportProgress {
  phase: 'reading' | 'copying' | 'committing'
  /** Entries of the source read so far, of `total`. */
  done: number
  total: number
  file: string
  /** Bytes of originals copied so far, over all sources. */
  bytes: number
}

export interface ImportOptions extends WorkControl {
  onProgress?: (progress: ImportProgress) => void
  /** Name of an archive that is made new. */
  name?: string
  /** Issues that are there already; `skip` when not said. */
  whenThere?: WhenThere
  /** Leaves originals where they are; those inside zips are copied all the same. */
  inPlace?: boolean
  /** What a person set for a source, by the path that was given for it. */
  options?: Readonly<Record<string, ImporterOptionValues>>
}

interface RunningImport extends ImportOptions {
  reading: SlowReading<ImportProgress>
}

/** The archive that is imported into. */
interface Target {
  path: string
  declaration: ArchiveDeclaration
  /** Originals that were left in place. */
  inPlace: InPlaceFiles
}

/** A source that was looked at and can be read. */
interface OpenedSource {
  source: Source
  /** Absolute. */
  path: string
  recognised: RecognisedSource[]
  options: ImporterOptionValues
  /** What stood at the path: another disk at the same place is another source. */
  identity: string | undefined
}

/**
 * Imports sources (folders, zips, files) into the archive at `target`, which is made when absent. Nothing is written
 * before all were recognised. What a source holds appears at once when it is through, or not at all; killed, an import
 * goes on from its copies when run again.
 * Throws ArchiveError: those of `openOrCreateArchiveFolder`, `not-recognised`, `source-gone`, `disk-full`, `read-only`,
 * `archive-busy`, `archive-busy-elsewhere`, `cancelled`.
 */
export async function importSources(
  paths: string[],
  target: string,
  options: ImportOptions = {},
): Promise<ImportOutcome> {
  const opened: Source[] = []
  const start: ImportProgress = { phase: 'reading', done: 0, total: 0, file: '', bytes: 0 }
  const reading = new SlowReading(start, options)
  try {
    const sources: OpenedSource[] = []
    for (const path of paths) {
      const source = reading.watch(await openSource(path))
      opened.push(source)
      sources.push({
        source,
        path: resolve(path),
        recognised: await recogniseUnlessCancelled(source, options),
        options: options.options?.[path] ?? {},
        identity: await identityOf(path),
      })
    }
    const hadFolder = await exists(target)
    const isNew = !(await exists(join(target, 'banmian.json')))
    const archive = await openOrCreateArchiveFolder(target, options.name)
    try {
      return await importAll({ ...archive, inPlace: new Map() }, sources, { ...options, isNew, reading })
    } catch (error) {
      // Not emptied, it stays.
      if (!hadFolder) await rmdir(archive.path).catch(() => undefined)
      throw error
    }
  } finally {
    reading.close()
    for (const source of opened) await source.close()
  }
}

/** Sniffing takes a file that cannot be read for one of another kind: why nothing could be read any more counts. */
async function recogniseUnlessCancelled(source: Source, options: WorkControl): Promise<RecognisedSource[]> {
  try {
    return await recogniseSource(source)
  } finally {
    await passOn(options)
  }
}

function importAll(
  archive: Target,
  sources: OpenedSource[],
  options: RunningImport & { isNew: boolean },
): Promise<ImportOutcome> {
  return withLock(archive.path, async (lock) => {
    // Another process may have committed between opening and locking.
    await recoverCommit(archive.path, archive.declaration.name)
    archive.inPlace = await readInPlace(archive.path)
    const counts: Totals = { issues: 0, pages: 0, articles: 0, zones: 0, words: 0 }
    const outcome: ImportOutcome = { ...counts, warnings: [], decisions: [], bytes: 0 }
    try {
      for (const source of sources) await importInto(archive, source, lock, outcome, options)
    } catch (error) {
      // An archive made for an import that brought nothing is no archive anyone asked for.
      const isUnwanted = options.isNew && (await readOxum(archive.path)).files === 0 && error instanceof ArchiveError
      if (isUnwanted && error.code !== 'source-gone') await removeEmptyArchive(archive.path, { keepFolder: true })
      throw error
    }
    return outcome
  })
}

async function importInto(
  archive: Target,
  opened: OpenedSource,
  lock: HeldLock,
  outcome: ImportOutcome,
  options: RunningImport,
): Promise<void> {
  const { source, path, recognised } = opened
  const { reading, whenThere = 'skip' } = options
  const betweenFiles = (): Promise<void> => passOn(options)
  let staging: Staging | undefined
  try {
    staging = await openStaging(archive.path, source, path, {
      inPlace: options.inPlace,
      onBytes: async (bytes, file) => {
        outcome.bytes += bytes
        reading.at(file, { bytes: outcome.bytes })
        await passOn(options)
      },
    })
    for (const file of source.refused) outcome.warnings.push(warning('refused-file', file))
    const onProgress = (done: number, total: number, file: string): void =>
      reading.tell({ phase: 'copying', done, total, file, bytes: outcome.bytes })
    const context = { signal: options.signal, onProgress, options: opened.options }
    const told = new FileMarks(source.files, ['marked'])
    for await (const event of readRecognised(source, recognised, context)) {
      await passOn(options)
      await refuseGone(opened)
      for (const file of filesTold(event)) told.set(file, 'marked')
      if (event.type === 'warning') outcome.warnings.push(event.warning)
      else if (event.type === 'files') {
        outcome.warnings.push(...(await keepFiles(event.files, staging, betweenFiles)).warnings)
      } else await stageIssue(event, { bag: archive.path, staging, outcome, whenThere, betweenFiles })
    }
    outcome.warnings.push(...unreadFiles(source, told))
    await passOn(options)
    await refuseGone(opened)
    reading.tell({
      phase: 'committing',
      done: 0,
      total: staging.tables.totals().staged,
      file: '',
      bytes: outcome.bytes,
    })
    await lock.check()
    await commit(archive, staging)
  } catch (error) {
    await refuseGone(opened)
    const known = fromWriteError(error, archive.path)
    // A killed import goes on from its copies; one that was stopped or ran out of space gives everything back. Past the
    // point of no return only going forward is left: the next to open the archive does it.
    const mayDiscard = known instanceof ArchiveError && !(await hasUnfinishedCommit(archive.path))
    if (mayDiscard && known.code !== 'source-gone') await staging?.discard()
    throw known
  } finally {
    staging?.tables.close()
  }
}

async function commit(archive: Target, staging: Staging): Promise<void> {
  if (staging.tables.totals().staged === 0) return staging.discard()
  const inPlace = staging.inPlace.size > 0 ? new Map([...archive.inPlace, ...staging.inPlace]) : undefined
  await commitStaged(archive.path, staging.key, archive.declaration.name, staging.tables, inPlace)
  archive.inPlace = inPlace ?? archive.inPlace
}

/** A disk that is pulled leaves an empty folder, or another disk, in its place. */
async function refuseGone({ path, identity }: OpenedSource): Promise<void> {
  const now = await identityOf(path)
  if (now === undefined || now !== identity) throw new ArchiveError('source-gone', { file: path })
}

function identityOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  )
}
