import { open, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { ArchiveError, fromFileError } from './errors.ts'
import { readWhole } from './files.ts'

const lockName = '.banmian-lock'

/**
 * Runs `work` as the only writer of a folder. A lock left by a process that is gone, on this machine, is taken over.
 * Throws ArchiveError `archive-busy` when another process holds it.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const path = join(folder, lockName)
  await takeLock(path, folder)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function takeLock(path: string, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }))
      await file.close()
      return
    } catch (error) {
      if (!(error instanceof Error) || (error as Error & { code?: string }).code !== 'EEXIST') {
        throw fromFileError(error, folder)
      }
      const holder = await readHolder(path)
      if (holder && isRunning(holder)) throw new ArchiveError('archive-busy', { file: folder, holder: holder.pid })
      await rm(path, { force: true })
    }
  }
  throw new ArchiveError('archive-busy', { file: folder, holder: 0 })
}

interface Holder {
  pid: number
  host: string
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value = JSON.parse((await readWhole(path)).toString('utf8')) as Partial<Holder>
    return typeof value.pid === 'number' && typeof value.host === 'string' ? (value as Holder) : undefined
  } catch {
    return undefined
  }
}

/** A holder on another machine counts as running: its process cannot be seen from here. */
function isRunning(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return true
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && (error as Error & { code?: string }).code === 'EPERM'
  }
}
