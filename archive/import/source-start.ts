import { constants as flags } from 'node:fs'
import { open } from 'node:fs/promises'
import { constants, gunzipSync } from 'node:zlib'
import type { Source } from './source.ts'

const startBytes = 8192

async function firstBytes(source: Source, file: string): Promise<Uint8Array> {
  const disk = source.diskPath(file)
  if (disk === undefined) return (await source.bytes(file)).subarray(0, startBytes)
  const handle = await open(disk, flags.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0))
  try {
    const start = Buffer.alloc(startBytes)
    const { bytesRead } = await handle.read(start, 0, startBytes, 0)
    return start.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The start of a file for sniffing, unpacked when it is gzip; nothing when it cannot be read. */
export async function readSourceBytes(source: Source, file: string): Promise<Uint8Array> {
  try {
    const start = await firstBytes(source, file)
    if (start[0] !== 0x1f || start[1] !== 0x8b) return start
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: startBytes * 64 })
  } catch {
    return new Uint8Array()
  }
}

/** The same as text of which only ASCII is right, whatever its encoding. */
export async function readSourceStart(source: Source, file: string): Promise<string> {
  const bytes = await readSourceBytes(source, file)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').replaceAll('\0', '')
}
