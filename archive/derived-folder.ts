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
}

/**
 * The derived folder of an archive: inside it, so that it travels along, or in the user's cache when the archive
 * cannot be written and was not prepared before. `cache`: folder for the archives of this user.
 */
export async function derivedFolder(archive: { path: string; id: string }, cache: string): Promise<DerivedFolder> {
  const inside = join(archive.path, 'derived')
  const travels = (await exists(join(inside, 'catalogue.sqlite'))) || (await isWritable(archive.path))
  const path = travels ? inside : join(cache, archive.id)
  return {
    path,
    catalogue: join(path, 'catalogue.sqlite'),
    search: join(path, 'search'),
    thumbnails: join(path, 'thumbnails'),
    rasters: join(path, 'rasters'),
    tiles: join(path, 'tiles'),
  }
}
