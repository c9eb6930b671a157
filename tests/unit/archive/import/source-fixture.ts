import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ArchiveError } from '../../../../archive/errors.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { readRecognised, recogniseSource } from '../../../../archive/import/import-source.ts'
import type { ImportEvent, Importer, ImporterContext } from '../../../../archive/import/importer.ts'
import type { Source } from '../../../../archive/import/source.ts'

/** A source that holds what a test wrote down. */
export function sourceOf(files: Record<string, string | Uint8Array>, name = 'mirror'): Source {
  const bytesOf = (path: string): Uint8Array => {
    const content = files[path]
    if (content === undefined) throw new ArchiveError('missing-file', { file: path })
    return typeof content === 'string' ? Buffer.from(content) : content
  }
  return {
    name,
    files: Object.keys(files).sort(),
    refused: [],
    bytes: async (path) => bytesOf(path),
    size: async (path) => bytesOf(path).length,
    diskPath: () => undefined,
    close: () => Promise.resolve(),
  }
}

export interface Imported {
  issues: IssueDocument[]
  files: string[]
  warnings: { file: string; code: string; message: string }[]
}

/** Everything an importer says of a source; warnings are those of the issues and of the source together. */
export async function collect(events: AsyncIterable<ImportEvent>): Promise<Imported> {
  const all: Imported = { issues: [], files: [], warnings: [] }
  for await (const event of events) {
    if (event.type === 'issue') {
      all.issues.push(event.issue)
      all.warnings.push(...event.issue.warnings)
    }
    if (event.type === 'warning') all.warnings.push(event.warning)
    else all.files.push(...event.files)
  }
  return all
}

/** Recognises and reads a source with one importer. */
export async function importWith(importer: Importer, source: Source): Promise<Imported> {
  const recognition = await importer.recognise(source)
  if (!recognition) throw new Error('not recognised')
  return collect(importer.read(source, recognition, {}))
}

/** Reads a source with every importer that recognises something in it. */
export async function importAll(source: Source, context: ImporterContext = {}): Promise<Imported> {
  return collect(readRecognised(source, await recogniseSource(source), context))
}

/** The folder of real files beside the checkout; tests over them are skipped on machines that do not have it. */
export const samples = process.env.BANMIAN_SAMPLES ?? resolve(import.meta.dirname, '../../../../../shared/samples')

/** A path below the samples, or undefined when the machine does not have it. */
export function sample(path: string): string | undefined {
  const full = join(samples, path)
  return existsSync(full) ? full : undefined
}

/** A PNG that says only how large it is. */
export function pngOf(width: number, height: number): Uint8Array {
  const png = Buffer.alloc(64)
  png.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}
