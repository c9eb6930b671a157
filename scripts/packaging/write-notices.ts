import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { billOfThisProgram } from './bill-of-materials.ts'
import { root, shippedWorks } from './shipped-works.ts'
import { licenceTexts } from './third-party.ts'

/** `tsx write-notices.ts ELECTRON-VERSION`: what goes beside the packaged program about works of others. */
const [electron = ''] = process.argv.slice(2)
const folder = join(root, 'out/notices')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(shippedWorks()))
writeFileSync(join(folder, 'sbom.cdx.json'), billOfThisProgram(electron))
