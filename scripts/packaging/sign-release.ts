import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signatureEnding, signUpdate } from '../../archive/update/update-signature.ts'
import { root } from './shipped-works.ts'

/**
 * `npm run sign-release`: signs every package in release/ with the key in the file BANMIAN_SIGNING_KEY (PEM), on the
 * machine that holds it. Each signature stands beside its package. What is marked as not for release is not signed.
 */
const packages = /\.(exe|dmg|deb|AppImage|tar\.gz)$/
const keyFile = process.env['BANMIAN_SIGNING_KEY']
const folder = join(root, 'release')

async function main(): Promise<void> {
  if (!keyFile) throw new Error('BANMIAN_SIGNING_KEY has to name the file of the private key')
  const names = readdirSync(folder)
  if (names.includes('NOT-FOR-RELEASE.txt')) throw new Error('release/ holds packages that are not for release')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const key = createPrivateKey(readFileSync(keyFile))
  const found = names.filter((name) => packages.test(name))
  if (found.length === 0) throw new Error('release/ holds no package; run npm run dist first')
  for (const name of found) {
    writeFileSync(join(folder, `${name}${signatureEnding}`), await signUpdate(join(folder, name), version, key))
    console.log(`${name} signed as version ${version}`)
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
