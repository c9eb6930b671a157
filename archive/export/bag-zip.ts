import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { openArchiveFolder } from '../archive-folder.ts'
import { fetchName, inPlaceName, tagFiles } from '../bag.ts'
import { ArchiveError, fromFileError, fromWriteError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { locateOriginal } from '../in-place.ts'
import { passOn, type WorkControl } from '../work-pause.ts'

export interface ExportOptions extends WorkControl {
  onProgress?: (done: number, total: number, file: string) => void
}

/** Formats that are compressed as they are: packing them again costs time and saves nothing. */
const packed = /\.(jpe?g|png|webp|gif|avif|jp2|pdf|zip|gz|mp[34])$/i

/**
 * Writes an archive as one zip with a whole bag in it (RFC 8493): originals that were left in place are in the payload,
 * so that nothing has to be fetched. Every byte is checked against the manifest on its way.
 * Throws ArchiveError: those of `openArchiveFolder` and `locateOriginal`, `damaged-document` for a file that is not
 * what the manifest says, `disk-full`, `read-only`, `cancelled`. Nothing is left at `target` then.
 */
export async function exportBagZip(path: string, target: string, options: ExportOptions = {}): Promise<number> {
  const archive = await openArchiveFolder(path)
  const beside = `${target}.${process.pid}.tmp`
  const zip = new ZipFile()
  const root = archive.declaration.name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_') || 'archive'
  const files = [...archive.manifest]
  const written = pipeline(zip.outputStream, createWriteStream(beside))
  written.catch(() => undefined)
  // What goes wrong with a file is thrown where it is added.
  zip.on('error', () => undefined)
  try {
    await addTags(zip, root, archive.path)
    for (const [done, [file, sha256]] of files.entries()) {
      await passOn(options)
      options.onProgress?.(done, files.length, file)
      const place = await locateOriginal(archive, file.slice('data/'.length))
      await Promise.race([addFile(zip, `${root}/${file}`, place, sha256), written.then(() => undefined)])
    }
    zip.end()
    await written
    await rename(beside, target)
    return files.length
  } catch (error) {
    zip.outputStream.unpipe()
    ;(zip.outputStream as Transform).destroy()
    await written.catch(() => undefined)
    await rm(beside, { force: true })
    throw fromWriteError(error, target)
  }
}

/** The tag files as they are; what only said where originals were left is not needed any more. */
async function addTags(zip: ZipFile, root: string, archive: string): Promise<void> {
  const lines: string[] = []
  for (const name of [...tagFiles].sort()) {
    const bytes = await readWhole(join(archive, name), name)
    zip.addBuffer(bytes, `${root}/${name}`, { mtime: epoch })
    lines.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
  }
  zip.addBuffer(Buffer.from(lines.filter((line) => !isPlace(line)).join('')), `${root}/tagmanifest-sha256.txt`, {
    mtime: epoch,
  })
}

function isPlace(line: string): boolean {
  return line.endsWith(`  ${fetchName}\n`) || line.endsWith(`  ${inPlaceName}\n`)
}

/** The same archive is always the same zip. */
const epoch = new Date(Date.UTC(1980, 0, 1))

async function addFile(zip: ZipFile, name: string, place: string, sha256: string): Promise<void> {
  let size: number
  try {
    size = (await stat(place)).size
  } catch (error) {
    throw fromFileError(error, place)
  }
  await new Promise<void>((resolve, reject) => {
    const hash = createHash('sha256')
    const check = new Transform({
      transform: (chunk: Buffer, _encoding, next) => {
        hash.update(chunk)
        next(null, chunk)
      },
      flush: (next) => {
        const isSame = hash.digest('hex') === sha256
        const reason = 'its bytes are not those of the manifest'
        next(isSame ? null : new ArchiveError('damaged-document', { file: name, reason }))
      },
    })
    check.on('end', resolve).on('error', reject)
    const source = createReadStream(place, { highWaterMark: 1 << 20 })
    source.on('error', (error) => reject(fromFileError(error, place)))
    // Without its size yazl reads on to the end: it may be above 4 GiB, which needs zip64.
    zip.addReadStream(source.pipe(check), name, { size, mtime: epoch, compress: !packed.test(name) })
  })
}
