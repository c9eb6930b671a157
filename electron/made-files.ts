import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import { pictureUrl } from './picture-url.ts'

/** Files made for the moment, such as a part cut from a page: shown by number, gone when the program or a visit ends. */
export interface MadeFiles {
  /** A new path, and the folder it is in. */
  reserve: (extension: string) => { folder: string; name: string; path: string }
  /** URL under which a file made there is shown. */
  show: (archive: string, path: string, how?: 'until-removed') => string
  /** Files that were shown until this. */
  remove: (paths: readonly string[]) => void
  /** Throws ArchiveError `missing-file` for a number that was never given. */
  pathOf: (id: number) => string
  removeAll: () => void
}

const mostShown = 200

export function madeFiles(temporary: string): MadeFiles {
  let folder: string | undefined
  let next = 1
  const shown = new Map<number, string>()
  const kept = new Map<number, string>()
  return {
    reserve: (extension) => {
      folder ??= mkdtempSync(join(temporary, 'banmian-'))
      const name = `made-${next++}`
      return { folder, name, path: join(folder, `${name}.${extension}`) }
    },
    show: (archive, path, how) => {
      const id = next++
      if (how === 'until-removed') {
        kept.set(id, path)
        return pictureUrl(archive, 'made', id, 0, '')
      }
      shown.set(id, path)
      const [oldest] = shown.keys()
      if (shown.size > mostShown && oldest !== undefined) {
        rmSync(shown.get(oldest) ?? '', { force: true })
        shown.delete(oldest)
      }
      return pictureUrl(archive, 'made', id, 0, '')
    },
    pathOf: (id) => {
      const path = shown.get(id) ?? kept.get(id)
      if (path === undefined) throw new ArchiveError('missing-file', { file: `made ${id}` })
      return path
    },
    remove: (paths) => {
      for (const [id, path] of kept) {
        if (!paths.includes(path)) continue
        kept.delete(id)
        rmSync(path, { force: true })
      }
    },
    removeAll: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
      shown.clear()
    },
  }
}
