import { constants } from 'node:fs'
import { access, lstat, readdir } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'

/**
 * The folder of a stick that can be written: `folder` itself when something is mounted there, else the first in it that
 * is a mount point. Undefined: nothing is plugged in. A folder of the machine's own disk is never answered, so that
 * nothing a visitor saves is left behind.
 */
export async function findStick(folder: string): Promise<string | undefined> {
  if (await isMounted(folder)) return (await isWritable(folder)) ? folder : undefined
  const names = await readdir(folder).catch(() => [])
  for (const name of names.sort()) {
    const each = join(folder, name)
    if ((await isMounted(each)) && (await isWritable(each))) return each
  }
  return undefined
}

/** A mount point lies on another device than the folder it is in; on Windows a drive is one by itself. */
async function isMounted(path: string): Promise<boolean> {
  const here = await lstat(path).catch(() => undefined)
  if (!here?.isDirectory()) return false
  if (process.platform === 'win32') return parse(path).root === path
  const above = await lstat(dirname(path)).catch(() => undefined)
  return above !== undefined && above.dev !== here.dev
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
}
