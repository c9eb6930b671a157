import { join } from 'node:path'
import { exists, isWritable } from './files.ts'

/** Where what was derived from an archive stands. Everything below can be thrown away and made again. */
export interface DerivedFolder {
  path: string
  catalogue: string
  search: string
  /** Page thumbnails, named by the content of their source. */
  thumbnails: string
  /** Page pictures made from PDFs and from formats a browser cannot show. */
  rasters: string
  /** Tiles of large pages, named by the content of their source. */
  tiles: string
  /** Text that was recognised on pages, named by the content of what was read. */
  ocr: string
}

/**
 * The derived folder of an archive: inside it, so that it travels along, or in the user's cache when the archive
 * cannot be written and was not prepared well before. `cache`: folder for the archives of this user.
 */
export async function derivedFolder(archive: { path: string; id: string }, cache: string): Promise<DerivedFolder> {
  const inside = derivedFolderAt(join(archive.path, 'derived'))
  const cached = cachedDerivedFolder(archive.id, cache)
  if (await mayWrite(archive.path, inside.path)) return inside
  // Once something was made in the cache, what the archive brought along was not good enough.
  if (await exists(cached.catalogue)) return cached
  return (await exists(inside.catalogue)) ? inside : cached
}

/** The derived folder, in the user's cache, of an archive that cannot be written. `id`: the archive's own. */
export function cachedDerivedFolder(id: string, cache: string): DerivedFolder {
  return derivedFolderAt(join(cache, id))
}

async function mayWrite(archive: string, inside: string): Promise<boolean> {
  return isWritable((await exists(inside)) ? inside : archive)
}

function derivedFolderAt(path: string): DerivedFolder {
  return {
    path,
    catalogue: join(path, 'catalogue.sqlite'),
    search: join(path, 'search'),
    thumbnails: join(path, 'thumbnails'),
    rasters: join(path, 'rasters'),
    tiles: join(path, 'tiles'),
    ocr: join(path, 'ocr'),
  }
}
