import { open, stat } from 'node:fs/promises'
import { ArchiveError, fromFileError } from '../errors.ts'
import { openFileSource, openFolderSource } from './folder-source.ts'
import type { Source } from './source.ts'

const warcName = /\.warc(?:\.gz)?$/i

async function startsLikeZip(path: string): Promise<boolean> {
  const handle = await open(path, 'r')
  try {
    const start = Buffer.alloc(4)
    await handle.read(start, 0, 4, 0)
    return start.toString('latin1').startsWith('PK') && [3, 5].includes(start[2] ?? 0)
  } finally {
    await handle.close()
  }
}

/** A folder, with what the zips and WARC files in it hold: crawlers write many small ones, libraries a zip an issue. */
async function openFolder(path: string): Promise<Source> {
  const bare = await openFolderSource(path)
  const zips: string[] = []
  for (const file of bare.files) {
    if (/\.zip$/i.test(file) && (await startsLikeZip(bare.diskPath(file) ?? ''))) zips.push(file)
  }
  const folder = zips.length > 0 ? await (await import('./packed-folder.ts')).unpackedFolder(bare, zips) : bare
  const warcs = folder.files.filter((file) => warcName.test(file))
  if (warcs.length === 0) return folder
  const { joinSources, openWarcSource } = await import('./warc-source.ts')
  const disks = warcs.map((file) => folder.diskPath(file) ?? '')
  return joinSources(folder, await openWarcSource(disks, folder.name))
}

/**
 * Opens what a person names, whatever it is: a folder, a zip (known by its content), a WARC or WACZ file of a site
 * (known by its name) or a single file. Throws ArchiveError `not-found`, `unreadable-file`, `empty-folder`, `too-large`.
 */
export async function openSource(path: string): Promise<Source> {
  try {
    const info = await stat(path)
    if (info.isDirectory()) return await openFolder(path)
    if (!info.isFile()) throw new ArchiveError('unreadable-file', { file: path, reason: 'not a file or folder' })
    if (warcName.test(path)) return await (await import('./warc-source.ts')).openWarcSource([path])
    if (!(await startsLikeZip(path))) return await openFileSource(path)
    if (/\.wacz$/i.test(path)) return await (await import('./wacz-source.ts')).openWaczSource(path)
    const { openZipSource } = await import('./zip-source.ts')
    return await openZipSource(path)
  } catch (error) {
    throw fromFileError(error, path)
  }
}
