import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { signatureEnding, signUpdate } from '../../../archive/update/update-signature.ts'
import { updateFile } from '../../../electron/update-file.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')

async function brought(name: string) {
  const folder = temporaryFolder()
  const opened: string[] = []
  const shown: string[] = []
  const update = updateFile({
    folder: join(folder, 'updates'),
    keys: [publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
    current: '1.0.0',
    openPath: async (path) => {
      opened.push(path)
      return ''
    },
    showInFolder: (path) => shown.push(path),
  })
  const file = join(folder, 'stick', name)
  mkdirSync(dirname(file))
  writeFileSync(file, 'the new program')
  writeFileSync(`${file}${signatureEnding}`, await signUpdate(file, '1.0.1', privateKey))
  return { update, file, copy: join(folder, 'updates', basename(file)), opened, shown }
}

it('opens the copy it checked, whatever became of the file meanwhile', async () => {
  const { update, file, copy, opened } = await brought('Banmian-1.0.1.deb')
  const { token, version } = await update.check(file)
  expect(version).toBe('1.0.1')
  writeFileSync(file, 'another program')
  await update.open(token)
  expect(opened).toEqual([copy])
  expect(readFileSync(copy, 'utf8')).toBe('the new program')
})

it('checks the copy once more before it is opened', async () => {
  const { update, file, copy, opened } = await brought('Banmian-1.0.1.deb')
  const { token } = await update.check(file)
  writeFileSync(copy, 'another program')
  await expect(update.open(token)).rejects.toMatchObject({ code: 'update-refused' })
  expect(opened).toEqual([])
})

it('shows the folder of what is no installer, and opens nothing that it did not check', async () => {
  const { update, file, copy, opened, shown } = await brought('banmian-1.0.1.tar.gz')
  const { token } = await update.check(file)
  await update.open(token)
  expect([opened, shown]).toEqual([[], [copy]])
  await expect(update.open('other')).rejects.toMatchObject({ code: 'not-found' })
  writeFileSync(file, 'broken')
  await expect(update.check(file)).rejects.toMatchObject({ code: 'update-refused' })
  await expect(update.open(token)).rejects.toMatchObject({ code: 'not-found' })
  expect(existsSync(copy)).toBe(true)
})
