import { articleText } from '../archive/article-text.ts'
import { fold } from '../archive/search/folding.ts'
import type { JsonObject, PlacedNote, TextQuote } from '../archive/annotations/annotation-model.ts'
import { correctedHit } from '../archive/annotations/corrected-search.ts'
import { noteOf } from '../archive/annotations/annotation-record.ts'
import type { NoteStore } from '../archive/annotations/note-store.ts'
import { placedNote, type IssueText } from '../archive/annotations/placed-notes.ts'
import { correctedText, correctionsIn, type TextCorrection } from '../archive/annotations/text-corrections.ts'
import { quoteIn } from '../archive/annotations/text-anchor.ts'
import { ArchiveError } from '../archive/errors.ts'
import type { SearchHit, SearchQuery } from '../archive/model.ts'
import type { ServiceParts } from './annotations-service.ts'
import type { IssueInput } from './services.ts'

/** The reader's corrections as answers need them: the text as it is read, and what is found in it. */

type IssueName = Omit<IssueInput, 'archive'>

/** Issues whose corrected articles one search looks through. */
const mostIssues = 2000
const mostHits = 50

/** The corrections of an issue by article; none where the notes cannot be read: whoever reads the paper reads on. */
export function issueCorrections(
  store: () => NoteStore,
  issue: IssueText,
  name: IssueName,
): Map<string, TextCorrection[]> {
  try {
    const records = store().correctionsOf(name)
    if (records.length === 0) return new Map()
    return correctionsIn(
      issue.document,
      records.map((each) => placedNote(issue, each)),
    )
  } catch (error) {
    if (error instanceof ArchiveError) return new Map()
    throw error
  }
}

/** The notes of an issue where they stand, each with its quote as the corrected text has it. */
export function placedNotes(issue: IssueText, records: readonly JsonObject[]): PlacedNote[] {
  const placed = records.map((each) => placedNote(issue, each))
  const corrections = correctionsIn(issue.document, placed)
  return corrections.size === 0 ? placed : placed.map((note) => withShownQuote(note, issue, corrections))
}

export function withShownQuote(
  note: PlacedNote,
  { document }: IssueText,
  corrections: ReadonlyMap<string, readonly TextCorrection[]>,
): PlacedNote {
  const own = note.span && corrections.get(note.span.article)
  const article = own && document.articles.find((each) => each.id === note.span?.article)
  if (!own || !article || !note.span || !note.quote) return note
  const { text, toCorrected } = correctedText(articleText(article).text, own)
  const { start, end } = toCorrected(note.span.start, note.span.end)
  return { ...note, shownQuote: quoteIn(text, start, end) }
}

/** What was selected in the corrected text, as the delivered one has it. */
export function deliveredQuote(
  text: string,
  corrections: readonly TextCorrection[],
  find: (text: string) => { start: number; end: number },
): TextQuote {
  if (corrections.length === 0) {
    const { start, end } = find(text)
    return quoteIn(text, start, end)
  }
  const corrected = correctedText(text, corrections)
  const shown = find(corrected.text)
  const { start, end } = corrected.toOriginal(shown.start, shown.end)
  return quoteIn(text, start, end)
}

/** Articles that answer a query only as the reader corrected them, last corrected first. */
export async function correctedHits(
  store: NoteStore,
  { archive, query }: { archive: string; query: SearchQuery },
  { withIssue, holds }: Pick<ServiceParts, 'withIssue' | 'holds'>,
): Promise<SearchHit[]> {
  if (fold(query.text).trim() === '') return []
  const hits: SearchHit[] = []
  const issues = new Map<string, IssueName>()
  for (const record of store.allCorrections()) {
    const { title, date, edition } = noteOf(record).place
    if (date !== '' && holds(archive, title)) issues.set(`${title}/${date}/${edition}`, { title, date, edition })
  }
  for (const name of [...issues.values()].slice(0, mostIssues)) {
    if (hits.length >= mostHits) break
    try {
      await withIssue({ archive, ...name }, async (issue) => {
        for (const [id, corrections] of issueCorrections(() => store, issue, name)) {
          const hit = correctedHit(issue, id, corrections, query)
          if (hit) hits.push(hit)
        }
      })
    } catch (error) {
      // An issue that is not in this archive, or not any more.
      if (!(error instanceof ArchiveError) || error.code === 'bad-query') throw error
    }
  }
  return hits.slice(0, mostHits)
}
