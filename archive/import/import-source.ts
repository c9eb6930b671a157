import { ArchiveError } from '../errors.ts'
import { founderImporter } from './founder.ts'
import type { Importer, Recognition } from './importer.ts'
import { ndnpImporter } from './ndnp.ts'
import type { Source } from './source.ts'

const importers: Importer[] = [founderImporter, ndnpImporter]

/** Every importer that recognises something in a source. Throws ArchiveError `not-recognised` when none does. */
export async function recogniseSource(source: Source): Promise<{ importer: Importer; recognition: Recognition }[]> {
  const recognised = []
  for (const importer of importers) {
    const recognition = await importer.recognise(source)
    if (recognition) recognised.push({ importer, recognition })
  }
  if (recognised.length === 0)
    throw new ArchiveError('not-recognised', { file: source.name, reason: `${source.files.length} files` })
  return recognised
}
