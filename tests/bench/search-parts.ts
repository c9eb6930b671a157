/** A part of the search bench in a process of its own: `node search-parts.mjs PART FOLDER` says its figures as JSON. */
import { engineParts } from './search-engine-parts.ts'
import { memoryRivals } from './search-memory-rivals.ts'
import { sqliteRivals } from './search-sqlite-rivals.ts'

const parts = { ...engineParts, ...sqliteRivals, ...memoryRivals }
const [, , name = '', folder = ''] = process.argv
const part = parts[name]
if (!part) throw new Error(`no part ${name}`)
console.log(JSON.stringify(await part(folder)))
