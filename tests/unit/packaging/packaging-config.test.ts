import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../../scripts/packaging/shipped-works.ts'

/** The packager's own reading and checking of its configuration, which it does before it packs for any system. */
interface PackagerConfig {
  getConfig: (folder: string, file: string, given: null) => Promise<Record<string, never>>
  validateConfiguration: (config: unknown, log: { isEnabled: boolean }) => Promise<void>
}

function packager(): PackagerConfig {
  const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder/package.json'))
  return builder('app-builder-lib/out/util/config/config.js') as PackagerConfig
}

it('is a configuration for Windows, macOS and Linux that the packager takes', async () => {
  const { getConfig, validateConfiguration } = packager()
  const config = await getConfig(root, 'electron-builder.yml', null)
  await validateConfiguration(config, { isEnabled: false })
  await expect(validateConfiguration({ ...config, oneClick: true }, { isEnabled: false })).rejects.toThrow(/oneClick/)
  const { win, mac, linux } = config as unknown as Record<string, { target: (string | { target: string })[] }>
  const names = [win, mac, linux].map((of) => of?.target.map((one) => (typeof one === 'string' ? one : one.target)))
  expect(names).toEqual([['nsis', 'portable'], ['dmg'], ['AppImage', 'deb', 'tar.gz']])
  expect(config).toMatchObject({
    publish: null,
    protocols: [{ schemes: ['banmian'] }],
    fileAssociations: [{ ext: 'banmian' }],
  })
})

it('names only files that are there', () => {
  const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
  const named = [...text.matchAll(/(?:icon|entitlements\w*|license|buildResources): (\S+)/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(4)
  for (const path of named) expect(existsSync(join(root, path)), path).toBe(true)
})
