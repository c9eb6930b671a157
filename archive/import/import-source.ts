import { ArchiveError } from '../errors.ts'
import { stopIfCancelled, warning } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { openSource } from './open-source.ts'
import type { Source } from './source.ts'

/** Parsers are heavy: each is loaded when a source is looked at, not when the program starts. */
const importers: (() => Promise<Importer>)[] = [
  async () => (await import('./ndnp.ts')).ndnpImporter,
  async () => (await import('./founder.ts')).founderImporter,
  async () => (await import('./epaper-text.ts')).epaperTextImporter,
]

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
export async function recogniseAll(source: Source): Promise<RecognisedSource[]> {
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
  const reason = `no 数字报 layout page, NDNP batch or saved article among ${source.files.length} files (${contents(source)})`
  throw new ArchiveError('not-recognised', { file: source.name, reason })
}

/** The surest of `recogniseAll`. Throws as it does. */
export async function recogniseSource(source: Source): Promise<RecognisedSource> {
  const [best] = await recogniseAll(source)
  if (!best) throw new ArchiveError('not-recognised', { file: source.name, reason: 'nothing to read' })
  return best
}

/**
 * Reads all that is recognised in an open source, importer after importer. Files that the source refused come as
 * warnings. Throws ArchiveError as `recogniseAll`, and `cancelled`.
 */
export async function* importSource(source: Source, context: ImporterContext = {}): AsyncGenerator<ImportEvent> {
  stopIfCancelled(context.signal)
  const recognised = await recogniseAll(source)
  for (const file of source.refused) {
    const reason = 'it is a link, a special file, a repeated or unsafe name, or too large to unpack'
    yield { type: 'warning', warning: warning('refused-file', file, { reason }) }
  }
  for (const { importer, recognition } of recognised) yield* importer.read(source, recognition, context)
}

/** Opens and reads a folder, zip or file; the source is closed at the end, also when reading is broken off. */
export async function* importPath(path: string, context: ImporterContext = {}): AsyncGenerator<ImportEvent> {
  const source = await openSource(path)
  try {
    yield* importSource(source, context)
  } finally {
    await source.close()
  }
}
