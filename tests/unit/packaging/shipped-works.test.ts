import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { billOfThisProgram } from '../../../scripts/packaging/bill-of-materials.ts'
import { packageFolder } from '../../../scripts/packaging/shipped-packages.ts'
import { isAllowed, root, shippedWorks } from '../../../scripts/packaging/shipped-works.ts'
import { licenceTexts, thirdPartyPage } from '../../../scripts/packaging/third-party.ts'

it('knows which package a module belongs to', () => {
  expect(packageFolder('/a/node_modules/vue/dist/vue.js')).toBe('node_modules/vue')
  expect(packageFolder('\0C:\\a\\node_modules\\@vue\\shared\\b.js?x')).toBe('node_modules/@vue/shared')
  expect(packageFolder('/a/node_modules/b/node_modules/@c/d/e.js')).toBe('node_modules/b/node_modules/@c/d')
  expect(packageFolder('/a/archive/files.ts')).toBeUndefined()
})

it('ships nothing under the GPL, nor anything without a licence', () => {
  for (const licence of ['MIT', 'MIT AND Apache-2.0', 'OFL-1.1']) expect(isAllowed(licence), licence).toBe(true)
  for (const licence of ['GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'MIT OR GPL-2.0', '', undefined]) {
    expect(isAllowed(licence), String(licence)).toBe(false)
  }
})

// `npm test` builds first; a run of this file alone may stand before any build.
describe.skipIf(!existsSync(join(root, 'out/renderer/packages.json')))('works of others in the package', () => {
  it('are all named in docs/third-party.md (npm run third-party)', () => {
    const works = shippedWorks()
    const names = works.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['@vue/runtime-core', 'flexsearch', '@fontsource-variable/noto-serif-sc', 'libsql']),
    )
    expect(names).not.toContain('vitest')
    expect(thirdPartyPage(works), 'run: npm run third-party').toBe(
      readFileSync(join(root, 'docs/third-party.md'), 'utf8'),
    )
  })

  it('come each with the text of its licence', () => {
    const works = shippedWorks()
    const texts = licenceTexts(works)
    for (const { name, version } of works) expect(texts).toContain(`${name} ${version} (`)
    expect(texts.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(5)
    expect(texts).toContain('SIL OPEN FONT LICENSE')
    expect(texts).toContain('Apache License')
  })

  it('are in a bill of materials that keeps to CycloneDX 1.6, the same each time', async () => {
    const bill = billOfThisProgram('45.0.0')
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill)).toBeNull()
    expect(billOfThisProgram('45.0.0')).toBe(bill)
    const { components } = JSON.parse(bill) as { components: { purl: string; hashes?: unknown[] }[] }
    expect(components.map(({ purl }) => purl)).toContain('pkg:npm/electron@45.0.0')
    expect(components.filter(({ hashes }) => hashes === undefined)).toHaveLength(1)
  })
})
