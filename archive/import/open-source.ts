import { open, stat } from 'node:fs/promises'
import { ArchiveError, fromFileError } from '../errors.ts'
import { openFileSource, openFolderSource } from './folder-source.ts'
import type { Source } from './source.ts'

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

/**
 * Opens what a person names, whatever it is: a folder, a zip (known by its content) or a single file.
 * Throws ArchiveError `not-found`, `unreadable-file`, `empty-folder`, `too-large`.
 */
export async function openSource(path: string): Promise<Source> {
  try {
    const info = await stat(path)
    if (info.isDirectory()) return await openFolderSource(path)
    if (!info.isFile()) throw new ArchiveError('unreadable-file', { file: path, reason: 'not a file or folder' })
    if (!(await startsLikeZip(path))) return await openFileSource(path)
    const { openZipSource } = await import('./zip-source.ts')
    return await openZipSource(path)
  } catch (error) {
    throw fromFileError(error, path)
  }
}
