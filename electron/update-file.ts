import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { ArchiveError, fromWriteError } from '../archive/errors.ts'
import { exists } from '../archive/files.ts'
import { checkUpdate, signatureEnding } from '../archive/update/update-signature.ts'
import type { UpdateView } from './bridge/diagnostics-views.ts'

interface UpdateParts {
  /** Folder for the copy that is checked and opened. */
  folder: string
  keys: readonly string[]
  /** Version that runs. */
  current: string
  /** Opens a file with the program the system has for it; answers what went wrong, or ''. */
  openPath: (path: string) => Promise<string>
  showInFolder: (path: string) => void
}

export interface UpdateFile {
  /** Throws ArchiveError: those of `checkUpdate`, `disk-full`, `read-only`. */
  check: (path: string) => Promise<UpdateView>
  /** Throws ArchiveError `not-found` for a token it did not give, and again those of `checkUpdate`. */
  open: (token: string) => Promise<void>
}

/** Installers; of the others the folder is shown, since unpacking them is the administrator's decision. */
const installers = new Set(['.exe', '.dmg', '.deb'])

/**
 * An update that the user brings as a file. It is copied first, and the copy is what is checked and opened: nobody can
 * put another file in its place between the two. What was brought before is removed.
 */
export function updateFile({ folder, keys, current, openPath, showInFolder }: UpdateParts): UpdateFile {
  let checked: { token: string; path: string } | undefined
  const isRight = (path: string) => checkUpdate(path, { keys, current })
  return {
    check: async (path) => {
      checked = undefined
      // Before it is copied: what nobody signed is not worth the space.
      await isRight(path)
      const copy = join(folder, basename(path))
      try {
        await rm(folder, { recursive: true, force: true })
        await mkdir(folder, { recursive: true, mode: 0o700 })
        for (const ending of ['', signatureEnding]) await copyFile(`${path}${ending}`, `${copy}${ending}`)
      } catch (error) {
        throw fromWriteError(error, folder)
      }
      const { version, file, bytes, key } = await isRight(copy)
      checked = { token: randomUUID(), path: copy }
      return { token: checked.token, version, file, bytes, key }
    },
    open: async (token) => {
      if (checked?.token !== token || !(await exists(checked.path)))
        throw new ArchiveError('not-found', { file: 'update' })
      await isRight(checked.path)
      if (!installers.has(extname(checked.path).toLowerCase())) return showInFolder(checked.path)
      const problem = await openPath(checked.path)
      if (problem !== '') showInFolder(checked.path)
    },
  }
}
