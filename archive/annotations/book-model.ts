import type { Block, Box } from '../model.ts'
import type { NotePlace } from './annotation-model.ts'

/** A clippings book (剪报本): notes in their order, each with its picture, its text, its comment and its source. */

/** A part of a page to cut at native resolution. */
export interface ClippingPart {
  /** The archive as the shelf names it. */
  archive: string
  title: string
  date: string
  edition: number
  page: string
  /** Fractions 0–1 of the page. */
  box: Box
}

export interface Clipping {
  id: string
  heading: string
  kicker?: string
  byline?: string
  /** What the note quotes, or the whole article. */
  text: Block[]
  isQuote: boolean
  /** Markdown. */
  comment: string
  tags: string[]
  place: NotePlace
  reference: string
  /** Leads back to the place. */
  link: string
  parts: ClippingPart[]
  /** The archive is not on the shelf, or does not hold the place any more. */
  isMissing: boolean
}

export interface ClippingsBook {
  title: string
  /** Markdown: what the folder says about itself. */
  preface: string
  /** ISO date on which it was made. */
  made: string
  language: string
  clippings: Clipping[]
}

/** A picture that was cut for a clipping, in a file of its own (JPEG). */
export interface CutClipping {
  /** Id of the clipping. */
  clipping: string
  /** Absolute. */
  path: string
  width: number
  height: number
}
