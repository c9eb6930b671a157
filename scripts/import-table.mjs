/**
 * Prints what an import would find: `npm run imports -- FOLDER…`, a line for each folder (or file) named, by default each
 * folder of the real samples beside the checkout. Nothing is written.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

register()
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const samples = process.env.BANMIAN_SAMPLES ?? resolve(root, '../shared/samples')
const { importRow, importTable } = await import('../tests/fixtures/import-table.ts')

const named = process.argv.slice(2).map((path) => resolve(path))
const folders = existsSync(samples)
  ? readdirSync(samples).flatMap((group) => readdirSync(join(samples, group)).map((name) => join(samples, group, name)))
  : []
const rows = []
for (const path of named.length > 0 ? named : folders.sort()) rows.push(await importRow(path, relative(samples, path)))
console.log(importTable(rows))
