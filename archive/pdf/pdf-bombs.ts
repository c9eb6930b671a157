import { createInflate } from 'node:zlib'
import { ArchiveError } from '../errors.ts'

/** Content and object streams of a newspaper page have some megabytes, whole fonts up to twenty. */
const mostUnpacked = 64 * 1024 * 1024
/** Deflate packs at most 1,032 to 1: what is smaller than this cannot unpack to more. */
const harmless = mostUnpacked / 1032

async function unpackedSize(packed: Uint8Array, keep: boolean): Promise<{ size: number; bytes: Buffer }> {
  const inflate = createInflate()
  inflate.end(packed)
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      size += piece.length
      if (keep) pieces.push(piece)
      if (size > mostUnpacked) break
    }
  } catch {
    // Damaged: pdfium decides what it makes of it.
  } finally {
    inflate.destroy()
  }
  return { size, bytes: Buffer.concat(pieces) }
}

/**
 * Refuses a PDF with a stream that unpacks without end, before pdfium unpacks it: memory that it takes is never given
 * back. Pictures are passed over; they are measured by their pixels when they are drawn.
 * Throws ArchiveError `pdf-unreadable`.
 */
export async function refusePdfBomb(bytes: Uint8Array, file: string): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = buffer.indexOf('stream'); at >= 0; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.subarray(at - 3, at).toString('latin1') === 'end') continue
    const head = buffer.subarray(Math.max(0, at - 1024), at).toString('latin1')
    const dictionary = head.slice(head.lastIndexOf(' obj') + 1)
    const layers = dictionary.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0
    if (layers === 0 || /\/Subtype\s*\/Image\b/.test(dictionary)) continue
    const start = at + 6 + (buffer[at + 6] === 13 ? 2 : 1)
    const end = buffer.indexOf('endstream', start)
    let packed: Uint8Array = buffer.subarray(start, end < 0 ? undefined : end)
    for (let layer = 1; layer <= layers; layer++) {
      if (packed.length <= harmless && layers === 1) break
      const { size, bytes: inner } = await unpackedSize(packed, layer < layers)
      if (size > mostUnpacked)
        throw new ArchiveError('pdf-unreadable', { file, reason: 'a stream of it unpacks without end' })
      packed = inner
    }
    at = end < 0 ? buffer.length : end
  }
}
