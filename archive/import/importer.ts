import type { ImportWarning, IssueDocument } from '../model.ts'
import type { ReadonlyFileMarks } from './file-marks.ts'
import type { PatternFault } from './name-pattern.ts'
import type { Source } from './source.ts'

/** What an importer tells while it reads a source. Paths are inside the source, as `Source` lists them. */
export type ImportEvent =
  | {
      type: 'issue'
      /** `file` fields hold paths inside the source; the archive rewrites them. Warnings are the issue's own. */
      issue: IssueDocument
      /** Every file of the source that belongs to the issue and is kept. */
      files: string[]
    }
  /** Files kept with the delivery that belong to no single issue (batch lists, calendars). */
  | { type: 'files'; files: string[] }
  /** Something wrong that belongs to no issue that could be read. */
  | { type: 'warning'; warning: ImportWarning }

/** What sniffing found, or why a source that looked right is refused. */
export interface Recognition {
  /** Higher wins when several importers recognise a source; 1 is certain. */
  confidence: number
  /** Layout pages, batch or METS files that reading will start from: paths inside the source. */
  entries: string[]
  /** What a person may set before this source is read, each with the value reading starts from. */
  options?: ImporterOption[]
}

/** Something a person can set for a source, such as the pattern of its file names. */
export interface ImporterOption {
  /** `pattern`, `title`, `language` … : the interface has a text for each. */
  id: string
  /** A `pattern` is shown with its preview, a `choice` as one of `choices`. */
  kind: 'pattern' | 'text' | 'choice'
  value: string
  choices?: string[]
}

/** Values of options by their ids. */
export type ImporterOptionValues = Readonly<Record<string, string>>

/** What options make of a source, before anything is read of it. */
export interface OptionPreview {
  /** The first files, and some of those that are not understood. */
  rows: { file: string; title?: string; date?: string; edition?: number; page?: string; problem?: string }[]
  /** Files the options apply to, and how many of them they understand. */
  files: number
  understood: number
  /** What is wrong with a pattern itself; `empty` when none is set and it is guessed. */
  problem?: PatternFault
}

/** How a surer importer has read a file: as part of an issue, or beside one. */
export type ClaimedAs = 'issue' | 'kept'

export interface ImporterContext {
  signal?: AbortSignal
  /** What a person set; options that were not set are absent. */
  options?: ImporterOptionValues
  /** What surer importers have read of this source, as parts of issues or beside them: it is not read twice. */
  claimed?: ReadonlyFileMarks<ClaimedAs>
  /** Entries read so far, of all. */
  onProgress?: (done: number, total: number, file: string) => void
}

/** One format. Never stops a batch for one bad file; throws ArchiveError only when nothing can be read at all. */
export interface Importer {
  readonly id: string
  /** Counted up when its output changes, so that an archive knows which of its issues an older one made. */
  readonly version: number
  recognise(source: Source): Promise<Recognition | undefined>
  /** What `options` would make of the source; for importers that offer a pattern. Quick: it is asked at every key. */
  preview?(source: Source, recognition: Recognition, options: ImporterOptionValues): Promise<OptionPreview>
  read(source: Source, recognition: Recognition, context: ImporterContext): AsyncIterable<ImportEvent>
}
