import type { OpenDialogOptions, SaveDialogOptions } from 'electron'
import { basename } from 'node:path'
import type { ExportForm } from '../archive/annotations/annotation-model.ts'
import type { BridgeServer } from './bridge-server.ts'
import type { ChosenPaths } from './chosen-paths.ts'
import type { ClippingsBooks } from './clippings-books.ts'
import type { Language } from '../archive/errors.ts'
import type { AnswerService } from './services.ts'

interface Parts {
  answers: AnswerService
  /** Asks about an archive of the shelf, which is opened first where needed. */
  about: <Answer>(archive: string, question: () => Promise<Answer>) => Promise<Answer>
  /** Tells all windows which records are other than before. */
  changed: (ids: string[]) => void
  /** Puts a text on the clipboard. */
  copy: (text: string) => void
  chosen: ChosenPaths
  books: ClippingsBooks
  /** Opens every archive of the shelf that is there: what is carried out has pictures. */
  openShelf: () => Promise<unknown>
  showOpenDialog: (options: OpenDialogOptions) => Promise<string[]>
  showSaveDialog: (options: SaveDialogOptions) => Promise<string | undefined>
  /** Of the interface. */
  language: () => Language
}

/** Ends of the names of files; forms without one are folders. */
const suffixes: Partial<Record<ExportForm, string>> = {
  jsonld: 'jsonld',
  csv: 'csv',
  markdown: 'md',
  html: 'html',
  bibtex: 'bib',
  ris: 'ris',
  'csl-json': 'json',
}

/** What the calls about notes do: the process that answers has them; whoever shows them is told of changes. */
export function annotationsBridge(parts: Parts): BridgeServer['annotations'] {
  const { answers, about, changed, copy, chosen, books, openShelf, showOpenDialog, showSaveDialog, language } = parts
  const tell = async <Answer>(answer: Promise<Answer>, idsOf: (answer: Answer) => string[]): Promise<Answer> => {
    const given = await answer
    changed(idsOf(given))
    return given
  }
  const copied = (text: string): string => {
    copy(text)
    return text
  }
  return {
    state: () => answers.notesState(),
    ofIssue: (input) => about(input.archive, () => answers.notesOfIssue(input)),
    // Not asked once more when the process is lost: the note may be there already.
    add: async (input) => {
      await about(input.archive, async () => undefined)
      return tell(answers.addNote(input), ({ id }) => [id])
    },
    edit: (input) => tell(answers.editNote(input), ({ id }) => [id]),
    remove: (input) => tell(answers.removeNotes(input), () => input.ids),
    undo: () => tell(answers.undoNotes(), (step) => step?.notes ?? []),
    redo: () => tell(answers.redoNotes(), (step) => step?.notes ?? []),
    find: (input) => answers.findNotes(input),
    corrected: (input) => about(input.archive, () => answers.corrected(input)),
    citeNotes: async (input) => copied(await answers.citeNotes(input)),
    citePlace: async ({ issue, ...input }) =>
      copied(await about(input.archive, () => answers.citePlace({ ...input, ...issue }))),
    folders: () => answers.noteFolders(),
    addFolder: (input) => tell(answers.addFolder(input), ({ id }) => [id]),
    editFolder: (input) => tell(answers.editFolder(input), ({ id }) => [id]),
    export: async ({ query, form, title }) => {
      const [suffix, name] = [suffixes[form], title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')]
      const path =
        suffix === undefined
          ? (await showOpenDialog({ properties: ['openDirectory', 'createDirectory'] }))[0]
          : await showSaveDialog({
              defaultPath: `${name}.${suffix}`,
              filters: [{ name: suffix, extensions: [suffix] }],
            })
      if (path === undefined) return undefined
      if (form === 'html') await openShelf()
      const notes = await answers.exportNotes({ query, form, path, title, language: language() })
      return { name: basename(path), notes }
    },
    saveBook: (input, { client }) => books.save({ ...input, language: language() }, client),
    bookSheet: async ({ token }) => books.sheet(token),
    chooseImport: async () => {
      const [path] = await showOpenDialog({
        properties: ['openFile'],
        filters: [{ name: 'JSON-LD', extensions: ['jsonld', 'json'] }],
      })
      if (path === undefined) return undefined
      return { preview: await answers.previewImport({ path }), token: chosen.add(path).token }
    },
    import: ({ token, way }) => tell(answers.importNotes({ path: chosen.pathOf(token), way }), () => []),
    removeFolder: (input) => tell(answers.removeFolder(input), () => [input.id]),
  }
}
