import { recogniseSource } from './import/import-source.ts'
import type { ImporterOptionValues, OptionPreview } from './import/importer.ts'
import { openSource } from './import/open-source.ts'

/**
 * What options make of a source, by the importer that offers them; undefined when none offers a preview.
 * Throws ArchiveError: those of `openSource` and `recogniseSource`.
 */
export async function previewOptions(path: string, options: ImporterOptionValues): Promise<OptionPreview | undefined> {
  const source = await openSource(path)
  try {
    for (const { importer, recognition } of await recogniseSource(source)) {
      if (recognition.options?.length && importer.preview) return await importer.preview(source, recognition, options)
    }
    return undefined
  } finally {
    await source.close()
  }
}
