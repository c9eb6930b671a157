import type {
  FolderKind,
  NoteEdit,
  NoteLevel,
  NotePlace,
  NoteShape,
  TextQuote,
} from '../../archive/annotations/annotation-model.ts'
import type { IssueKey, Problem } from './views.ts'

/** What has to be known about the notes as a whole. */
export interface NotesState {
  /** The file was damaged and restored, or cannot be written. */
  trouble?: Problem
  /** Labels of what can be undone and redone. */
  undo?: string
  redo?: string
}

/** A note to make. */
export interface NoteWish {
  archive: string
  issue: IssueKey
  level: NoteLevel
  page?: string
  article?: string
  shape?: NoteShape
  /** What was selected in the article, as shown. */
  quote?: TextQuote
  edit: NoteEdit
}

/** What undoing or redoing touched. */
export interface NoteStep {
  label: string
  /** Ids of the records concerned. */
  notes: string[]
  /** Where the first of them stands. */
  place?: NotePlace
}

/** A clippings book that was written. */
export interface SavedBook {
  /** Of the file. */
  name: string
  clippings: number
  /** Clippings whose archive is not on the shelf, or that stand on no page. */
  withoutPicture: number
}

/** A book as the hidden page lays it out. */
export interface BookSheet {
  title: string
  /** HTML that holds no script and no style. */
  body: string
  css: string
}

export interface FolderWish {
  kind: FolderKind
  name: string
}

export interface FolderChange {
  id: string
  kind?: FolderKind
  name?: string
  comment?: string
  notes?: string[]
}
