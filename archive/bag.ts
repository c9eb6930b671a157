import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ArchiveError } from './errors.ts'
import { fileLines } from './file-lines.ts'
import { exists, readWhole, writeAtomic } from './files.ts'
import { hashFile } from './hashed-files.ts'

/** The payload manifest of a bag (RFC 8493, 2.1.3): path below the bag, with forward slashes, to sha-256 in hex. */
export type Manifest = Map<string, string>

export const manifestName = 'manifest-sha256.txt'
const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** Tag files every archive has, in the order in which they are written; the tag manifest covers them. */
export const tagFiles = ['bagit.txt', 'bag-info.txt', 'banmian.json', 'issue.schema.json', manifestName]

/** Tag files of archives whose originals were left in place: RFC 8493, 2.2.3, and what it has no field for. */
export const fetchName = 'fetch.txt'
export const inPlaceName = 'in-place.jsonl'

/** Reads a manifest file. Throws ArchiveError `damaged-document` on a line that is none. */
export async function readManifest(bag: string, name = manifestName): Promise<Manifest> {
  const text = (await readWhole(join(bag, name))).toString('utf8')
  return parseManifest(text, name)
}

/** Manifest text to a map. Throws ArchiveError `damaged-document` on a line that is none. */
export function parseManifest(text: string, name: string): Manifest {
  const manifest: Manifest = new Map()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line !== '') manifest.set(...parseManifestLine(line, index, name))
  }
  return manifest
}

/** RFC 8493, 2.1.3: `%0A`, `%0D` and `%25` in paths are decoded. */
function parseManifestLine(line: string, index: number, name: string): [path: string, sha256: string] {
  const match = /^([0-9a-f]{64})\s+\*?(.+)$/i.exec(line)
  if (!match?.[1] || !match[2]) {
    throw new ArchiveError('damaged-document', { file: name, reason: `line ${index + 1} is not a checksum and a path` })
  }
  return [match[2].replace(/%(0A|0D|25)/gi, decodeURIComponent), match[1].toLowerCase()]
}

/**
 * The payload manifest of a bag entry by entry, as it is written, for one that is too long to be kept in memory.
 * Throws as `readManifest`.
 */
export async function* manifestEntries(bag: string): AsyncGenerator<[path: string, sha256: string]> {
  let index = 0
  for await (const line of fileLines(join(bag, manifestName))) {
    if (line !== '') yield parseManifestLine(line, index, manifestName)
    index += 1
  }
}

/** Lines of a manifest that are in memory at a time while it is written: some 100 kB. */
const linesAtATime = 1000

/**
 * A map as manifest text, sorted by path, so that the same content is always the same bytes. In pieces: the manifest of
 * a large archive is tens of megabytes, and as much again in bytes.
 */
export function manifestText(manifest: Manifest): Generator<string> {
  const paths = [...manifest.keys()].sort()
  return sortedManifestText(
    (function* (): Generator<[string, string]> {
      for (const path of paths) yield [path, manifest.get(path) ?? '']
    })(),
  )
}

/** Entries that are sorted by path, by code unit, as manifest text in pieces. */
export function* sortedManifestText(entries: Iterable<[path: string, sha256: string]>): Generator<string> {
  let lines: string[] = []
  for (const [path, sha256] of entries) {
    lines.push(`${sha256}  ${path.replace(/[%\r\n]/g, encodeURIComponent)}\n`)
    if (lines.length < linesAtATime) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

/** What makes two states of an archive's content the same: the sha-256 of its manifest. */
export function manifestIdentity(manifest: Manifest): string {
  const hash = createHash('sha256')
  for (const piece of manifestText(manifest)) hash.update(piece)
  return hash.digest('hex')
}

/**
 * The identity of an archive's content as its tag manifest has it, without reading the payload manifest, which is long
 * in a large archive; undefined when it is not there.
 */
export async function listedIdentity(bag: string): Promise<string | undefined> {
  const tags = await readManifest(bag, 'tagmanifest-sha256.txt').catch(() => undefined)
  return tags?.get(manifestName)
}

/** Writes bag-info.txt and the tag manifest; the payload manifest must stand. `bytes`: size of the payload. */
export async function writeTagFiles(
  bag: string,
  fields: { name: string; bytes: number; files: number },
): Promise<void> {
  const info = [
    `Source-Organization: ${fields.name.replace(/[\r\n]/g, ' ')}`,
    `Bagging-Date: ${new Date().toISOString().slice(0, 10)}`,
    `Payload-Oxum: ${fields.bytes}.${fields.files}`,
    'Bag-Software-Agent: Banmian',
    '',
  ].join('\n')
  await writeAtomic(join(bag, 'bagit.txt'), declaration)
  await writeAtomic(join(bag, 'bag-info.txt'), info)
  const lines: string[] = []
  const present = [...tagFiles]
  for (const name of [fetchName, inPlaceName]) if (await exists(join(bag, name))) present.push(name)
  for (const name of present.sort()) lines.push(`${await hashFile(join(bag, name))}  ${name}\n`)
  await writeAtomic(join(bag, 'tagmanifest-sha256.txt'), lines.join(''))
}

/** Payload-Oxum of bag-info.txt: bytes and files of the payload; zeros when it is absent or unreadable. */
export async function readOxum(bag: string): Promise<{ bytes: number; files: number }> {
  const text = await readWhole(join(bag, 'bag-info.txt')).then(String, () => '')
  const match = /^Payload-Oxum:\s*(\d+)\.(\d+)/im.exec(text)
  return { bytes: Number(match?.[1] ?? 0), files: Number(match?.[2] ?? 0) }
}
