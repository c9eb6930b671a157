import { createReadStream } from 'node:fs'
import { ArchiveError, fromFileError } from './errors.ts'

/**
 * The lines of a UTF-8 file one after another, without their ends (LF or CR LF), so that a long list is never whole in
 * memory. Nothing else ends a line: names of files may hold any other sign. A last line without an end is one, too.
 * Throws ArchiveError `missing-file`, `unreadable-file`.
 */
export async function* fileLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let begun = ''
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const lines = (begun + decoder.decode(chunk, { stream: true })).split('\n')
      begun = lines.pop() ?? ''
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
    }
  } catch (error) {
    const known = fromFileError(error, path)
    throw known instanceof ArchiveError && known.code === 'not-found'
      ? new ArchiveError('missing-file', { file: path })
      : known
  }
  begun += decoder.decode()
  if (begun !== '') yield begun
}
