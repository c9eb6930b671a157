import { rm } from 'node:fs/promises'
import { openArchiveFolder } from './archive-folder.ts'
import { withLock } from './archive-lock.ts'
import { derivedFolder } from './derived-folder.ts'
import { fromWriteError } from './errors.ts'
import { exists } from './files.ts'

/**
 * Throws away everything derived from an archive, so that it is made anew; the archive itself is not touched.
 * Throws ArchiveError: those of `openArchiveFolder`, `archive-busy`, `read-only`.
 */
export async function removeDerived(path: string, cache: string): Promise<void> {
  const archive = await openArchiveFolder(path)
  const derived = await derivedFolder({ path: archive.path, id: archive.declaration.id }, cache)
  if (!(await exists(derived.path))) return
  try {
    await withLock(derived.path, async () => {
      for (const part of [derived.catalogue, `${derived.catalogue}-journal`]) await rm(part, { force: true })
      for (const part of [derived.search, derived.thumbnails, derived.rasters, derived.tiles]) {
        await rm(part, { recursive: true, force: true })
      }
    })
  } catch (error) {
    throw fromWriteError(error, derived.path)
  }
}
