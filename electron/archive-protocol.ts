import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { ArchiveError } from '../archive/errors.ts'
import { parsePictureUrl } from './picture-url.ts'
import type { AnswerService } from './services.ts'

const pictureTypes: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
}

/** Bytes up to which a picture is read at once: thumbnails, most pages. */
const largestPiece = 2_000_000

/** Serves one picture of an archive straight from disk, with byte ranges (RFC 9110, 14). */
export async function servePicture(
  request: Pick<Request, 'url' | 'headers'>,
  answers: Pick<AnswerService, 'locate'>,
): Promise<Response> {
  const name = parsePictureUrl(request.url)
  if (!name) return new Response('bad request', { status: 400 })
  try {
    const { path } = await answers.locate(name)
    const type = pictureTypes[extname(path).toLowerCase()]
    if (!type) return new Response('not a picture', { status: 415 })
    const { size } = await stat(path)
    const range = parseRange(request.headers.get('range'), size)
    if (range === 'unsatisfiable') {
      return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${size}` } })
    }
    const { start, end } = range ?? { start: 0, end: size - 1 }
    const headers = new Headers({
      'Content-Type': type,
      'Content-Length': String(end - start + 1),
      'Accept-Ranges': 'bytes',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'max-age=31536000, immutable',
    })
    if (range) headers.set('Content-Range', `bytes ${start}-${end}/${size}`)
    const body = await bodyOf(path, start, end - start + 1)
    return new Response(body, { status: range ? 206 : 200, headers })
  } catch (error) {
    if (isAway(error, name.archive)) return new Response(null, { status: 204 })
    return new Response('not found', { status: 404 })
  }
}

/**
 * An archive of the shelf whose folder is not there (its disk was unplugged) is said by its card: no error, only no
 * picture. One that no shelf has is not found by its id, and that is an error.
 */
function isAway(error: unknown, archive: string): boolean {
  return error instanceof ArchiveError && error.code === 'not-found' && error.details['file'] !== archive
}

/** A stretch of a file: in one piece while it is small, which is quicker than a stream of it. */
async function bodyOf(
  path: string,
  start: number,
  length: number,
): Promise<ReadableStream | Uint8Array<ArrayBuffer> | null> {
  if (length === 0) return null
  if (length > largestPiece) {
    return Readable.toWeb(createReadStream(path, { start, end: start + length - 1 })) as ReadableStream
  }
  const file = await open(path)
  try {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await file.read(bytes, 0, length, start)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** One byte range of a file of `size` bytes; undefined when the whole is meant. Several ranges are refused. */
export function parseRange(
  header: string | null,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  if (header === null) return undefined
  const match = /^bytes=(\d*)-(\d*)$/.exec(header)
  if (!match || (match[1] === '' && match[2] === '')) return 'unsatisfiable'
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}
