import type { BridgeServer } from './bridge-server.ts'
import type { AnswerService } from './services.ts'

interface Parts {
  answers: AnswerService
  /** Asks about an archive of the shelf, which is opened first where needed. */
  about: <Answer>(archive: string, question: () => Promise<Answer>) => Promise<Answer>
  /** Tells all windows which records are other than before. */
  changed: (ids: string[]) => void
  /** Puts a text on the clipboard. */
  copy: (text: string) => void
}

/** What the calls about notes do: the process that answers has them; whoever shows them is told of changes. */
export function annotationsBridge({ answers, about, changed, copy }: Parts): BridgeServer['annotations'] {
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
    citeNotes: async (input) => copied(await answers.citeNotes(input)),
    citePlace: async ({ issue, ...input }) =>
      copied(await about(input.archive, () => answers.citePlace({ ...input, ...issue }))),
    folders: () => answers.noteFolders(),
    addFolder: (input) => tell(answers.addFolder(input), ({ id }) => [id]),
    editFolder: (input) => tell(answers.editFolder(input), ({ id }) => [id]),
    removeFolder: (input) => tell(answers.removeFolder(input), () => [input.id]),
  }
}
