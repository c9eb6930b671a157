import { FilePositions } from './file-marks.ts'
import type { Source } from './source.ts'

/** Where a link of a mirrored page leads. */
export interface LinkTarget {
  /** The file of the source, when it was delivered. */
  path?: string
  /** The path as the page names it, from the source's root; kept for messages when the file is missing. */
  wanted: string
  /** True for links to other sites and for links that leave the source: never followed. */
  outside: boolean
}

export type LinkResolver = (fromFile: string, href: string) => LinkTarget | undefined

/**
 * One spelling for all: case of old Windows servers, `%3F` and `@` that tools write for `?`, `.html` that wget puts
 * behind a query, percent escapes.
 */
function spelling(path: string): string {
  let plain = path
  try {
    plain = decodeURIComponent(path)
  } catch {
    // A stray percent sign: the name is taken as it is.
  }
  return plain
    .normalize('NFC')
    .toLowerCase()
    .replace(/%3f|？/g, '?')
    .replace(/@(?=[\w-]+=)/, '?')
    .replace(/(\.s?html?\?[^/]*)\.s?html?$/, '$1')
}

function withoutQuery(path: string): string {
  return path.replace(/\?.*$/, '')
}

/** The file name of a path without folder, query and fragment, in one spelling. */
export function plainFileName(path: string): string {
  return withoutQuery(spelling(path.replace(/#.*$/, ''))).replace(/^.*\//, '')
}

/** Resolves `.` and `..`; undefined when the path climbs out of the root. */
function normalise(path: string): string | undefined {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

function folders(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index).join('/'))
}

/**
 * Links of a mirror to files of its source: relative links, links from the site's root (looked for below each parent
 * folder) and full addresses of a host that the mirror has a folder for. Undefined for script, mail and empty links.
 */
export function createLinkResolver(source: Source): LinkResolver {
  // A mirror has very many files. Most names are spelled as they are compared: only the others need another entry. What
  // is answered is the source's own string, not one of a page's text, which an import would then keep beside it.
  const positions = new FilePositions(source.files)
  const bySpelling = new Map<string, string>()
  const byPlainName = new Map<string, string>()
  for (const file of source.files) {
    const key = spelling(file)
    const plain = withoutQuery(key)
    const isTaken = bySpelling.has(key) || (key < file && positions.of(key) >= 0)
    if (key !== file && !isTaken) bySpelling.set(key, file)
    if (plain !== key && !byPlainName.has(plain)) byPlainName.set(plain, file)
  }
  const spelled = (key: string): string | undefined => bySpelling.get(key) ?? positions.own(key)
  const find = (path: string): string | undefined => {
    const own = positions.own(path)
    if (own !== undefined) return own
    const key = spelling(path)
    return spelled(key) ?? spelled(withoutQuery(key)) ?? byPlainName.get(withoutQuery(key))
  }
  const below = (folder: string, path: string): LinkTarget | undefined => {
    const wanted = normalise(`${folder}/${path}`)
    const found = wanted === undefined ? undefined : find(wanted)
    return found && wanted ? { path: found, wanted, outside: false } : undefined
  }
  return (fromFile, href) => {
    const link = href.trim().replace(/#.*$/, '').replaceAll('\\', '/')
    if (link === '' || /^(javascript|mailto|data|about|tel|vbscript|file):/i.test(link)) return undefined
    const remote = /^(?:https?:)?\/\/([^/:?]+)(?::\d+)?\/?(.*)$/i.exec(link)
    if (remote) {
      const [host, path] = [remote[1]?.toLowerCase() ?? '', remote[2] ?? '']
      const home = folders(fromFile).find((folder) => folder.toLowerCase().split('/').at(-1) === host)
      return (home === undefined ? undefined : below(home, path)) ?? { wanted: link, outside: true }
    }
    if (/^[a-z][a-z\d+.-]*:/i.test(link)) return undefined
    if (link.startsWith('/')) {
      for (const folder of folders(fromFile)) {
        const found = below(folder, link)
        if (found) return found
      }
      return { wanted: normalise(link) ?? link, outside: false }
    }
    const wanted = normalise(`${folders(fromFile)[0] ?? ''}/${link}`)
    if (wanted === undefined) return { wanted: link, outside: true }
    return { path: find(wanted), wanted, outside: false }
  }
}
