import { randomBytes } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { ArchiveError, fromWriteError } from './errors.ts'
import { exists, readWhole, writeSynced } from './files.ts'

const lockName = '.banmian-lock'

/** Folders this very process holds or is about to: a lock file with its number was else left by an earlier process. */
const held = new Set<string>()

/**
 * Runs `work` as the only writer of a folder. A lock left by a process that is gone, on this machine, is taken over.
 * Throws ArchiveError `archive-busy` when another process holds it.
 */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const path = join(resolve(folder), lockName)
  if (held.has(path)) throw new ArchiveError('archive-busy', { file: folder, holder: process.pid })
  held.add(path)
  try {
    await takeLock(path, folder)
    try {
      return await work()
    } finally {
      await rm(path, { force: true })
    }
  } finally {
    held.delete(path)
  }
}

async function takeLock(path: string, folder: string): Promise<void> {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeSynced(own, JSON.stringify({ pid: process.pid, host: hostname() }))
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (await putInPlace(own, path)) return
      const holder = await readHolder(path)
      if (holder && isRunning(holder)) throw new ArchiveError('archive-busy', { file: folder, holder: holder.pid })
      await removeStale(path, own)
    }
  } catch (error) {
    throw fromWriteError(error, folder)
  } finally {
    await rm(own, { force: true }).catch(() => undefined)
  }
  throw new ArchiveError('archive-busy', { file: folder, holder: 0 })
}

/** The lock appears with its content, so that no other process ever takes a fresh lock for a broken one. */
async function putInPlace(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined
    if (code === 'EEXIST') return false
    // File systems of memory sticks and some shares have no links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code ?? '')) throw error
  }
  return createExclusively(path, await readWhole(own))
}

async function createExclusively(path: string, content: Buffer): Promise<boolean> {
  if (await exists(path)) return false
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return true
}

/** Of several processes that find a lock stale only one moves it away; one that moved a fresh lock puts it back. */
async function removeStale(path: string, own: string): Promise<void> {
  const aside = `${own}.stale`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  const moved = await readHolder(aside)
  if (moved && isRunning(moved)) await putInPlace(aside, path)
  await rm(aside, { force: true })
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
  // Not this process, which knows what it holds: in a container every run may get the same number.
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && (error as Error & { code?: string }).code === 'EPERM'
  }
}
