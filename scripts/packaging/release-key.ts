import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { keyName } from '../../archive/update/update-signature.ts'
import { root } from './shipped-works.ts'

/**
 * `npm run release-key -- FILE`: makes a key to sign releases with. The private part goes into FILE, readable by its
 * owner alone and never below this folder; the public part is added to archive/update/release-keys.ts.
 */
const [name] = process.argv.slice(2)
if (!name) throw new Error('npm run release-key -- FILE')
const file = resolve(name)
if (file.startsWith(`${root}${sep}`)) throw new Error('A private key does not belong below the project')
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const keys = join(root, 'archive/update/release-keys.ts')
const text = readFileSync(keys, 'utf8')
const known = [...text.matchAll(/'([A-Za-z0-9+/=]{40,})'/g)].map(([, key]) => key)
const list = [...known, spki].map((key) => `  '${key}',\n`).join('')
writeFileSync(keys, text.replace(/= \[[^\]]*\]/, `= [\n${list}]`))
console.log(`Key ${keyName(spki)}: private in ${file}, public in archive/update/release-keys.ts`)
