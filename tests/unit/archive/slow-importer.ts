/**
 * Imports a source on a slow disk and reads another archive meanwhile: `slow-importer.ts SOURCE ARCHIVE OTHER`.
 * Says a line of JSON for each report of progress, and how often the other archive had answered by then. `cancel` on
 * standard input cancels.
 */
import { writeSync } from 'node:fs'
import { ArchiveError } from '../../../archive/errors.ts'
import { importSources } from '../../../archive/importing.ts'
import { openReading, readInfo } from '../../../archive/reading.ts'

const [source = '', archive = '', other = ''] = process.argv.slice(2)
const say = (line: object): number => writeSync(1, `${JSON.stringify(line)}\n`)
const cancelled = new AbortController()
process.stdin.once('data', () => cancelled.abort())
let answers = 0
let isOver = false

async function readOther(): Promise<void> {
  while (!isOver) {
    const reading = await openReading(other, '/nonexistent')
    answers += readInfo(reading).totals.issues > 0 ? 1 : 0
    reading.close()
    await new Promise((next) => setTimeout(next, 20))
  }
}

const reader = readOther()
try {
  const { issues } = await importSources([source], archive, {
    signal: cancelled.signal,
    onProgress: ({ phase, file, bytes }) => say({ phase, file, bytes, answers }),
  })
  say({ issues })
} catch (error) {
  say({ code: error instanceof ArchiveError ? error.code : String(error) })
}
isOver = true
await reader
process.stdin.destroy()
