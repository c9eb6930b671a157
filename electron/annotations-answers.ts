import type {
  CitationForm,
  ExportForm,
  ImportPreview,
  MergeWay,
  FoundNotes,
  Note,
  NoteEdit,
  NoteFolder,
  NoteQuery,
  PlacedNote,
} from '../archive/annotations/annotation-model.ts'
import type { BookStyle } from '../archive/annotations/annotation-model.ts'
import type { ClippingsBook } from '../archive/annotations/book-model.ts'
import type { FolderChange, FolderWish, NotesState, NoteStep, NoteWish } from './bridge/annotation-views.ts'
import type { SearchHit, SearchQuery } from '../archive/model.ts'
import type { IssueInput } from './services.ts'

/** The notes of the user, in the process that answers. */
export interface AnnotationsService {
  notesState: () => Promise<NotesState>
  notesOfIssue: (input: IssueInput) => Promise<PlacedNote[]>
  addNote: (input: NoteWish) => Promise<PlacedNote>
  editNote: (input: { id: string; edit: NoteEdit }) => Promise<Note>
  removeNotes: (input: { ids: string[] }) => Promise<undefined>
  undoNotes: () => Promise<NoteStep | undefined>
  redoNotes: () => Promise<NoteStep | undefined>
  findNotes: (input: { query: NoteQuery }) => Promise<FoundNotes>
  /** References to notes that are stored; those that are not are passed over. */
  citeNotes: (input: { ids: string[]; form: CitationForm }) => Promise<string>
  citePlace: (input: IssueInput & { page?: string; article?: string; form: CitationForm }) => Promise<string>
  noteFolders: () => Promise<NoteFolder[]>
  addFolder: (input: FolderWish) => Promise<NoteFolder>
  editFolder: (input: FolderChange) => Promise<NoteFolder>
  /** Writes notes to `path`; answers how many. */
  exportNotes: (input: {
    query: NoteQuery
    form: ExportForm
    path: string
    title: string
    language: string
  }) => Promise<number>
  /** Articles that answer a query only as the reader corrected them. */
  corrected: (input: { archive: string; query: SearchQuery }) => Promise<SearchHit[]>
  /** A clippings book of the notes of a query, without its pictures; of archives that are open. */
  clippingsBook: (input: BookInput) => Promise<ClippingsBook>
  previewImport: (input: { path: string }) => Promise<ImportPreview>
  importNotes: (input: { path: string; way: MergeWay }) => Promise<number>
  removeFolder: (input: { id: string }) => Promise<undefined>
}

export interface BookInput {
  query: NoteQuery
  title: string
  language: string
  style: BookStyle
}
