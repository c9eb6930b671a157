import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A PIN as it stands in the kiosk's policy: `scrypt$N$r$p$salt$hash` (RFC 7914), salt and hash in base64. */

const cost = { N: 1 << 15, r: 8, p: 1 }
const length = 32
export const pinHashShape =
  /^scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]{16,}={0,2})\$([A-Za-z0-9+/]{40,}={0,2})$/

/** What a PIN is: short enough for a pad of digits. */
export const pinShape = /^\d{4,12}$/

/** The hash of a PIN, with fresh salt. */
export async function pinHash(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Whether a PIN has this hash; takes as long for a wrong one. False for a hash that is none. */
export async function pinMatches(pin: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt, expected] = pinHashShape.exec(hash) ?? []
  if (salt === undefined || expected === undefined) return false
  const wanted = Buffer.from(expected, 'base64')
  const derived = await derive(pin, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  return wanted.length === derived.length && timingSafeEqual(wanted, derived)
}

function derive(pin: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(pin, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
