import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A report of a crash, kept on this machine: a minidump, which holds parts of the memory of what crashed. */
export interface CrashReport {
  /** Of the file, without folder. */
  name: string
  /** ISO time. */
  time: string
  bytes: number
}

export interface CrashReports {
  /** Newest first. */
  list: () => CrashReport[]
  removeAll: () => void
  /** Removes all but the newest ten. */
  prune: () => void
}

const kept = 10

/** The reports below a folder, wherever in it the system's Crashpad puts them. */
export function crashReports(folder: string): CrashReports {
  const files = (): (CrashReport & { path: string })[] =>
    entriesOf(folder)
      .filter((name) => name.endsWith('.dmp'))
      .flatMap((name) => {
        const path = join(folder, name)
        const stat = statSync(path, { throwIfNoEntry: false })
        return stat
          ? [{ path, name: name.replace(/^.*[\\/]/, ''), time: stat.mtime.toISOString(), bytes: stat.size }]
          : []
      })
      .sort((one, other) => other.time.localeCompare(one.time))
  const remove = (path: string): void => {
    // What Crashpad notes about a report has its name.
    for (const each of [path, path.replace(/\.dmp$/, '.meta')]) rmSync(each, { force: true })
  }
  return {
    list: () => files().map(({ name, time, bytes }) => ({ name, time, bytes })),
    removeAll: () => files().forEach(({ path }) => remove(path)),
    prune: () =>
      files()
        .slice(kept)
        .forEach(({ path }) => remove(path)),
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    // No crash yet, or a folder that cannot be read: nothing to list.
    return []
  }
}
