import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadSettings, saveSettings } from '../../../electron/settings-file.ts'
import { openSettings } from '../../../electron/settings.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const none = { defaults: {}, locked: {} }

it('carries settings to another machine, and back to the first day with the language kept', async () => {
  const folder = temporaryFolder()
  const here = openSettings({ file: join(folder, 'here.json'), systemLanguage: 'zh-CN', policy: none })
  await here.change({ theme: 'sepia', articleScale: 150, language: 'zh-Hant', fit: 'width' })
  await saveSettings(join(folder, 'taken.json'), here.read())
  const there = openSettings({ file: join(folder, 'there.json'), systemLanguage: 'en-US', policy: none })
  await there.change(loadSettings(join(folder, 'taken.json')))
  expect(there.read()).toEqual(here.read())
  expect(await here.restore()).toMatchObject({ theme: 'system', articleScale: 100, language: 'zh-Hant', fit: 'page' })
  expect(openSettings({ file: join(folder, 'here.json'), systemLanguage: 'en', policy: none }).read()).toEqual(
    here.read(),
  )
})

it('takes from a file only what is a setting with a value of its kind', () => {
  const file = join(temporaryFolder(), 'settings.json')
  const settings = { theme: 'dark', language: 'fr', articleScale: 9000, __proto__: { fit: 'width' }, unknown: 1 }
  writeFileSync(file, JSON.stringify({ kind: 'banmian-settings', version: 7, settings }))
  expect(loadSettings(file)).toEqual({ theme: 'dark' })
})

it.each(['', '{', '[]', 'null', '{"kind":"other","settings":{}}', '{"kind":"banmian-settings"}', '"x"'])(
  'refuses a file that holds no settings: %s',
  (content) => {
    const file = join(temporaryFolder(), 'any.json')
    writeFileSync(file, content)
    expect(() => loadSettings(file)).toThrow(expect.objectContaining({ code: 'not-settings' }))
  },
)

it('refuses a folder, a file that is not there and one that is far too large', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'folder.json'))
  writeFileSync(join(folder, 'large.json'), ' '.repeat(5_000_000))
  for (const name of ['folder.json', 'none.json', 'large.json']) {
    expect(() => loadSettings(join(folder, name)), name).toThrow(expect.objectContaining({ code: 'not-settings' }))
  }
})

it('begins with the defaults where its own file was damaged by hand or a power cut', () => {
  const file = join(temporaryFolder(), 'settings.json')
  writeFileSync(file, '{"theme": 5, "articleScale": "large", "fit": "width", "articleLook": {"face": "sans"}}')
  const settings = openSettings({ file, systemLanguage: 'zh-CN', policy: none }).read()
  expect(settings).toMatchObject({ theme: 'system', articleScale: 100, fit: 'width' })
  expect(settings.articleLook).toMatchObject({ face: 'sans', lines: 'usual' })
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20))
  expect(openSettings({ file, systemLanguage: 'zh-CN', policy: none }).read().fit).toBe('page')
})
