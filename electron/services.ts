import type { AnnotationsService } from './annotations-answers.ts'
import type { AnswerCheck } from './answer-check.ts'
import type { JobPhase, JobResult, JobSummary, OcrScripts, PatternPreview, WhenThere } from './bridge/job-views.ts'
import type { Reply } from './bridge/reply.ts'
import type {
  ArticleView,
  CountedSearch,
  DatedPage,
  DayIssue,
  IssueGlance,
  IssueSummary,
  IssueView,
  OriginsView,
  SearchScope,
  SearchView,
} from './bridge/views.ts'
import type { CutClipping } from '../archive/annotations/book-model.ts'
import type { ClippingsBook } from '../archive/annotations/book-model.ts'
import type { Trends } from '../archive/model.ts'
import type { PagePart } from '../archive/page-cutting.ts'
import type { PageFacts, PageName } from '../archive/page-original.ts'
import type { Language } from '../archive/errors.ts'
import type { IssueName } from '../archive/reading.ts'
import type { SearchQuery, TextLine, TitleSummary, Totals } from '../archive/model.ts'

/** What main and the two background processes say to each other. One process answers, the other works. */

export interface IssueInput {
  archive: string
  title: string
  date: string
  edition: number
}

/**
 * A search of a part of a window; `turn` is the window's number for it; without one it is answered in one piece.
 */
export interface SearchInput {
  archive: string
  query: SearchQuery
  client: number
  scope?: SearchScope
  turn?: number
}

/** An archive as the answering process has it open. */
export interface AnsweredArchive {
  /** The archive's own id. */
  identity: string
  name: string
  titles: TitleSummary[]
  totals: Totals
  covers: string[]
  /** False when it changed since its catalogue was made. */
  upToDate: boolean
}

/** The process that answers: catalogue, search, notes, places of pictures. Never does anything long. */
export interface AnswerService extends AnnotationsService {
  open: (input: { archive: string; path: string; cache: string }) => Promise<AnsweredArchive>
  close: (input: { archive: string }) => Promise<undefined>
  issuesOfTitle: (input: { archive: string; title: string }) => Promise<IssueSummary[]>
  pageThroughTime: (input: { archive: string; title: string; label: string }) => Promise<DatedPage[]>
  issuesOfDay: (input: { archive: string; date: string }) => Promise<DayIssue[]>
  glanceIssue: (input: IssueInput) => Promise<IssueGlance>
  readIssue: (input: IssueInput) => Promise<IssueView>
  readOrigins: (input: IssueInput & { article?: string | undefined }) => Promise<OriginsView>
  /** As the reader corrected it, unless it is asked for as it was delivered. */
  readArticle: (input: IssueInput & { article: string; asDelivered?: boolean | undefined }) => Promise<ArticleView>
  /** The printed lines of its body; none where no word has a box. */
  articleLines: (input: IssueInput & { article: string }) => Promise<TextLine[]>
  /** `client` and `scope`: whose older search is cancelled. */
  find: (input: SearchInput) => Promise<SearchView>
  /** How many articles answer a query on each day, by ISO date. */
  findDays: (input: SearchInput) => Promise<Record<string, number>>
  trends: (input: { archive: string; queries: string[]; titles: string[]; client: number }) => Promise<Trends>
  /** How a query that is being typed may go on. */
  suggest: (input: { archive: string; text: string }) => Promise<string[]>
  cancelFind: (input: { client: number; scope?: SearchScope }) => Promise<undefined>
  /** For the self-test. */
  checkUp: (input: object) => Promise<AnswerCheck>
  /** Where a picture stands on disk; `path` is absolute. */
  locate: (input: { archive: string; kind: PictureKind; id: number; part: number }) => Promise<{ path: string }>
  /** What a page is called, and the title of its issue; empty when the issue has no such page. */
  namePage: (input: IssueInput & { page: string }) => Promise<{ titleName: string; pageLabel: string }>
  /** Tiles of a large page, as JPEGs. */
  tiles: (input: IssueInput & { page: string; tiles: number[] }) => Promise<Uint8Array[]>
}

/** `made`: for the moment, known to main alone. */
export type PictureKind = 'made' | 'page' | 'thumbnail' | 'photo'

export interface WorkProgress {
  job: string
  phase: JobPhase
  done: number
  total: number
  file: string
  bytes?: number
}

/** A source as the working process is given it; `token` is how the interface knows it. */
export interface WorkSource {
  path: string
  token: string
  options: Record<string, string>
}

export interface ImportWork {
  job: string
  sources: WorkSource[]
  target: string
  name: string
  whenThere: WhenThere
  inPlace: boolean
  language: Language
}

/** The process that works: import, catalogue, index, pictures. One job at a time. */
export interface WorkService {
  /** The dry run. */
  examine: (input: { job: string; sources: WorkSource[]; target: string | undefined }) => Promise<JobSummary>
  preview: (input: { source: WorkSource }) => Promise<PatternPreview | undefined>
  import: (input: ImportWork) => Promise<JobSummary>
  /** What came of a job, while this process remembers it. */
  result: (input: { job: string }) => Promise<JobResult | undefined>
  /** Writes the report of a job: HTML, or CSV by the file's ending. */
  saveReport: (input: { job: string; file: string; language: Language }) => Promise<undefined>
  pause: (input: { job: string; paused: boolean }) => Promise<undefined>
  prepare: (input: { job: string; path: string; cache: string }) => Promise<undefined>
  recognise: (input: {
    job: string
    path: string
    cache: string
    scripts?: OcrScripts | undefined
  }) => Promise<undefined>
  cancel: (input: { job: string }) => Promise<undefined>
  pageFacts: (input: { path: string; cache: string; page: PageName }) => Promise<PageFacts>
  /** Writes parts of pages below each other as a PNG; below them `foot`, a PDF of one page. */
  cutParts: (input: {
    path: string
    cache: string
    parts: PagePart[]
    target: string
    foot?: Uint8Array
  }) => Promise<{ width: number; height: number }>
  copyOriginal: (input: { path: string; cache: string; page: PageName; target: string }) => Promise<undefined>
  /** Draws the pages of a PDF beside each other into a folder. */
  drawPdf: (input: {
    pdf: Uint8Array
    folder: string
    name: string
    width: number
    most: number
  }) => Promise<{ path: string; width: number; height: number }[]>
  /** Writes a clippings book as one file. */
  writeBook: (input: {
    book: ClippingsBook
    cuts: CutClipping[]
    form: 'html' | 'docx'
    target: string
  }) => Promise<undefined>
  /** On which pages, from 0, the entries of a PDF's outline of this level lead, in their order. */
  outlinePages: (input: { pdf: Uint8Array; level: number }) => Promise<number[]>
  /** Makes the tiles of a page someone is looking at, before anything else. */
  tilePage: (input: { path: string; cache: string; issue: IssueName; page: string }) => Promise<undefined>
}

export interface ServiceRequest {
  id: number
  method: string
  input: unknown
}

export type ServiceMessage =
  | { type: 'reply'; id: number; reply: Reply<unknown> }
  /** It is not stuck. */
  | { type: 'alive' }
  | { type: 'progress'; progress: WorkProgress }
  | { type: 'readable'; job: string }
  /** The rest of an answer that came without its counts. */
  | { type: 'counted'; client: number; counted: CountedSearch }
  | { type: 'log'; level: 'error'; text: string }
