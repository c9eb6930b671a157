import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'

interface AsarEntry {
  files?: Record<string, AsarEntry>
  integrity?: { hash: string }
  unpacked?: boolean
}

/**
 * What a package holds: a line `SHA-256  PATH` for each file, sorted; the files in its asar under its own path, which
 * itself has no line, since its header holds nothing else. Two builds of one state give the same list.
 */
export function contentsList(folder: string): string {
  const lines = filesBelow(folder, '').flatMap((path) => {
    const place = join(folder, path)
    if (path.endsWith('.asar')) return asarLines(place, path)
    const stat = lstatSync(place)
    const content = stat.isSymbolicLink() ? `link to ${readlinkSync(place)}` : readFileSync(place)
    return [`${createHash('sha256').update(content).digest('hex')}  ${path}`]
  })
  return `${lines.sort((one, other) => (one.slice(66) < other.slice(66) ? -1 : 1)).join('\n')}\n`
}

function filesBelow(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    return entry.isDirectory() ? filesBelow(folder, path) : [path]
  })
}

/** The header of an asar holds the SHA-256 of each of its files; that of the header is what Electron checks. */
function asarLines(file: string, path: string): string[] {
  const descriptor = openSync(file, 'r')
  try {
    const sizes = Buffer.alloc(16)
    readSync(descriptor, sizes, 0, 16, 0)
    const header = Buffer.alloc(sizes.readUInt32LE(12))
    readSync(descriptor, header, 0, header.length, 16)
    const lines = (entry: AsarEntry, prefix: string): string[] =>
      Object.entries(entry.files ?? {}).flatMap(([name, inner]) => {
        if (inner.files) return lines(inner, `${prefix}/${name}`)
        return inner.integrity && !inner.unpacked ? [`${inner.integrity.hash}  ${prefix}/${name}`] : []
      })
    return lines(JSON.parse(header.toString('utf8')) as AsarEntry, path)
  } finally {
    closeSync(descriptor)
  }
}

/** What two lists differ in, one sentence a file; empty when they say the same. */
export function contentsDifferences(one: string, other: string): string[] {
  const [first, second] = [byPath(one), byPath(other)]
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort()
  return paths.flatMap((path) => {
    const [mine, yours] = [first.get(path), second.get(path)]
    if (mine === yours) return []
    return [
      `${path}: ${mine === undefined ? 'only in the second' : yours === undefined ? 'only in the first' : 'differs'}`,
    ]
  })
}

const byPath = (list: string): Map<string, string> =>
  new Map(
    list
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  )
