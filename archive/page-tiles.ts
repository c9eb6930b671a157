import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ArchiveError, fromFileError } from './errors.ts'
import { halved, partOf, type Pixels } from './picture-pixels.ts'

/**
 * Tiles of a large page: a pyramid of 512-pixel squares, all in one file, so that a page is there whole or not at all and
 * an archive of a thousand pages does not become a million files. The file: 8 bytes `BMTILES1`, uint32 number of tiles,
 * then uint32 start and uint32 length of each tile (smallest level first, row by row), then the JPEGs. Little endian.
 */

/** Pixels of a tile without its overlap. */
export const tileSize = 512
/** Pixels that neighbours share, so that no seam is seen between them. */
export const tileOverlap = 1
const quality = 82
const magic = 'BMTILES1'
const headerLength = 12
const placeLength = 8
/** Encoded at once: native threads do it, and each holds about a megabyte. */
const encodedAtOnce = 4

/** One size of the pyramid. */
export interface TileLevel {
  width: number
  height: number
  columns: number
  rows: number
  /** Number of its first tile in the file. */
  first: number
}

/** The levels of a picture's pyramid, smallest first; the last is the picture itself. */
export function tileLevels(width: number, height: number): TileLevel[] {
  const sizes = [{ width, height }]
  for (let last = sizes[0]; last && Math.max(last.width, last.height) > tileSize; last = sizes[0]) {
    sizes.unshift({ width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2) })
  }
  let first = 0
  return sizes.map((size) => {
    const columns = Math.ceil(size.width / tileSize)
    const rows = Math.ceil(size.height / tileSize)
    const level = { ...size, columns, rows, first }
    first += columns * rows
    return level
  })
}

/**
 * Cuts a picture into tiles and writes them to `path`.
 * Throws ArchiveError `cancelled`, `disk-full`, `read-only`.
 */
export async function writeTiles(path: string, pixels: Pixels, signal?: AbortSignal): Promise<void> {
  const levels = tileLevels(pixels.width, pixels.height)
  const total = levels.reduce((sum, level) => sum + level.columns * level.rows, 0)
  const beside = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(beside, 'w')
    try {
      const places = new Array<{ start: number; length: number }>(total)
      await writeLevels(file, levels, pixels, places, signal)
      await writeHeader(file, places)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw fromFileError(error, path)
  }
}

type Places = { start: number; length: number }[]

async function writeLevels(
  file: FileHandle,
  levels: TileLevel[],
  pixels: Pixels,
  places: Places,
  signal: AbortSignal | undefined,
): Promise<void> {
  let end = headerLength + placeLength * places.length
  let shown = pixels
  for (const level of levels.toReversed()) {
    if (shown.width !== level.width) shown = halved(shown)
    const tiles = Array.from({ length: level.columns * level.rows }, (_, index) => index)
    for (let start = 0; start < tiles.length; start += encodedAtOnce) {
      if (signal?.aborted) throw new ArchiveError('cancelled')
      const cut = tiles.slice(start, start + encodedAtOnce).map((index) => cutTile(shown, level, index))
      for (const [index, jpeg] of (await Promise.all(cut)).entries()) {
        await file.write(jpeg, 0, jpeg.length, end)
        places[level.first + start + index] = { start: end, length: jpeg.length }
        end += jpeg.length
      }
    }
  }
}

function cutTile(pixels: Pixels, level: TileLevel, index: number): Promise<Buffer> {
  const column = index % level.columns
  const row = Math.floor(index / level.columns)
  const left = Math.max(column * tileSize - tileOverlap, 0)
  const top = Math.max(row * tileSize - tileOverlap, 0)
  const right = Math.min((column + 1) * tileSize + tileOverlap, pixels.width)
  const bottom = Math.min((row + 1) * tileSize + tileOverlap, pixels.height)
  return partOf(pixels, left, top, right - left, bottom - top).jpeg(quality)
}

async function writeHeader(file: FileHandle, places: Places): Promise<void> {
  const header = Buffer.alloc(headerLength + placeLength * places.length)
  header.write(magic, 'latin1')
  let at = header.writeUInt32LE(places.length, magic.length)
  for (const { start, length } of places) {
    at = header.writeUInt32LE(start, at)
    at = header.writeUInt32LE(length, at)
  }
  await file.write(header, 0, header.length, 0)
}

/** Bytes of a tile at most: what says more is no tile of ours. */
const largestTile = 4_000_000

/**
 * The JPEGs of some tiles, in the order of their numbers. Throws ArchiveError `missing-file` when one of them is not
 * there, or is not within the file.
 */
export async function readTiles(path: string, tiles: readonly number[]): Promise<Uint8Array[]> {
  const missing = new ArchiveError('missing-file', { file: path })
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const { size } = await file.stat()
    const start = await stretchOf(file, 0, headerLength)
    const count = start?.toString('latin1', 0, magic.length) === magic ? start.readUInt32LE(magic.length) : 0
    const places = await stretchOf(file, headerLength, Math.min(placeLength * count, size))
    if (!places) throw missing
    const read: Uint8Array[] = []
    for (const tile of tiles) {
      if (tile >= count) throw missing
      const [from, length] = [places.readUInt32LE(placeLength * tile), places.readUInt32LE(placeLength * tile + 4)]
      const bytes = length <= largestTile ? await stretchOf(file, from, length) : undefined
      if (!bytes) throw missing
      read.push(bytes)
    }
    return read
  } catch (error) {
    const known = fromFileError(error, path)
    throw known instanceof ArchiveError && known.code === 'not-found' ? missing : known
  } finally {
    await file?.close()
  }
}

/** Bytes of a file; undefined when it ends before. */
async function stretchOf(file: FileHandle, start: number, length: number): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, start)
  return bytesRead === length ? bytes : undefined
}
