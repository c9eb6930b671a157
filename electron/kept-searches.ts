import { readFileSync } from 'node:fs'
import { writeAtomic } from '../archive/files.ts'
import type { KeptSearches } from './bridge/views.ts'

/** Searches that were asked and those that were kept, for each archive, in a JSON file of the profile. */
export interface KeptSearchStore {
  list: (archive: string) => KeptSearches
  /** Puts a search on top of those asked last. */
  note: (archive: string, text: string) => Promise<void>
  /** Keeps a search for good, or no longer. */
  keep: (archive: string, text: string, kept: boolean) => Promise<void>
  /** Forgets the searches asked last; those that were kept stay. */
  clear: (archive: string) => Promise<void>
}

const mostRecent = 20
const mostSaved = 200

/** Opens the file; what is damaged in it is begun anew. */
export function openKeptSearches(file: string): KeptSearchStore {
  const archives = new Map(Object.entries(readFile(file)))
  const list = (archive: string): KeptSearches => archives.get(archive) ?? { recent: [], saved: [] }
  const change = async (archive: string, part: Partial<KeptSearches>): Promise<void> => {
    archives.set(archive, { ...list(archive), ...part })
    await writeAtomic(file, `${JSON.stringify(Object.fromEntries(archives), null, 2)}\n`)
  }
  const onTop = (texts: string[], text: string, most: number): string[] =>
    [text, ...texts.filter((other) => other !== text)].slice(0, most)
  return {
    list,
    note: (archive, text) => change(archive, { recent: onTop(list(archive).recent, text, mostRecent) }),
    keep: (archive, text, kept) => {
      const { saved } = list(archive)
      return change(archive, { saved: kept ? onTop(saved, text, mostSaved) : saved.filter((other) => other !== text) })
    },
    clear: (archive) => change(archive, { recent: [] }),
  }
}

function readFile(file: string): Record<string, KeptSearches> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as unknown
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return Object.fromEntries(entries.map(([archive, kept]) => [archive, readKept(kept)]))
  } catch {
    return {}
  }
}

function readKept(value: unknown): KeptSearches {
  const { recent, saved } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof KeptSearches, unknown>
  >
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((text): text is string => typeof text === 'string') : []
  return { recent: texts(recent), saved: texts(saved) }
}
