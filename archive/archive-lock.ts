import { randomBytes } from 'node:crypto'
import { link, open, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { ArchiveError, fromWriteError } from './errors.ts'
import { exists, readWhole, writeSynced } from './files.ts'

const lockName = '.banmian-lock'

/** Folders this very process holds or is about to: a lock file with its number was else left by an earlier process. */
const held = new Set<string>()

/** A writer writes its lock anew this often, so that other machines see that it lives. Milliseconds. */
const heartbeat = 20_000
/** A lock of another machine that was not written for so long belongs to nobody. Milliseconds. */
const goneAfter = 5 * 60_000

/** A lock while it is held. */
export interface HeldLock {
  /** Throws ArchiveError `archive-busy` when another machine took it over, as after a long sleep of this one. */
  check(): Promise<void>
}

/**
 * Runs `work` as the only writer of a folder. A lock left by a process that is gone is taken over: one of this machine
 * at once, one of another after five minutes without a sign of life.
 * Throws ArchiveError `archive-busy`, `archive-busy-elsewhere` when another process holds it.
 */
export async function withLock<Result>(
  folder: string,
  work: (lock: HeldLock) => Promise<Result>,
  { beat = heartbeat } = {},
): Promise<Result> {
  const path = join(resolve(folder), lockName)
  if (held.has(path)) throw new ArchiveError('archive-busy', { file: folder, holder: process.pid })
  held.add(path)
  try {
    const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomBytes(8).toString('hex') })
    await takeLock(path, folder, content)
    const isOurs = async (): Promise<boolean> => (await readWhole(path).catch(() => '')).toString() === content
    const check = async (): Promise<void> => {
      if (!(await isOurs())) throw new ArchiveError('archive-busy', { file: folder, holder: 0 })
    }
    let beating = Promise.resolve()
    const timer = setInterval(() => (beating = beating.then(() => beatOnce(path, content))), beat)
    timer.unref()
    try {
      return await work({ check })
    } finally {
      clearInterval(timer)
      await beating
      if (await isOurs()) await rm(path, { force: true })
    }
  } finally {
    held.delete(path)
  }
}

/**
 * Writes the lock as it is: the clock of the disk, which all machines share, then says when. A lock that another one
 * took over is another file, so that what is written here never falls on it.
 */
async function beatOnce(path: string, content: string): Promise<void> {
  try {
    const file = await open(path, 'r+')
    try {
      if ((await file.readFile('utf8')) === content) await file.write(content, 0)
    } finally {
      await file.close()
    }
  } catch {
    // A share that is gone for a while: the next beat tries again, and the commit asks whether the lock is still ours.
  }
}

async function takeLock(path: string, folder: string, content: string): Promise<void> {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeSynced(own, content)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (await putInPlace(own, path)) return
      const holder = await readHolder(path)
      if (holder && (await isAlive(holder, path, own))) {
        const { pid, host } = holder
        if (host === hostname()) throw new ArchiveError('archive-busy', { file: folder, holder: pid })
        throw new ArchiveError('archive-busy-elsewhere', { file: folder, host })
      }
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
  if (moved && (await isAlive(moved, aside, own))) await putInPlace(aside, path)
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

/**
 * A process of another machine cannot be seen from here: it lives as long as its lock is written anew. The age is the
 * difference to a file that was just written beside it, so that clocks of machines that differ do not matter.
 */
async function isAlive(holder: Holder, path: string, own: string): Promise<boolean> {
  if (holder.host === hostname()) return isRunning(holder)
  try {
    const [lock, now] = await Promise.all([stat(path), stat(own)])
    return now.mtimeMs - lock.mtimeMs < goneAfter
  } catch {
    return true
  }
}

function isRunning(holder: Holder): boolean {
  // Not this process, which knows what it holds: in a container every run may get the same number.
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && (error as Error & { code?: string }).code === 'EPERM'
  }
}
