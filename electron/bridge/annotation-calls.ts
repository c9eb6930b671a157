import * as v from 'valibot'
import {
  citationForms,
  exportForms,
  folderKinds,
  mergeWays,
  noteColours,
  noteKinds,
  type FoundNotes,
  type ImportPreview,
  type Note,
  type NoteFolder,
  type PlacedNote,
} from '../../archive/annotations/annotation-model.ts'
import { bookForms, bookStyles } from '../../archive/annotations/annotation-model.ts'
import type { BookSheet, NotesState, NoteStep, SavedBook } from './annotation-views.ts'
import type { SearchHit } from '../../archive/model.ts'
import { searchQuery } from './search-query.ts'
import { archive, call, count, isoDate, issue, nothing, word } from './call.ts'

/** The calls about notes: their inputs bounded, whatever a page may try to hand over. */

const longestComment = 200_000
const id = word(2000)
const fraction = v.pipe(v.number(), v.minValue(-0.5), v.maxValue(1.5))
const point = v.tuple([fraction, fraction])
const points = v.pipe(v.array(point), v.minLength(2), v.maxLength(20_000))

const shape = v.variant('kind', [
  v.strictObject({
    kind: v.literal('rectangle'),
    box: v.strictObject({ x: fraction, y: fraction, w: fraction, h: fraction }),
  }),
  v.strictObject({ kind: v.literal('polygon'), points }),
  v.strictObject({ kind: v.literal('freehand'), points }),
])

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest))
const quote = v.strictObject({
  exact: word(20_000),
  prefix: text(100),
  suffix: text(100),
  start: count(10_000_000),
  end: count(10_000_000),
})

const edit = v.strictObject({
  kind: v.optional(v.picklist(noteKinds)),
  colour: v.optional(v.picklist(noteColours)),
  comment: v.optional(text(longestComment)),
  // A correction stays within a paragraph.
  correction: v.optional(v.pipe(text(20_000), v.regex(/^[^\r\n]*$/))),
  tags: v.optional(v.pipe(v.array(word(100)), v.maxLength(100))),
  links: v.optional(v.pipe(v.array(id), v.maxLength(500))),
  shape: v.optional(shape),
})

const form = v.picklist(citationForms)
const ids = v.pipe(v.array(id), v.maxLength(20_000))

const query = v.strictObject({
  text: v.optional(text(500)),
  tags: v.optional(v.pipe(v.array(word(100)), v.maxLength(100))),
  titles: v.optional(v.pipe(v.array(word(120)), v.maxLength(500))),
  kinds: v.optional(v.pipe(v.array(v.picklist(noteKinds)), v.maxLength(noteKinds.length))),
  from: v.optional(isoDate),
  to: v.optional(isoDate),
  folder: v.optional(id),
  linkedWith: v.optional(id),
  sort: v.optional(v.picklist(['changed', 'place'])),
  offset: v.optional(count(10_000_000)),
  limit: v.optional(count(500)),
})

export const annotationCalls = {
  /** Whether something happened to the notes, and what can be undone. */
  state: call<NotesState>()(nothing),
  /** The notes of an issue where they stand in it now. */
  ofIssue: call<PlacedNote[]>()(v.strictObject({ archive, ...issue })),
  /** Makes a note; it is on the disk when this answers. */
  add: call<PlacedNote>()(
    v.strictObject({
      archive,
      issue: v.strictObject(issue),
      level: v.picklist(['region', 'text', 'article', 'page', 'issue']),
      page: v.optional(word(120)),
      article: v.optional(word(200)),
      shape: v.optional(shape),
      quote: v.optional(quote),
      edit,
    }),
  ),
  edit: call<Note>()(v.strictObject({ id, edit })),
  remove: call<undefined>()(v.strictObject({ ids })),
  undo: call<NoteStep | undefined>()(nothing),
  redo: call<NoteStep | undefined>()(nothing),
  find: call<FoundNotes>()(v.strictObject({ query })),
  /** Articles that answer a query only as the reader corrected them. */
  corrected: call<SearchHit[]>()(v.strictObject({ archive, query: searchQuery })),
  /** Puts references to notes on the clipboard, and answers them. */
  citeNotes: call<string>()(v.strictObject({ ids, form })),
  /** The same for an article, or a page. */
  citePlace: call<string>()(
    v.strictObject({
      archive,
      issue: v.strictObject(issue),
      page: v.optional(word(120)),
      article: v.optional(word(200)),
      form,
    }),
  ),
  folders: call<NoteFolder[]>()(nothing),
  addFolder: call<NoteFolder>()(v.strictObject({ kind: v.picklist(folderKinds), name: word(200) })),
  editFolder: call<NoteFolder>()(
    v.strictObject({
      id,
      kind: v.optional(v.picklist(folderKinds)),
      name: v.optional(word(200)),
      comment: v.optional(text(longestComment)),
      notes: v.optional(ids),
    }),
  ),
  /** Asks where to, and writes the notes of a query; undefined when the user changed their mind. */
  export: call<{ name: string; notes: number } | undefined>()(
    v.strictObject({ query, form: v.picklist(exportForms), title: word(200) }),
  ),
  /** Asks where to, and writes a clippings book of the notes of a query; undefined when the user changed their mind. */
  saveBook: call<SavedBook | undefined>()(
    v.strictObject({ query, form: v.picklist(bookForms), title: word(200), style: v.picklist(bookStyles) }),
  ),
  /** For the hidden page in which the PDF of a book is laid out. */
  bookSheet: call<BookSheet>()(v.strictObject({ token: word(64) })),
  /** Asks for a file and says what bringing it in would do; undefined when the user changed their mind. */
  chooseImport: call<{ token: string; preview: ImportPreview } | undefined>()(nothing),
  /** Brings the file in as one change; answers how many records were written. */
  import: call<number>()(v.strictObject({ token: word(64), way: v.picklist(mergeWays) })),
  removeFolder: call<undefined>()(v.strictObject({ id })),
} as const
