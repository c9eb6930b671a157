import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, shippedWorks } from './shipped-works.ts'
import { thirdPartyPage } from './third-party.ts'

/** `npm run third-party`: writes docs/third-party.md anew. The program has to be built. */
writeFileSync(join(root, 'docs/third-party.md'), thirdPartyPage(shippedWorks()))
