import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import type { ChosenSource } from './bridge/views.ts'

/** Paths the user chose in a dialog or dropped, known to the interface by tokens only. */
export interface ChosenPaths {
  add: (path: string) => ChosenSource
  /** Throws ArchiveError `bad-request` for a token that was never given. */
  pathOf: (token: string) => string
}

export function chosenPaths(): ChosenPaths {
  const paths = new Map<string, string>()
  return {
    add: (path) => {
      const token = randomBytes(16).toString('hex')
      paths.set(token, path)
      return { token, name: basename(path) }
    },
    pathOf: (token) => {
      const path = paths.get(token)
      if (path === undefined) throw new ArchiveError('bad-request', { reason: 'unknown token' })
      return path
    },
  }
}
