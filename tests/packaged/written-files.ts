import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where a user of this machine could write; what the system itself keeps in memory is not on it. */
const places = ['/tmp', '/var', '/dev/shm', '/run', '/home', '/root', '/opt', '/etc', '/srv', '/mnt', '/media']

/** Every file and folder on this machine that belongs to a user, sorted. */
export function filesOf(user: number): string[] {
  // What other programs remove meanwhile makes find end with 1: that is no trouble here.
  const { stdout } = spawnSync('find', [...places.filter(existsSync), '-uid', String(user), '-print0'], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return stdout.split('\0').filter(Boolean).sort()
}
