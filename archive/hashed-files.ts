import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromWriteError } from './errors.ts'

/**
 * Copies a file to a place on disk while hashing it: `{ sha256, size }`. What goes wrong at the target is thrown as
 * ArchiveError, what goes wrong at the source as Node says it. `onBytes` is waited for after every piece, and ends the
 * copy when it throws.
 */
export async function copyHashed(
  from: string | Uint8Array,
  to: string,
  onBytes?: (bytes: number) => Promise<void> | void,
): Promise<{ sha256: string; size: number }> {
  const atTarget = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw fromWriteError(error, to)
    })
  await atTarget(mkdir(dirname(to), { recursive: true }))
  const hash = createHash('sha256')
  const target = await atTarget(open(to, 'w'))
  let size = 0
  try {
    for await (const chunk of chunksOf(from)) {
      hash.update(chunk)
      size += chunk.length
      // Not `write`, which may write a part only and say so nowhere but in its result: so it does on a full disk.
      await atTarget(target.writeFile(chunk))
      await onBytes?.(chunk.length)
    }
    await atTarget(target.datasync())
  } finally {
    await target.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** Bytes of a piece of a file. Larger ones are not copied faster, and on a slow disk each is progress that can be told. */
const pieceSize = 1 << 18

/** Buffers of that size for the next file: one for each of a hundred thousand small files would be garbage in heaps. */
const spareBuffers: Buffer[] = []

/** The bytes of a file in pieces, each valid until the next one is asked for. */
async function* chunksOf(from: string | Uint8Array): AsyncGenerator<Uint8Array> {
  if (typeof from !== 'string') return yield from
  const file = await open(from, 'r')
  const buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(pieceSize)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, pieceSize, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    if (spareBuffers.length === 0) spareBuffers.push(buffer)
    await file.close()
  }
}

/** The sha-256 of a file, in hex. `onBytes` as in `copyHashed`. */
export async function hashFile(path: string, onBytes?: (bytes: number) => Promise<void> | void): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunksOf(path)) {
    hash.update(chunk)
    await onBytes?.(chunk.length)
  }
  return hash.digest('hex')
}
