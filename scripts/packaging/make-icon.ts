import { Transformer } from '@napi-rs/image'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './shipped-works.ts'

/** `npx tsx scripts/packaging/make-icon.ts`: the icon of all systems, from its drawing. */
const resources = join(root, 'scripts/packaging/resources')
const drawing = readFileSync(join(resources, 'icon.svg'), 'utf8')
writeFileSync(join(resources, 'icon.png'), await Transformer.fromSvg(drawing, 'rgba(0,0,0,0)').png())
