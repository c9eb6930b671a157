import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettingsPolicy, settingsPolicyFile } from '../../../electron/settings-policy.ts'
import { openSettings } from '../../../electron/settings.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

function policyOf(text: string) {
  const file = join(temporaryFolder(), 'policy.json')
  writeFileSync(file, text)
  return readSettingsPolicy(file)
}

it('stands where only an administrator writes', () => {
  expect(settingsPolicyFile('linux', {})).toBe('/etc/banmian/policy.json')
  expect(settingsPolicyFile('darwin', {})).toBe('/Library/Application Support/Banmian/policy.json')
  expect(settingsPolicyFile('win32', { ProgramData: 'D:\\PD' })).toMatch(/D:\\PD.Banmian.policy\.json/)
})

it('has no effect when it is absent or wrong, and says why', () => {
  const none = { defaults: {}, locked: {}, archives: [] }
  expect(readSettingsPolicy(join(temporaryFolder(), 'absent.json'))).toEqual(none)
  for (const [text, reason] of [
    ['{', /no JSON/],
    ['[]', /./],
    ['{"version":2}', /version/],
    ['{"version":1,"locked":{"theme":"pink"}}', /locked\.theme/],
    ['{"version":1,"lock":{}}', /lock/],
  ] as const) {
    expect(policyOf(text), text).toMatchObject({ ...none, problem: expect.stringMatching(reason) })
  }
})

it('puts defaults below the user’s choice and what is locked above it, without forgetting the choice', async () => {
  const policy = policyOf('\uFEFF{"version":1,"defaults":{"fit":"width"},"locked":{"language":"zh-Hant"}}')
  const file = join(temporaryFolder(), 'settings.json')
  writeFileSync(file, '{"language":"en"}')
  const settings = openSettings({ file, systemLanguage: 'en', policy })
  expect(settings.read()).toMatchObject({ language: 'zh-Hant', fit: 'width' })
  expect(await settings.change({ language: 'zh-Hans', fit: 'page' })).toMatchObject({
    language: 'zh-Hant',
    fit: 'page',
  })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ language: 'en', fit: 'page' })
  const free = openSettings({ file, systemLanguage: 'en', policy: { defaults: {}, locked: {} } })
  expect(free.read()).toMatchObject({ language: 'en', fit: 'page' })
})
