import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkUpdate, keyName, signatureEnding, signUpdate } from '../../../archive/update/update-signature.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const makers = generateKeyPairSync('ed25519')
const others = generateKeyPairSync('ed25519')
const spki = ({ publicKey }: typeof makers): string =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const keys = [spki(makers)]
const current = '1.2.9'

describe('an update that is opened by hand', () => {
  let file = ''
  let signature = ''
  beforeEach(async () => {
    file = join(temporaryFolder(), 'Banmian-1.10.0.AppImage')
    signature = `${file}${signatureEnding}`
    writeFileSync(file, 'the new program')
    writeFileSync(signature, await signUpdate(file, '1.10.0', makers.privateKey))
  })
  const check = () => checkUpdate(file, { keys, current })
  const refused = (reason: RegExp) =>
    expect(check()).rejects.toMatchObject({
      code: 'update-refused',
      details: { reason: expect.stringMatching(reason) },
    })

  it('is taken with the signature of its makers', async () => {
    expect(await check()).toMatchObject({ version: '1.10.0', bytes: 15, key: keyName(spki(makers)) })
  })

  it('is refused when one byte was changed', async () => {
    writeFileSync(file, 'the New program')
    await refused(/not the file that was signed/)
  })

  it('is refused when its makers did not sign it, whatever is claimed', async () => {
    writeFileSync(signature, await signUpdate(file, '1.10.0', others.privateKey))
    await refused(/no key/)
    const claim = JSON.parse(readFileSync(signature, 'utf8')) as Record<string, unknown>
    writeFileSync(signature, JSON.stringify({ ...claim, version: '9.9.9' }))
    await refused(/no key/)
    writeFileSync(signature, JSON.stringify({ ...claim, signature: '' }))
    await refused(/no key/)
  })

  it('is refused under a version it was not signed for', async () => {
    const claim = JSON.parse(readFileSync(signature, 'utf8')) as Record<string, unknown>
    writeFileSync(signature, JSON.stringify({ ...claim, version: '2.0.0' }))
    await refused(/no key/)
  })

  it('is refused under another name: the signature of one system’s package is not that of another’s', async () => {
    const other = join(file, '../Banmian-1.10.0.exe')
    copyFileSync(file, other)
    copyFileSync(signature, `${other}${signatureEnding}`)
    file = other
    await refused(/signed as/)
  })

  it('is refused when it is older or the same: nobody is led back to a version with known faults', async () => {
    for (const version of ['1.2.9', '1.2.8', '0.9.99']) {
      writeFileSync(signature, await signUpdate(file, version, makers.privateKey))
      await refused(/not newer/)
    }
  })

  it('says when there is no signature, or none that can be read', async () => {
    for (const text of ['', '{', '[]', '{"version":"1.10.0"}', 'x'.repeat(20_000)]) {
      writeFileSync(signature, text)
      await expect(check()).rejects.toMatchObject({ code: 'update-unsigned' })
    }
    rmSync(signature)
    await expect(check()).rejects.toMatchObject({ code: 'update-unsigned' })
    renameSync(file, `${file}.gone`)
    await expect(check()).rejects.toMatchObject({ code: 'update-unsigned' })
  })

  it('is refused by a program without a key', async () => {
    await expect(checkUpdate(file, { keys: [], current })).rejects.toMatchObject({ code: 'no-release-key' })
  })
})
