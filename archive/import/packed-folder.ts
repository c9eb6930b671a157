import { ArchiveError } from '../errors.ts'
import { byCodeUnit } from './file-marks.ts'
import type { Source } from './source.ts'
import { openZipSource } from './zip-source.ts'

/** Zips that are held open at once: a folder of deliveries may have thousands. */
const mostOpen = 16

/** Where a file inside a zip is: the zip on disk, the name in it, and its size. */
interface Packed {
  zip: string
  name: string
  size: number
}

/** Zips opened when they are read, the last used ones kept open. */
class OpenZips {
  private readonly open = new Map<string, Source>()

  async get(path: string): Promise<Source> {
    const known = this.open.get(path) ?? (await openZipSource(path))
    this.open.delete(path)
    this.open.set(path, known)
    const [oldest] = this.open
    if (this.open.size > mostOpen && oldest) {
      this.open.delete(oldest[0])
      await oldest[1].close()
    }
    return known
  }

  async close(): Promise<void> {
    for (const source of this.open.values()) await source.close()
    this.open.clear()
  }
}

/**
 * A folder with what the zips in it hold, each as a folder of its name: libraries deliver an issue a zip. A zip inside
 * a zip stays what it is: nothing is unpacked twice. A zip that cannot be opened is named in `refused`.
 */
export async function unpackedFolder(folder: Source, zips: readonly string[]): Promise<Source> {
  const open = new OpenZips()
  const packed = new Map<string, Packed>()
  const taken = new Set(folder.files)
  const refused = [...folder.refused]
  for (const file of zips) {
    const zip = folder.diskPath(file) ?? ''
    const inside = file.replace(/\.zip$/i, '')
    try {
      const source = await open.get(zip)
      taken.delete(file)
      refused.push(...source.refused.map((name) => `${inside}/${name}`))
      for (const name of source.files) {
        const path = `${inside}/${name}`
        if (taken.has(path)) refused.push(`${file}/${name}`)
        else packed.set(path, { zip, name, size: await source.size(name) })
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      taken.delete(file)
      refused.push(file)
    }
  }
  const read = async <Value>(path: string, of: (file: Packed, source: Source) => Promise<Value>): Promise<Value> => {
    const file = packed.get(path)
    if (!file) throw new ArchiveError('missing-file', { file: path })
    return of(file, await open.get(file.zip))
  }
  return {
    name: folder.name,
    files: [...taken, ...packed.keys()].sort(byCodeUnit),
    refused,
    bytes: (path) => (taken.has(path) ? folder.bytes(path) : read(path, ({ name }, source) => source.bytes(name))),
    size: (path) => (taken.has(path) ? folder.size(path) : read(path, ({ size }) => Promise.resolve(size))),
    diskPath: (path) => (taken.has(path) ? folder.diskPath(path) : undefined),
    packedIn: (path) => packed.get(path)?.zip,
    close: async () => {
      await open.close()
      await folder.close()
    },
  }
}
