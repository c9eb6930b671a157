import { createLinkResolver } from './link-resolution.ts'
import type { Source } from './source.ts'

/** Where a file that a description names was found. */
export interface FoundFile {
  path?: string
  /** As the description names it, for messages. */
  wanted: string
}

export type FileFinder = (fromFile: string, href: string) => FoundFile

const pictures = /\.(?:tiff?|jpe?g|png|webp|jp2|jpx|jpf|j2k|gif|bmp)$/i

function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? '').toLowerCase()
}

/** The name of a file without folder and extension, in lower case. */
export function stemOf(path: string): string {
  return nameOf(path)
    .replace(/\.gz$/, '')
    .replace(/\.[a-z\d]{1,5}$/, '')
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
}

/** Of several files of a name the one in the folder of the same name, when there is just one. */
function only(candidates: string[], href: string): string | undefined {
  if (candidates.length < 2) return candidates[0]
  const parent = href.split('/').at(-2)?.toLowerCase()
  const inFolder = candidates.filter((path) => path.split('/').at(-2)?.toLowerCase() === parent)
  return inFolder.length === 1 ? inFolder[0] : undefined
}

/**
 * The one file whose folder and name end an address, wherever it lies: `https://server/1888/jpegs/1.png` is
 * `jpegs/1.png` beside the folder of the METS. A name alone would be too little, since many are `0001.png`.
 */
function ofAddress(address: string, candidates: readonly string[] = []): string | undefined {
  if (!/^https?:/i.test(address)) return undefined
  const end = `/${address.split('/').slice(-2).join('/')}`.toLowerCase()
  const found = candidates.filter((path) => `/${path}`.toLowerCase().endsWith(end))
  return found.length === 1 ? found[0] : undefined
}

/**
 * Finds the files that METS, DIDL and manifests name: by their relative path, and since addresses on servers and paths
 * of scanners say little about a delivery, by their name below the folder of the description; a picture also in
 * another format. Nothing is fetched.
 */
export function createFileFinder(source: Source): FileFinder {
  const resolve = createLinkResolver(source)
  const byName = new Map<string, string[]>()
  const byStem = new Map<string, string[]>()
  const put = (map: Map<string, string[]>, key: string, path: string): void => {
    const known = map.get(key)
    if (known) known.push(path)
    else map.set(key, [path])
  }
  for (const file of source.files) {
    put(byName, nameOf(file), file)
    if (pictures.test(file)) put(byStem, stemOf(file), file)
  }
  return (fromFile, href) => {
    const link = href
      .trim()
      .replaceAll('\\', '/')
      .replace(/^file:\/{0,3}/i, '')
      .replace(/^\.\//, '')
    const target = resolve(fromFile, link)
    const wanted = target?.wanted ?? (link || href)
    if (target?.path) return { path: target.path, wanted }
    const folder = folderOf(fromFile)
    let plain = link.replace(/[?#].*$/, '')
    try {
      plain = decodeURIComponent(plain)
    } catch {
      // A stray percent sign: the name is taken as it is.
    }
    const below = (paths: string[] | undefined): string[] =>
      (paths ?? []).filter((path) => path.startsWith(folder) && path !== fromFile)
    const sameName = byName.get(nameOf(plain)) ?? byName.get(`${nameOf(plain)}.gz`)
    const named = only(below(sameName), plain)
    if (named) return { path: named, wanted }
    const picture = pictures.test(plain) ? only(below(byStem.get(stemOf(plain))), plain) : undefined
    return { path: picture ?? ofAddress(link, sameName), wanted }
  }
}
