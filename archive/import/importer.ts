import type { ImportWarning, IssueDocument } from '../model.ts'
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
}

export interface ImporterContext {
  signal?: AbortSignal
  /** Entries read so far, of all. */
  onProgress?: (done: number, total: number, file: string) => void
}

/** One format. Never stops a batch for one bad file; throws ArchiveError only when nothing can be read at all. */
export interface Importer {
  readonly id: string
  /** Counted up when its output changes, so that an archive knows which of its issues an older one made. */
  readonly version: number
  recognise(source: Source): Promise<Recognition | undefined>
  read(source: Source, recognition: Recognition, context: ImporterContext): AsyncIterable<ImportEvent>
}
