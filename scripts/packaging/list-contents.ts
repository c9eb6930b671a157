import { readFileSync, writeFileSync } from 'node:fs'
import { contentsDifferences, contentsList } from './contents-list.ts'

/**
 * `tsx list-contents.ts FOLDER FILE`: writes the list of what an unpacked package holds. With `--compare` the list in
 * FILE is not written but compared, and every difference said; then it ends with 1.
 */
const [folder = '', file = '', compare] = process.argv.slice(2)
const list = contentsList(folder)
if (compare !== '--compare') writeFileSync(file, list)
else {
  const differences = contentsDifferences(readFileSync(file, 'utf8'), list)
  console.log(differences.length === 0 ? 'The same contents, file by file.' : differences.join('\n'))
  process.exitCode = differences.length === 0 ? 0 : 1
}
