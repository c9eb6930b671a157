import type { ImportWarning, Totals } from '../../archive/model.ts'
import type { Problem } from './views.ts'

/** What the interface is told of long work and of its results. */

export type JobKind = 'examine' | 'import' | 'prepare' | 'ocr'
export type JobPhase =
  | 'waiting'
  | 'reading'
  | 'copying'
  | 'committing'
  | 'catalogue'
  | 'index'
  | 'pictures'
  | 'tiles'
  | 'ocr'
  | 'done'
  | 'failed'
  | 'cancelled'

/** What a person can choose the text of a title's pages to be recognised in. */
export const ocrScriptNames = ['hans', 'hant', 'latin'] as const
/** Choices by the ids of titles; a title that is not named is read in its own language. */
export type OcrScripts = Record<string, (typeof ocrScriptNames)[number]>

/** Long work, as it stands. */
export interface JobView {
  id: string
  kind: JobKind
  /** Archive worked on; empty for work on sources alone. */
  archive: string
  archiveName: string
  phase: JobPhase
  /** Items of `total`; total 0 while unknown. */
  done: number
  total: number
  /** What is being worked on, for people. */
  file: string
  /** Bytes of originals copied so far. */
  bytes: number
  /** Of this phase, once it can be told. */
  secondsLeft?: number
  paused: boolean
  problem?: Problem
  /** What came of it, in short; the rest is asked for. */
  summary?: JobSummary
}

export interface JobSummary extends Totals {
  /** Things that were not understood or look wrong. */
  warnings: number
}

/** Warnings of one kind: how many, and the first of them. */
export interface WarningGroup {
  code: string
  count: number
  examples: ImportWarning[]
}

/** A title as a source brings it. */
export interface ExaminedTitleView {
  id: string
  name: string
  language: string
  first: string
  last: string
  issues: number
  pages: number
  articles: number
  /** Issues the archive holds already. */
  present: number
  /** Days on which an issue seems to be missing, and how many in all. */
  gaps: string[]
  gapDays: number
}

/** Something that can be set for a source. */
export interface SourceOption {
  id: string
  kind: 'pattern' | 'text' | 'choice'
  value: string
  choices?: string[]
}

/** One source after its dry run. */
export interface ExaminedSourceView extends Totals {
  token: string
  name: string
  importers: string[]
  options: SourceOption[]
  problem?: Problem
  files: number
  kept: number
  bytes: number
  titles: ExaminedTitleView[]
  /** Issues that come twice in the sources. */
  doubles: number
  doubts: WarningGroup[]
}

/** What a pattern makes of the first files of a source. */
export interface PatternPreview {
  rows: { file: string; title?: string; date?: string; edition?: number; page?: string; problem?: string }[]
  files: number
  understood: number
  /** What is wrong with the pattern itself, and in which part of it. */
  problem?: { fault: 'empty' | 'too-long' | 'stands-alone' | 'unknown-part' | 'too-many-texts'; part: string }
}

export type WhenThere = 'skip' | 'replace' | 'keep-both'

export interface ImportResultView extends Totals {
  kind: 'import'
  bytes: number
  /** Issues that were there already, by what was done with them. */
  decisions: { did: 'skipped' | 'same' | 'replaced' | 'kept-as-edition'; count: number; issues: string[] }[]
  doubts: WarningGroup[]
}

export type JobResult = { kind: 'examine'; sources: ExaminedSourceView[] } | ImportResultView
