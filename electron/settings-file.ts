import * as v from 'valibot'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import { writeAtomic } from '../archive/files.ts'
import { settingsSchema } from './bridge/contract.ts'
import type { Settings } from './bridge/views.ts'

/** Settings as a file that goes from one machine to another: JSON, which says that it is one of ours. */

const mark = 'banmian-settings'
const longest = 4 * 1024 * 1024

/** What of a record is a setting with a value of its kind; the rest, of a damaged or another version's file, is left out. */
export function validSettings(record: Record<string, unknown>): Partial<Settings> {
  const entries = Object.entries(settingsSchema.entries).flatMap(([name, schema]) => {
    const checked = v.safeParse(schema, record[name])
    return checked.success && checked.output !== undefined ? [[name, checked.output] as const] : []
  })
  return Object.fromEntries(entries)
}

/** Writes settings where the user chose. Throws ArchiveError `read-only`, `disk-full`. */
export async function saveSettings(path: string, settings: Settings): Promise<void> {
  await writeAtomic(path, `${JSON.stringify({ kind: mark, version: 1, settings }, null, 2)}\n`)
}

/** Reads what `saveSettings` wrote, here or on another machine. Throws ArchiveError `not-settings`. */
export function loadSettings(path: string): Partial<Settings> {
  const file = basename(path)
  const refuse = (reason: string) => new ArchiveError('not-settings', { file, reason })
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longest) throw refuse('> 4 MB')
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'JSON' : String(error))
  }
  const shape = v.object({ kind: v.literal(mark), settings: v.record(v.string(), v.unknown()) })
  const checked = v.safeParse(shape, value)
  if (!checked.success) throw refuse(`kind ≠ ${mark}`)
  return validSettings(checked.output.settings)
}
