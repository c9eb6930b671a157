import type { Box, HitBox, Point } from '../model.ts'

/**
 * Notes as the interface knows them: plain data, read from and written into the canonical W3C annotations, which keep
 * everything else that stands in them. No code but two closed lists.
 */

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** What a note is for: motivations of the Web Annotation Vocabulary, section 3.3. */
export const noteKinds = ['commenting', 'highlighting', 'questioning', 'identifying', 'bookmarking', 'editing'] as const
export type NoteKind = (typeof noteKinds)[number]

export const noteColours = ['indigo', 'red', 'ochre', 'green', 'violet', 'grey'] as const
export type NoteColour = (typeof noteColours)[number]

/** What a note stands on. */
export type NoteLevel = 'region' | 'text' | 'article' | 'page' | 'issue'

/** A region of a page, in fractions of it; `freehand` is an open line, the others are areas. */
export type NoteShape =
  { kind: 'rectangle'; box: Box } | { kind: 'polygon'; points: Point[] } | { kind: 'freehand'; points: Point[] }

/** A stretch of an article's flat text with what stands around it; offsets in UTF-16 units, end exclusive. */
export interface TextQuote {
  exact: string
  prefix: string
  suffix: string
  start: number
  end: number
}

/** Where a note stands, with what a citation of it needs even when the archive is not at hand. */
export interface NotePlace {
  /** The archive's own id and name. */
  archive: string
  archiveName: string
  title: string
  titleName: string
  /** BCP 47. */
  language: string
  /** ISO date. */
  date: string
  edition: number
  number?: string
  supplement?: string
  page?: { id: string; label: string; name: string; sha256?: string }
  article?: { id: string; headline: string; kicker?: string; subtitle?: string; byline?: string; pages: string[] }
}

/** A note as stored, without looking into an archive. */
export interface Note {
  id: string
  kind: NoteKind
  colour: NoteColour
  /** Markdown. */
  comment: string
  /** What the quoted words are read as instead (kind `editing`); empty: as nothing. */
  correction?: string
  tags: string[]
  /** Ids of notes it is linked to. */
  links: string[]
  level: NoteLevel
  place: NotePlace
  shape?: NoteShape
  quote?: TextQuote
  /** ISO times. */
  created: string
  modified: string
}

/** A note in an issue that is open: where it stands now. */
export interface PlacedNote extends Note {
  /** Page ids on which something of it is seen. */
  pages: string[]
  /** Where its text stands on the pages. */
  boxes: HitBox[]
  /** Where its quote stands now in the article; absent without a quote, and when it was not found. */
  span?: { article: string; start: number; end: number }
  /** What it stood on is no longer there; it is shown as lost, with what it said. */
  lost?: 'issue' | 'page' | 'article' | 'text'
  /** The quote as the corrected text has it, where its article is corrected. */
  shownQuote?: TextQuote
  /** The page's picture is another one than when the region was drawn. */
  pictureChanged?: boolean
}

/** What an interface asks to change in a note; what is not named stays. */
export interface NoteEdit {
  kind?: NoteKind
  colour?: NoteColour
  comment?: string
  correction?: string
  tags?: string[]
  links?: string[]
  shape?: NoteShape
}

/** A folder of notes, in order. */
export interface NoteFolder {
  id: string
  kind: FolderKind
  name: string
  /** Ids of its notes, in order. */
  notes: string[]
  comment: string
  created: string
  modified: string
}

export const folderKinds = ['bookmarks', 'reading', 'clippings'] as const
export type FolderKind = (typeof folderKinds)[number]

/** What is asked of the notes; of lists one is enough. */
export interface NoteQuery {
  text?: string
  tags?: string[]
  titles?: string[]
  kinds?: NoteKind[]
  from?: string
  to?: string
  folder?: string
  /** Id of a note: those it links to, and those that link to it. */
  linkedWith?: string
  sort?: 'changed' | 'place'
  offset?: number
  limit?: number
}

export interface FoundNotes {
  total: number
  notes: Note[]
  /** Counts over all notes of the query but for the list in question. */
  tags: { tag: string; count: number }[]
  titles: { id: string; name: string; count: number }[]
  kinds: { kind: NoteKind; count: number }[]
}

/** Ways to write a reference: four styles and three formats for other programs. */
export const citationForms = ['gbt7714', 'chicago', 'mla', 'apa', 'bibtex', 'ris', 'csl-json'] as const
export type CitationForm = (typeof citationForms)[number]

/** Forms in which notes leave: one file, or a folder of files (`jsonld-issues`, `vault`). */
export const exportForms = [
  'jsonld',
  'jsonld-issues',
  'csv',
  'markdown',
  'vault',
  'html',
  'bibtex',
  'ris',
  'csl-json',
] as const
export type ExportForm = (typeof exportForms)[number]

/** Forms of a clippings book. */
export const bookForms = ['pdf', 'docx', 'html'] as const
export type BookForm = (typeof bookForms)[number]

/** Styles in which its references can be written: those of the citation forms that are prose. */
export const bookStyles = ['gbt7714', 'chicago', 'mla', 'apa'] as const
export type BookStyle = (typeof bookStyles)[number]

/** What is done where both sides have something: the later one, always mine, always theirs, or both beside each other. */
export const mergeWays = ['newer', 'mine', 'theirs', 'both'] as const
export type MergeWay = (typeof mergeWays)[number]

/** A record in a few words, for comparing two side by side. */
export interface RecordWords {
  id: string
  title: string
  comment: string
  tags: string[]
  modified: string
}

/** What bringing a file in would do, counted; pairs and what was passed over are named as far as a screen can show. */
export interface ImportPreview {
  file: string
  added: number
  same: number
  changed: number
  conflicts: number
  pairs: { mine: RecordWords; theirs: RecordWords; conflict: boolean }[]
  skipped: { name: string; reason: SkipReason }[]
  skippedCount: number
}

/** Why something in a file was passed over. */
export type SkipReason = 'not-an-annotation' | 'no-target' | 'duplicate-id' | 'too-large' | 'too-deep'
