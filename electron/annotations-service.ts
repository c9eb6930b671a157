import { itemOfNote, itemOfPlace } from '../archive/annotations/citation-item.ts'
import { cite } from '../archive/annotations/citations.ts'
import { issueKey } from '../archive/annotations/notes-operations.ts'
import { articleText } from '../archive/article-text.ts'
import type { JsonObject, TextQuote } from '../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation, noteOf, type NewNote } from '../archive/annotations/annotation-record.ts'
import { editedFolder, folderOf, isFolder, newFolder } from '../archive/annotations/note-folders.ts'
import { findNotes } from '../archive/annotations/note-queries.ts'
import { openNoteStore, type NoteStore } from '../archive/annotations/note-store.ts'
import { boxesOfSpan, placedNote, placeIn, quoteUnder, type IssueText } from '../archive/annotations/placed-notes.ts'
import { comparedPictures, pictureHash } from '../archive/annotations/picture-hashes.ts'
import { contains, boxAround } from '../archive/annotations/region-shape.ts'
import { findQuote } from '../archive/annotations/text-anchor.ts'
import { ArchiveError } from '../archive/errors.ts'
import type { NoteStep, NoteWish } from './bridge/annotation-views.ts'
import type { Reading } from '../archive/reading.ts'
import { exportNotes, importFile, previewImport } from '../archive/annotations/notes-exchange.ts'
import { correctedHits, deliveredQuote, issueCorrections, placedNotes, withShownQuote } from './corrections-answers.ts'
import { clippingsBook } from './book-answers.ts'
import { regionPictures } from '../archive/annotations/note-pictures.ts'
import type { AnnotationsService } from './annotations-answers.ts'
import type { IssueInput } from './services.ts'

export interface ServiceParts {
  /** The archives that are open. */
  readings: () => Reading[]
  /** How the shelf names an archive that is open and has this own id; else one that holds the title. */
  homeOf: (place: { archive: string; title: string }) => string | undefined
  /** Whether an archive of the shelf that is open has issues of a title. */
  holds: (archive: string, title: string) => boolean
  /** Folder of the notes, absolute. */
  folder: string
  /** Runs an answer on an issue of an archive that is open. */
  withIssue: <Answer>(input: IssueInput, answer: (issue: IssueText) => Promise<Answer>) => Promise<Answer>
}

type IssueCorrections = ReturnType<typeof issueCorrections>

const origin = 'reader'

/** Answers about the notes; their file is opened by the first question. */
export function annotationsService({
  folder,
  readings,
  homeOf,
  holds,
  withIssue,
}: ServiceParts): AnnotationsService & { corrections: (issue: IssueText, name: IssueInput) => IssueCorrections } {
  let opened: NoteStore | undefined
  const store = (): NoteStore => (opened ??= openNoteStore(folder))
  const record = (id: string): JsonObject => {
    const found = store().read(id)
    if (!found) throw new ArchiveError('unknown-note', { file: id })
    return found
  }
  const now = (): string => new Date().toISOString()

  return {
    corrections: (issue, name) => issueCorrections(store, issue, name),
    notesState: async () => {
      const { trouble } = store()
      return { ...store().steps(), ...(trouble && { trouble }) }
    },
    notesOfIssue: (input) =>
      withIssue(input, async (issue) => comparedPictures(issue, placedNotes(issue, store().ofIssue(input)))),
    addNote: ({ archive, issue: name, ...wish }) =>
      withIssue({ archive, ...name }, async (issue) => {
        const corrections = issueCorrections(store, issue, name)
        const annotation = newAnnotation(await wanted(issue, wish, corrections), now())
        store().change({ put: [annotation], origin, label: 'add' })
        return withShownQuote(placedNote(issue, annotation), issue, issueCorrections(store, issue, name))
      }),
    editNote: async ({ id, edit }) => {
      const changed = editedAnnotation(record(id), edit, now())
      store().change({ put: [changed], origin, label: 'edit' })
      return noteOf(changed)
    },
    removeNotes: async ({ ids }) => {
      store().change({ put: foldersWithout(store(), ids, now()), remove: ids, origin, label: 'remove' })
      return undefined
    },
    undoNotes: async () => step(store(), 'undo'),
    redoNotes: async () => step(store(), 'redo'),
    findNotes: async ({ query }) => findNotes(store(), query),
    citeNotes: async ({ ids, form }) => {
      const records = ids.map((id) => store().read(id)).filter((each) => each !== undefined)
      return cite(
        records.filter((each) => !isFolder(each)).map((each) => itemOfNote(noteOf(each))),
        form,
      )
    },
    citePlace: ({ page, article, form, ...name }) =>
      withIssue(name, async (issue) => {
        const place = placeIn(issue, page, article)
        const pages = place.article?.pages ?? [place.page?.label ?? '']
        return cite([itemOfPlace(place, issueKey(place), pages)], form)
      }),
    noteFolders: async () =>
      store()
        .folders()
        .map((each) => folderOf(each)),
    addFolder: async ({ kind, name }) => {
      const made = newFolder(kind, name, now())
      store().change({ put: [made], origin, label: 'folder' })
      return folderOf(made)
    },
    editFolder: async ({ id, ...change }) => {
      const before = record(id)
      if (!isFolder(before)) throw new ArchiveError('unknown-note', { file: id })
      const changed = editedFolder(before, change, now())
      store().change({ put: [changed], origin, label: 'folder' })
      return folderOf(changed)
    },
    corrected: (input) => correctedHits(store(), input, { withIssue, holds }),
    clippingsBook: (input) => clippingsBook(store(), input, { homeOf, withIssue }),
    exportNotes: (input) => exportNotes(store(), input, (records) => regionPictures(records, readings())),
    previewImport: ({ path }) => previewImport(store(), path),
    importNotes: ({ path, way }) => importFile(store(), path, way),
    removeFolder: async ({ id }) => {
      store().change({ remove: [id], origin, label: 'folder' })
      return undefined
    },
  }
}

/** The folders that hold any of these notes, without them. */
function foldersWithout(store: NoteStore, ids: string[], at: string): JsonObject[] {
  const gone = new Set(ids)
  return store.folders().flatMap((folder) => {
    const { notes } = folderOf(folder)
    const kept = notes.filter((id) => !gone.has(id))
    return kept.length === notes.length ? [] : [editedFolder(folder, { notes: kept }, at)]
  })
}

/** Undoes or redoes; names an issue where something of it is seen. */
function step(store: NoteStore, which: 'undo' | 'redo'): NoteStep | undefined {
  const outcome = store[which]()
  if (!outcome) return undefined
  const [first] = outcome.records.map((id) => store.read(id)).filter((each) => each !== undefined && !isFolder(each))
  return { label: outcome.label, notes: outcome.records, ...(first && { place: noteOf(first).place }) }
}

/** What a note is made of, looked up in its issue: quote, boxes and the article it stands in. */
async function wanted(
  issue: IssueText,
  wish: Omit<NoteWish, 'archive' | 'issue'>,
  corrections: IssueCorrections,
): Promise<NewNote> {
  const { level, page, shape, edit } = wish
  if (level === 'issue') return { level, place: placeIn(issue), edit }
  if (level === 'page' || level === 'region') {
    if (!issue.document.pages.some((each) => each.id === page))
      throw new ArchiveError('bad-request', { reason: 'page' })
    const under = level === 'region' && shape && page ? quoteUnder(issue, page, shape) : undefined
    const article = under?.article.id ?? (shape && page ? articleUnder(issue, page, shape) : undefined)
    const place = placeIn(issue, page, article)
    const sha256 = page ? await pictureHash(issue, page) : undefined
    if (place.page && sha256) place.page = { ...place.page, sha256 }
    return { level, place, edit, ...(shape && { shape }), ...(under && { quote: under.quote }) }
  }
  const article = issue.document.articles.find((each) => each.id === wish.article)
  if (!article) throw new ArchiveError('unknown-article', { file: wish.article ?? '' })
  const first = page !== undefined && article.pages.includes(page) ? page : article.pages[0]
  if (level === 'article' || !wish.quote) return { level: 'article', place: placeIn(issue, first, article.id), edit }
  const selected = wish.quote
  const own = corrections.get(article.id) ?? []
  const quote = deliveredQuote(articleText(article).text, own, (text) => placeOfQuote(text, selected))
  const boxes = boxesOfSpan(issue, article, quote.start, quote.end).filter((box) => box.precision === 'word')
  return { level, place: placeIn(issue, boxes[0]?.page ?? first, article.id), quote, boxes, edit }
}

/** What was selected on the screen, found in the text. */
function placeOfQuote(text: string, selected: TextQuote): { start: number; end: number } {
  const found = findQuote(text, selected)
  if (!found) throw new ArchiveError('bad-request', { reason: 'quote' })
  return found
}

function articleUnder({ document }: IssueText, page: string, shape: NonNullable<NewNote['shape']>): string | undefined {
  const { x, y, w, h } = boxAround(shape)
  const zones = document.pages.find((each) => each.id === page)?.zones ?? []
  return zones.find(
    ({ polygon, article }) => article && contains({ kind: 'polygon', points: polygon }, [x + w / 2, y + h / 2]),
  )?.article
}
