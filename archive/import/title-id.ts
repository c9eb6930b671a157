import { createHash } from 'node:crypto'

/** Lower case id of a newspaper from its name: one that can be typed where the name has Latin letters, else a short stable one. */
export function titleIdOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/^[^a-z\d]+/, '')
  if (/^[a-z\d][a-z\d._-]{0,99}$/.test(plain)) return plain
  return `paper-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
