import { ArchiveError } from '../errors.ts'
import { decodeText } from './encoding.ts'
import type { Source } from './source.ts'

/** Real pages have 20–300 kB; a tree of a larger file would cost gigabytes. */
const largestPage = 32 * 1024 * 1024

/** The text of an HTML or text page. Throws ArchiveError `missing-file`, `unreadable-file`, `too-large`. */
export async function readPage(source: Source, file: string): Promise<string> {
  const size = await source.size(file)
  if (size > largestPage) throw new ArchiveError('too-large', { file, size, limit: largestPage })
  return decodeText(await source.bytes(file)).text
}
