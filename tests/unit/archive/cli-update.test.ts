import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { signatureEnding, signUpdate } from '../../../archive/update/update-signature.ts'
import { banmian, expectFailure } from '../../fixtures/command-line.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('checks an update with a key that an administrator trusts', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'banmian-99.0.0-linux-amd64.deb')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  writeFileSync(file, 'new')
  const words = ['verify-update', file, '--key', key]
  expectFailure(words, 'update-unsigned', { cache: folder })
  writeFileSync(`${file}${signatureEnding}`, await signUpdate(file, '99.0.0', privateKey))
  const { json } = banmian([...words, '--json'], { cache: folder })
  expect(json).toMatchObject({ product: 'banmian', version: '99.0.0', bytes: 3 })
  writeFileSync(file, 'old')
  expectFailure(words, 'update-refused', { cache: folder })
})
