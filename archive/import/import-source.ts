import { ArchiveError } from '../errors.ts'
import { FileMarks } from './file-marks.ts'
import type { ClaimedAs, ImportEvent, Importer, ImporterContext, Recognition } from './importer.ts'
import type { Source } from './source.ts'

/** Parsers are heavy: each is loaded when a source is looked at, not when the program starts. */
const importers: (() => Promise<Importer>)[] = [
  async () => (await import('./ndnp.ts')).ndnpImporter,
  async () => (await import('./mets.ts')).metsImporter,
  async () => (await import('./kb.ts')).kbImporter,
  async () => (await import('./iiif.ts')).iiifImporter,
  async () => (await import('./folds.ts')).foldsImporter,
  async () => (await import('./founder.ts')).founderImporter,
  async () => (await import('./epaper-text.ts')).epaperTextImporter,
  async () => (await import('./article-lines.ts')).articleLinesImporter,
  async () => (await import('./day-json.ts')).dayJsonImporter,
  async () => (await import('./pdf.ts')).pdfImporter,
  async () => (await import('./day-text.ts')).dayTextImporter,
  async () => (await import('./scans.ts')).scansImporter,
]

/** Every importer. */
export async function loadImporters(): Promise<Importer[]> {
  return Promise.all(importers.map((load) => load()))
}

/** An importer and what it found in a source. */
export interface RecognisedSource {
  importer: Importer
  recognition: Recognition
}

/** What the source holds, in numbers, for the sentence that says why it was not recognised. */
function contents(source: Source): string {
  const kinds = new Map<string, number>()
  for (const file of source.files) {
    const kind = /\.([a-z\d]{1,5})(?:[?@][^/]*)?$/i.exec(file)?.[1]?.toLowerCase() ?? 'other'
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const most = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 5)
  return most.map(([kind, count]) => `${count} ${kind}`).join(', ')
}

/**
 * Every importer that recognises something in the source, the surest first: one delivery may hold several kinds.
 * Throws ArchiveError: the refusal of an importer whose format it looked like (`not-a-layout-page`), else
 * `not-recognised` with what was looked at.
 */
export async function recogniseSource(source: Source): Promise<RecognisedSource[]> {
  const found: RecognisedSource[] = []
  let refusal: ArchiveError | undefined
  for (const load of importers) {
    const importer = await load()
    try {
      const recognition = await importer.recognise(source)
      if (recognition) found.push({ importer, recognition })
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      refusal ??= error
    }
  }
  if (found.length > 0) return found.sort((a, b) => b.recognition.confidence - a.recognition.confidence)
  if (refusal) throw refusal
  const reason = `no 数字报 layout page, NDNP batch, METS, DIDL, IIIF manifest, PDF, JSON or text of a day, saved article, articles as JSON Lines, or picture or text of a page among ${source.files.length} files (${contents(source)})`
  throw new ArchiveError('not-recognised', { file: source.name, reason })
}

/**
 * Reads a source with every importer that recognised something in it, the surest first; what one has read the next
 * ones leave alone.
 */
export async function* readRecognised(
  source: Source,
  recognised: readonly RecognisedSource[],
  context: ImporterContext,
): AsyncGenerator<ImportEvent> {
  const claimed = new FileMarks<ClaimedAs>(source.files, ['issue', 'kept'])
  for (const { importer, recognition } of recognised) {
    const own = new FileMarks<ClaimedAs>(source.files, ['issue', 'kept'])
    for await (const event of importer.read(source, recognition, { ...context, claimed })) {
      if (event.type === 'issue') for (const file of event.files) own.set(file, 'issue')
      if (event.type === 'files') for (const file of event.files) if (!own.has(file)) own.set(file, 'kept')
      yield event
    }
    for (const how of ['issue', 'kept'] as const) for (const file of own.marked(how)) claimed.set(file, how)
  }
}
